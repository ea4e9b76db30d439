/** A stretch that names something without a number. */
import type { Demand } from './demand.ts';
import type { ActMark } from './marks.ts';
import { ASKS } from './rules/asked.ts';
import { type DocumentSegment, preferred } from './segment.ts';
import { draftPending, type SentenceState } from './sentence-state.ts';

/** What is named without a number waits for one. */
export function holdNamed({ text, periods, acts }: DocumentSegment, state: SentenceState): void {
  const together = state.pending?.acts[0]?.rule.gives === 'document' && /^.{0,16}(?:与|连同|一并)/.test(text);
  const joined = together ? [...state.pending!.acts, ...acts] : acts;
  if (together) state.pending = undefined;
  // 定期 is about its own words; a stated time holds until another is said.
  const held = state.period?.rule.name === 'regularly' ? undefined : state.period;
  const first = preferred(periods, acts, held) ?? held;
  const own = state.scheduled && first?.rule.name === 'term' ? held : first;
  const days = periods.filter((p) => typeof p.period === 'object' && 'due' in p.period);
  // 进行小结，形成书面材料 are one paper.
  const same =
    state.pending?.acts[0]?.rule.gives === 'document' &&
    acts.every((a) => /^(?:书面)?(?:材料|报告|汇报)$/.test(a.text));
  if (same) return;
  // 签订协议，9月30日前将协议报备案 is one paper with its day.
  const again =
    state.pending &&
    acts.every((a) => a.rule.gives === 'document' && state.pending!.acts.some((p) => p.text === a.text));
  if (again && days.length > 0 && /将|报|送|交/.test(text)) {
    state.pending!.period = days[0]!;
    return;
  }
  // 进行摸排，建立一人一档 are one list.
  const list = (a: ActMark) => a.rule.gives === 'care_roster';
  if (state.pending?.acts.every(list) && acts.every(list)) {
    if (state.pending.period && !state.pending.named && days.length === 0) return;
    state.pending = undefined;
  }
  const { timed } = state;
  state.timed = false;
  draftPending(state);
  const told =
    periods.length === 0 &&
    !(timed && acts.every((a) => RESULTS.has(a.rule.gives))) &&
    !COMPILED.test(text) &&
    !(BESIDES.test(text) && !said(state, acts)) &&
    (state.scheduled ? state.counted || (said(state, acts) && !ASKS.test(text)) : state.demands.length > state.before);
  // 指导乙方修订规划: what others write.
  const others =
    state.demands.length > 0 && /^(?:指导|帮助|协助|引导)/.test(text) && acts.every((a) => a.rule.gives === 'document');
  // A wide word is a demand if a day or a month is said for it.
  const describes = told || others || (acts.every((a) => a.rule.wide) && typeof own?.period !== 'object');
  state.pending = {
    ...{ acts: joined, days, segment: text },
    ...(own && { period: own }),
    ...(state.who && { who: state.who }),
    ...(state.side && { side: state.side }),
    ...((describes || (!state.scheduled && (!ASKS.test(text) || /(?:是|如下|为)$/.test(text)))) && { named: true }),
  };
}

/** 组织模拟考试2次，并召开分析会: a demand of its own, not how the first is done. */
const BESIDES =
  /^(?:并|同时|且|[^,]{0,3}后[^,]{1,3}内)(?:应|要|须|及时)?(?:召开|举[办行]|组织|撰写|写出|形成|提交|出具|报送|上报|签订|制[订定])/;

/** What a time without anything to do is about: 第18周进行“回头看”，形成自查报告. */
const RESULTS = new Set<Demand['activity']>(['document', 'meeting']);

/** 完成总结，汇编案例集; 开展诊断，形成诊断报告: a paper of its own. */
const COMPILED = /^(?:汇编|编[印写]|签[订署]|(?:形成|提交|撰写|出具)[^,]{0,8}报告$)/;

/** Whether the part of the sentence has asked for this already. */
const said = ({ demands, before, pending }: SentenceState, acts: ActMark[]): boolean =>
  acts.every((a) =>
    [...demands.slice(before).map((d) => d.activity), pending?.acts[0]?.rule.gives].includes(a.rule.gives),
  );
