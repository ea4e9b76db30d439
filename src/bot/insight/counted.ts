import { timesDone } from '../../cards/index.ts';
import { groupName, realmName, requirementProgress } from '../../cards/summary.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { kindsOf } from '../../plan/feeds.ts';
import { lateOf } from '../../plan/figures.ts';
import { schoolYearRange } from '../../plan/obligations.ts';
import { type Realm, type Span, summaryDays } from '../../plan/summary.ts';
import { countStates } from '../../store/count-states.ts';
import { activitiesPerDay } from '../../store/lists.ts';
import { activitiesOfRealm } from '../../store/realm.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { listDays } from './lister.ts';

/** 今年送教多少次, from somebody who answers for `realm`: the activities of the school year or span, and this term's progress. */
export async function countedCard(trx: Trx, facts: Facts, realm: Realm, kind: ActivityKind, span?: Span) {
  const { programme, today, t } = facts;
  const days = listDays(facts);
  const year = schoolYearRange(programme, today);
  const dates = { start: (span ? summaryDays(programme, span, today)?.now.start : year?.start) ?? today, end: today };
  const perDay = await activitiesPerDay(trx, programme.id, {
    dates,
    ...activitiesOfRealm(programme, realm),
    kinds: [kind],
  });
  const groups = days ? await countStates(trx, programme, { realm, by: 'requirement', days, day: today }) : [];
  const asking = new Set(
    programme.plans.flatMap((use) =>
      use.plan.requirements.filter((r) => kindsOf(r).includes(kind)).map((r) => `${use.plan.id}/${r.id}`),
    ),
  );
  return timesDone(
    {
      kind,
      activities: [...perDay.values()].reduce((a, b) => a + b, 0),
      from: dates.start,
      realm: realmName(programme, realm),
      rows: groups
        .filter((g) => asking.has(g.key))
        .map((g) => ({
          name: groupName(programme, 'requirement', g.key),
          progress: requirementProgress(programme, g, t),
          late: lateOf(g.counts),
        })),
    },
    t,
  );
}
