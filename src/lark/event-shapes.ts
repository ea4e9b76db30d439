/** The platform's events as far as the bot reads them. */
import { z } from 'zod';

const Id = z.looseObject({ open_id: z.string().min(1) });
const maybe = z.string().nullish();
const time = z.union([z.string(), z.number()]).nullish();

export const Message = z.object({
  sender: z.object({ sender_id: z.looseObject({ open_id: maybe }).nullish(), sender_type: z.string() }),
  message: z.object({
    message_id: z.string().min(1),
    parent_id: maybe,
    root_id: maybe,
    create_time: time,
    chat_id: z.string(),
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z
      .array(
        z.object({
          key: z.string(),
          name: z
            .string()
            .nullish()
            .transform((name) => name ?? ''),
          id: z.looseObject({ open_id: maybe }).nullish(),
          mentioned_type: maybe,
        }),
      )
      .nullish(),
  }),
});
const FormValue = z.union([z.string(), z.array(z.string()), z.boolean(), z.number().transform(String)]).catch('');
export const CardAction = z.object({
  operator: Id,
  token: z.string(),
  action: z.object({
    value: z.record(z.string(), z.unknown()).catch({}),
    form_value: z.record(z.string(), FormValue).nullish(),
    option: maybe,
    input_value: maybe,
  }),
  context: z.object({ open_message_id: z.string(), open_chat_id: z.string().default('') }),
});
export const Recalled = z.object({
  message_id: z.string(),
  chat_id: z.string(),
  recall_time: time,
  recall_type: maybe,
});
export const Read = z.object({
  reader: z.object({ reader_id: Id, read_time: time }),
  message_id_list: z.array(z.string()),
});
export const Entered = z.object({ chat_id: z.string(), operator_id: Id });
export const Menu = z.object({ operator: z.object({ operator_id: Id }), event_key: z.string() });
export const BotAdded = z.object({
  chat_id: z.string(),
  operator_id: z.looseObject({ open_id: maybe }).nullish(),
  external: z.boolean().nullish(),
});
export const User = z.object({
  object: z.looseObject({
    open_id: z.string().min(1),
    name: maybe,
    mobile: maybe,
    email: maybe,
    status: z.looseObject({ is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() }).nullish(),
  }),
});
