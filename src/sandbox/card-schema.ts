import { z } from 'zod';
import { INPUTS } from './card-inputs.ts';
import {
  any,
  base,
  behaviors,
  confirm,
  edges,
  elementId,
  i18n,
  icon,
  layout,
  plainTextElement,
  px,
  spacing,
  textElement,
  title,
} from './card-parts.ts';
import { SHOWN } from './card-shown.ts';

/**
 * Card JSON 2.0 as Feishu documents it: exactly the documented properties, since 2.0 refuses unknown ones. Deprecated forms that
 * still pass (`value` or `url` on a button) are omitted on purpose: Feishu accepts every card that the sandbox accepts.
 */

const column = z.strictObject({
  tag: z.literal('column'),
  ...base,
  ...layout,
  width: z.union([z.enum(['auto', 'weighted']), px]).optional(),
  weight: z.number().int().min(1).max(5).optional(),
  background_style: any.optional(),
  action: z.strictObject({ multi_url: z.record(z.string(), z.string()) }).optional(),
  get elements(): z.ZodOptional<z.ZodArray<z.ZodType<unknown>>> {
    return z.array(element).optional();
  },
});

const element: z.ZodType<unknown> = z.discriminatedUnion('tag', [
  ...SHOWN,
  ...INPUTS,
  z.strictObject({
    tag: z.literal('column_set'),
    ...base,
    columns: z.array(column),
    flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
    horizontal_spacing: spacing.optional(),
    horizontal_align: z.enum(['left', 'center', 'right']).optional(),
    background_style: any.optional(),
    action: z.strictObject({ multi_url: z.record(z.string(), z.string()) }).optional(),
  }),
  z.strictObject({
    tag: z.literal('form'),
    ...base,
    ...layout,
    name: any,
    confirm: confirm.optional(),
    get elements(): z.ZodArray<z.ZodType<unknown>> {
      return z.array(element).min(1);
    },
  }),
  z.strictObject({
    tag: z.literal('interactive_container'),
    ...base,
    ...layout,
    width: any.optional(),
    height: any.optional(),
    background_style: any.optional(),
    has_border: z.boolean().optional(),
    border_color: any.optional(),
    corner_radius: any.optional(),
    behaviors,
    confirm: confirm.optional(),
    disabled: z.boolean().optional(),
    hover_tips: plainTextElement.optional(),
    disabled_tips: plainTextElement.optional(),
    get elements(): z.ZodArray<z.ZodType<unknown>> {
      return z.array(element);
    },
  }),
  z.strictObject({
    tag: z.literal('collapsible_panel'),
    ...base,
    ...layout,
    expanded: z.boolean().optional(),
    background_color: any.optional(),
    header: z.strictObject({
      title,
      background_color: any.optional(),
      vertical_align: any.optional(),
      padding: edges.optional(),
      position: any.optional(),
      width: any.optional(),
      icon: icon.optional(),
      icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
      icon_expanded_angle: z.number().optional(),
    }),
    border: z.strictObject({ color: any.optional(), corner_radius: any.optional() }).optional(),
    get elements(): z.ZodArray<z.ZodType<unknown>> {
      return z.array(element);
    },
  }),
]);

const TEMPLATES = 'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ');

const TAG_COLOURS = 'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine'.split(
  ' ',
);

export const cardSchema = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      update_multi: z.literal(true).optional(),
      enable_forward: z.boolean().optional(),
      enable_forward_interaction: z.boolean().optional(),
      width_mode: z.enum(['default', 'compact', 'fill']).optional(),
      summary: z.strictObject({ content: z.string().optional(), i18n_content: i18n.optional() }).optional(),
      locales: z.array(z.string()).optional(),
      use_custom_translation: z.boolean().optional(),
      streaming_mode: z.boolean().optional(),
      streaming_config: z.looseObject({}).optional(),
      style: z
        .strictObject({
          text_size: z.record(z.string(), z.record(z.string(), z.string())).optional(),
          color: z.record(z.string(), z.record(z.string(), z.string())).optional(),
        })
        .optional(),
    })
    .optional(),
  card_link: z
    .strictObject({
      url: z.string().optional(),
      pc_url: z.string().optional(),
      ios_url: z.string().optional(),
      android_url: z.string().optional(),
    })
    .optional(),
  header: z
    .strictObject({
      title: textElement,
      subtitle: textElement.optional(),
      template: z.enum(TEMPLATES).optional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            element_id: elementId.optional(),
            text: plainTextElement,
            color: z.enum(TAG_COLOURS).optional(),
          }),
        )
        .max(3)
        .optional(),
      icon: icon.optional(),
      padding: edges.optional(),
    })
    .optional(),
  body: z.strictObject({ ...layout, elements: z.array(element) }).optional(),
});
