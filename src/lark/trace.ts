import { createHash } from 'node:crypto';

/** One call with its answer, or one event, as it was transmitted. */
export type Exchange =
  | { what: 'call'; method: string; path: string; body?: unknown; status: number; answer: unknown }
  | { what: 'event'; header: object; event: object };

/** Values under these names are the platform's own words, which say nothing about any person. */
const PLAIN = new Set(
  (
    'tag msg_type message_type chat_type event_type event_key sender_type mentioned_type id_type schema receive_id_type ' +
    'emoji_type type action subscription_type callback_type scope_name subscribed_events subscribed_callbacks lang host ' +
    'timezone recall_type operator_type msg key template flex_mode width color size method what locale'
  ).split(' '),
);
const NEVER = new Set([
  'app_secret',
  'tenant_access_token',
  'encryption_key',
  'verification_token',
  'token',
  'encrypt',
]);
const ID = /(?<![A-Za-z0-9])(ou|on|om|oc|omt|cli|bm|img|file|oav|od|c|t|u)([_-])[\w-]{6,}/g;
const MARK = /(@_(?:user_\d+|all))/;

/** The same shape without secrets, names and words: ids become short ones that still match each other, texts their length. */
export function withheld(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withheld(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withheld(inner, key)]));
  return typeof value === 'string' ? withoutWords(value, name) : value;
}

/** An address with its ids shortened. */
export const withheldPath = (path: string): string => path.replace(ID, short);

function withoutWords(text: string, name: string): string {
  if (NEVER.has(name)) return '‹withheld›';
  if (name === 'content' && /^[{[]/.test(text)) {
    try {
      return JSON.stringify(withheld(JSON.parse(text)));
    } catch {
      return `‹${text.length}›`;
    }
  }
  if (PLAIN.has(name) || text === '' || /^\d{9,17}$/.test(text) || /^\d{4}-\d\d-\d\d(?: [+-]\d{4})?$/.test(text))
    return text.replace(ID, short);
  if (new RegExp(`^${ID.source}$`).test(text)) return text.replace(ID, short);
  return text
    .split(MARK)
    .map((part, i) => (i % 2 === 1 || part === '' ? part : `‹${part.length}›`))
    .join('');
}

const short = (id: string, kind: string, joint: string): string =>
  `${kind}${joint}${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
