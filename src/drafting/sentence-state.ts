/** How far a sentence has been read, and the demands found so far. */
import type { Sentence } from './clauses.ts';
import { type Demand, type DemandReading, demandsOf } from './demand.ts';
import type { ActMark, PeriodMark } from './marks.ts';
import type { Parties } from './parties.ts';
import { type Pending, uncounted } from './pending.ts';
import type { WhoRule } from './rules/who.ts';

export interface SentenceState {
  sentence: Sentence;
  parties: Parties;
  /** A heading gives a month: everything under it is due then. */
  scheduled: boolean;
  period?: PeriodMark;
  who?: WhoRule;
  side?: Demand['side'];
  /** The side named by a heading: 受援学校的职责. */
  above?: Demand['side'];
  /** Named, without a number so far. */
  pending?: Pending;
  /** The part between semicolons has a number: what follows without one describes it. */
  counted: boolean;
  /** A time came without an activity: the next one named is due then. */
  timed: boolean;
  /** Number of demands before this part. */
  before: number;
  /** The activities that the last number counts. */
  last: ActMark[];
  demands: Demand[];
}

/** Settles what waits for a number: none follows. */
export function draftPending(state: SentenceState): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending) return;
  for (const reading of uncounted(pending)) addDemands({ ...state, ...pending }, reading);
}

export function addDemands({ demands, who, side, sentence, parties }: SentenceState, reading: DemandReading): void {
  demands.push(...demandsOf(reading, { who, side, sentence, we: parties.we }));
}
