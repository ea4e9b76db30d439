import { textsOf } from '../cards/index.ts';
import type { RosterWarning } from '../plan/checks.ts';

/** A county's lists can lack thousands of things; the first ones show what to fix. */
const SHOWN = 50;

/** The gaps in a programme's lists and how to fill them, one line each. */
export function warningLines(warnings: RosterWarning[]): string[] {
  const { reasons, more } = textsOf('zh-CN');
  const rest = warnings.length - SHOWN;
  return [
    ...warnings.slice(0, SHOWN).map((w) => `${reasons.lacking(w)}；${reasons.mend(w)}`),
    ...(rest > 0 ? [more(rest)] : []),
  ];
}
