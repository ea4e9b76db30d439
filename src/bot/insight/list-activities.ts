import { shortDate } from '../../cards/dates.ts';
import { groupName, realmName } from '../../cards/summary.ts';
import { schoolYearRange } from '../../plan/obligations.ts';
import { rosterOf } from '../../plan/roster.ts';
import { SPANS } from '../../plan/summary.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { activitiesPerDay, activityPage } from '../../store/lists.ts';
import { activitiesOfRealm } from '../../store/realm.ts';
import type { Facts } from '../intake/facts.ts';
import { permit } from '../intake/permit.ts';
import { realmAsked } from './list-duties.ts';
import { type Lister, listDays, personName, schoolName } from './lister.ts';

/** Activities that involve travel to the other school; the helped school sees them as the visitors'. */
const TRIPS = [
  'demo_lesson',
  'observe',
  'lecture',
  'joint_prep',
  'secondment',
  'training',
  'exchange',
  'research',
  'donation',
  'meeting',
];

/** The activities behind a number in one term, latest first. Every reader sees pupils as numbers. */
export const activityList: Lister = async (trx, facts, ids, page) => {
  const { programme, t } = facts;
  const { requirement, person, kind } = ids;
  if (person !== undefined) permit(facts, 'records', { kind: 'person', id: person });
  const realm = person === undefined ? realmAsked(facts, ids) : undefined;
  const span = SPANS.find((s) => s === ids.span);
  const days = listDays(facts, span ?? 'term');
  const year = schoolYearRange(programme, facts.today);
  const inScope = realm ? activitiesOfRealm(programme, realm) : { byIds: [person!] };
  const trips = ids.of === 'trips';
  const askedRequirement = programme.plans
    .flatMap((use) => use.plan.requirements.map((r) => ({ key: `${use.plan.id}/${r.id}`, r })))
    .find(({ key }) => key === requirement)?.r;
  const by = {
    dates: (span ? days?.now : kind ? year : days?.term) ?? { start: '9999-12-31', end: '0000-01-01' },
    ...(trips ? { ...inScope, byIds: inScope.fedTo ? [] : inScope.byIds } : inScope),
    kinds: trips
      ? TRIPS
      : askedRequirement
        ? [askedRequirement.activity, ...(askedRequirement.also ?? [])]
        : kind && [kind],
  };
  const counts = await activitiesPerDay(trx, programme.id, by);
  const rows = await activityPage(trx, programme.id, by, page);
  const c = t.lists.columns;
  return {
    heading: [
      realm ? realmName(programme, realm) : personName(facts, person!),
      askedRequirement ? groupName(programme, 'requirement', requirement!) : kind && t.kinds[kind],
    ]
      .filter(Boolean)
      .join(' · '),
    columns: [
      { key: 'date', label: c.date },
      { key: 'kind', label: c.kind },
      { key: 'name', label: c.name },
      { key: 'school', label: c.school },
      { key: 'place', label: c.place },
      { key: 'pupils', label: c.pupils, type: 'number' },
    ],
    rows: rows.map((a) => activityRow(facts, a)),
    total: [...counts.values()].reduce((a, b) => a + b, 0),
  };
};

/** Free text is left out: it might name a pupil. */
export const activityRow = (facts: Facts, a: StoredActivity) => ({
  date: shortDate(a.date, facts.t, facts.today),
  kind: facts.t.kinds[a.kind],
  name: personName(facts, a.byId),
  school: schoolName(facts, rosterOf(facts.programme).person.get(a.byId)?.schoolId),
  place: schoolName(facts, a.placeId ?? a.toId ?? a.partnerId),
  pupils: a.pupilCount ?? a.pupilIds.length,
});
