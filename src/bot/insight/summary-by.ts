import { UserError } from '../../errors.ts';
import { GROUPINGS, type Grouping, SPANS, type Span } from '../../plan/summary.ts';
import type { Action, Click } from '../intake/outcome.ts';
import { drawSummary } from './summary.ts';

/** 按学校, 按任务, 按结对, and the other spans, on a summary. */
export const summaryBy: Action = {
  name: 'summary_by',
  run: async (trx, facts, { value }) => {
    const asked = summaryAsked(value);
    return { say: () => drawSummary(trx, facts, { ...asked, page: 1 }) };
  },
};

/** What a summary's button carries; anything else is an old or forged card. */
export function summaryAsked(value: Click['value']): { by: Grouping; span: Span } {
  const by = GROUPINGS.find((g) => g === value.by);
  const span = SPANS.find((s) => s === value.span);
  if (!by || !span) throw new UserError('stale');
  return { by, span };
}
