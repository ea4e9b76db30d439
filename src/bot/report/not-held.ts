import { activityShown } from '../../cards/card-models.ts';
import { nothingChanged, whichNotHeld } from '../../cards/not-held.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { cardOf, recordToChange } from './own-record.ts';
import { lastRecords } from './which-record.ts';

/** For this long, 「没谈成」 can be about the record shown last. */
const RECENT_MS = 24 * 3_600_000;
const LONGEST_REASON = 200;

/** What a message says did not take place; absent fields were not mentioned. */
export interface NotHeld {
  kind?: ActivityKind;
  pupilIds?: string[];
  date?: string;
  /** The kinds that the named activity may be. */
  kinds?: ActivityKind[];
  reason: string;
}

/**
 * 「没谈成」: turns the record it is about into an attempt (DESIGN section 5, *Which record is meant*). If two fit, the card asks
 * which; undefined if none does.
 */
export async function notHeld(trx: Trx, facts: Facts, failure: NotHeld): Promise<Outcome | undefined> {
  const fits = (await lastRecords(trx, facts)).filter((a) => isMeant(a, failure, facts));
  const [only] = fits;
  if (!only) return undefined;
  const named = failure.pupilIds ?? [];
  // One pupil of several was absent: the others stay on the record.
  const others = only.pupilIds.filter((id) => !named.includes(id));
  if (fits.length === 1 && named.length > 0 && others.length > 0)
    return {
      do: rewrite({ what: 'edited', before: only, activity: { ...only, pupilIds: others } }),
      say: (recorded) => recordedCard(facts, recorded),
    };
  if (fits.length === 1)
    return { do: rewrite(attempt(only, failure.reason)), say: (recorded) => recordedCard(facts, recorded) };
  const records = fits.map((a) => ({ activity: a.id, v: a.version, shown: activityShown(a, facts) }));
  return { say: () => whichNotHeld({ records, group: facts.group }, facts.t) };
}

function isMeant(a: StoredActivity, failure: NotHeld, facts: Facts): boolean {
  if (a.status !== 'done' || (!facts.quotes && facts.now - a.recordedAt > RECENT_MS)) return false;
  // 「小杰今天又没来」 says nothing of a note that was written about the pupil.
  if (a.kind === 'care_roster' && failure.kind !== a.kind) return false;
  if (failure.kind !== undefined && failure.kind !== a.kind) return false;
  if (failure.kinds !== undefined && !failure.kinds.includes(a.kind)) return false;
  if (failure.date !== undefined && failure.date !== a.date) return false;
  const named = failure.pupilIds ?? [];
  return named.length === 0 || named.every((id) => a.pupilIds.includes(id));
}

/** The record as an attempt. */
export const attempt = (before: StoredActivity, reason: string) =>
  ({
    what: 'edited',
    before,
    activity: { ...before, status: 'attempted', reason: reason.normalize('NFC').slice(0, LONGEST_REASON) },
  }) as const;

/** Not done yet, or could not be begun: the card says that nothing is recorded, and offers help. */
export const notBegun = (facts: Facts, kind?: ActivityKind): Outcome => ({
  say: () => nothingChanged({ kind }, facts.t),
});

/** 没做成 beside one of several records. A second press shows the record as it is. */
export const notHeldAction: Action<'not_held'> = {
  name: 'not_held',
  run: async (trx, facts, click) => {
    const { activity: before } = await recordToChange(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status !== 'done') return { say };
    return { do: rewrite(attempt(before, '')), say };
  },
};
