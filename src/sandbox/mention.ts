import { botOpenId, ids } from './people.ts';
import type { SandboxState } from './state.ts';
import { sha256 } from './wire.ts';

interface At {
  key: string;
  id: { open_id: string; union_id: string; user_id: null };
  mentioned_type: 'user' | 'bot';
  name: string;
  tenant_key: string;
}
interface Element {
  tag?: string;
  user_id?: string;
  [other: string]: unknown;
}

/**
 * A message as it is sent: each @ with a displayed name, or `at` element with an open_id, becomes a mark listed in `mentions`.
 * With `unlisted`, a rich text keeps its ids and has no list, as happens if it contains documents.
 */
export function withMentions(
  state: SandboxState,
  messageType: string,
  content: Record<string, unknown>,
  o: { bot: boolean; unlisted?: boolean },
): { content: Record<string, unknown>; mentions: At[]; ofBot: boolean } {
  const mentions: At[] = [];
  const mark = (openId: string): string => {
    const known = mentions.find((at) => at.id.open_id === openId);
    if (known) return known.key;
    mentions.push({ ...who(state, openId), key: `@_user_${mentions.length + 1}`, tenant_key: state.tenantKey });
    return mentions.at(-1)!.key;
  };
  const me = botOpenId(state);
  if (messageType === 'text') {
    const text = o.bot ? `${mark(me)} ${content.text}` : String(content.text);
    return { content: { ...content, text: marked(state, text, mark) }, mentions, ofBot: o.bot };
  }
  if (messageType !== 'post' || !Array.isArray(content.content)) return { content, mentions, ofBot: false };
  const [first = [], ...rest] = content.content as Element[][];
  const lines = [o.bot ? [{ tag: 'at', user_id: me, user_name: BOT_NAME }, ...first] : first, ...rest];
  const ofBot = lines.flat().some((el) => el.tag === 'at' && el.user_id === me);
  if (o.unlisted) return { content: { ...content, content: lines }, mentions: [], ofBot };
  const listed = lines.map((line) =>
    line.map((el) => (el.tag === 'at' && el.user_id?.startsWith('ou_') ? { ...el, user_id: mark(el.user_id) } : el)),
  );
  return { content: { ...content, content: listed }, mentions, ofBot };
}

const BOT_NAME = '结对';

function who(state: SandboxState, openId: string): Pick<At, 'id' | 'mentioned_type' | 'name'> {
  const person = state.people.get(openId);
  if (person) return { id: ids(person), mentioned_type: 'user', name: person.name };
  const union = `on_${sha256('bot', state.options.appId).slice(0, 32)}`;
  return { id: { open_id: openId, union_id: union, user_id: null }, mentioned_type: 'bot', name: BOT_NAME };
}

/** The longest displayed name after an @ is the person who was picked. */
function marked(state: SandboxState, text: string, mark: (openId: string) => string): string {
  if (!text.includes('@')) return text;
  const people = [...state.people.values()].sort((a, b) => b.name.length - a.name.length);
  return text.replace(/@(?!_)[^@]+/g, (run) => {
    const person = people.find((p) => run.startsWith(`@${p.name}`));
    return person ? mark(person.openId) + run.slice(person.name.length + 1) : run;
  });
}
