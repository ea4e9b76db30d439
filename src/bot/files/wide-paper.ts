import { groupName, requirementProgress } from '../../cards/summary.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import { lateOf } from '../../plan/figures.ts';
import type { Programme } from '../../plan/programme.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import { type Realm, summaryDays } from '../../plan/summary.ts';
import { countStates } from '../../store/count-states.ts';
import type { Db } from '../../store/db.ts';
import { activitiesPerDay, activityPage } from '../../store/lists.ts';
import { activitiesOfRealm } from '../../store/realm.ts';
import type { Facts } from '../intake/facts.ts';

const MOST_STAYS = 2_000;

/** The totals of a district or programme: by requirement, by school, and how often each kind was done. */
export async function paperTotals(db: Db, { programme, today, t }: Facts, realm: Realm, range: Range) {
  const days = summaryDays(programme, 'term', today);
  const rows = async (by: 'requirement' | 'school') =>
    days === undefined
      ? []
      : (await countStates(db, programme, { realm, by, days, day: today })).map((g) => ({
          name: groupName(programme, by, g.key),
          progress:
            by === 'requirement'
              ? requirementProgress(programme, g, t)
              : `${g.counts.met}/${Object.values(g.counts).reduce((a, b) => a + b, -g.counts.waived)}`,
          late: lateOf(g.counts),
        }));
  const kinds: { kind: ActivityKind; n: number }[] = [];
  for (const kind of ACTIVITY_KINDS) {
    const by = { dates: { start: range.start, end: today }, ...activitiesOfRealm(programme, realm), kinds: [kind] };
    const n = [...(await activitiesPerDay(db, programme.id, by)).values()].reduce((a, b) => a + b, 0);
    if (n > 0) kinds.push({ kind, n });
  }
  const paired = await pairedOf(db, programme, realm, today);
  return { requirements: await rows('requirement'), schools: await rows('school'), kinds, paired };
}

/** The schools of a realm that are paired, and the teachers sent to teach elsewhere, by term since the beginning. */
async function pairedOf(db: Db, programme: Programme, realm: Realm, today: string) {
  const { school } = rosterOf(programme);
  const isIn = (id: string) => realm.kind !== 'district' || school.get(id)?.districtId === realm.id;
  const living = programme.pairings.filter((p) => alive(p, today) && (isIn(p.supporterId) || isIn(p.recipientId)));
  const terms = programme.terms.filter((x) => x.start <= today).toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const begun = new Set<string>();
  const batches: { name: string; n: number }[] = [];
  for (const { name, start, end } of terms) {
    const by = { dates: { start, end }, ...activitiesOfRealm(programme, realm), kinds: ['secondment' as const] };
    const page = await activityPage(db, programme.id, by, { page: 1, size: MOST_STAYS });
    const sent = page.filter((a) => a.role === undefined || a.role === '支教');
    const fresh = new Set(sent.flatMap((a) => [a.byId, ...a.participantIds]).filter((id) => !begun.has(id)));
    for (const id of fresh) begun.add(id);
    if (fresh.size > 0)
      batches.push({ name: `${yearName(start)}${name.replace(/^\d{4}.*?学年/u, '')}`, n: fresh.size });
  }
  return {
    supporting: new Set(living.map((p) => p.supporterId)).size,
    supported: new Set(living.map((p) => p.recipientId)).size,
    batches,
  };
}

/** A term's calendar year: terms of two years may have one name. */
const yearName = (start: string): string => `${start.slice(0, 4)}年`;
