/** The demands of a plan's text that can be counted or dated, each with its place and the sentence it rests on. */
import type { Measure, PeriodSpec, Requirement } from '../plan/plan.ts';
import { type Sentence, sentencesOf } from './clauses.ts';
import { type Act, actsIn, type CountMark, countsIn, type PeriodMark, periodsIn } from './marks.ts';
import { EVIDENCE, NOTHING_ASKED, SIDES, WHO, type WhoRule } from './rules.ts';

export interface Demand extends Pick<Requirement, 'activity' | 'subject' | 'side' | 'measure' | 'count' | 'period'> {
  also?: Requirement['also'];
  role?: Requirement['role'];
  max?: number;
  evidence: Requirement['evidence'];
  /** What the text leaves open, each in a sentence. */
  doubts: string[];
  title: string;
  clause: string;
  sentence: string;
}
export interface Found {
  demands: Demand[];
  /** Sentences that ask for something which is neither counted nor dated. */
  unfit: { clause: string; sentence: string }[];
}

/** What is being read of one sentence. */
interface State {
  period?: PeriodMark;
  who?: WhoRule;
  side?: Demand['side'];
  /** Named, and not yet counted. */
  pending?: { acts: Act[]; segment: string; dated: boolean };
  demands: Demand[];
}

export function demandsIn(text: string): Found {
  const demands: Demand[] = [];
  const unfit: Found['unfit'] = [];
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
    state.pending = undefined;
    if (!monthly) state.period = state.period === headed ? headed : state.period;
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
  state.who = WHO.find(({ when }) => when.test(segment)) ?? state.who;
  state.side = SIDES.find(({ when }) => when.test(segment))?.side ?? state.side;
  if (skipped(segment)) {
    if (periods[0]) state.period = periods.at(-1);
    return;
  }
  if (counts.length > 0 && (acts.length > 0 || state.pending || actsIn(heading).length > 0)) {
    if (acts.length > 0) settle(state, sentence);
    counted(segment, sentence, state, heading, { periods, counts, acts });
    if (periods[0]) state.period = periods.at(-1);
    return;
  }
  if (periods[0]) state.period = periods.at(-1);
  if (acts.length === 0) return;
  settle(state, sentence);
  const dated = periods.length > 0 || monthly || state.period !== undefined;
  state.pending = { acts, segment, dated };
}

const overlapsAny = (a: { start: number; end: number }, list: { start: number; end: number }[]): boolean =>
  list.some((b) => a.start < b.end && b.start < a.end);

/** Each count goes with the activity before it, else with the one behind it, else with what was named before. */
function counted(
  segment: string,
  sentence: Sentence,
  state: State,
  heading: string,
  { periods, counts, acts }: { periods: PeriodMark[]; counts: CountMark[]; acts: Act[] },
): void {
  // 选派 2 名教师跟岗 1 周 is a demand for two persons, however long.
  const people = counts.some((c) => c.unit.gives === 'people');
  const asked = counts.filter((c) => !(people && c.unit.gives === 'days'));
  asked.forEach((count, i) => {
    const from = asked[i - 1]?.end ?? 0;
    const to = asked[i + 1]?.start ?? segment.length;
    const before = acts.filter((a) => a.start >= from && a.end <= count.start + 1);
    const behind = acts.filter((a) => a.start >= count.start && a.start < to);
    const last = i === asked.length - 1;
    const own = before.length > 0 ? (last && i === 0 ? [...before, ...behind] : before) : behind;
    const named = own.length > 0 ? own : (state.pending?.acts ?? (i === 0 ? actsIn(heading).slice(-1) : []));
    if (named.length === 0) return;
    const period = periods.findLast((p) => p.start < count.start) ?? periods[0] ?? state.period;
    const whole = own.length > 0 ? segment : `${state.pending?.segment ?? ''} ${segment}`.trim();
    push(state, sentence, { acts: named, count, ...(period && { period }), segment: whole });
  });
  state.pending = undefined;
}

/** What was named without a number is one, where its time is said. */
function settle(state: State, sentence: Sentence): void {
  const { pending } = state;
  state.pending = undefined;
  if (!pending) return;
  const { acts, segment } = pending;
  const head = acts[0]!;
  if (/月考/.test(head.text)) return push(state, sentence, { acts, segment, fixed: 'month' });
  if (/一[校园]一[案策]|一区一案/.test(segment)) return push(state, sentence, { acts, segment, fixed: 'school_year' });
  if (acts.some((a) => /协议|责任书/.test(a.text)) && /签/.test(segment))
    return push(state, sentence, { acts: acts.filter((a) => /协议|责任书/.test(a.text)), segment, fixed: 'once' });
  if (pending.dated && state.period) push(state, sentence, { acts, segment, period: state.period });
}

interface Reading {
  acts: Act[];
  segment: string;
  count?: CountMark;
  period?: PeriodMark;
  /** Where the words themselves say how often. */
  fixed?: PeriodSpec;
}

function push(state: State, sentence: Sentence, reading: Reading): void {
  const { acts, count, segment } = reading;
  const [head, ...others] = acts;
  const doubts: string[] = [];
  const activity = head!.rule.gives;
  const { measure, n } = amount(reading);
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
    evidence: activity === 'document' ? 'document' : (EVIDENCE.find(({ when }) => when.test(sentence.text))?.gives ?? 'none'),
    doubts,
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
  const n = Math.max(1, Math.round(count.n * (count.unit.times ?? 1)));
  const measure = count.unit.gives as Measure;
  if (kind === 'document' && (measure === 'times' || measure === 'people')) return { measure: 'documents', n };
  return { measure, n };
}

const unsaid = (activity: Demand['activity'], segment: string): PeriodSpec =>
  activity === 'donation' || /一次性/.test(segment) ? 'once' : 'school_year';

const OF_PUPILS = new Set(['home_visit', 'talk', 'study_guidance']);

/** Who owes it, and on which side. */
function owed(activity: Demand['activity'], segment: string, state: State): Pick<Demand, 'subject' | 'side' | 'role'> {
  const { who } = state;
  const side = state.side ?? 'supporter';
  if (OF_PUPILS.has(activity)) return { subject: 'care', side: 'supporter' };
  if (/一区一案/.test(segment)) return { subject: 'district', side: 'supporter' };
  if (who && who.subject !== 'school' && who.subject !== 'district')
    return { subject: who.subject, side, ...(who.role && { role: who.role }) };
  if (who?.subject === 'district') return { subject: 'district', side: 'supporter' };
  if (activity === 'document' || activity === 'care_roster')
    return /双方|两校|协议|一校一案/.test(segment) ? { subject: 'pairing', side: 'both' } : { subject: 'school', side: 'both' };
  return { subject: 'pairing', side };
}

/** The same demand said twice is one. */
function once(demands: Demand[]): Demand[] {
  const seen = new Set<string>();
  return demands.filter(({ activity, subject, side, measure, count, period, sentence }) => {
    const key = JSON.stringify([activity, subject, side, measure, count, period, sentence]);
    return !seen.has(key) && seen.add(key);
  });
}
