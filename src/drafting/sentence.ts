/** Reads the demands of a sentence, segment by segment: numbers belong to activities, times to both. */
import type { Sentence } from './clauses.ts';
import { takeCounts } from './counted.ts';
import type { Demand } from './demand.ts';
import { headedBy, whoRuleIn } from './headings.ts';
import { type PeriodMark, periodsIn } from './marks.ts';
import { holdNamed } from './named.ts';
import { type Parties, sideIn } from './parties.ts';
import { ASKS, LOOKED_AFTER, NOTHING_ASKED } from './rules/asked.ts';
import { exact, preferred, segmentOf, skipped } from './segment.ts';
import { draftPending, type SentenceState } from './sentence-state.ts';

export function demandsOfSentence(sentence: Sentence, parties: Parties): Demand[] {
  const { side, ...headed } = headedBy(sentence, parties);
  const state: SentenceState = {
    ...headed,
    ...(side && { side, above: side }),
    ...{ sentence, parties, counted: false, timed: false, before: 0, last: [], demands: [] },
  };
  // A time in brackets applies only inside them: 每两周活动一次（单周语文、双周数学）.
  const aside = (all: string, inside: string) =>
    periodsIn(inside).length > 0 && inside.length > 4 ? `,${inside},` : all;
  const plain = sentence.text
    // 不少于6节（语、数、英各2节）: the brackets split the number up.
    .replace(SPLIT_UP, '$1')
    .replace(/\(([^()]+)\)/g, aside)
    .replace(/[()]/g, '')
    .replace(new RegExp(LOOKED_AFTER.when, 'g'), '');
  if (NOTHING_ASKED[0]!.when.test(plain) && !/每(?:学)?[年期月]/.test(plain)) return [];
  for (const part of plain.split(/;/)) {
    state.counted = false;
    state.before = state.demands.length;
    for (const text of part.split(/[,，。!?:]+/)) readSegment(text.trim(), state);
    draftPending(state);
  }
  return state.demands;
}

const SPLIT_UP =
  /([\d一二两三四五六七八九十]+[节次名场篇份人])\([^()]*[\d一二两三四五六七八九十]+[节次名场篇份人][^()]*\)/g;

function readSegment(text: string, state: SentenceState): void {
  if (text === '') return;
  const segment = segmentOf(text);
  const { periods, counts, acts } = segment;
  const who = whoRuleIn(text);
  const side = sideIn(text, state.parties);
  // After 校长, 双方 is a new subject.
  state.who = who ?? (side === 'both' ? undefined : state.who);
  state.side = side ?? (who ? state.above : state.side);
  if (skipped(text)) {
    const day = exact(periods);
    if (day && /^(?:活动|举办)?时间/.test(text)) dated(state, day);
    holdPeriod(state, periods.at(-1));
    return;
  }
  const timed = periods.length > 0 || state.period !== undefined || ASKS.test(text);
  if (counts.length > 0 && timed && takeCounts(segment, state)) {
    holdPeriod(state, periods.at(-1));
    return;
  }
  if (acts.length > 0) holdNamed(segment, state);
  else {
    const handed = state.pending?.acts.every((a) => a.rule.gives === 'document') && /报|交|送/.test(text);
    const day = exact(periods) ?? (handed ? periods.at(-1) : undefined);
    if (day && /报|交|送|反馈|完成|备案|到[岗位]|举[行办]|进行|定于/.test(text)) dated(state, day);
    const days = periods.filter((p) => typeof p.period === 'object' && 'due' in p.period);
    // 9月15日、3月15日前分别报: one by each date.
    if (state.pending && days.length > 1) state.pending.days = days;
    if (periods.length > 0) state.timed = true;
  }
  holdPeriod(state, preferred(periods, acts));
}

/** A time holds until the next one; under a month's heading, 期末 does not replace it. */
function holdPeriod(state: SentenceState, period: PeriodMark | undefined): void {
  if (period && !(state.scheduled && typeof period.period === 'string')) state.period = period;
}

/** Dates what was just named: 制定年度计划，于每年9月20日前报备案; 选派教师5名，9月10日前到岗. */
function dated(state: SentenceState, day: PeriodMark): void {
  if (state.pending) state.pending.period = day;
  for (const demand of state.demands)
    if (demand.undated || demand.period === 'school_year')
      Object.assign(demand, {
        period: day.period,
        undated: false,
        doubts: [
          ...demand.doubts.filter((d) => !/^文件未写(?:周期|时间)/.test(d)),
          ...(day.rule.doubt ? [day.rule.doubt] : []),
        ],
      });
}
