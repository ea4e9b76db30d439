import type { Activity } from '../plan/activity.ts';
import { addDays, mondayOf } from '../plan/dates.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { askedOf, type Group, lateOf, type Realm, type SummaryFigures } from '../plan/summary.ts';
import type { ActivityShown } from './activity-line.ts';
import type { Card } from './card.ts';
import type { Texts } from './texts/zh-CN.ts';
import { type SummaryRow, weeklySummary } from './weekly.ts';

/** The leaders' card of figures read from the store; `page` of its table, from 1. Used on request and by the weekly job. */
export function summaryCard(figures: SummaryFigures, programme: Programme, page: number, t: Texts): Card {
  const { days, by, span, realm, total, perDay } = figures;
  const sum = (from: string, to: string) =>
    [...perDay].reduce((n, [date, count]) => (date >= from && date <= to ? n + count : n), 0);
  const weeks: { week: string; count: number }[] = [];
  const first = [...perDay.keys()].sort()[0];
  for (let monday = first && mondayOf(first); monday && monday <= days.now.end; monday = addDays(monday, 7))
    weeks.push({ week: monday.slice(5).replace('-', '/'), count: sum(monday, addDays(monday, 6)) });
  return weeklySummary(
    {
      span,
      realm: realmName(programme, realm),
      from: days.now.start,
      to: days.now.end,
      by,
      rows: inOrder(figures, programme).map((g) => ({ key: g.key, name: groupName(programme, by, g.key), ...row(g) })),
      total: row(total),
      late: figures.late.map((l) => ({ name: groupName(programme, l.kind, l.id), count: l.count })),
      newActivities: sum(days.now.start, days.now.end),
      activitiesBefore: sum(days.before.start, days.before.end),
      news: figures.news.map((a) => newsLine(a, programme)),
      trend: weeks.slice(-12),
      ...(figures.inspections && { inspections: figures.inspections }),
      page,
    },
    t,
  );
}

const row = ({ counts, metNow, metBefore }: Group): Omit<SummaryRow, 'key' | 'name'> => ({
  done: counts.met,
  target: askedOf(counts),
  change: metNow,
  before: metBefore,
  late: lateOf(counts),
});

/** Requirements as the plans list them, schools and pairings by name: an order that ranks nobody. */
function inOrder({ groups, by }: SummaryFigures, programme: Programme): Group[] {
  if (by !== 'requirement')
    return groups.toSorted((a, b) => (groupName(programme, by, a.key) < groupName(programme, by, b.key) ? -1 : 1));
  const keys = programme.plans.flatMap((use) => use.plan.requirements.map((r) => `${use.plan.id}/${r.id}`));
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return groups.toSorted((a, b) => rank(a.key) - rank(b.key));
}

/** The name of a requirement (`plan/requirement`), school or pairing. */
export function groupName(programme: Programme, by: SummaryFigures['by'], key: string): string {
  const roster = rosterOf(programme);
  const school = (id: string | undefined) => roster.schoolName(id) ?? '';
  if (by === 'school') return school(key);
  if (by === 'pairing') {
    const pairing = roster.pairing.get(key);
    return pairing ? `${school(pairing.supporterId)}→${school(pairing.recipientId)}` : '';
  }
  const [plan, ...rest] = key.split('/');
  const use = programme.plans.find((u) => u.plan.id === plan);
  return use?.plan.requirements.find((r) => r.id === rest.join('/'))?.title ?? key;
}

export function realmName(programme: Programme, realm: Realm): string {
  if (realm.kind === 'programme') return programme.name;
  if (realm.kind === 'district') return rosterOf(programme).district.get(realm.id)?.name ?? programme.name;
  return groupName(programme, realm.kind, realm.id);
}

/** Which school did what where; neither persons nor pupils, nor words that might name them. */
function newsLine(a: Activity, programme: Programme): ActivityShown {
  const roster = rosterOf(programme);
  const school = (id: string | undefined) => roster.schoolName(id);
  return {
    kind: a.kind,
    date: a.date,
    dateTo: a.dateTo,
    by: school(roster.person.get(a.byId)?.schoolId),
    place: school(a.placeId ?? a.toId ?? a.partnerId),
    pupilCount: a.pupilCount ?? (a.pupilIds.length || undefined),
  };
}
