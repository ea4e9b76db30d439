import { drawn } from '../cards/card-text.ts';
import { notice as noticeCard, textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import { dayAt } from '../plan/clock.ts';
import { NOTICE } from '../plan/identities.ts';
import { allActingOn } from '../plan/policy.ts';
import { rosterOf } from '../plan/roster.ts';
import { changeSettings, membersOfPeople } from '../store/members.ts';
import type { Notice } from '../store/notice-row.ts';
import { markDropped } from '../store/notice-sending.ts';
import type { Hint } from '../store/notices.ts';
import { post } from '../store/post.ts';
import { releaseParts } from '../store/reminders.ts';
import { transact } from '../store/transaction.ts';

/**
 * The bot can no longer write to this person (left, outside the app's range, has stopped it): stops trying, and notifies the coordinators
 * of the school once.
 */
export async function markUnreachable(ctx: Ctx, notice: Notice, now: number): Promise<void> {
  const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
    await markDropped(trx, notice.id, 'unreachable');
    await releaseParts(trx, notice.id);
    if (!notice.programmeId || !notice.personId) return [];
    const programme = await ctx.programmeOf(trx, notice.programmeId);
    const { person, peopleOfSchool, schoolName } = rosterOf(programme);
    const who = person.get(notice.personId);
    const member = (await membersOfPeople(trx, programme.id, [notice.personId])).get(notice.personId);
    if (!who || !member || member.openId !== notice.recipient) return [];
    const known = member.settings.unreachableSince !== undefined;
    await changeSettings(trx, member, { unreachableSince: now });
    if (known) return [];
    const near = who.schoolId ? (peopleOfSchool.get(who.schoolId) ?? []) : programme.people;
    const coordinators = allActingOn(near, dayAt(now, ctx.config.timezone))
      .filter((p) => p.id !== who.id)
      .filter((p) => p.roles.includes(who.schoolId ? 'coordinator' : 'bureau_coordinator'));
    const members = await membersOfPeople(
      trx,
      programme.id,
      coordinators.map((p) => p.id),
    );
    const hints: Hint[] = [];
    for (const { openId, personId, settings } of members.values()) {
      const t = textsOf(settings.locale);
      const name = [schoolName(who.schoolId), who.name].filter(Boolean).join(' ');
      const card = noticeCard({ title: t.reminders.unreachableTitle, text: t.reminders.unreachable(name) }, t);
      const identity = NOTICE.unreachable(who.id, personId, now);
      const to = { to: openId, programmeId: programme.id, personId };
      const letter = { identity, kind: 'unreachable', line: 'notices' as const, ...to, ...drawn(card, to) };
      hints.push(...(await post(trx, { now, newId: ctx.newId }, letter)));
    }
    return hints;
  });
  await ctx.deliver(hints);
}
