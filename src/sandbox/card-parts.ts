import { z } from 'zod';

/** What the components of a card have in common. */

export const px = z.string().regex(/^-?\d+px$/);

export const spacing = z.union([px, z.enum(['small', 'medium', 'large', 'extra_large'])]);

/** One to four pixel values, as in CSS. */
export const edges = z.string().regex(/^-?\d+px( -?\d+px){0,3}$/);

export const any = z.string().min(1);

export const i18n = z.record(z.string(), z.unknown());

export const elementId = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/);

export const icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: any.optional(),
  color: any.optional(),
  img_key: any.optional(),
  size: any.optional(),
});

const textBase = {
  content: z.string(),
  i18n_content: i18n.optional(),
  text_size: any.optional(),
  text_color: any.optional(),
  text_align: z.enum(['left', 'center', 'right']).optional(),
  lines: z.number().int().positive().optional(),
};

export const plainTextElement = z.strictObject({ tag: z.literal('plain_text'), ...textBase });

export const textElement = z.discriminatedUnion('tag', [
  plainTextElement,
  z.strictObject({ tag: z.literal('lark_md'), ...textBase }),
]);

export const title = z.discriminatedUnion('tag', [
  plainTextElement,
  z.strictObject({ tag: z.literal('lark_md'), ...textBase }),
  z.strictObject({ tag: z.literal('markdown'), ...textBase }),
]);

export const confirm = z.strictObject({ title: plainTextElement, text: plainTextElement.optional() });

export const behaviors = z.array(
  z.discriminatedUnion('type', [
    // The platform also takes a string as value; its own SDKs take objects only.
    z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
    z.strictObject({
      type: z.literal('open_url'),
      default_url: z.string(),
      pc_url: z.string().optional(),
      ios_url: z.string().optional(),
      android_url: z.string().optional(),
    }),
  ]),
);

export const base = { element_id: elementId.optional(), margin: edges.optional() };

export const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: edges.optional(),
  vertical_spacing: spacing.optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: z.enum(['left', 'center', 'right']).optional(),
  vertical_align: z.enum(['top', 'center', 'bottom']).optional(),
};
