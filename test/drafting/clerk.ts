/** The demands that a careful clerk expects of a document, one a line, compared with its draft. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftPlans } from '../../src/drafting/draft.ts';
import type { PeriodSpec } from '../../src/plan/plan.ts';

export const CLERK = join(import.meta.dirname, 'clerk');

export const periodWords = (period: PeriodSpec): string => {
  if (typeof period === 'string') return period;
  if ('month' in period) return `month ${period.month}`;
  return 'due' in period ? `due ${period.due}` : `windows ${period.windows.join(',')}`;
};

export interface Beside {
  /** Kind, count, measure and period as expected. */
  right: string[];
  /** Those of them with another subject or side, and which. */
  owedOtherwise: string[];
  missed: string[];
  invented: string[];
}

/** `|` separates readings that are equally good. A line is `kind subject/side count measure period`. */
export function besideClerk(name: string): Beside {
  const expected = readFileSync(join(CLERK, `${name}.demands`), 'utf8')
    .trim()
    .split('\n');
  const found = draftPlans(readFileSync(join(CLERK, `${name}.txt`), 'utf8'), `${name}.txt`).flatMap(({ demands }) =>
    demands.map((d) => `${d.activity} ${d.subject}/${d.side} ${d.count} ${d.measure} ${periodWords(d.period)}`),
  );
  const asked = (line: string) => line.replace(/^(\S+) \S+/, '$1');
  const result: Beside = { right: [], owedOtherwise: [], missed: [], invented: [] };
  const unmatched = [...found];
  const take = (fits: (line: string) => boolean): string | undefined => {
    const at = unmatched.findIndex(fits);
    return at < 0 ? undefined : unmatched.splice(at, 1)[0];
  };
  const open: string[] = [];
  for (const line of expected) {
    const readings = line.split(' | ');
    if (take((f) => readings.includes(f))) result.right.push(line);
    else open.push(line);
  }
  for (const line of open) {
    const readings = line.split(' | ').map(asked);
    const other = take((f) => readings.includes(asked(f)));
    if (other) {
      result.right.push(line);
      result.owedOtherwise.push(`${line}, drafted as ${other.split(' ')[1]}`);
    } else result.missed.push(line);
  }
  result.invented = unmatched;
  return result;
}
