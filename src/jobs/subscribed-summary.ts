import { drawn } from '../cards/card-text.ts';
import { type Card, textsOf } from '../cards/index.ts';
import { summaryCard } from '../cards/summary.ts';
import type { Ctx } from '../context.ts';
import { localTime } from '../plan/clock.ts';
import type { Ymd } from '../plan/dates.ts';
import { NOTICE } from '../plan/identities.ts';
import { mayStillSend } from '../plan/notices/index.ts';
import { actingOn, realmOf } from '../plan/policy.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Span } from '../plan/summary.ts';
import { addressOf, type Member, subscribersOf } from '../store/members.ts';
import type { Hint } from '../store/notices.ts';
import { post } from '../store/post.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { readSummary } from '../store/summary.ts';
import { type Trx, transact } from '../store/transaction.ts';
import type { LatestDue } from './due.ts';
import type { Job } from './job.ts';
import { isReachable } from './pages.ts';

/** One of the summaries that leaders may have without asking. */
export interface Subscribed {
  name: string;
  span: Span;
  latestDue: LatestDue;
  /** Whether it goes out on a day that its clock names. */
  isDay(programme: StoredProgramme, day: Ymd): boolean;
}

/** The summary of a span to everybody who has subscribed to it, each about what they answer for. */
export const subscribedSummary = (summary: Subscribed): Job => ({
  name: summary.name,
  latestDue: summary.latestDue,
  run: async (ctx, instant) => {
    let planned = 0;
    const at = localTime(instant, ctx.config.timezone);
    if (!mayStillSend(at, localTime(ctx.now(), ctx.config.timezone))) return '0 cards planned: the moment has passed';
    for await (const { programme, member } of subscribers(ctx, summary, at.slice(0, 10))) {
      const hints = await transact(ctx.db, (trx) => planSummary(trx, ctx, summary, programme, member, at.slice(0, 10)));
      await ctx.deliver(hints);
      planned += hints.length;
    }
    return `${planned} cards planned`;
  },
  async *preview(ctx, instant) {
    const at = localTime(instant, ctx.config.timezone);
    for await (const { programme, member } of subscribers(ctx, summary, at.slice(0, 10))) {
      const who = rosterOf(programme).person.get(member.personId);
      const school = rosterOf(programme).schoolName(who?.schoolId) ?? '';
      yield `${at}\t${school}\t${who?.name ?? ''}\t${textsOf(member.settings.locale).weekly.spans[summary.span]}`;
    }
  },
});

async function* subscribers(ctx: Ctx, { span, isDay }: Subscribed, day: Ymd) {
  for (const { id } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    if (!isDay(programme, day)) continue;
    for (const member of await subscribersOf(ctx.db, id, span))
      if (isReachable(member, ctx.now())) yield { programme, member };
  }
}

async function planSummary(
  trx: Trx,
  ctx: Ctx,
  { name, span }: Subscribed,
  programme: StoredProgramme,
  member: Member,
  day: Ymd,
): Promise<Hint[]> {
  const card = await summaryOf(trx, programme, member, span, day);
  if (!card) return [];
  const identity = NOTICE.summary(name, member.openId, programme.id, day);
  const letter = { identity, kind: name, line: 'notices' as const, ...addressOf(member), ...drawn(card, member) };
  return post(trx, { now: ctx.now(), newId: ctx.newId }, letter);
}

/** The same card as on request; nothing for somebody who no longer may see figures. */
async function summaryOf(
  trx: Trx,
  programme: StoredProgramme,
  member: Member,
  span: Span,
  today: Ymd,
): Promise<Card | undefined> {
  const who = rosterOf(programme).person.get(member.personId);
  const me = who && actingOn(who, today);
  const realm = me && realmOf(me, 'counts', programme);
  if (!realm) return undefined;
  const figures = await readSummary(trx, programme, { realm, span, by: 'requirement', today });
  const mayExport = realmOf(me, 'export', programme) !== undefined;
  return figures && summaryCard(figures, { programme, mayExport }, textsOf(member.settings.locale));
}
