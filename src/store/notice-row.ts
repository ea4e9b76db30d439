import type { MemberSettings } from './members.ts';

/** A notice as the program knows it, and as the database holds it. */

/** Answers have their own queue, so that no digest delays a reply. */
export type Line = 'answers' | 'notices';
export type NoticeState = 'planned' | 'claimed' | 'sent' | 'read' | 'dropped' | 'uncertain';

/** What is sent, frozen when the notice is made: every retry sends the same bytes. `text` is the fallback. */
export type Outgoing = { card: object; text: string; undrawn?: Undrawn } & (
  | { op: 'reply'; messageId: string }
  | { op: 'send'; openId: string }
  /** To a group. */
  | { op: 'post'; chatId: string }
  | { op: 'patch'; messageId: string }
  /** An emoji under somebody's message: the smallest answer. */
  | { op: 'react'; messageId: string; emoji: string }
  /** 加急 on a message that was sent. */
  | { op: 'urgent'; messageId: string; openId: string; askedBy: { openId: string; locale?: MemberSettings['locale'] } }
);

/** Card and text stay empty until the notice is first claimed, and are drawn from the facts of that moment. */
export interface Undrawn {
  /** The notice whose parts are drawn: this notice, or the one that a patch redraws. */
  of: string;
  /** Drawn, and kept while it may have arrived. */
  frozen?: true;
}

/** One outgoing message. `identity` is unique for all time: (kind, recipient, obligation or period, stage). */
export interface NewNotice {
  id: string;
  identity: string;
  kind: string;
  line: Line;
  /** Open id or chat id. */
  recipient: string;
  programmeId?: string;
  personId?: string;
  cause?: string;
  dueAt: number;
  /** For a redraw: which picture of its card this is. */
  picture?: number;
  outgoing: Outgoing;
}

export interface Notice extends NewNotice {
  state: NoticeState;
  attempt: number;
  claimedAt?: number;
  messageId?: string;
  reason?: string;
  /** An earlier attempt may have arrived. */
  unknown?: boolean;
}

/** How long a claim lasts before others may take the notice. */
export const LEASE_MS = 20_000;

/** A stored notice when it is made: planned, or already claimed by this process. */
export const noticeRow = (notice: NewNotice, claimedAt?: number) => ({
  id: notice.id,
  identity: notice.identity,
  kind: notice.kind,
  line: notice.line,
  recipient: notice.recipient,
  programme_id: notice.programmeId ?? null,
  person_id: notice.personId ?? null,
  cause: notice.cause ?? null,
  state: claimedAt === undefined ? 'planned' : 'claimed',
  attempt: claimedAt === undefined ? 0 : 1,
  due_at: notice.dueAt,
  lease_until: claimedAt === undefined ? 0 : claimedAt + LEASE_MS,
  claimed_at: claimedAt ?? null,
  sent_at: null,
  message_id: null,
  reason: null,
  picture: notice.picture ?? null,
  body: JSON.stringify(notice.outgoing),
});

type Row = {
  id: string;
  identity: string;
  kind: string;
  line: string;
  recipient: string;
  programme_id: string | null;
  person_id: string | null;
  cause: string | null;
  state: string;
  attempt: number;
  due_at: number;
  claimed_at: number | null;
  message_id: string | null;
  reason: string | null;
  picture: number | null;
  body: string;
};

export const noticeFromRow = (row: Row): Notice => ({
  id: row.id,
  identity: row.identity,
  kind: row.kind,
  line: row.line as Line,
  recipient: row.recipient,
  programmeId: row.programme_id ?? undefined,
  personId: row.person_id ?? undefined,
  cause: row.cause ?? undefined,
  state: row.state as NoticeState,
  attempt: row.attempt,
  dueAt: Number(row.due_at),
  claimedAt: row.claimed_at === null ? undefined : Number(row.claimed_at),
  messageId: row.message_id ?? undefined,
  reason: row.reason ?? undefined,
  picture: row.picture ?? undefined,
  outgoing: JSON.parse(row.body) as Outgoing,
});
