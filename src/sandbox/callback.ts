import { type CardNode, callbackValue, INTERACTIVE, nodes, shownText } from './card-read.ts';
import { cardFault } from './content.ts';
import { ids } from './people.ts';
import { deliverCallback } from './push-callback.ts';
import type { Which } from './sandbox.ts';
import { changed, personOf, replaceCard, type SandboxState } from './state.ts';
import type { CardJson, SandboxMessage } from './tenant.ts';
import type { CallbackResult } from './traffic.ts';
import { sha256 } from './wire.ts';

const FOURTEEN_DAYS = 14 * 86_400_000;
const TIMEZONE = 'Asia/Shanghai';
const OFFSET = '+0800';

type Form = Record<string, string | string[]>;

/**
 * A person operates an element of a card. Like Feishu's client, it enforces `required` and `max_length`, sends `card.action.trigger`
 * once, and shows the answer's toast and card, or an error code. Throws if the card has no such element, and lists the elements.
 */
export async function clicks(
  state: SandboxState,
  openId: string,
  messageId: string,
  which: Which,
  form?: Form,
): Promise<CallbackResult> {
  const person = personOf(state, openId);
  const message = state.messages.get(messageId);
  if (!message?.card) throw new Error(`sandbox: ${messageId} is not a card`);
  const found = find(message.card, which);
  const { node } = found;
  if (node.disabled === true) throw new Error(`sandbox: this ${node.tag} is disabled`);
  if (message.recalled) return { ms: 0, clientError: { code: 200000, msg: 'the message was recalled' } };
  if (state.options.now() - message.createTime > FOURTEEN_DAYS)
    return { ms: 0, clientError: { code: 0, msg: 'the card has expired: the client shows a tip and sends nothing' } };

  if (node.form_action_type === 'reset') return { ms: 0 };
  const inForm = found.around.find((parent) => parent.tag === 'form');
  const isSubmit = node.form_action_type === 'submit';
  const url = openUrl(node);
  if (url && !callbackValue(node) && !isSubmit) return { ms: 0, opened: url };
  if (node.tag === 'checker' && !callbackValue(node)) return { ms: 0 };
  if (form && !(inForm && isSubmit)) throw new Error(`sandbox: this ${node.tag} submits no form`);
  const filled = inForm && isSubmit ? fill(inForm, form ?? {}) : undefined;
  if (filled?.missing.length) return { ms: 0, missing: filled.missing };

  const event = {
    operator: { tenant_key: state.tenantKey, ...ids(person) },
    token: mintToken(state, messageId),
    action: { ...actionOf(node, which), ...(filled ? { form_value: filled.values } : {}), timezone: TIMEZONE },
    host: 'im_message',
    context: { open_message_id: messageId, open_chat_id: message.chatId },
  };
  lock(state, messageId, 1);
  try {
    return await deliverCallback(state, event, (answer) => applyAnswer(state, message, answer));
  } finally {
    lock(state, messageId, -1);
  }
}

/** A card is locked while any click on it waits for its answer. */
function lock(state: SandboxState, messageId: string, step: 1 | -1): void {
  const open = (state.locked.get(messageId) ?? 0) + step;
  if (open > 0) state.locked.set(messageId, open);
  else state.locked.delete(messageId);
}

/** An update token of a click: `c-` and 40 hex digits, good for 30 minutes and two updates. */
function mintToken(state: SandboxState, messageId: string): string {
  const token = `c-${sha256(state.options.newId()).slice(0, 40)}`;
  state.cardTokens.set(token, { messageId, at: state.options.now(), uses: 0 });
  return token;
}

function find(card: CardJson, which: Which): CardNode {
  const all = nodes(card).filter(({ node }) => INTERACTIVE.has(String(node.tag)));
  const fits = ({ node, path }: CardNode) =>
    (which.path === undefined || path === which.path) &&
    (which.name === undefined || node.name === which.name) &&
    (which.text === undefined || shownText(node).includes(which.text)) &&
    (which.value === undefined || includes(callbackValue(node), which.value));
  const hits = all.filter(fits);
  const exact = hits.find(({ node }) => which.text !== undefined && shownText(node).trim() === which.text);
  const hit = exact ?? hits.find(({ node }) => node.tag === 'button') ?? hits[0];
  if (hit) return hit;
  const elements = all.map(
    ({ node }) =>
      `${node.tag} ${node.name ?? ''} 「${shownText(node).slice(0, 30)}」 ${JSON.stringify(callbackValue(node) ?? null)}`,
  );
  throw new Error(`sandbox: no element fits ${JSON.stringify(which)}; there are:\n${elements.join('\n')}`);
}

const includes = (value: Record<string, unknown> | undefined, part: Record<string, unknown>): boolean =>
  value !== undefined &&
  Object.entries(part).every(([key, want]) => JSON.stringify(value[key]) === JSON.stringify(want));

const openUrl = (node: CardJson): string | undefined =>
  (Array.isArray(node.behaviors) ? (node.behaviors as CardJson[]) : []).find((b) => b.type === 'open_url')
    ?.default_url as string | undefined;

/** `card.action.trigger`'s action by component: Feishu, pages of the interactive components. */
function actionOf(node: CardJson, which: Which): Record<string, unknown> {
  const value = callbackValue(node);
  const tag = String(node.tag);
  return {
    tag,
    ...(value ? { value } : {}),
    ...(typeof node.name === 'string' ? { name: node.name } : {}),
    ...(which.option !== undefined ? { option: withOffset(tag, which.option) } : {}),
    ...(which.options ? { options: which.options } : {}),
    ...(which.input !== undefined ? { input_value: which.input } : {}),
    ...(which.checked !== undefined ? { checked: which.checked } : {}),
  };
}

const withOffset = (tag: string, value: string): string =>
  (tag === 'date_picker' || tag.startsWith('picker_')) && value && !value.includes('+') ? `${value} ${OFFSET}` : value;

/** The form as the person left it: the given values, else what the card prefilled; dates get the zone's offset. */
function fill(form: CardJson, given: Form): { values: Record<string, Form[string] | boolean>; missing: string[] } {
  const fields = nodes(form)
    .map(({ node }) => node)
    .filter((node) => INTERACTIVE.has(String(node.tag)) && node.tag !== 'button');
  const names = new Set(fields.map((field) => field.name));
  for (const name of Object.keys(given))
    if (!names.has(name)) throw new Error(`sandbox: the form has no field ${name}`);
  const values: Record<string, Form[string] | boolean> = {};
  const missing: string[] = [];
  for (const field of fields) {
    const name = String(field.name);
    // Feishu sends a checkbox even if the person did not touch it.
    if (field.tag === 'checker') {
      values[name] = given[name] === undefined ? field.checked === true : given[name] === 'true';
      continue;
    }
    const value = given[name] ?? initialValue(field);
    const tooLong = field.tag === 'input' && String(value).length > Number(field.max_length ?? 1000);
    if ((field.required === true && value.length === 0) || tooLong) missing.push(name);
    if (value.length > 0 || field.tag === 'input')
      values[name] = typeof value === 'string' ? withOffset(String(field.tag), value) : value;
  }
  return { values, missing };
}

function initialValue(field: CardJson): string | string[] {
  const options = Array.isArray(field.options) ? (field.options as CardJson[]) : [];
  const byIndex = options[Number(field.initial_index ?? 0) - 1]?.value;
  // By its value, as in Feishu; people are named by their id.
  const named = options.length === 0 || options.some((o) => o.value === field.initial_option);
  return (field.default_value ??
    (named ? field.initial_option : undefined) ??
    field.initial_date ??
    field.initial_time ??
    field.initial_datetime ??
    field.selected_values ??
    byIndex ??
    '') as string | string[];
}

/** Checks an answer as the client does and applies its card; otherwise returns the code that the client would show. */
function applyAnswer(state: SandboxState, message: SandboxMessage, body: string): Partial<CallbackResult> {
  const refuse = (code: number, msg: string) => ({ clientError: { code, msg } });
  let answer: unknown;
  try {
    answer = body.trim() === '' ? undefined : JSON.parse(body);
  } catch {
    return refuse(200672, 'the answer is not JSON');
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return refuse(200672, 'the answer is not an object');
  const { toast, card, ...more } = answer as { toast?: CardJson; card?: CardJson };
  if (Object.keys(more).length > 0) return refuse(200672, `unknown keys: ${Object.keys(more).join(', ')}`);
  if (toast !== undefined) {
    if (
      !['info', 'success', 'error', 'warning'].includes(String(toast?.type ?? 'info')) ||
      typeof toast?.content !== 'string'
    )
      return refuse(200672, 'a toast has a type of info, success, error, warning, and a content');
  }
  if (card !== undefined) {
    if (card?.type !== 'raw' || typeof card.data !== 'object' || card.data === null)
      return refuse(200672, 'card is {type: "raw", data: object} (the sandbox has no templates)');
    const data = card.data as CardJson;
    if (data.schema !== '2.0' && Object.keys(data).length > 0)
      return refuse(200830, 'a 2.0 card cannot become a 1.0 card');
    const fault = cardFault(state, data);
    if (fault) return refuse(200673, `${fault.path}: ${fault.msg}`);
    replaceCard(state, message, data);
  }
  changed(state, 'callback', message.messageId);
  return {
    ...(toast ? { toast: { type: String(toast.type ?? 'info'), content: String(toast.content) } } : {}),
    ...(card ? { card: card.data as CardJson } : {}),
  };
}
