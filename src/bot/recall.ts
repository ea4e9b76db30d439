import { notice } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { LarkEvent } from '../lark/events.ts';
import { activitiesOfCause } from '../store/activities.ts';
import { evidenceOfMessage } from '../store/evidence.ts';
import { takeIn } from '../store/inbox.ts';
import { memberOf } from '../store/members.ts';
import type { Hint } from '../store/notices.ts';
import type { Trx } from '../store/transaction.ts';
import { carryOut } from './carry-out.ts';
import { type Facts, loadFacts } from './facts.ts';
import { tell } from './tell.ts';

/** A message was taken back: so is what it recorded and the photos it brought, and its sender is told. */
export async function onRecalled(trx: Trx, ctx: Ctx, event: Extract<LarkEvent, { type: 'recalled' }>): Promise<Hint[]> {
  const now = ctx.now();
  const { fresh, cause } = await takeIn(trx, [`recalled:${event.messageId}`, `event:${event.eventId}`], now);
  if (!fresh) return [];
  const message = `message:${event.messageId}`;
  // Events come in any order: what was taken back before it arrived counts as taken in, and was never said.
  if ((await takeIn(trx, [message], now)).fresh) return [];
  const made = await activitiesOfCause(trx, message);
  const photos = await evidenceOfMessage(trx, event.messageId);
  const owner = made[0]
    ? { programmeId: made[0].programmeId, personId: made[0].reporterId }
    : photos[0] && { programmeId: photos[0].programmeId, personId: photos[0].personId };
  const member = owner && (await memberOf(trx, owner.programmeId, owner.personId));
  if (!member) return [];
  const asked = { openId: member.openId, now, said: now, group: false, cause };
  const facts = await loadFacts(trx, ctx.programmeOf, { ...asked, timezone: ctx.config.timezone, newId: ctx.newId });
  if (!facts) return [];
  const standing = made.filter((a) => a.status !== 'withdrawn');
  const { hints } = await carryOut(trx, facts, {
    changes: standing.map((before) => ({ what: 'withdrawn', before, activity: { ...before, status: 'withdrawn' } })),
    deletePhotos: photos,
    redraw: await causesOf(trx, facts, standing, photos),
  });
  if (standing.length === 0) return hints;
  const { t } = facts;
  const card = notice({ title: t.recalled.title, text: t.recalled.text, template: 'grey' }, t);
  return [...hints, ...(await tell(trx, facts, member, { identity: cause, kind: 'answer', cause, card }))];
}

/** The causes of every record whose card says something else now. */
async function causesOf(
  trx: Trx,
  { programme }: Facts,
  standing: { cause?: string }[],
  photos: { activityId: string }[],
): Promise<string[]> {
  const shown =
    photos.length === 0
      ? []
      : await causesOfActivities(
          trx,
          programme.id,
          photos.map((p) => p.activityId),
        );
  return [...new Set([...standing.flatMap((a) => a.cause ?? []), ...shown])];
}

async function causesOfActivities(trx: Trx, programmeId: string, ids: string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('activity')
    .select('cause')
    .where('programme_id', '=', programmeId)
    .where('id', 'in', ids)
    .execute();
  return rows.flatMap((r) => r.cause ?? []);
}
