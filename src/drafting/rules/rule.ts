import type { PeriodSpec } from '../../plan/plan.ts';

/** A rule reads what it says; a test tries each on its own example. */
export interface Rule {
  name: string;
  says: string;
  when: RegExp;
}

export interface PeriodRule extends Rule {
  /** Undefined if the figures name no such time. */
  gives: (found: RegExpExecArray) => PeriodSpec | undefined;
  /** Two times in a year or a term, said in one: 各 after it counts each. */
  each?: number;
  /** The words leave the period open: it is a guess. */
  doubt?: string;
}
