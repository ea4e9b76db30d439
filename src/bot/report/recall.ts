import { drawn } from '../../cards/card-text.ts';
import { notice } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import type { LarkEvent } from '../../lark/event.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { cancelChore } from '../../store/chores.ts';
import { lockOpenDraft } from '../../store/drafts.ts';
import { type Evidence, evidenceOfMessage } from '../../store/evidence.ts';
import { takeIn } from '../../store/inbox.ts';
import { activitiesOfCause, causesOf } from '../../store/ledger.ts';
import { addressOf, memberOf } from '../../store/members.ts';
import { type Hint, noticesOfCause } from '../../store/notices.ts';
import { post } from '../../store/post.ts';
import type { Trx } from '../../store/transaction.ts';
import { applyOutcome } from '../intake/apply-outcome.ts';
import { type Change, redrawn } from '../intake/change.ts';
import { type Facts, factsOfPosts } from '../intake/facts.ts';
import { withdrawn } from './withdraw.ts';

/** Somebody recalled a message: withdraws its records and evidence, and notifies the sender. */
export async function onRecalled(trx: Trx, ctx: Ctx, event: Extract<LarkEvent, { type: 'recalled' }>): Promise<Hint[]> {
  const now = ctx.now();
  const { fresh, cause } = await takeIn(trx, [CAUSE.recalled(event.messageId), CAUSE.event(event.eventId)], now);
  if (!fresh) return [];
  const message = CAUSE.message(event.messageId);
  // Events come in any order: a message recalled before it arrives counts as handled and is ignored.
  if ((await takeIn(trx, [message], now)).fresh) return [];
  // A stranger's message that waits for their identity.
  await cancelChore(trx, CHORE.identify(message));
  await cancelChore(trx, CHORE.secondOpinion(message));
  const activities = await activitiesOfCause(trx, message);
  const photos = await evidenceOfMessage(trx, event.messageId);
  const member = await senderOf(trx, message, activities, photos);
  if (!member) return [];
  const hints: Hint[] = [];
  const standing = activities.filter((a) => a.status !== 'withdrawn');
  const posts = await factsOfPosts(trx, ctx, { openId: member.openId, now, cause });
  for (const facts of posts) {
    const records = standing.filter((a) => a.programmeId === facts.programme.id && a.reporterId === facts.me.id);
    const ownPhotos = photos.filter((p) => p.programmeId === facts.programme.id && p.personId === facts.me.id);
    const done = await applyOutcome(trx, facts, {
      do: [
        { what: 'record', changes: records.map(withdrawn) },
        ...(await draftsOf(trx, facts, message)),
        ...ownPhotos.map((photo): Change => ({ what: 'delete_photo', photo })),
        ...(await causesShown(trx, facts, records, ownPhotos)).flatMap(redrawn),
      ],
    });
    hints.push(...done.hints);
  }
  const [facts] = posts;
  if (!facts) return hints;
  if (standing.length === 0) return hints;
  const { t } = facts;
  const card = notice({ title: t.recalled.title, text: t.recalled.text, template: 'grey' }, t);
  const letter = { identity: NOTICE.recalled(cause), kind: 'answer', cause, ...drawn(card, member) };
  return [...hints, ...(await post(trx, facts, { ...letter, ...addressOf(member) }))];
}

/** The author of the message, found by what it made or by its answer. */
async function senderOf(trx: Trx, cause: string, activities: StoredActivity[], photos: Evidence[]) {
  const [record] = activities;
  if (record) return memberOf(trx, record.programmeId, record.reporterId);
  const [trace] = photos.length > 0 ? photos : await noticesOfCause(trx, cause);
  return trace?.programmeId && trace.personId ? memberOf(trx, trace.programmeId, trace.personId) : undefined;
}

/** The question that the message left open, if it is the currently open one. */
async function draftsOf(trx: Trx, { programme, me }: Facts, cause: string): Promise<Change[]> {
  const draft = await lockOpenDraft(trx, programme.id, me.id, 0);
  return draft?.cause === cause ? [{ what: 'close_draft', draft, state: 'discarded' }] : [];
}

/** The causes of all records whose card has changed. */
async function causesShown(trx: Trx, { programme }: Facts, standing: StoredActivity[], photos: Evidence[]) {
  const shown = await causesOf(
    trx,
    programme.id,
    photos.flatMap((p) => p.activityId ?? []),
  );
  return [...new Set([...standing.flatMap((a) => a.cause ?? []), ...shown])];
}
