/** How far a sentence has been read, and what becomes of what it has named. */
import type { Sentence } from './clauses.ts';
import { type Demand, type DemandReading, demandsOf } from './demand.ts';
import type { ActMark, PeriodMark } from './marks.ts';
import type { Parties } from './parties.ts';
import { type Pending, uncounted } from './pending.ts';
import type { WhoRule } from './rules/who.ts';

/** What is being read of one sentence. */
export interface SentenceState {
  sentence: Sentence;
  parties: Parties;
  /** A month stands above: what is named under it is to be done in it. */
  scheduled: boolean;
  period?: PeriodMark;
  who?: WhoRule;
  side?: Demand['side'];
  /** The side that a heading names: 受援学校的职责. */
  above?: Demand['side'];
  /** Named, and not yet counted. */
  pending?: Pending;
  /** The part between semicolons has a number: what follows without one only describes it. */
  counted: boolean;
  /** A time was said with nothing to do: what is named next is to be done then. */
  timed: boolean;
  /** How many demands there were before this part. */
  before: number;
  /** Activities of the last number. */
  last: ActMark[];
  demands: Demand[];
}

/** What waited for a number gets none. */
export function draftPending(state: SentenceState): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending) return;
  for (const reading of uncounted(pending)) addDemands({ ...state, ...pending }, reading);
}

/** A demand for each that the reading asks of. */
export function addDemands({ demands, who, side, sentence, parties }: SentenceState, reading: DemandReading): void {
  demands.push(...demandsOf(reading, { who, side, sentence, we: parties.we }));
}
