import { cardText, textsOf } from '../cards/index.ts';
import { reminder } from '../cards/reminder.ts';
import type { Ctx } from '../context.ts';
import { localTime } from '../plan/clock.ts';
import { isQuiet, mayStillSend, stillHolds } from '../plan/notices/index.ts';
import { rosterOf } from '../plan/roster.ts';
import { logNames } from '../store/audit.ts';
import { membersOfPeople } from '../store/members.ts';
import type { Notice } from '../store/notice-row.ts';
import { freeze } from '../store/notice-sending.ts';
import { readReminder } from '../store/reminder-model.ts';
import { releaseParts } from '../store/reminders.ts';
import type { Trx } from '../store/transaction.ts';
import { isReachable } from './pages.ts';

/** Why a reminder is not sent after all. What was never told may be told on another day, except where it is done. */
export type Dropped = 'done' | 'leave' | 'snoozed' | 'unreachable' | 'void';

/** The notice ready to be sent; or why it is not; or, in quiet hours, `later`. */
export type Drawn = { notice: Notice } | { dropped: Dropped } | 'later';

/**
 * Draws a reminder when it is claimed, from what holds at that moment, and freezes it. A duty done meanwhile, leave, snooze, a
 * changed plan or a passed day leave nothing to send.
 */
export async function draw(trx: Trx, ctx: Ctx, notice: Notice, now: number): Promise<Drawn> {
  const { outgoing } = notice;
  const { of } = outgoing.undrawn!;
  const here = localTime(now, ctx.config.timezone);
  const today = here.slice(0, 10);
  const drop = async (reason: Dropped): Promise<Drawn> => {
    if (reason !== 'done' && outgoing.op !== 'patch') await releaseParts(trx, of);
    return { dropped: reason };
  };
  const programme = await ctx.programmeOf(trx, notice.programmeId!);
  const facts = await readReminder(trx, programme, of, today);
  if (!facts) return { dropped: 'void' };
  const member = (await membersOfPeople(trx, programme.id, [facts.me.id])).get(facts.me.id);
  if (!member) return drop('void');
  let { parts } = facts;
  if (outgoing.op !== 'patch') {
    if (notice.kind === 'morning' && !mayStillSend(`${facts.day}T00:00`, here)) return drop('void');
    if (isQuiet(here)) return 'later';
    if (!isReachable(member, now)) return drop('unreachable');
    if (notice.kind === 'morning' && (member.settings.snoozedUntil ?? '') > today) return drop('snoozed');
    const leaves = rosterOf(programme).leavesOf.get(facts.me.id) ?? [];
    if (leaves.some((l) => l.start <= today && today <= l.end)) return drop('leave');
    const holding = stillHolds(parts, facts.duties, today, facts);
    if ('lapsed' in holding) return drop(holding.lapsed);
    parts = holding.parts;
  }
  const quota = ctx.quota.limit > 0 ? { used: ctx.quota.used(), quota: ctx.quota.limit } : undefined;
  const card = reminder({ ...facts, parts, ...(quota ? { quota } : {}) }, textsOf(member.settings.locale));
  if (!card) return drop('void');
  const drawn = { ...outgoing, card, text: cardText(card), undrawn: { of, frozen: true as const } };
  await logNames(trx, programme, { named: facts.named, now, newId: ctx.newId });
  await freeze(trx, notice.id, drawn);
  return { notice: { ...notice, outgoing: drawn } };
}
