import type { Overrides } from '../../src/app/core.ts';
import { rosterOf } from '../../src/plan/roster.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import type { World } from './world.ts';

/** Limits so high that a test need not wait; the limits themselves have their own tests. */
export const unhurried: Overrides = {
  paceLimits: { perSecond: 100_000, perMinute: 6_000_000, perChatPerSecond: 100_000 },
};

/**
 * A programme in which each teacher of 甲校 owes two lessons at 乙校 in the first term: one by 11 November (a Wednesday), one by
 * 22 January. 周联络 coordinates, 郑校长 leads.
 */
export const lessonsProgramme = (teachers: string[]) => ({
  name: '送教',
  terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [
    { name: '甲校', kind: 'middle' },
    { name: '乙校', kind: 'middle' },
  ],
  people: [
    ...teachers.map((name) => ({ name, school: '甲校', roles: ['teacher'] })),
    { name: '周联络', school: '甲校', roles: ['coordinator'] },
    { name: '郑校长', school: '甲校', roles: ['principal'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', kinds: ['teaching'], from: '2026-09-01' }],
  plans: [
    {
      id: 'lessons',
      title: '送教计划',
      requirements: [
        {
          id: 'lesson',
          title: '送教上课',
          activity: 'demo_lesson',
          subject: 'teacher',
          role: ['teacher'],
          measure: 'lessons',
          count: 2,
          period: 'term',
        },
      ],
    },
  ],
});

/** Every delivered reminder, as `MM-DD kinds` by person, in order of the days. */
export async function delivered({ app: { ctx } }: World): Promise<Record<string, string[]>> {
  const rows = await ctx.db
    .selectFrom('notice')
    .leftJoin('reminder', 'reminder.notice_id', 'notice.id')
    .select(['notice.id', 'notice.kind', 'notice.person_id', 'notice.sent_at', 'reminder.kind as part'])
    .where('notice.state', 'in', ['sent', 'read'])
    .where('notice.kind', 'in', ['morning', 'weekly-summary', 'nudge', 'help', 'unreachable'])
    .orderBy('notice.id')
    .execute();
  const [one] = await listProgrammes(ctx.db);
  const { person } = rosterOf(await ctx.programmeOf(ctx.db, one!.id));
  const byPerson: Record<string, string[]> = {};
  for (const [, parts] of Map.groupBy(rows, (r) => r.id)) {
    const [first] = parts;
    const name = person.get(first!.person_id ?? '')?.name ?? '?';
    const day = Temporal.Instant.fromEpochMilliseconds(Number(first!.sent_at))
      .toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDate()
      .toString();
    const kinds = [...new Set(parts.map((p) => p.part ?? p.kind))].sort().join(' ');
    byPerson[name] = [...(byPerson[name] ?? []), `${day.slice(5)} ${kinds}`];
  }
  return byPerson;
}
