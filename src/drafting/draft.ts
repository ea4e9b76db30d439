/** A draft plan from the text of a document, with what a person has to check. */
import type { PeriodSpec, Requirement } from '../plan/plan.ts';
import type { Demand } from './demand.ts';
import { demandsIn, type FoundDemands } from './demands.ts';
import { plainText } from './plain.ts';

export interface DraftPlan {
  id: string;
  title: string;
  demands: (Demand & { id: string })[];
  unfit: FoundDemands['unfit'];
}

/** One document may hold several plans: 篇一, 篇二. */
const PART = /^[^。,，]{0,30}篇[一二三四五六七八九十]{1,2}\s*$/m;

export function draftPlans(text: string, file: string): DraftPlan[] {
  const plain = plainText(text);
  const heads = [...plain.matchAll(new RegExp(PART, 'gm'))];
  if (heads.length < 2) return [draftOf(plain, titleOf(plain, file), 'draft')];
  return heads.map((head, i) => {
    const part = plain.slice(head.index + head[0].length, heads[i + 1]?.index ?? plain.length);
    return draftOf(part, head[0].trim(), `draft-${i + 1}`);
  });
}

function draftOf(text: string, title: string, id: string): DraftPlan {
  const { demands, unfit } = demandsIn(text);
  const used = new Map<string, number>();
  const named = demands.map((demand) => {
    const base = `${demand.activity}.${periodWord(demand.period)}${demand.count > 1 ? demand.count : ''}`;
    const n = (used.get(base) ?? 0) + 1;
    used.set(base, n);
    return { ...demand, id: n > 1 ? `${base}.${n}` : base };
  });
  return { id, title, demands: named, unfit };
}

const TITLE = /(?:方案|计划|办法|意见|细则|规划|制度|通知|协议书?|总结)$/;
function titleOf(text: string, file: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return (
    (lines.slice(0, 15).find((line) => line.length <= 40 && TITLE.test(line)) ?? file.replace(/\.\w+$/, '')) || '方案'
  );
}

function periodWord(period: PeriodSpec): string {
  if (typeof period === 'string') return period;
  if ('month' in period) return `m${period.month}`;
  return 'due' in period ? `due${period.due}` : 'windows';
}

/** A demand as a requirement of the plan file. */
export function requirementOf({
  id,
  title,
  clause,
  sentence,
  doubts,
  undated,
  ...demand
}: DraftPlan['demands'][number]): Partial<Requirement> {
  const { evidence, side, count, ...rest } = demand;
  return {
    id,
    title,
    ...rest,
    count,
    ...(side !== 'supporter' && { side }),
    ...(count > 31 && { pace: 'end' as const }),
    ...(evidence !== 'none' && { evidence }),
    ...(doubts.length > 0 && { assumed: true }),
    basis: { clause, paraphrase: sentence.slice(0, 200) },
  };
}
