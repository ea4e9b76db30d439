import { z } from 'zod';
import { any, base, i18n, icon, plainTextElement, textElement } from './card-parts.ts';

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

/** The components that only show something. */
export const SHOWN = [
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
    text: textElement.optional(),
    fields: z.array(z.strictObject({ is_short: z.boolean().optional(), text: textElement })).optional(),
    icon: icon.optional(),
    width: any.optional(),
  }),
  z.strictObject({ tag: z.literal('hr'), ...base }),
  z.strictObject({
    tag: z.literal('img'),
    ...base,
    img_key: any,
    alt: plainTextElement.optional(),
    title: textElement.optional(),
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
] as const;
