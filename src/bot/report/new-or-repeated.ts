import { confirmEachOther } from '../../plan/confirm.ts';
import { comparing } from '../../plan/occasions.ts';
import type { Reading } from '../../reading/types.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { confirmedBy } from './both-sides.ts';
import { askedAgain, repeatedBy } from './repeated.ts';
import { activitiesIn } from './to-activity.ts';

/** Something new for the ledger. */
export type Fresh = Extract<LedgerChange, { what: 'recorded' | 'imported' }>;

/** Adds a complete reading's activities to `fresh`; asks about those that repeat an earlier record. */
export async function newOrRepeated(trx: Trx, facts: Facts, reading: Reading, fresh: Fresh[]): Promise<Outcome[]> {
  const questions: Outcome[] = [];
  const { repeats } = comparing(facts.programme);
  for (const activity of activitiesIn(reading, facts)) {
    const same = await repeatedBy(trx, facts, activity);
    // The other school has reported it too: the two reports confirm each other.
    if (same && same.confirmation === undefined && confirmEachOther(facts.programme, activity, same)) {
      questions.push({ do: rewrite(confirmedBy(same)), say: (recorded) => recordedCard(facts, recorded) });
      continue;
    }
    if (same) {
      const { dates, ...rest } = reading;
      const { date, times, lessons } = activity;
      const { draft, card } = askedAgain(facts, { ...rest, date, ...(dates ? { times, lessons } : {}) }, same);
      questions.push({ do: [{ what: 'open_draft', draft }], say: () => card });
      continue;
    }
    // The same thing twice in one message means two.
    const isRepeated = fresh.some((other) => repeats(activity, other.activity));
    fresh.push({ what: 'recorded', activity: isRepeated ? { ...activity, separate: true } : activity });
  }
  return questions;
}
