import { hash } from 'node:crypto';
import { errorCard, refused } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import type { RefusalCode } from '../../errors.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { lockActivity } from '../../store/activities.ts';
import { planChore } from '../../store/chores.ts';
import { changeEvidence, evidenceOf, lockEvidence } from '../../store/evidence.ts';
import { type Hint, noticesOfCause } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import { redrawn } from '../intake/change.ts';
import { type ChoreBodies, type ChoreKind, Later } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { reply } from '../intake/reply.ts';
import { pictureType } from './picture-type.ts';

export const MAX_PHOTO_BYTES = 10 * 1024 * 1024;

/** The platform's own word for a file over our limit. */
const TOO_BIG = 234006;

type Got = { type: string; size: number; sha256: string } | { refused: RefusalCode };

/** Fetches a photo, looks at what it is, and keeps it; the record's card then counts it. */
export const fetchPhotoChore: ChoreKind<'fetch_photo', Got> = {
  async fetch({ db, lark, vault }, { messageId, imageKey, file, cause }) {
    // Its number belongs on the record's card, and a card that is on its way cannot be redrawn.
    const cards = cause ? await noticesOfCause(db, cause) : [];
    const onTheWay = cards.some((n) => n.kind === 'answer' && ['planned', 'claimed'].includes(n.state));
    if (onTheWay) return new Later(1_000);
    const source = { messageId, fileKey: imageKey, type: 'image' as const, maxBytes: MAX_PHOTO_BYTES };
    const { data } = await lark.download(source);
    const type = pictureType(data);
    if (!type) return { refused: 'bad_photo' };
    await vault.keep(file, data);
    return { type, size: data.length, sha256: hash('sha256', data) };
  },

  async settle(trx, ctx, body, got) {
    const { programmeId, evidence: id, openId, messageId, group } = body;
    const now = ctx.now();
    const facts = await factsFor(trx, ctx, { openId, now, cause: CAUSE.photo(id), group });
    const row = await lockEvidence(trx, programmeId, id);
    // Recalled or deleted while it was under way.
    if (!facts || row?.state !== 'expected') return forget(trx, ctx, body.file);
    const card = refusal(got, facts);
    if (card) {
      await changeEvidence(trx, row, { state: 'refused' });
      return reply(trx, facts, {
        messageId,
        identity: NOTICE.photo(id),
        card,
      });
    }
    return keep(trx, ctx, facts, body, got as Exclude<Got, { refused: RefusalCode }>);
  },
};

/** Why a photo was not kept; undefined where it was. */
function refusal(got: Got | LarkRefused, { t }: Facts) {
  if (!(got instanceof LarkRefused)) return 'refused' in got ? refused({ reason: got.refused }, t) : undefined;
  // What the platform would not hand over is no fault of the photo.
  return got.code === TOO_BIG ? refused({ reason: 'too_big' }, t) : errorCard({ code: String(got.code) }, t);
}

async function keep(
  trx: Trx,
  ctx: Ctx,
  facts: Facts,
  body: ChoreBodies['fetch_photo'],
  got: { type: string; size: number; sha256: string },
): Promise<Hint[]> {
  const row = (await lockEvidence(trx, body.programmeId, body.evidence))!;
  // Several photos of one record arrive at once: each must see those before it, or the card would count wrongly.
  await lockActivity(trx, row.programmeId, row.activityId);
  const before = await evidenceOf(trx, row.programmeId, [row.activityId]);
  if (before.some((e) => e.sha256 === got.sha256)) {
    await changeEvidence(trx, row, { state: 'refused', ...got });
    return forget(trx, ctx, row.file);
  }
  await changeEvidence(trx, row, { state: 'kept', ...got });
  return (await applyOutcome(trx, facts, { do: redrawn(body.cause) })).hints;
}

const forget = (trx: Trx, ctx: { newId: () => string; now: () => number }, file: string): Promise<Hint[]> =>
  planChore(
    trx,
    { id: ctx.newId(), identity: CHORE.removePhoto(file), kind: 'remove_photo', body: { file } },
    ctx.now(),
  );
