/** What a sentence of a plan asks for: numbers go with activities, times with both. */
import type { Sentence } from './clauses.ts';
import { type Demand, demandsOf, type Reading } from './demand.ts';
import { type ActMark, actsIn, type CountMark, countsIn, type PeriodMark, periodsIn } from './marks.ts';
import { type Parties, sideIn } from './parties.ts';
import { ASKS, LOOKED_AFTER, NOTHING_ASKED } from './rules/asked.ts';
import { WHO, type WhoRule } from './rules/who.ts';

interface Pending {
  acts: ActMark[];
  segment: string;
  /** Named only: it is no demand unless a number follows. */
  named?: boolean;
  period?: PeriodMark;
  /** Several last days: 6月底和12月底前. */
  days: PeriodMark[];
  who?: WhoRule;
  side?: Demand['side'];
}

/** What is being read of one sentence. */
interface State {
  sentence: Sentence;
  parties: Parties;
  heading: string;
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
  /** Activities of the last number. */
  last: ActMark[];
  demands: Demand[];
}

/** One stretch between commas. */
interface Segment {
  text: string;
  periods: PeriodMark[];
  counts: CountMark[];
  acts: ActMark[];
}

export const skipped = (text: string): boolean => NOTHING_ASKED.some(({ when }) => when.test(text));

export function demandsOfSentence(sentence: Sentence, parties: Parties): Demand[] {
  const headed = sentence.under.map(timeOf).findLast((time) => time !== undefined);
  const above = sentence.under.filter((h) => h.length <= LONGEST_HEAD).toReversed();
  const who = above
    .map((h) => (h.length <= 8 || /责任|职责|义务|任务|要求|工作$/.test(h) ? whoIn(h) : undefined))
    .find((w) => w !== undefined);
  const side = above.map((h) => sideIn(h, parties)).find((one) => one !== undefined);
  const state: State = {
    ...(who && { who }),
    ...(side && { side, above: side }),
    ...{ sentence, parties, heading: sentence.under.join(' '), counted: false, last: [], demands: [] },
    scheduled: headed !== undefined && headed.besides <= 4 && typeof headed.mark.period === 'object',
    ...(headed && { period: headed.mark }),
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
    state.last = [];
    for (const text of part.split(/[,，。!?:]+/)) readSegment(text.trim(), state);
    settle(state);
  }
  return state.demands;
}

/** The time that a heading says, and how many signs it has besides: few where it is a time rather than a title with a date in it. */
function timeOf(heading: string): { mark: PeriodMark; besides: number } | undefined {
  const mark = periodsIn(heading).at(-1);
  if (!mark) return undefined;
  const rest = heading.slice(0, mark.start) + heading.slice(mark.end);
  const besides = rest.replace(/\d{4}年?|[^\p{L}\p{N}]/gu, '').length;
  return besides <= MOST_BESIDES ? { mark, besides } : undefined;
}
const MOST_BESIDES = 12;
/** A heading longer than this names more than who is to do what follows. */
const LONGEST_HEAD = 14;
const whoIn = (text: string): WhoRule | undefined => WHO.find(({ when }) => when.test(text));

function readSegment(text: string, state: State): void {
  if (text === '') return;
  const periods = periodsIn(text);
  const counts = countsIn(text, periods);
  const acts = actsIn(text).filter((act) => !overlapsAny(act, periods) || act.rule.gives === 'exam');
  const segment: Segment = { text, periods, counts, acts };
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
    if (acts.length > 0 && !acts.every((a) => a.rule.wide)) goOn(state, segment);
    counted(segment, state);
    state.counted = true;
    hold(state, periods.at(-1));
    return;
  }
  if (acts.length > 0) named(segment, state);
  else {
    const day = exact(periods);
    if (day && /报|交|完成|备案|到[岗位]|举[行办]|进行|定于/.test(text)) dated(state, day);
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
function whatIsCounted(segment: Segment, state: State): ActMark[] {
  const { acts, counts } = segment;
  if (acts.length > 0 && !acts.every((a) => a.rule.wide)) return acts;
  if (state.pending) return state.pending.acts;
  const people = counts.every((c) => c.measure === 'people' || c.measure === 'pupils');
  // Who takes part in what was counted.
  if (state.demands.length > 0) return people ? [] : acts.length > 0 ? acts : onlyCounts(segment) ? state.last : [];
  // An article stands under its chapter, which is about more than it.
  const titles = /条$/.test(state.sentence.place) ? [] : titled(state.heading);
  return titles.length > 0 ? titles : acts;
}

/** Whether a stretch has nothing but a number, its time and who: 全学期不少于 8 次; 科任教师每月不少于 2 次. */
function onlyCounts({ text, periods, counts }: Segment): boolean {
  const marks = [...periods, ...counts].sort((a, b) => b.start - a.start);
  const rest = marks.reduce((said, { start, end }) => said.slice(0, start) + said.slice(end), text);
  return /^(?:[^,]{0,8}(?:教师|老师|班主任|干部|领导|校长|人员|骨干|带头人|年级))?(?:全|总计|累计|合计|共|原则上|一般)*(?:不得?少于|至少|不低于)?(?:次|节|场|篇|份|回|课时)?(?:以上)?$/.test(
    rest.trim(),
  );
}

/** What a clause is headed by, where its sentences do not say it again. The title of a plan names no activity. */
const titled = (heading: string): ActMark[] =>
  actsIn(heading)
    .filter((a) => a.rule.gives !== 'document' && !a.rule.wide)
    .slice(-1);

/** 每学期每科 1 节，共 4 节: the sum stands for what it sums up. */
function isTotal({ text, counts, periods }: Segment, { demands }: State): boolean {
  const last = demands.at(-1);
  const [count] = counts;
  if (!last || periods.length > 0 || !/^(?:总计|共计?|合计)/.test(text) || count?.measure !== last.measure)
    return false;
  last.count = Math.max(1, Math.round(count.n * (count.unit.times ?? 1)));
  return true;
}

/** What was named is settled by the next activity, but for one of its kind: 捐赠图书，折合 2 万元. */
function goOn(state: State, segment: Segment): void {
  const before = state.pending?.acts[0]?.rule.gives;
  if (before === 'donation' && segment.counts[0]?.measure === 'yuan')
    segment.text = `${state.pending!.segment} ${segment.text}`;
  else settle(state);
}

/** What is named without a number waits for one. */
function named({ text, periods, acts }: Segment, state: State): void {
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
  settle(state);
  const told =
    periods.length === 0 &&
    (state.scheduled ? state.counted || (said(state, acts) && !ASKS.test(text)) : state.demands.length > 0);
  // A wide word is a demand where a day or a month is said for it.
  const describes = told || (acts.every((a) => a.rule.wide) && typeof own?.period !== 'object');
  state.pending = {
    ...{ acts: joined, days, segment: text },
    ...(own && { period: own }),
    ...(state.who && { who: state.who }),
    ...(state.side && { side: state.side }),
    ...((describes || (!state.scheduled && (!ASKS.test(text) || /(?:是|如下|为)$/.test(text)))) && { named: true }),
  };
}

/** Whether the sentence has asked for this already. */
const said = ({ demands, pending }: State, acts: ActMark[]): boolean =>
  acts.every((a) => [...demands.map((d) => d.activity), pending?.acts[0]?.rule.gives].includes(a.rule.gives));

const overlapsAny = (a: { start: number; end: number }, list: { start: number; end: number }[]): boolean =>
  list.some((b) => a.start < b.end && b.start < a.end);

/** A day or a month says more than 年度 beside it. */
const exact = (periods: PeriodMark[]): PeriodMark | undefined => periods.find((p) => typeof p.period === 'object');

/** The time of a stretch: 学期 before 总结 says only what is summed up where a day has been said. */
function preferred(periods: PeriodMark[], acts: ActMark[], held?: PeriodMark): PeriodMark | undefined {
  const day = exact(periods);
  if (day) return day;
  const free = periods.filter(
    (p) =>
      !acts.some((a) => a.start === p.end || (a.rule.gives === 'document' && a.start - p.end < 5 && p.end <= a.start)),
  );
  return free.at(-1) ?? (held && typeof held.period === 'object' ? held : periods.at(-1));
}

/** Each count goes with the activity before it, else with the one behind it, else with what was named before. */
function counted(segment: Segment, state: State): void {
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
    const reading: Reading = { acts: named, count, counts, segment: part, ...(period && { period }) };
    add(state, reading);
    state.last = named;
  }
  state.pending = undefined;
}

interface Group {
  counts: CountMark[];
  of: ActMark[];
  text: string;
  /** It is the only number of its stretch. */
  alone: boolean;
}

const MANAGERS = /校长|园长|管理|中层|干部|主任|行政|领导/;

/** The numbers of a stretch with what each is of. */
function groups({ text, counts, acts }: Segment): Group[] {
  // 选派 2 名教师跟岗 1 周 is a demand for two persons, however long; 组织 10 名教师听课 2 次 is one for two occasions.
  const has = (...measures: string[]) => counts.some((c) => measures.includes(c.measure));
  const oneAct = acts.length <= 1;
  const asked = counts.filter(
    ({ measure }) =>
      !(measure === 'days' && has('people')) &&
      !((measure === 'people' || measure === 'pupils') && oneAct && has('times', 'lessons')),
  );
  const several = asked.length > 1;
  if (several && oneAct && asked.every((c) => c.measure === 'people')) {
    const before = (c: CountMark, i: number) => text.slice(asked[i - 1]?.end ?? 0, c.start);
    const kinds = Map.groupBy(asked, (c) => MANAGERS.test(before(c, asked.indexOf(c)) + text.slice(c.end, c.end + 5)));
    return [...kinds.values()].map((same) => ({ counts: same, of: acts, text, alone: false }));
  }
  // 一次同课异构、一次学科竞赛: each number stands before its activity.
  const forward = several && !acts.some((a) => a.start < asked[0]!.start);
  return asked.flatMap((count, i): Group[] => {
    const from = asked[i - 1]?.end ?? 0;
    const to = asked[i + 1]?.start ?? text.length;
    const before = acts.filter((a) => a.start >= from && a.start < count.start);
    const behind = acts.filter((a) => a.start >= count.start && a.start < to);
    const last = i === asked.length - 1;
    const of = forward ? behind : before.length > 0 ? (last && i === 0 ? [...before, ...behind] : before) : behind;
    const ends = last ? text.length : forward ? to : count.end + 1;
    const part = text.slice(forward && i > 0 ? count.start : from, ends).replace(/[、和与及,]+$/, '');
    const whole = i > 0 ? part.replace(/^[次节名篇份场条、和及与]+/, '') : part;
    const alone = asked.length === 1;
    const each = /各[^,，。;]{0,6}$/.test(text.slice(0, count.start)) && before.length > 1;
    // 示范课、讲座各一次 are two demands; papers of several kinds are counted together.
    if (each && of.some((a) => a.rule.gives !== 'document'))
      return of.map((act) => ({ counts: [count], of: [act], text: whole, alone }));
    return [{ counts: [count], of: of.length > 0 || i === 0 ? of : acts.slice(-1), text: whole, alone }];
  });
}

/** What was named without a number is one, where its time is said or its kind tells. */
function settle(state: State): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending || pending.named) return;
  for (const reading of uncounted(pending)) add({ ...state, ...pending }, reading);
}

function add({ demands, who, side, sentence, parties }: State, reading: Reading): void {
  demands.push(...demandsOf(reading, { who, side, sentence, we: parties.we }));
}

function uncounted({ acts, segment, period, days }: Pending): Reading[] {
  const head = acts[0]!;
  if (/月考/.test(head.text)) return [{ acts, segment, fixed: 'month' }];
  const each = acts.filter((a) => a.rule.name === 'one plan each');
  if (each.length > 0) return each.map((act) => ({ acts: [act], segment: act.text, fixed: 'school_year' }));
  const agreement = acts.filter((a) => /协议|责任书/.test(a.text));
  const last = period && exact([period]);
  if (agreement.length > 0 && /签/.test(segment))
    return [last ? { acts: agreement, segment, period: last } : { acts: agreement, segment, fixed: 'once' }];
  if (days.length > 1) return days.map((day) => ({ acts, segment, period: day }));
  if (period) return [{ acts, segment, period }];
  const plan = acts.filter((a) => /方案|计划/.test(a.text));
  if (plan.length > 0 && /(?:制|拟)[定订]/.test(segment) && !/帮助|指导|发展/.test(segment))
    return [{ acts: plan, segment }];
  return head.rule.gives === 'care_roster' && /确定|建立|摸排/.test(segment) && !/^建/.test(head.text)
    ? [{ acts: [head], segment }]
    : [];
}
