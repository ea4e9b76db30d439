/** What a sentence of a plan asks for: numbers go with activities, times with both. */
import type { Sentence } from './clauses.ts';
import { type Demand, type DemandReading, demandsOf, neverPeople } from './demand.ts';
import { headedBy, titled, whoIn } from './headings.ts';
import { type ActMark, type PeriodMark, periodsIn } from './marks.ts';
import { type Parties, sideIn } from './parties.ts';
import { type Pending, uncounted } from './pending.ts';
import { ASKS, LOOKED_AFTER, NOTHING_ASKED } from './rules/asked.ts';
import { BY_UNIT } from './rules/kinds.ts';
import type { WhoRule } from './rules/who.ts';
import { type DocumentSegment, exact, groups, onlyCounts, preferred, segmentOf, skipped } from './segment.ts';

/** What is being read of one sentence. */
interface State {
  sentence: Sentence;
  parties: Parties;
  /** A month stands above: what is named under it is to be done in it. */
  scheduled: boolean;
  period?: PeriodMark;
  who?: WhoRule;
  side?: Demand['side'];
  /** The side that a heading names: 受援学校的职责. */
  above?: Demand['side'];
  /** Named, and not yet counted. */
  pending?: Pending;
  /** The part between semicolons has a number: what follows without one only describes it. */
  counted: boolean;
  /** A time was said with nothing to do: what is named next is to be done then. */
  timed: boolean;
  /** How many demands there were before this part. */
  before: number;
  /** Activities of the last number. */
  last: ActMark[];
  demands: Demand[];
}

export function demandsOfSentence(sentence: Sentence, parties: Parties): Demand[] {
  const { side, ...headed } = headedBy(sentence, parties);
  const state: State = {
    ...headed,
    ...(side && { side, above: side }),
    ...{ sentence, parties, counted: false, timed: false, before: 0, last: [], demands: [] },
  };
  // A time in brackets is about them alone: 每两周活动一次（单周语文、双周数学）.
  const aside = (all: string, inside: string) =>
    periodsIn(inside).length > 0 && inside.length > 4 ? `,${inside},` : all;
  const plain = sentence.text
    .replace(/\(([^()]+)\)/g, aside)
    .replace(/[()]/g, '')
    .replace(new RegExp(LOOKED_AFTER.when, 'g'), '');
  if (NOTHING_ASKED[0]!.when.test(plain) && !/每(?:学)?[年期月]/.test(plain)) return [];
  for (const part of plain.split(/;/)) {
    state.counted = false;
    state.before = state.demands.length;
    for (const text of part.split(/[,，。!?:]+/)) readSegment(text.trim(), state);
    settle(state);
  }
  return state.demands;
}

function readSegment(text: string, state: State): void {
  if (text === '') return;
  const segment = segmentOf(text);
  const { periods, counts, acts } = segment;
  const who = whoIn(text);
  const side = sideIn(text, state.parties);
  // 双方 after 校长 is another subject.
  state.who = who ?? (side === 'both' ? undefined : state.who);
  state.side = side ?? (who ? state.above : state.side);
  if (skipped(text)) {
    hold(state, periods.at(-1));
    return;
  }
  const timed = periods.length > 0 || state.period !== undefined || ASKS.test(text);
  if (counts.length > 0 && timed && whatIsCounted(segment, state).length > 0) {
    if (isTotal(segment, state)) return;
    if (state.pending && goesElsewhere(segment, state.pending)) settle(state);
    if (acts.length > 0 && !acts.every((a) => a.rule.wide)) goOn(state, segment);
    counted(segment, state);
    state.counted = true;
    hold(state, periods.at(-1));
    return;
  }
  if (acts.length > 0) named(segment, state);
  else {
    const day = exact(periods);
    if (day && /报|交|送|反馈|完成|备案|到[岗位]|举[行办]|进行|定于/.test(text)) dated(state, day);
    if (periods.length > 0) state.timed = true;
  }
  hold(state, preferred(periods, acts));
}

/** A time holds until another is said; under a month, 期末 is no other. */
function hold(state: State, period: PeriodMark | undefined): void {
  if (period && !(state.scheduled && typeof period.period === 'string')) state.period = period;
}

/** The day of what was just named: 制定年度计划，于每年9月20日前报备案; 选派教师5名，9月10日前到岗. */
function dated(state: State, day: PeriodMark): void {
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

/** What a number without an activity of its own is of. */
function whatIsCounted(segment: DocumentSegment, state: State): ActMark[] {
  const { acts, counts } = segment;
  // 每学期撰写个案一篇, said of a visit: a paper whatever stands beside it.
  if (
    counts.every((c) => c.measure === 'documents') &&
    !acts.some((a) => a.rule.gives === 'document') &&
    !state.pending
  ) {
    const papers = byUnit(segment);
    if (papers.length > 0) return papers;
  }
  if (acts.length > 0 && !acts.every((a) => a.rule.wide)) return acts;
  const people = counts.every((c) => c.measure === 'people' || c.measure === 'pupils');
  // 召开表彰会，表彰 15 名: no number of meetings.
  if (state.pending) return people && state.pending.acts.every(neverPeople) ? [] : state.pending.acts;
  // Who takes part in what was counted.
  if (state.demands.length > 0)
    return people ? [] : acts.length > 0 ? acts : onlyCounts(segment) ? state.last : byUnit(segment);
  // An article stands under its chapter, which is about more than it.
  const titles = /条$/.test(state.sentence.place) ? [] : titled(state.sentence);
  return titles.length > 0 ? titles : acts.length > 0 ? acts : byUnit(segment);
}

/** 派出教师驻园，每周参与活动 3 次: occasions are no number of those sent. */
const goesElsewhere = ({ counts, periods, acts }: DocumentSegment, pending: Pending): boolean =>
  acts.length > 0 &&
  periods.length > 0 &&
  pending.acts.every((a) => a.rule.measure === 'people') &&
  counts.every((c) => c.measure === 'times' || c.measure === 'lessons');

/** 每学期开展红歌赛 2 次: asked for and timed, in words that no rule knows. */
function byUnit({ text, counts, periods }: DocumentSegment): ActMark[] {
  const [count] = counts;
  const rule = counts.length === 1 && periods.length > 0 && ASKS.test(text) ? BY_UNIT[count!.measure] : undefined;
  return rule ? [{ rule, text: '', start: count!.start, end: count!.start }] : [];
}

/** 每学期每科 1 节，共 4 节: the sum stands for what it sums up; 总时长 12 学时 says only how long it takes. */
function isTotal({ text, counts, periods }: DocumentSegment, { demands }: State): boolean {
  const last = demands.at(-1);
  const [count] = counts;
  if (!last || periods.length > 0) return false;
  if (/总(?:时长|时数|学时|课时)/.test(text)) return true;
  if (!/^(?:总计|共计?(?!同)|合计)/.test(text) || count?.measure !== last.measure) return false;
  last.count = Math.max(1, Math.round(count.n * (count.unit.times ?? 1)));
  return true;
}

/** What was named is settled by the next activity, but for one of its kind: 捐赠图书，折合 2 万元. */
function goOn(state: State, segment: DocumentSegment): void {
  const before = state.pending?.acts[0]?.rule.gives;
  if (before === 'donation' && segment.counts[0]?.measure === 'yuan')
    segment.text = `${state.pending!.segment} ${segment.text}`;
  else settle(state);
}

/** What is named without a number waits for one. */
function named({ text, periods, acts }: DocumentSegment, state: State): void {
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
  // 进行摸排，建立一人一档 are one list.
  const list = (a: ActMark) => a.rule.gives === 'care_roster';
  if (state.pending?.acts.every(list) && acts.every(list)) {
    if (state.pending.period && !state.pending.named && days.length === 0) return;
    state.pending = undefined;
  }
  const { timed } = state;
  state.timed = false;
  settle(state);
  const told =
    periods.length === 0 &&
    !(timed && acts.every((a) => RESULTS.has(a.rule.gives))) &&
    !COMPILED.test(text) &&
    !(BESIDES.test(text) && !said(state, acts)) &&
    (state.scheduled ? state.counted || (said(state, acts) && !ASKS.test(text)) : state.demands.length > state.before);
  // A wide word is a demand where a day or a month is said for it.
  // 指导乙方修订规划: what others write.
  const others = /^(?:指导|帮助|协助|引导)/.test(text) && acts.every((a) => a.rule.gives === 'document');
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

/** 完成总结，汇编案例集: a second paper. */
const COMPILED = /^(?:汇编|编[印写])/;

/** Whether the part of the sentence has asked for this already. */
const said = ({ demands, before, pending }: State, acts: ActMark[]): boolean =>
  acts.every((a) =>
    [...demands.slice(before).map((d) => d.activity), pending?.acts[0]?.rule.gives].includes(a.rule.gives),
  );

/** Each count goes with the activity before it, else with the one behind it, else with what was named before. */
function counted(segment: DocumentSegment, state: State): void {
  const { text, periods, acts } = segment;
  const given = whatIsCounted(segment, state);
  const own = acts.length > 0 && given === acts;
  for (const asked of groups(segment)) {
    const { counts, of } = asked;
    const count = counts[0]!;
    const named = own ? of : given;
    if (named.length === 0) continue;
    const near = periods.findLast((p) => p.start < count.start) ?? periods[0] ?? state.period;
    const vague = state.scheduled && typeof near?.period === 'string' && near.rule.name === 'term';
    const period = vague ? state.period : asked.alone ? (exact(periods) ?? near) : near;
    const said = state.pending?.segment ?? (state.demands.length > 0 ? '' : state.sentence.under.at(-1));
    const part = own ? asked.text : `${said ?? ''} ${text}`.trim();
    const reading: DemandReading = { acts: named, count, counts, segment: part, ...(period && { period }) };
    add(state, reading);
    state.last = named;
  }
  state.pending = undefined;
}

/** What waited for a number gets none. */
function settle(state: State): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending) return;
  for (const reading of uncounted(pending)) add({ ...state, ...pending }, reading);
}

function add({ demands, who, side, sentence, parties }: State, reading: DemandReading): void {
  demands.push(...demandsOf(reading, { who, side, sentence, we: parties.we }));
}
