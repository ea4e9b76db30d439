import { z } from 'zod';

/**
 * Card JSON 2.0 as Feishu documents it: every property that a component may have, nothing else, since 2.0 refuses
 * unknown properties. Deprecated forms that still pass on the platform (`value` or `url` on a button) are left out
 * on purpose: what the sandbox takes, Feishu takes.
 */

const px = z.string().regex(/^-?\d+px$/);
const spacing = z.union([px, z.enum(['small', 'medium', 'large', 'extra_large'])]);
/** One to four pixel values, as in CSS. */
const edges = z.string().regex(/^-?\d+px( -?\d+px){0,3}$/);
const any = z.string().min(1);
const i18n = z.record(z.string(), z.unknown());
const elementId = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,19}$/);

const icon = z.strictObject({
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
const plainText = z.strictObject({ tag: z.literal('plain_text'), ...textBase });
const text = z.discriminatedUnion('tag', [plainText, z.strictObject({ tag: z.literal('lark_md'), ...textBase })]);
const title = z.discriminatedUnion('tag', [
  plainText,
  z.strictObject({ tag: z.literal('lark_md'), ...textBase }),
  z.strictObject({ tag: z.literal('markdown'), ...textBase }),
]);

const confirm = z.strictObject({ title: plainText, text: plainText.optional() });
const behaviors = z.array(
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

const base = { element_id: elementId.optional(), margin: edges.optional() };
const layout = {
  direction: z.enum(['vertical', 'horizontal']).optional(),
  padding: edges.optional(),
  vertical_spacing: spacing.optional(),
  horizontal_spacing: spacing.optional(),
  horizontal_align: z.enum(['left', 'center', 'right']).optional(),
  vertical_align: z.enum(['top', 'center', 'bottom']).optional(),
};
const asked = {
  name: any.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  confirm: confirm.optional(),
  behaviors: behaviors.optional(),
};
const options = z.array(z.strictObject({ text: plainText.optional(), icon: icon.optional(), value: any })).optional();
const picker = {
  ...base,
  ...asked,
  placeholder: plainText.optional(),
  width: any.optional(),
  type: z.enum(['default', 'text']).optional(),
};

const button = z.strictObject({
  tag: z.literal('button'),
  ...base,
  ...asked,
  text: plainText.optional(),
  icon: icon.optional(),
  type: z
    .enum([
      'default',
      'primary',
      'danger',
      'text',
      'primary_text',
      'danger_text',
      'primary_filled',
      'danger_filled',
      'laser',
    ])
    .optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: any.optional(),
  hover_tips: plainText.optional(),
  disabled_tips: plainText.optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
});

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

const tableColumn = z.strictObject({
  name: any,
  display_name: z.string().optional(),
  data_type: z.enum(['text', 'lark_md', 'markdown', 'options', 'number', 'persons', 'date']).optional(),
  width: any.optional(),
  format: z
    .strictObject({
      symbol: z.string().optional(),
      precision: z.number().int().min(0).max(10).optional(),
      separator: z.boolean().optional(),
    })
    .optional(),
  date_format: any.optional(),
  horizontal_align: z.enum(['left', 'center', 'right']).optional(),
  vertical_align: z.enum(['top', 'center', 'bottom']).optional(),
});

const element: z.ZodType<unknown> = z.discriminatedUnion('tag', [
  button,
  z.strictObject({
    tag: z.literal('markdown'),
    ...base,
    content: z.string().min(1),
    i18n_content: i18n.optional(),
    text_align: z.enum(['left', 'center', 'right']).optional(),
    text_size: any.optional(),
    icon: icon.optional(),
  }),
  z.strictObject({
    tag: z.literal('div'),
    ...base,
    text: text.optional(),
    fields: z.array(z.strictObject({ is_short: z.boolean().optional(), text })).optional(),
    icon: icon.optional(),
    width: any.optional(),
  }),
  z.strictObject({ tag: z.literal('hr'), ...base }),
  z.strictObject({
    tag: z.literal('img'),
    ...base,
    img_key: any,
    alt: plainText.optional(),
    title: text.optional(),
    scale_type: z.enum(['crop_center', 'fit_horizontal', 'crop_top']).optional(),
    size: any.optional(),
    corner_radius: any.optional(),
    transparent: z.boolean().optional(),
    preview: z.boolean().optional(),
  }),
  z.strictObject({
    tag: z.literal('img_combination'),
    ...base,
    combination_mode: any,
    combination_transparent: z.boolean().optional(),
    corner_radius: any.optional(),
    img_list: z.array(z.strictObject({ img_key: any })),
  }),
  z.strictObject({
    tag: z.literal('person'),
    ...base,
    user_id: any,
    size: any.optional(),
    show_avatar: z.boolean().optional(),
    show_name: z.boolean().optional(),
    style: any.optional(),
  }),
  z.strictObject({
    tag: z.literal('person_list'),
    ...base,
    persons: z.array(z.strictObject({ id: any })),
    lines: z.number().int().positive().optional(),
    show_name: z.boolean().optional(),
    show_avatar: z.boolean().optional(),
    size: any.optional(),
    icon: icon.optional(),
    drop_invalid_user_id: z.boolean().optional(),
  }),
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
    tag: z.literal('table'),
    ...base,
    columns: z.array(tableColumn).min(1),
    rows: z.array(z.record(z.string(), z.unknown())),
    page_size: z.number().int().min(1).max(10).optional(),
    row_height: any.optional(),
    row_max_height: any.optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: any.optional(),
        text_size: any.optional(),
        background_style: any.optional(),
        text_color: any.optional(),
        bold: z.boolean().optional(),
        lines: z.number().int().positive().optional(),
      })
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('chart'),
    ...base,
    chart_spec: z.looseObject({
      type: z.enum([
        'line',
        'area',
        'bar',
        'pie',
        'common',
        'funnel',
        'scatter',
        'radar',
        'linearProgress',
        'circularProgress',
        'wordCloud',
      ]),
      axes: z.array(z.unknown()).optional(),
      data: z.union([z.looseObject({}), z.array(z.unknown())]).optional(),
    }),
    aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
    color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
    preview: z.boolean().optional(),
    height: any.optional(),
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
    tag: z.literal('input'),
    ...base,
    ...asked,
    placeholder: plainText.optional(),
    default_value: z.string().optional(),
    label: plainText.optional(),
    label_position: z.enum(['top', 'left']).optional(),
    input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
    show_icon: z.boolean().optional(),
    max_length: z.number().int().min(1).max(1000).optional(),
    rows: z.number().int().positive().optional(),
    auto_resize: z.boolean().optional(),
    max_rows: z.number().int().positive().optional(),
    width: any.optional(),
  }),
  z.strictObject({
    tag: z.literal('select_static'),
    ...picker,
    options,
    initial_option: z.string().optional(),
    initial_index: z.number().int().positive().optional(),
  }),
  z.strictObject({
    tag: z.literal('multi_select_static'),
    ...picker,
    options,
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({ tag: z.literal('select_person'), ...picker, options, initial_option: z.string().optional() }),
  z.strictObject({
    tag: z.literal('multi_select_person'),
    ...picker,
    options,
    selected_values: z.array(z.string()).optional(),
  }),
  z.strictObject({
    tag: z.literal('date_picker'),
    ...picker,
    initial_date: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_time'),
    ...picker,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('picker_datetime'),
    ...picker,
    initial_datetime: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
      .optional(),
  }),
  z.strictObject({
    tag: z.literal('overflow'),
    ...base,
    width: any.optional(),
    options: z.array(
      z.strictObject({
        text: plainText,
        value: any.optional(),
        multi_url: z.record(z.string(), z.string()).optional(),
      }),
    ),
    value: z.record(z.string(), z.unknown()).optional(),
    confirm: confirm.optional(),
    behaviors: behaviors.optional(),
  }),
  z.strictObject({
    tag: z.literal('checker'),
    ...base,
    ...asked,
    padding: edges.optional(),
    checked: z.boolean().optional(),
    text: text.optional(),
    overall_checkable: z.boolean().optional(),
    checked_style: z
      .strictObject({ show_strikethrough: z.boolean().optional(), opacity: z.number().optional() })
      .optional(),
    button_area: z
      .strictObject({ pc_display_rule: any.optional(), buttons: z.array(button).max(3).optional() })
      .optional(),
    hover_tips: plainText.optional(),
    disabled_tips: plainText.optional(),
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
    hover_tips: plainText.optional(),
    disabled_tips: plainText.optional(),
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
      title: text,
      subtitle: text.optional(),
      template: z.enum(TEMPLATES).optional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            element_id: elementId.optional(),
            text: plainText,
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
