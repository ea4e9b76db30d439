import { type Card, planDraftCard } from '../../cards/index.ts';
import { MOST_DEMANDS, type PlanDraftModel } from '../../cards/plan-draft.ts';
import { type DraftPlan, draftPlans, requirementOf } from '../../drafting/draft.ts';
import { may } from '../../plan/policy.ts';
import type { Trx } from '../../store/transaction.ts';
import { insertUpload } from '../../store/uploads.ts';
import type { Facts } from '../intake/facts.ts';
import { importsWorkbooks } from './import-scope.ts';

/** A draft that waits for adoption. */
export interface KeptDraft {
  model: PlanDraftModel;
  source: string;
  requirements: ReturnType<typeof requirementOf>[];
}

/** Only someone who manages the whole programme may give it a plan. */
export const adoptsPlans = (facts: Pick<Facts, 'me' | 'programme'>): boolean =>
  importsWorkbooks(facts) && may(facts.me, 'arrange', { kind: 'programme' }, facts.programme);

const TITLE = /(?:方案|计划|办法|意见|细则|通知|协议书?|制度)/;
const NUMBERED = /(?:^|[\n。;；])\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.、])/g;
const SHORTEST = 120;

/** Text that looks like a plan rather than a report: a title, numbering, and at least two demands. */
export function planIn(text: string): DraftPlan | undefined {
  const [head = ''] = text.trim().split('\n');
  if (text.length < SHORTEST || !TITLE.test(head.slice(0, 60)) || (text.match(NUMBERED) ?? []).length < 2)
    return undefined;
  const draft = largest(draftPlans(text, head.slice(0, 40)));
  return draft && draft.demands.length > 1 ? draft : undefined;
}

/** If a document holds several plans, the one with the most demands. */
export const largest = (drafts: DraftPlan[]): DraftPlan | undefined =>
  drafts.toSorted((a, b) => b.demands.length - a.demands.length)[0];

/** Keeps a draft and shows its demands. */
export async function keepDraft(trx: Trx, facts: Facts, draft: DraftPlan, source: string): Promise<Card> {
  const id = facts.newId();
  const demands = draft.demands.slice(0, MOST_DEMANDS);
  const model: PlanDraftModel = {
    import: id,
    title: draft.title,
    demands: demands.map(({ id: key, activity, measure, count, period, side, title, clause, doubts }) => ({
      id: key,
      ...{ activity, measure, count, period, side, title, clause, doubts },
    })),
    more: draft.demands.length - demands.length,
    unfit: draft.unfit.slice(0, 20),
  };
  const shown: KeptDraft = { model, source, requirements: demands.map(requirementOf) };
  const { id: programmeId, version } = facts.programme;
  await insertUpload(trx, { id, programmeId, version, openId: facts.openId, state: 'previewed', shown }, facts.now);
  return planDraftCard(model, facts.t);
}
