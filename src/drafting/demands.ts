/** The demands of a plan's text that have a number or a date, each with its clause and sentence. */
import { type Sentence, sentencesOf } from './clauses.ts';
import type { Demand } from './demand.ts';
import { actsIn } from './marks.ts';
import { partiesIn } from './parties.ts';
import { skipped } from './segment.ts';
import { demandsOfSentence } from './sentence.ts';

export interface FoundDemands {
  demands: Demand[];
  /** Sentences that ask for something without a number or a date. */
  unfit: { clause: string; sentence: string }[];
}

export function demandsIn(text: string): FoundDemands {
  const demands: Demand[] = [];
  const unfit: FoundDemands['unfit'] = [];
  const parties = partiesIn(text);
  const first = firstYear(text);
  const sentences = sentencesOf(text);
  const clauses = sentences.some(({ place }) => place !== '');
  for (const sentence of sentences) {
    const found = isPast(sentence, first) || isTitle(sentence, clauses) ? [] : demandsOfSentence(sentence, parties);
    demands.push(...found);
    if (found.length === 0 && asksForSomething(sentence.text))
      unfit.push({ clause: sentence.place, sentence: sentence.text });
  }
  return { demands: once(demands), unfit };
}

const yearsIn = (text: string): number[] => [...text.matchAll(/(?<!\d)20\d{2}(?=学?年|-)/g)].map((m) => Number(m[0]));

/** The year in which a plan begins: the first that its title names. */
const firstYear = (text: string): number | undefined => yearsIn(text.slice(0, 200))[0];

/** 某校2026学年接受帮扶工作方案 is the document's title, and 现拟定工作计划。 its introduction: neither is a clause. */
const isTitle = ({ place, text }: Sentence, clauses: boolean): boolean =>
  place === '' && /(?:方案|计划|办法|意见|细则|通知|协议书?|安排)$/.test(clauses ? text.replace(/[。:]$/, '') : text);

/** Whether a sentence is about years before the plan begins. */
const isPast = ({ text }: Sentence, first: number | undefined): boolean => {
  const years = yearsIn(text);
  return first !== undefined && years.length > 0 && years.every((year) => year < first);
};

const asksForSomething = (text: string): boolean =>
  text.length <= 160 &&
  /要|应|须|必须|至少|不少于/.test(text) &&
  actsIn(text).some((a) => !a.rule.wide) &&
  !skipped(text);

/**
 * Removes demands that are stated twice: in two sentences of a clause (一周一谈。每周谈一次话。), or once with and once without a
 * time. Two in one sentence are two.
 */
function once(demands: Demand[]): Demand[] {
  const keyOf = ({ clause, activity, subject, side, measure, count, period }: Demand) =>
    JSON.stringify([clause, activity, subject, side, measure, count, period]);
  return demands.filter((demand, i) => {
    const before = demands.slice(0, i).find((o) => keyOf(o) === keyOf(demand));
    if (before && (before.sentence !== demand.sentence || before.title === demand.title)) return false;
    return !demands.some(
      (o) =>
        demand.undated &&
        !o.undated &&
        o.clause === demand.clause &&
        o.activity === demand.activity &&
        o.side === demand.side &&
        o.count >= demand.count,
    );
  });
}
