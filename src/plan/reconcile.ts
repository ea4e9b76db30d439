/** What a change of roster or plan in mid-term does to what was already owed. */
import type { Ymd } from './dates.ts';
import type { Obligation, State } from './obligation.ts';

export interface Stored {
  obligation: Obligation;
  state: State;
}
export interface Reconciled {
  /** Owed from now on, kept ones among them, in the order of `derived`, then past ones that only the store still knows. */
  obligations: Obligation[];
  /** Ids new since the change; what of them lies before `day` must not be reminded of. */
  added: string[];
  /** Ids no longer owed: the requirement, subject or period has gone and the duty was still open. */
  dropped: string[];
}

/**
 * Sets what `derived` asks for against what was stored before a change on `day`. Met obligations stay as they were when they
 * were met, ended ones stay as they ended, open ones are taken from `derived` or dropped, and a new duty whose period has
 * already ended is not owed at all: nobody is told that they missed what nobody had asked.
 */
export const reconcile = (stored: Stored[], derived: Obligation[], day: Ymd): Reconciled => {
  const before = new Map(stored.map((s) => [s.obligation.id, s]));
  const settled = (s: Stored): boolean => s.state === 'met' || s.obligation.period.end < day;
  const obligations = derived.flatMap((o): Obligation[] => {
    const old = before.get(o.id);
    if (old) return [settled(old) ? old.obligation : o];
    return o.period.end < day ? [] : [o];
  });
  const now = new Set(obligations.map((o) => o.id));
  const gone = stored.filter((s) => !now.has(s.obligation.id));
  return {
    obligations: [...obligations, ...gone.filter(settled).map((s) => s.obligation)],
    added: obligations.filter((o) => !before.has(o.id)).map((o) => o.id),
    dropped: gone.filter((s) => !settled(s)).map((s) => s.obligation.id),
  };
};
