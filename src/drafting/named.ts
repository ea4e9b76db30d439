/** Segments that name an activity without a number. */
import type { Demand } from './demand.ts';
import type { ActMark, PeriodMark } from './marks.ts';
import { ASKS } from './rules/asked.ts';
import { type DocumentSegment, preferred } from './segment.ts';
import { draftPending, type SentenceState } from './sentence-state.ts';

/** Keeps what is named without a number until a number follows. */
export function holdNamed(segment: DocumentSegment, state: SentenceState): void {
  const { text, periods, acts } = segment;
  const together = state.pending?.acts[0]?.rule.gives === 'document' && /^.{0,16}(?:与|连同|一并)/.test(text);
  const joined = together ? [...state.pending!.acts, ...acts] : acts;
  if (together) state.pending = undefined;
  // 定期 applies only to its own segment; any other time holds until the next one.
  const held = state.period?.rule.name === 'regularly' ? undefined : state.period;
  const preferredPeriod = preferred(periods, acts, held) ?? held;
  const period = state.scheduled && preferredPeriod?.rule.name === 'term' ? held : preferredPeriod;
  const days = periods.filter((p) => typeof p.period === 'object' && 'due' in p.period);
  if (samePaper(segment, state, days) || sameList(segment, state, days)) return;
  const { timed } = state;
  state.timed = false;
  draftPending(state);
  // A wide word is a demand only with a day or a month.
  const onlyNamed =
    describes(segment, state, timed) || (acts.every((a) => a.rule.wide) && typeof period?.period !== 'object');
  state.pending = {
    ...{ acts: joined, days, segment: text },
    ...(period && { period }),
    ...(state.who && { who: state.who }),
    ...(state.side && { side: state.side }),
    ...((onlyNamed || (!state.scheduled && (!ASKS.test(text) || /(?:是|如下|为)$/.test(text)))) && { named: true }),
  };
}

/** 进行小结，形成书面材料 is one paper; 签订协议，9月30日前将协议报备案 is one paper with its date. */
function samePaper({ text, acts }: DocumentSegment, { pending }: SentenceState, days: PeriodMark[]): boolean {
  if (pending?.acts[0]?.rule.gives !== 'document') return false;
  if (acts.every((a) => /^(?:书面)?(?:材料|报告|汇报)$/.test(a.text))) return true;
  const isRepeated = acts.every((a) => a.rule.gives === 'document' && pending.acts.some((p) => p.text === a.text));
  if (!isRepeated || days.length === 0 || !/将|报|送|交/.test(text)) return false;
  pending.period = days[0]!;
  return true;
}

/** 进行摸排，建立一人一档 is one list: the one with a time is kept, otherwise the later one. */
function sameList({ acts }: DocumentSegment, state: SentenceState, days: PeriodMark[]): boolean {
  const { pending } = state;
  const isList = (act: ActMark) => act.rule.gives === 'care_roster';
  if (!pending?.acts.every(isList) || !acts.every(isList)) return false;
  if (pending.period && !pending.named && days.length === 0) return true;
  state.pending = undefined;
  return false;
}

/** Whether a segment describes how something is done instead of asking for more. `timed`: a time came just before it. */
function describes({ text, periods, acts }: DocumentSegment, state: SentenceState, timed: boolean): boolean {
  // 指导乙方修订规划: others write it.
  const papers = acts.every((a) => a.rule.gives === 'document');
  if (papers && state.demands.length > 0 && /^(?:指导|帮助|协助|引导)/.test(text)) return true;
  const isSeparate =
    periods.length > 0 ||
    (timed && acts.every((a) => RESULTS.has(a.rule.gives))) ||
    COMPILED.test(text) ||
    (BESIDES.test(text) && !asked(state, acts));
  if (isSeparate) return false;
  return state.scheduled
    ? state.counted || (asked(state, acts) && !ASKS.test(text))
    : state.demands.length > state.before;
}

/** 组织模拟考试2次，并召开分析会: a separate demand, not a description of the first. */
const BESIDES =
  /^(?:并|同时|且|[^,]{0,3}后[^,]{1,3}内)(?:应|要|须|及时)?(?:于[^,]{0,8}内)?(?:召开|交换|举[办行]|组织|撰写|写出|形成|提交|出具|报送|上报|签订|制[订定])/;

/** Kinds that a time without an activity applies to: 第18周进行“回头看”，形成自查报告. */
const RESULTS = new Set<Demand['activity']>(['document', 'meeting']);

/** 完成总结，汇编案例集; 开展诊断，形成诊断报告: a separate paper. */
const COMPILED = /^(?:汇编|编[印写]|签[订署]|(?:形成|提交|撰写|出具)[^,]{0,8}报告$)/;

/** Whether this part of the sentence has already asked for these activities. */
const asked = ({ demands, before, pending }: SentenceState, acts: ActMark[]): boolean =>
  acts.every((a) =>
    [...demands.slice(before).map((d) => d.activity), pending?.acts[0]?.rule.gives].includes(a.rule.gives),
  );
