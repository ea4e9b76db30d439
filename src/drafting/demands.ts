/** The demands of a plan's text that can be counted or dated, each with its place and the sentence it rests on. */
import type { Measure, PeriodSpec, Requirement } from '../plan/plan.ts';
import { type Sentence, sentencesOf } from './clauses.ts';
import { type ActMark, actsIn, type CountMark, countsIn, type PeriodMark, periodsIn } from './marks.ts';
import { ASKS, EVIDENCE, NOTHING_ASKED, SIDES, WHO, type WhoRule } from './rules.ts';

export interface Demand extends Pick<Requirement, 'activity' | 'subject' | 'side' | 'measure' | 'count' | 'period'> {
  also?: Requirement['also'];
  role?: Requirement['role'];
  max?: number;
  evidence: Requirement['evidence'];
  /** The text says no time for it. */
  undated: boolean;
  /** What the text leaves open, each in a sentence. */
  doubts: string[];
  title: string;
  clause: string;
  sentence: string;
}
export interface FoundDemands {
  demands: Demand[];
  /** Sentences that ask for something which is neither counted nor dated. */
  unfit: { clause: string; sentence: string }[];
}

interface Pending {
  acts: ActMark[];
  segment: string;
  /** Named only: it is no demand unless a number follows. */
  named?: boolean;
  period?: PeriodMark;
  /** Several last days: 6月底和12月底前. */
  days?: PeriodMark[];
  who?: WhoRule;
  side?: Demand['side'];
}

/** What is being read of one sentence. */
interface State {
  period?: PeriodMark;
  who?: WhoRule;
  side?: Demand['side'];
  /** Named, and not yet counted. */
  pending?: Pending;
  demands: Demand[];
}

export function demandsIn(text: string): FoundDemands {
  const demands: Demand[] = [];
  const unfit: FoundDemands['unfit'] = [];
  for (const sentence of sentencesOf(text)) {
    const found = ofSentence(sentence);
    demands.push(...found);
    if (found.length === 0 && asksForSomething(sentence.text))
      unfit.push({ clause: sentence.place, sentence: sentence.text });
  }
  return { demands: once(demands), unfit };
}

const asksForSomething = (text: string): boolean =>
  text.length <= 160 && /要|应|须|必须|至少|不少于/.test(text) && actsIn(text).length > 0 && !skipped(text);

const skipped = (text: string): boolean => NOTHING_ASKED.some(({ when }) => when.test(text));

function ofSentence(sentence: Sentence): Demand[] {
  const heading = sentence.under.join(' ');
  const headed = periodsIn(heading).at(-1);
  const state: State = { demands: [], ...(headed && { period: headed }) };
  const monthly = headed !== undefined && typeof headed.period === 'object' && 'month' in headed.period;
  const plain = sentence.text.replace(/[()]/g, '');
  if (NOTHING_ASKED[0]!.when.test(plain) && !/每(?:学)?[年期月]/.test(plain)) return [];
  for (const part of plain.split(/[;；]/)) {
    for (const segment of part.split(/[,，。!?:]+/)) readSegment(segment.trim(), sentence, state, heading, monthly);
    settle(state, sentence);
  }
  return state.demands;
}

function readSegment(segment: string, sentence: Sentence, state: State, heading: string, monthly: boolean): void {
  if (segment === '') return;
  const periods = periodsIn(segment);
  const counts = countsIn(segment, periods);
  const acts = actsIn(segment).filter((act) => !overlapsAny(act, periods) || act.rule.gives === 'exam');
  const who = WHO.find(({ when }) => when.test(segment));
  const side = SIDES.find(({ when }) => when.test(segment))?.side;
  // 双方 after 校长 is another subject.
  state.who = who ?? (side === 'both' ? undefined : state.who);
  state.side = side ?? (who ? undefined : state.side);
  if (skipped(segment)) {
    if (periods[0]) state.period = periods.at(-1);
    return;
  }
  const asked = counts.length > 0 && (periods.length > 0 || state.period !== undefined || ASKS.test(segment));
  if (asked && (acts.length > 0 || state.pending || titled(heading).length > 0)) {
    if (acts.length > 0) settle(state, sentence);
    counted(segment, sentence, state, heading, { periods, counts, acts });
    if (periods[0]) state.period = periods.at(-1);
    return;
  }
  if (periods[0]) state.period = periods.at(-1);
  if (acts.length === 0) {
    // 制定年度计划，于每年9月20日前报备案: the last day of what was just named.
    const last = exact(periods);
    if (last && state.pending && /报|交|完成|备案/.test(segment)) state.pending.period = last;
    return;
  }
  const together = state.pending?.acts[0]?.rule.gives === 'document' && /^.{0,16}(?:与|连同|一并)/.test(segment);
  const joined = together ? [...state.pending!.acts, ...acts] : acts;
  if (together) state.pending = undefined;
  settle(state, sentence);
  // 定期 is about its own words; a stated time holds until another is said.
  const own = exact(periods) ?? periods.at(-1) ?? (state.period?.rule.name === 'regularly' ? undefined : state.period);
  const days = periods.filter((p) => typeof p.period === 'object' && 'due' in p.period);
  state.pending = {
    acts: joined,
    days,
    segment,
    ...(own && { period: own }),
    ...(state.who && { who: state.who }),
    ...(state.side && { side: state.side }),
  };
  const describes = periods.length === 0 && !monthly && said(state, acts);
  if (!ASKS.test(segment) || /(?:是|如下|为)$/.test(segment) || describes) state.pending.named = true;
}

/** Whether the sentence has asked for this already: what follows only describes it. */
const said = ({ demands }: State, acts: ActMark[]): boolean =>
  acts.every((a) => demands.some((d) => d.activity === a.rule.gives || d.also?.includes(a.rule.gives)));

const overlapsAny = (a: { start: number; end: number }, list: { start: number; end: number }[]): boolean =>
  list.some((b) => a.start < b.end && b.start < a.end);

/** Each count goes with the activity before it, else with the one behind it, else with what was named before. */
function counted(
  segment: string,
  sentence: Sentence,
  state: State,
  heading: string,
  { periods, counts, acts }: { periods: PeriodMark[]; counts: CountMark[]; acts: ActMark[] },
): void {
  // 选派 2 名教师跟岗 1 周 is a demand for two persons, however long.
  const people = counts.some((c) => c.measure === 'people');
  const asked = counts.filter((c) => !(people && c.measure === 'days'));
  // 一次同课异构、一次学科竞赛: each number stands before its activity.
  const forward = asked.length > 1 && !acts.some((a) => a.start < asked[0]!.start);
  asked.forEach((count, i) => {
    const from = asked[i - 1]?.end ?? 0;
    const to = asked[i + 1]?.start ?? segment.length;
    const before = acts.filter((a) => a.start >= from && a.end <= count.start + 1);
    const behind = acts.filter((a) => a.start >= count.start && a.start < to);
    const last = i === asked.length - 1;
    const own = forward ? behind : before.length > 0 ? (last && i === 0 ? [...before, ...behind] : before) : behind;
    const named = own.length > 0 ? own : (state.pending?.acts ?? (i === 0 ? titled(heading) : []));
    if (named.length === 0) return;
    const near = periods.findLast((p) => p.start < count.start) ?? periods[0] ?? state.period;
    const period = asked.length === 1 ? (exact(periods) ?? near) : near;
    const ends = last ? segment.length : forward ? to : count.end + 1;
    const part = segment.slice(forward && i > 0 ? count.start : from, ends).replace(/[、和与及,]+$/, '');
    const whole =
      own.length > 0
        ? part.replace(/^[次节名篇份、和及与,]+/, '')
        : `${state.pending?.segment ?? ''} ${segment}`.trim();
    add(state, sentence, { acts: named, count, ...(period && { period }), segment: whole });
  });
  state.pending = undefined;
}

/** What a clause is headed by, where its sentences do not say it again. The title of a plan names no activity. */
const titled = (heading: string): ActMark[] =>
  actsIn(heading)
    .filter((a) => a.rule.gives !== 'document')
    .slice(-1);

/** A day or a month says more than 年度 beside it. */
const exact = (periods: PeriodMark[]): PeriodMark | undefined => periods.find((p) => typeof p.period === 'object');

/** What was named without a number is one, where its time is said or its kind tells. */
function settle(state: State, sentence: Sentence): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending || pending.named) return;
  const open = { ...state, ...pending };
  for (const reading of uncounted(pending)) add(open, sentence, reading);
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
  if (days && days.length > 1) return days.map((day) => ({ acts, segment, period: day }));
  if (period) return [{ acts, segment, period }];
  const plan = acts.filter((a) => /方案|计划/.test(a.text));
  if (plan.length > 0 && /(?:制|拟)[定订]/.test(segment) && !/帮助|指导|发展/.test(segment))
    return [{ acts: plan, segment }];
  return head.rule.gives === 'care_roster' && /确定|建立|摸排/.test(segment) ? [{ acts: [head], segment }] : [];
}

interface Reading {
  acts: ActMark[];
  segment: string;
  count?: CountMark;
  period?: PeriodMark;
  /** Where the words themselves say how often. */
  fixed?: PeriodSpec;
}

function add(state: State, sentence: Sentence, reading: Reading): void {
  const { acts, count, segment } = reading;
  const [head, ...others] = acts;
  const doubts: string[] = [];
  const activity = head!.rule.gives;
  const { measure, n } = amount(reading);
  if (count && measure === 'people' && NEVER_PEOPLE.has(activity)) return;
  if (!count && !reading.fixed && !isPlace(reading.period)) doubts.push('文件未写次数，按 1 次计');
  if (count?.unit.doubt) doubts.push(count.unit.doubt);
  if (reading.period?.rule.doubt) doubts.push(reading.period.rule.doubt);
  const period = reading.fixed ?? reading.period?.period ?? unsaid(activity, segment);
  if (!reading.fixed && !reading.period)
    doubts.push(period === 'once' ? '文件未写时间，按一次性计' : '文件未写周期，按每学年计');
  const also = [...new Set(others.map((a) => a.rule.gives))].filter((kind) => kind !== activity);
  const owes = owed(activity, segment, state);
  const demand: Demand = {
    activity,
    ...owes,
    measure,
    count: n,
    ...(count?.most && { max: Math.round(count.most * (count.unit.times ?? 1)) }),
    period,
    ...(also.length > 0 && activity !== 'document' && { also }),
    evidence:
      activity === 'document' ? 'document' : (EVIDENCE.find(({ when }) => when.test(sentence.text))?.gives ?? 'none'),
    doubts,
    undated: !reading.fixed && !reading.period && !count,
    title: segment.slice(0, 60),
    clause: sentence.place || '全文',
    sentence: sentence.text,
  };
  state.demands.push(demand);
  // 互派: each side sends its own.
  if (/互派|互相选派|双向选派/.test(segment) && measure === 'people') {
    demand.side = 'supporter';
    state.demands.push({ ...demand, side: 'recipient' });
  }
}

/** A month or a last day is a time at which one thing is done: how often is not left open. */
const isPlace = (mark: PeriodMark | undefined): boolean =>
  typeof mark?.period === 'object' && !('windows' in mark.period);

function amount({ acts, count, segment }: Reading): { measure: Measure; n: number } {
  const head = acts[0]!;
  const kind = head.rule.gives;
  if (!count) {
    const papers = new Set(acts.filter((a) => a.rule.gives === 'document').map((a) => a.text)).size;
    if (kind === 'document') return { measure: 'documents', n: Math.max(1, papers) };
    return { measure: head.rule.measure === 'people' && /派|选送|接[受纳]/.test(segment) ? 'people' : 'times', n: 1 };
  }
  const { measure } = count;
  const each = /寒暑假[^,]{0,16}各/.test(segment) ? 2 : 1;
  const n = Math.max(1, Math.round(count.n * (count.unit.times ?? 1) * each));
  if (kind === 'donation' && measure === 'people' && /学生|儿童|孩子/.test(segment)) return { measure: 'pupils', n };
  if (kind === 'document' && (measure === 'times' || measure === 'people')) return { measure: 'documents', n };
  return { measure, n };
}

const unsaid = (activity: Demand['activity'], segment: string): PeriodSpec =>
  activity === 'donation' || activity === 'care_roster' || /一次性/.test(segment) ? 'once' : 'school_year';

/** How many come to a meeting is no measure of it. */
const NEVER_PEOPLE = new Set(['meeting', 'exam', 'joint_prep']);

const OF_PUPILS = new Set(['home_visit', 'talk', 'study_guidance']);

/** Who owes it, and on which side. */
function owed(activity: Demand['activity'], segment: string, state: State): Pick<Demand, 'subject' | 'side' | 'role'> {
  const { who } = state;
  const side = state.side ?? 'supporter';
  if (OF_PUPILS.has(activity) && who?.subject !== 'mentorship') return { subject: 'care', side: 'supporter' };
  if (/一区一案/.test(segment)) return { subject: 'district', side: 'supporter' };
  if (who && who.subject !== 'school' && who.subject !== 'district')
    return { subject: who.subject, side, ...(who.role && { role: who.role }) };
  if (who?.subject === 'district') return { subject: 'district', side: 'supporter' };
  if (activity === 'document' || activity === 'care_roster')
    return /双方|两校|协议|一校一案/.test(segment)
      ? { subject: 'pairing', side: 'both' }
      : { subject: 'school', side: 'both' };
  return { subject: 'pairing', side };
}

/** The same demand said twice is one. */
function once(demands: Demand[]): Demand[] {
  const seen = new Set<string>();
  const dated = new Set(demands.filter((d) => !d.undated).map((d) => `${d.clause} ${d.activity}`));
  const kept = demands.filter((d) => !d.undated || !dated.has(`${d.clause} ${d.activity}`));
  return kept.filter(({ activity, subject, side, measure, count, period, sentence, title }) => {
    const key = JSON.stringify([activity, subject, side, measure, count, period, sentence, title]);
    return !seen.has(key) && seen.add(key);
  });
}
