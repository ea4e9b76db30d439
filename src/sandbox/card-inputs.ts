import { z } from 'zod';
import { any, base, behaviors, confirm, edges, icon, plainTextElement, textElement } from './card-parts.ts';

const asked = {
  name: any.optional(),
  required: z.boolean().optional(),
  disabled: z.boolean().optional(),
  confirm: confirm.optional(),
  behaviors: behaviors.optional(),
};

const options = z
  .array(z.strictObject({ text: plainTextElement.optional(), icon: icon.optional(), value: any }))
  .optional();

const picker = {
  ...base,
  ...asked,
  placeholder: plainTextElement.optional(),
  width: any.optional(),
  type: z.enum(['default', 'text']).optional(),
};

export const buttonElement = z.strictObject({
  tag: z.literal('button'),
  ...base,
  ...asked,
  text: plainTextElement.optional(),
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
  hover_tips: plainTextElement.optional(),
  disabled_tips: plainTextElement.optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
});

/** The components that take input. */
export const INPUTS = [
  buttonElement,
  z.strictObject({
    tag: z.literal('input'),
    ...base,
    ...asked,
    placeholder: plainTextElement.optional(),
    default_value: z.string().optional(),
    label: plainTextElement.optional(),
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
        text: plainTextElement,
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
    text: textElement.optional(),
    overall_checkable: z.boolean().optional(),
    checked_style: z
      .strictObject({ show_strikethrough: z.boolean().optional(), opacity: z.number().optional() })
      .optional(),
    button_area: z
      .strictObject({ pc_display_rule: any.optional(), buttons: z.array(buttonElement).max(3).optional() })
      .optional(),
    hover_tips: plainTextElement.optional(),
    disabled_tips: plainTextElement.optional(),
  }),
] as const;
