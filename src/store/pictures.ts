/** The successive pictures of a card: an older one never replaces a newer one. */
import { NOTICE } from '../plan/identities.ts';
import type { Line, Notice } from './notice-row.ts';
import type { Hint } from './notices.ts';
import { type Content, PATCH_DELAY_MS, post } from './post.ts';
import { locking, type Trx } from './transaction.ts';

type At = { now: number; newId: () => string };
/** A card to redraw. `by`: the cause that drew it; `cause`: the same, if the notice must be found by it. */
type Redraw = {
  messageId: string;
  by: string;
  cause?: string;
  to: string;
  programmeId?: string;
  personId?: string;
  line?: Line;
};

/** How long a redraw waits for another one of the same card that is being sent. */
const IN_FLIGHT_MS = 1_000;

/**
 * Keeps others from drawing a card until this transaction ends, so that later reads are current. Returns the number of its last picture;
 * undefined for an unknown card.
 */
export async function lockCard(trx: Trx, messageId: string): Promise<number | undefined> {
  const query = trx.selectFrom('notice').select('picture').where('message_id', '=', messageId);
  const row = await query.$call(locking(trx)).executeTakeFirst();
  return row && (row.picture ?? 0);
}

/** The number of a card's next picture. Locks the card. */
async function takePicture(trx: Trx, messageId: string): Promise<number | undefined> {
  const last = await lockCard(trx, messageId);
  if (last === undefined) return undefined;
  await trx
    .updateTable('notice')
    .set({ picture: last + 1 })
    .where('message_id', '=', messageId)
    .execute();
  return last + 1;
}

/** Plans a redraw as the card's next picture, or as the one of that number. Drops earlier ones that have not begun. */
export async function postPicture(
  trx: Trx,
  at: At,
  { messageId, by, ...redraw }: Redraw & Content,
  given?: number,
): Promise<Hint[]> {
  const picture = given ?? (await takePicture(trx, messageId));
  if (picture !== undefined) await overtake(trx, messageId, picture);
  const identity = NOTICE.patch(messageId, by, picture);
  return post(trx, at, { ...redraw, identity, kind: 'redraw', op: 'patch', messageId, picture });
}

/**
 * Answers a click with the card's next picture, drawn since `lockCard`. Drops redraws that have not begun; one that is being sent is
 * followed by another. `late`: the number of the picture to send if the answer comes too late; absent if a redraw shows it anyway.
 */
export async function answerWithPicture(
  trx: Trx,
  at: At,
  redraw: Redraw & Content,
): Promise<{ hints: Hint[]; late?: { picture: number | undefined } }> {
  const { messageId, by } = redraw;
  const open = await openRedraws(trx, messageId);
  if (open.some((r) => r.identity.startsWith(`${NOTICE.patch(messageId, by)}:`))) return { hints: [] };
  const picture = await takePicture(trx, messageId);
  if (open.some((r) => r.state === 'claimed')) return { hints: await postPicture(trx, at, redraw, picture) };
  if (open.length > 0 && picture !== undefined) await overtake(trx, messageId, picture);
  return { hints: [], late: { picture } };
}

/** For a click that is answered without a picture: redraws of its card begin a second later. */
export async function holdRedraws(trx: Trx, messageId: string, now: number): Promise<void> {
  const [from, to] = rangeOf(messageId);
  await trx
    .updateTable('notice')
    .set({ due_at: now + PATCH_DELAY_MS })
    .where('identity', '>', from)
    .where('identity', '<', to)
    .where('state', '=', 'planned')
    .where('due_at', '<', now + PATCH_DELAY_MS)
    .execute();
}

/** Whether a redraw that was just claimed may be sent: only if the card has no newer picture and no other redraw is being sent. */
export async function turnOfPicture(
  trx: Trx,
  { id, outgoing, picture }: Notice,
  now: number,
): Promise<'now' | 'overtaken' | { at: number }> {
  if (outgoing.op !== 'patch') return 'now';
  const { messageId } = outgoing;
  const card = await trx.selectFrom('notice').select('picture').where('message_id', '=', messageId).executeTakeFirst();
  if (picture !== undefined && (card?.picture ?? 0) > picture) return 'overtaken';
  const sending = (await openRedraws(trx, messageId)).find((r) => r.id !== id && Number(r.lease_until) > now);
  return sending ? { at: Math.min(Number(sending.lease_until), now + IN_FLIGHT_MS) } : 'now';
}

/** Redraws of a card that are planned or claimed. */
async function openRedraws(trx: Trx, messageId: string) {
  const [from, to] = rangeOf(messageId);
  return trx
    .selectFrom('notice')
    .select(['id', 'identity', 'state', 'lease_until'])
    .where('identity', '>', from)
    .where('identity', '<', to)
    .where('state', 'in', ['planned', 'claimed'])
    .execute();
}

async function overtake(trx: Trx, messageId: string, picture: number): Promise<void> {
  const [from, to] = rangeOf(messageId);
  await trx
    .updateTable('notice')
    .set({ state: 'dropped', reason: 'a newer redraw exists' })
    .where('identity', '>', from)
    .where('identity', '<', to)
    .where('state', '=', 'planned')
    .where('picture', '<', picture)
    .execute();
}

/**
 * The identities of a card's redraws lie between these two. Not `like`: the `_` of an id would match any character, and every row would be
 * read.
 */
const rangeOf = (messageId: string): [string, string] => [NOTICE.patch(messageId, ''), `patch:${messageId};`];
