/** One demand of a plan: what, how many, when, and who owes it. What the text leaves open becomes a doubt. */
import type { Measure, PeriodSpec, Requirement } from '../plan/plan.ts';
import type { Sentence } from './clauses.ts';
import type { ActMark, CountMark, PeriodMark } from './marks.ts';
import { EVIDENCE } from './rules/asked.ts';
import type { WhoRule } from './rules/who.ts';

export interface Demand extends Pick<Requirement, 'activity' | 'subject' | 'side' | 'measure' | 'count' | 'period'> {
  also?: Requirement['also'];
  role?: Requirement['role'];
  max?: number;
  evidence: Requirement['evidence'];
  /** The text gives no time for it. */
  undated: boolean;
  /** What the text leaves open, one sentence each. */
  doubts: string[];
  title: string;
  clause: string;
  sentence: string;
}

/** An activity with its number and time. */
export interface DemandReading {
  acts: ActMark[];
  segment: string;
  count?: CountMark;
  /** Numbers to be added up: 语文教师 1 名、数学教师 1 名. */
  counts?: CountMark[];
  period?: PeriodMark;
  /** Set if the activity's own words say how often. */
  fixed?: PeriodSpec;
}

interface Said {
  /** The side that wrote the plan, which owes every demand without a named bearer. */
  we: 'supporter' | 'recipient';
  who?: WhoRule | undefined;
  side?: Demand['side'] | undefined;
  sentence: Sentence;
}

export function demandsOf(reading: DemandReading, { who, side, sentence, we }: Said): Demand[] {
  const { count, segment } = reading;
  const acts = fitting(reading);
  const [head, ...others] = acts;
  const activity = head!.rule.gives;
  const { measure, n } = amount({ ...reading, acts });
  if (count && measure === 'people' && isNeverCountedInPeople(head!)) return [];
  const period = reading.fixed ?? reading.period?.period ?? defaultPeriod(activity, segment);
  const also = [...new Set(others.map((a) => a.rule.gives))].filter((kind) => kind !== activity);
  const demand: Demand = {
    activity,
    ...owed({ activity, measure, segment, who, side, we }),
    measure,
    count: n,
    ...(count?.most && { max: Math.max(n, Math.round(count.most * (count.unit.times ?? 1))) }),
    period,
    ...(also.length > 0 && activity !== 'document' && { also }),
    evidence:
      activity === 'document' ? 'document' : (EVIDENCE.find(({ when }) => when.test(sentence.text))?.gives ?? 'none'),
    doubts: doubtsOf(reading, period),
    undated: (!reading.fixed || reading.fixed === 'once') && !reading.period,
    title: segment.slice(0, 60),
    clause: sentence.place || '全文',
    sentence: sentence.text,
  };
  // 互派: both sides send people.
  return EACH_SIDE.test(segment) && (measure === 'people' || measure === 'pupils')
    ? [
        { ...demand, side: 'supporter' },
        { ...demand, side: 'recipient' },
      ]
    : [demand];
}

/** Puts the activity that the number can count first: an amount of money counts a gift, not the agreement beside it. */
function fitting({ acts, count }: DemandReading): ActMark[] {
  const fits = ({ rule }: ActMark) =>
    count?.measure === 'yuan'
      ? rule.gives === 'donation'
      : (count?.measure === 'documents') === (rule.gives === 'document');
  return count && count.measure !== 'times' && !fits(acts[0]!)
    ? acts.toSorted((a, b) => Number(fits(b)) - Number(fits(a)))
    : acts;
}

const EACH_SIDE = /互派|互相选派|双向选派|(?:双方|两校)[^,，。;]{0,6}各/;

function doubtsOf({ acts, count, period, fixed }: DemandReading, asked: PeriodSpec): string[] {
  const doubts = acts.flatMap(({ rule }) => rule.doubt ?? []);
  if (!count && !fixed && !isPlace(period)) doubts.push('文件未写次数，按 1 次计');
  if (count?.unit.doubt) doubts.push(count.unit.doubt);
  if (!fixed && period?.rule.doubt) doubts.push(period.rule.doubt);
  if (!fixed && !period) doubts.push(asked === 'once' ? '文件未写时间，按一次性计' : '文件未写周期，按每学年计');
  return doubts;
}

/** A month, a last day or some days of one month: something is done then once, so the number is not in doubt. */
function isPlace(mark: PeriodMark | undefined): boolean {
  if (typeof mark?.period !== 'object') return false;
  const windows = 'windows' in mark.period ? mark.period.windows : [];
  return windows.length === 0 || (windows.length === 1 && windows[0]!.slice(0, 2) === windows[0]!.slice(7, 9));
}

/** A list before 各: 语文、数学、英语教师各 1 名 makes three. */
const LISTED = /([\p{Script=Han}]{1,8}(?:[、和及与][\p{Script=Han}]{1,8})+?)各/u;

function amount({ acts, count, counts = [], segment, period }: DemandReading): { measure: Measure; n: number } {
  const head = acts[0]!;
  const kind = head.rule.gives;
  const papers = new Set(acts.filter((a) => a.rule.gives === 'document').map((a) => a.text)).size;
  if (!count) {
    if (kind === 'document') return { measure: 'documents', n: Math.max(1, papers) };
    const sent = head.rule.measure === 'people' && /派|选送|接[受纳收]/.test(segment);
    return { measure: sent ? 'people' : 'times', n: sent ? 1 : (period?.rule.each ?? 1) };
  }
  const measure = kind === 'donation' && count.measure === 'documents' ? 'times' : count.measure;
  const total = counts.reduce((sum, c) => sum + c.n, 0) || count.n;
  const n = Math.max(1, Math.round(total * (count.unit.times ?? 1) * eachOf(segment, measure, papers, period)));
  const pupils = kind === 'donation' ? /学生|儿童|孩子|困生|困难生/ : /(?<!师)学生/;
  if ((kind === 'donation' || kind === 'exchange') && measure === 'people' && pupils.test(segment))
    return { measure: 'pupils', n };
  if (kind === 'document' && measure !== 'documents') return { measure: 'documents', n };
  return { measure, n };
}

/** The factor that 各 gives a number. */
function eachOf(segment: string, measure: Measure, papers: number, period: PeriodMark | undefined): number {
  const listed = LISTED.exec(segment)?.[1];
  if (!/各|分别/.test(segment)) return 1;
  if (measure === 'documents') return Math.max(1, papers);
  if (measure === 'people' && listed && !/双方|两校/.test(listed)) return listed.split(/[、和及与]/).length;
  return period?.rule.each ?? 1;
}

const defaultPeriod = (activity: Demand['activity'], segment: string): PeriodSpec =>
  activity === 'donation' || activity === 'care_roster' || /一次性/.test(segment) ? 'once' : 'school_year';

/** The number of people at a meeting does not measure it. */
const NEVER_PEOPLE = new Set(['meeting', 'exam', 'joint_prep']);
export const isNeverCountedInPeople = ({ rule }: ActMark): boolean => NEVER_PEOPLE.has(rule.gives);

const OF_PUPILS = new Set(['home_visit', 'talk', 'study_guidance']);

/** Activities of two schools: either may report one. */
const TOGETHER = new Set<Demand['activity']>(['meeting', 'joint_prep', 'exam', 'research', 'exchange']);

type Owes = Pick<Demand, 'subject' | 'side' | 'role'>;

interface Owing extends Pick<Said, 'who' | 'side' | 'we'> {
  activity: Demand['activity'];
  measure: Measure;
  segment: string;
}

/** Who owes it and on which side. */
function owed({ activity, measure, segment, who, side: said, we }: Owing): Owes {
  if (who?.subject === 'mentorship') return { subject: 'mentorship', side: 'supporter' };
  if (OF_PUPILS.has(activity)) return { subject: 'care', side: 'supporter' };
  if (who?.subject === 'district' || /一区一案/.test(segment)) return { subject: 'district', side: 'supporter' };
  // A school sends so many people; none of them owes the number alone.
  const sent = measure === 'people' && /派|送|接[受纳收]|输[送出]|组织|安排|[\d一二两三]名/.test(segment);
  if (who && who.subject !== 'school' && !sent)
    return { subject: who.subject, side: said ?? we, ...(who.role && { role: who.role }) };
  if (activity === 'document' || activity === 'care_roster')
    return /双方|两校|协议|一校一案/.test(segment)
      ? { subject: 'pairing', side: 'both' }
      : { subject: 'school', side: said ?? 'both' };
  return { subject: 'pairing', side: said ?? (TOGETHER.has(activity) ? 'both' : we) };
}
