import { notice } from '../../cards/index.ts';
import { summaryCard } from '../../cards/summary.ts';
import { UserError } from '../../errors.ts';
import { realmOf } from '../../plan/policy.ts';
import type { Grouping, Span } from '../../plan/summary.ts';
import { readSummary } from '../../store/summary.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import { showList } from './lists.ts';

/** The names people use to ask for summaries and to subscribe to them. */
export const SPAN_OF: Record<string, Span> = {
  周报: 'week',
  月报: 'month',
  学期报告: 'term',
  weekly: 'week',
  monthly: 'month',
  term: 'term',
};

/** 周报, 月报, 学期报告: one card with x of y for everything the asker answers for. */
export const summaryCommand: Command<Span> = {
  name: 'summary',
  each: 'apart',
  match: (text) => {
    const word =
      /^(?:请|麻烦|帮我|给我|我要|我想)*(?:看看|看|查看|发|来|要|出)?(?:给我)?(?:一下|一份|个|份)?(?:这周|本周|上周|这个月|本月|上个?月|本学期|这学期)?的?(周报|月报|学期报告|weekly|monthly|term)(?: ?report)?(?:给我|发我|发一下|看看|来)?[。!！]?$/i.exec(
        text,
      )?.[1];
    return word === undefined ? undefined : SPAN_OF[word.toLowerCase()];
  },
  run: async (trx, facts, span) => {
    permittedRealm(facts, 'counts');
    return { say: () => drawSummary(trx, facts, { span, by: 'requirement' }) };
  },
};

/** The summary as this person may see it. Throws not_allowed. */
export async function drawSummary(trx: Trx, facts: Facts, asked: { span: Span; by: Grouping }) {
  const { programme, today, t } = facts;
  const realm = permittedRealm(facts, 'counts');
  const figures = await readSummary(trx, programme, { realm, span: asked.span, by: asked.by, today });
  if (!figures) return notice({ title: t.weekly.spans[asked.span], text: t.lists.empty }, t);
  return summaryCard(figures, { programme, mayExport: realmOf(facts.me, 'export', programme) !== undefined }, t);
}

/** 按学校, 按任务, 按结对 and the other spans on a summary. */
export const summaryByAction: Action<'summary_by'> = {
  name: 'summary_by',
  run: async (trx, facts, { value }) => ({ say: () => drawSummary(trx, facts, value) }),
};

/** 看记录 on a summary: the obligations behind the chosen row, or behind the whole summary. */
export const behindAction: Action<'behind'> = {
  name: 'behind',
  run: (trx, facts, { value: { by, span }, form }) => {
    const key = form.row;
    if (key !== undefined && typeof key !== 'string') throw new UserError('stale');
    const back = `${by}.${span}`;
    if (!key) return showList(trx, facts, 'duties', { back }, 1);
    const ids = by === 'school' ? { owner: key.includes(':') ? key : `school:${key}` } : { [by]: key };
    return showList(trx, facts, 'duties', { ...ids, back }, 1);
  },
};
