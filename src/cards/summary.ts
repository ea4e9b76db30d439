import type { Activity } from '../plan/activity.ts';
import { askedOf, lateOf, perCent } from '../plan/figures.ts';
import type { Requirement } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { shownCount } from '../plan/standing.ts';
import type { Group, Realm, SummaryFigures } from '../plan/summary.ts';
import type { ActivityShown } from './activity-line.ts';
import type { Card } from './card.ts';
import type { Texts } from './texts/zh-CN.ts';
import { type SummaryRow, weeklySummary } from './weekly.ts';

/** The leaders' card of figures read from the store. Used on request and by the summary jobs. */
export function summaryCard(
  figures: SummaryFigures,
  { programme, mayExport }: { programme: Programme; mayExport: boolean },
  t: Texts,
): Card {
  const { days, by, span, realm, total, today, activities } = figures;
  const alone = realm.kind === 'school' || realm.kind === 'pairing';
  return weeklySummary(
    {
      span,
      realm: realmName(programme, realm),
      today,
      from: days.now.start,
      to: days.now.end,
      ...(span !== 'term' && days.now.end < today ? { earlier: span } : {}),
      by,
      rows: figures.groups.map((g) => row(g, by, programme)),
      total: {
        percent: perCent(total.share, total.counts),
        planned: perCent(total.planned, total.counts),
        asked: askedOf(total.counts),
        met: total.counts.met,
        change: total.metNow,
        late: lateOf(total.counts),
        lapsed: total.counts.missed,
      },
      ...(alone ? {} : { lateSchools: figures.lateOwners }),
      worst: figures.worst.map(({ owner, requirement, count, since }) => ({
        name: ownerName(programme, owner),
        title: groupName(programme, 'requirement', requirement),
        count,
        since,
        ids: { owner, requirement },
      })),
      newActivities: activities.now,
      activitiesBefore: activities.before,
      news: figures.news.map((a) => newsLine(a, programme)),
      trend: figures.curve.map((c) => ({ ...c, week: c.week.slice(5).replace('-', '/') })),
      mayExport,
      ...(figures.inspections && { inspections: figures.inspections }),
    },
    t,
  );
}

/** By requirement in its own measure; a school has several, so it counts duties. */
function row(g: Group, by: SummaryFigures['by'], programme: Programme): SummaryRow {
  const measure = by === 'requirement' ? requirementOf(programme, g.key)?.measure : undefined;
  return {
    key: g.key,
    name: groupName(programme, by, g.key),
    ...(measure ? { done: g.done, target: g.target, measure } : { done: g.counts.met, target: askedOf(g.counts) }),
    late: lateOf(g.counts),
    lapsed: g.counts.missed,
  };
}

/** 「14/24次」 of a requirement, as on the leaders' card. */
export function requirementProgress(
  programme: Programme,
  { key, counts, done, target }: Pick<Group, 'key' | 'counts' | 'done' | 'target'>,
  t: Texts,
): string {
  const measure = requirementOf(programme, key)?.measure;
  if (!measure) return `${counts.met}/${askedOf(counts)}`;
  return `${shownCount(done)}/${t.amount(target, measure)}`;
}

function requirementOf(programme: Programme, key: string): Requirement | undefined {
  const [plan, ...rest] = key.split('/');
  const use = programme.plans.find((u) => u.plan.id === plan);
  return use?.plan.requirements.find((r) => r.id === rest.join('/'));
}

/**
 * The name of a requirement (`plan/requirement`), school or pairing; by school, also of a pairing or district with its own
 * duties.
 */
export function groupName(programme: Programme, by: SummaryFigures['by'], key: string): string {
  if (by === 'requirement') return requirementOf(programme, key)?.title ?? key;
  return ownerName(programme, key === '' || key.includes(':') ? key : `${by}:${key}`);
}

/** The name of an owner of duties (`ownerOf`). */
function ownerName(programme: Programme, owner: string): string {
  const [kind, id = ''] = owner.split(':');
  const { schoolName, pairing, district } = rosterOf(programme);
  if (kind === 'school') return schoolName(id) ?? '';
  if (kind === 'district') return district.get(id)?.name ?? '';
  const pair = kind === 'pairing' ? pairing.get(id) : undefined;
  return pair ? `${schoolName(pair.supporterId)}→${schoolName(pair.recipientId)}` : programme.name;
}

export function realmName(programme: Programme, realm: Realm): string {
  if (realm.kind === 'programme') return programme.name;
  return ownerName(programme, `${realm.kind}:${realm.id}`) || programme.name;
}

/** Which school did what and where; without persons, pupils or free text that might name them. */
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
