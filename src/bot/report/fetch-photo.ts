import { hash } from 'node:crypto';
import { notice } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { lockActivity } from '../../store/activities.ts';
import { planChore } from '../../store/chores.ts';
import type { Db } from '../../store/db.ts';
import {
  changeEvidence,
  type Evidence,
  evidenceOf,
  evidenceOfMessage,
  lockEvidence,
  lockWaiting,
} from '../../store/evidence.ts';
import { causesOf } from '../../store/ledger.ts';
import { type Hint, noticesOfCause } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import { redrawn } from '../intake/change.ts';
import { type ChoreKind, Later } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { react, reply } from '../intake/reply.ts';
import { evidenceType } from './evidence-type.ts';
import { REACH_MS } from './waiting-evidence.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** The platform's own error for a file over our limit. */
const TOO_BIG = 234006;

type Kept = { type: string; size: number; sha256: string; link?: string };
type Fetched = Kept | { refused: 'bad_photo' };

/** Fetches a photo or file, checks its type and keeps it; the record's card then counts it. */
export const fetchPhotoChore: ChoreKind<'fetch_photo', Fetched> = {
  async fetch({ db, lark, vault }, { evidence, messageId, type: sent, key, file }) {
    // The record's card shows its number, and a card that is still being sent cannot be redrawn.
    const photo = await asItIs(db, messageId, evidence);
    const [cause] = photo?.activityId ? await causesOf(db, photo.programmeId, [photo.activityId]) : [];
    const cards = cause ? await noticesOfCause(db, cause) : [];
    const isAnswerUnderWay = cards.some((n) => n.kind === 'answer' && ['planned', 'claimed'].includes(n.state));
    if (isAnswerUnderWay) return new Later(1_000);
    if (sent === 'link') return { type: 'link', size: 0, sha256: hash('sha256', key), link: key };
    const { data } = await lark.download({ messageId, fileKey: key, type: sent, maxBytes: MAX_BYTES });
    const type = evidenceType(data);
    if (!type) return { refused: 'bad_photo' };
    await vault.keep(file, data);
    return { type, size: data.length, sha256: hash('sha256', data) };
  },

  async settle(trx, ctx, body, fetched) {
    const { evidence: id, openId, messageId, group } = body;
    const now = ctx.now();
    const { programmeId = body.programmeId, personId } = (await asItIs(trx, messageId, id)) ?? {};
    const post = { programmeId, personId };
    const facts = await factsFor(trx, ctx, { openId, now, cause: CAUSE.photo(id), group, post });
    const row = await lockEvidence(trx, programmeId, id);
    // Recalled or deleted during the fetch.
    if (!facts || row?.state !== 'expected') return forget(trx, ctx, body.file);
    if (fetched instanceof LarkRefused || 'refused' in fetched) {
      await changeEvidence(trx, row, { state: 'refused' });
      const card = notice({ title: facts.t.evidence.title, text: whyNot(fetched, facts), template: 'grey' }, facts.t);
      const refusal = await reply(trx, facts, { messageId, identity: NOTICE.photo(id), card });
      return [...refusal, ...(await counted(trx, facts, row))];
    }
    return [...(await keep(trx, ctx, facts, row, fetched)), ...(await shows(trx, facts, messageId))];
  },
};

/** A report of another programme may have taken it in the meantime. */
const asItIs = async (db: Db | Trx, messageId: string, id: string): Promise<Evidence | undefined> =>
  (await evidenceOfMessage(db, messageId)).find((e) => e.id === id);

/** Why the evidence was not kept. Does not mention the record, which stands. */
function whyNot(fetched: { refused: 'bad_photo' } | LarkRefused, { t }: Facts): string {
  if ('refused' in fetched) return t.refusals[fetched.refused];
  return fetched.code === TOO_BIG ? t.refusals.too_big : t.evidence.notFetched(String(fetched.code));
}

async function keep(trx: Trx, ctx: Ctx, facts: Facts, row: Evidence, fetched: Kept): Promise<Hint[]> {
  const { programmeId, activityId, personId } = row;
  // Several photos of one record arrive at once: each must see the earlier ones, or the card would count wrongly.
  if (activityId) await lockActivity(trx, programmeId, activityId);
  const before = activityId
    ? await evidenceOf(trx, programmeId, [activityId])
    : await lockWaiting(trx, programmeId, personId, row.sentAt - REACH_MS);
  if (before.some((e) => e.id !== row.id && e.sha256 === fetched.sha256)) {
    await changeEvidence(trx, row, { state: 'refused', ...fetched });
    return [...(await forget(trx, ctx, row.file)), ...(await counted(trx, facts, row))];
  }
  await changeEvidence(trx, row, { state: 'kept', ...fetched });
  return counted(trx, facts, row);
}

/** Updates the count on the record's card. */
async function counted(trx: Trx, facts: Facts, { programmeId, activityId }: Evidence): Promise<Hint[]> {
  const [cause] = activityId ? await causesOf(trx, programmeId, [activityId]) : [];
  return (await applyOutcome(trx, facts, { do: redrawn(cause) })).hints;
}

const shows = (trx: Trx, facts: Facts, messageId: string): Promise<Hint[]> =>
  react(trx, facts, { messageId, identity: NOTICE.kept(messageId), emoji: 'DONE' });

const forget = (trx: Trx, ctx: { newId: () => string; now: () => number }, file: string): Promise<Hint[]> =>
  planChore(
    trx,
    { id: ctx.newId(), identity: CHORE.removePhoto(file), kind: 'remove_photo', body: { file } },
    ctx.now(),
  );
