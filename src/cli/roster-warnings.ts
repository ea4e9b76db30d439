import { textsOf } from '../cards/index.ts';
import type { RosterWarning } from '../plan/checks.ts';

/** A county's lists can lack thousands of things; they are mended from the first ones. */
const SHOWN = 50;

/** What the lists of a programme lack and what to do about it, a line each. */
export function warningLines(warnings: RosterWarning[]): string[] {
  const { reasons, more } = textsOf('zh-CN');
  const rest = warnings.length - SHOWN;
  return [
    ...warnings.slice(0, SHOWN).map((w) => `${reasons.lacking(w)}；${reasons.mend(w)}`),
    ...(rest > 0 ? [more(rest)] : []),
  ];
}
