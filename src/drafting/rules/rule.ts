import type { PeriodSpec } from '../../plan/plan.ts';

/** `says` is an example; a test tries each rule on its own. */
export interface Rule {
  name: string;
  says: string;
  when: RegExp;
}

export interface PeriodRule extends Rule {
  /** Undefined if the figures are not a possible time. */
  gives: (found: RegExpExecArray) => PeriodSpec | undefined;
  /** How many times the words name at once, such as both terms: 各 after them multiplies. */
  each?: number;
  /** Set if the words leave the period open, so it is a guess. */
  doubt?: string;
}
