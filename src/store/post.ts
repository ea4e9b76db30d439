import type { Line, NewNotice, Outgoing } from './notice-row.ts';
import type { Hint } from './notices.ts';
import { planNotice } from './outbox.ts';
import type { Trx } from './transaction.ts';

/** A card to somebody. */
export type Letter = {
  /** Unique for all time; plan/identities.ts builds all of them. */
  identity: string;
  kind: string;
  /** `answers` unless it may wait behind them. */
  line?: Line;
  /** A Feishu user or a group. */
  to: string;
  programmeId?: string;
  personId?: string;
  cause?: string;
} & Content &
  Way;

type AskedBy = Extract<Outgoing, { op: 'urgent' }>['askedBy'];

/** The card and its text, or the notice whose parts are drawn when it is sent. */
export type Content = { card: object; text: string } | { undrawn: string };
/** A new message to a user or a group, or an answer, update, urgent mark or emoji on another message. */
type Way =
  | { op?: 'send' | 'post' }
  | { op: 'reply'; messageId: string }
  /** `picture`: which one of its card this is. */
  | { op: 'patch'; messageId: string; picture?: number }
  | { op: 'urgent'; messageId: string; askedBy: AskedBy }
  | { op: 'react'; messageId: string; emoji: string };

/** The parts of the card are stored under its own id. */
export const ITSELF = 'itself';

/** A callback's own card may be patched after this time; before, the platform puts the old one back. */
export const PATCH_DELAY_MS = 1_000;

/** Plans a card to somebody, for `dueAt` if given, unless its identity is known. Returns the hint for the queue after commit. */
export async function post(
  trx: Trx,
  at: { now: number; newId: () => string },
  letter: Letter,
  dueAt?: number,
): Promise<Hint[]> {
  const planned = noticeFrom(at, letter);
  const notice = { ...planned, dueAt: dueAt ?? planned.dueAt };
  if (!(await planNotice(trx, notice))) return [];
  const delayMs = notice.dueAt - at.now;
  return [{ id: notice.id, line: notice.line, attempt: 0, ...(delayMs > 0 ? { delayMs } : {}) }];
}

/** The notice of a letter, for callers that store many at once. */
export function noticeFrom({ now, newId }: { now: number; newId: () => string }, letter: Letter): NewNotice {
  const { identity, kind, line = 'answers', to: recipient, programmeId, personId, cause } = letter;
  const id = newId();
  const dueAt = letter.op === 'patch' ? now + PATCH_DELAY_MS : now;
  const outgoing = { ...wayOf(letter), ...contentOf(letter, id) };
  const picture = letter.op === 'patch' ? letter.picture : undefined;
  return { id, identity, kind, line, recipient, programmeId, personId, cause, dueAt, picture, outgoing };
}

const contentOf = (letter: Letter, id: string) =>
  'card' in letter
    ? { card: letter.card, text: letter.text }
    : { card: {}, text: '', undrawn: { of: letter.undrawn === ITSELF ? id : letter.undrawn } };

type OpOf<O> = O extends unknown ? Omit<O, 'card' | 'text' | 'undrawn'> : never;

function wayOf(letter: Letter): OpOf<Outgoing> {
  const { to } = letter;
  switch (letter.op) {
    case 'reply':
    case 'patch':
      return { op: letter.op, messageId: letter.messageId };
    case 'urgent':
      return { op: 'urgent', messageId: letter.messageId, openId: to, askedBy: letter.askedBy };
    case 'react':
      return { op: 'react', messageId: letter.messageId, emoji: letter.emoji };
    case 'post':
      return { op: 'post', chatId: to };
    default:
      return { op: 'send', openId: to };
  }
}
