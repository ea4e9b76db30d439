/** A part of a sentence between commas, with the marks found in it. */
import { type ActMark, actsIn, type CountMark, countsIn, type PeriodMark, periodsIn } from './marks.ts';
import { NOTHING_ASKED } from './rules/asked.ts';

export interface DocumentSegment {
  text: string;
  periods: PeriodMark[];
  counts: CountMark[];
  acts: ActMark[];
}

export function segmentOf(text: string): DocumentSegment {
  const periods = periodsIn(text);
  const acts = actsIn(text).filter((act) => !overlapsAny(act, periods) || act.rule.gives === 'exam');
  return { text, periods, counts: countsIn(text, periods), acts };
}

const overlapsAny = (a: { start: number; end: number }, list: { start: number; end: number }[]): boolean =>
  list.some((b) => a.start < b.end && b.start < a.end);

export const skipped = (text: string): boolean => NOTHING_ASKED.some(({ when }) => when.test(text));

/** The most exact period: a day or a month rather than 年度 beside it. */
export const exact = (periods: PeriodMark[]): PeriodMark | undefined =>
  periods.find((p) => typeof p.period === 'object' && !('windows' in p.period)) ??
  periods.find((p) => typeof p.period === 'object');

/** The time of a segment. 学期 before 总结 says what is summed up, so it gives way to a day held from before. */
export function preferred(periods: PeriodMark[], acts: ActMark[], held?: PeriodMark): PeriodMark | undefined {
  const day = exact(periods);
  if (day) return day;
  const free = periods.filter(
    (p) =>
      !acts.some((a) => a.start === p.end || (a.rule.gives === 'document' && a.start - p.end < 5 && p.end <= a.start)),
  );
  return free.at(-1) ?? (held && typeof held.period === 'object' ? held : periods.at(-1));
}

/** Whether a segment has only a number, its time and who: 全学期不少于 8 次; 科任教师每月不少于 2 次. */
export function onlyCounts({ text, periods, counts }: DocumentSegment): boolean {
  const marks = [...periods, ...counts].sort((a, b) => b.start - a.start);
  const rest = marks.reduce((remaining, { start, end }) => remaining.slice(0, start) + remaining.slice(end), text);
  return /^(?:[^,]{0,8}(?:教师|老师|班主任|干部|领导|校长|人员|骨干|带头人|年级))?(?:期间|全|总计|累计|合计|共|原则上|一般)*(?:不得?少于|至少|不低于)?各?(?:次|节|场|篇|份|回|课时)?(?:以上)?$/.test(
    rest.trim(),
  );
}

interface Group {
  counts: CountMark[];
  of: ActMark[];
  text: string;
  /** It is the only number of its segment. */
  alone: boolean;
}

const MANAGERS = /校长|园长|管理|中层|干部|主任|行政|领导/;

/** 听课、评课等活动不少于 3 次: the number counts everything listed before it. */
const LISTED_WITH = /等[^,、]{0,6}活动[^,\d一二两三四五六七八九十]*$/;

/** The numbers of a segment, each with the activities that it counts. */
export function groups({ text, counts, acts }: DocumentSegment): Group[] {
  const sum = counts.at(-1);
  if (sum?.measure === 'times' && LISTED_WITH.test(text.slice(0, sum.start)) && acts.some((a) => a.start < sum.start))
    return [{ counts: [sum], of: acts.filter((a) => a.start < sum.start), text, alone: true }];
  // 选派 2 名教师跟岗 1 周 demands two persons, however long; 组织 10 名教师听课 2 次 demands two occasions.
  const has = (...measures: string[]) => counts.some((c) => measures.includes(c.measure));
  const oneAct = acts.length <= 1;
  const asked = counts.filter(
    ({ measure }) =>
      !(measure === 'days' && has('people')) &&
      !((measure === 'people' || measure === 'pupils') && oneAct && has('times', 'lessons')),
  );
  const several = asked.length > 1;
  if (several && oneAct && asked.every((c) => c.measure === 'people')) {
    // Both orders occur: 3名中层干部 and 管理人员1名.
    const counted = (c: CountMark, i: number) =>
      /^[名位人](?![、和及与,到]|$)/.test(text.slice(c.end))
        ? text.slice(c.end, asked[i + 1]?.start)
        : text.slice(asked[i - 1]?.end ?? 0, c.start);
    const kinds = Map.groupBy(asked, (c) => MANAGERS.test(counted(c, asked.indexOf(c))));
    return [...kinds.values()].map((same) => ({ counts: same, of: acts, text, alone: false }));
  }
  const papers = asked.length === 1 ? twoPapers(text, asked[0]!, acts) : undefined;
  if (papers) return papers;
  // 一次同课异构、一次学科竞赛: each number stands before its activity.
  const forward = several && !acts.some((a) => a.start < asked[0]!.start);
  return asked.flatMap((count, i): Group[] => {
    const from = asked[i - 1]?.end ?? 0;
    const to = asked[i + 1]?.start ?? text.length;
    const before = acts.filter((a) => a.start >= from && a.start < count.start);
    const behind = acts.filter((a) => a.start >= count.start && a.start < to);
    const last = i === asked.length - 1;
    const of = forward ? behind : before.length > 0 ? (last && i === 0 ? [...before, ...behind] : before) : behind;
    const nearest = [...acts.filter((a) => a.start < count.start).slice(-1), ...acts.slice(-1)].slice(0, 1);
    const ends = last ? text.length : forward ? to : count.end + 1;
    const part = text.slice(forward && i > 0 ? count.start : from, ends).replace(/[、和与及,]+$/, '');
    const trimmed = i > 0 ? part.replace(/^[次节名篇份场条、和及与]+/, '') : part;
    const alone = asked.length === 1;
    const each = /各[^,，。;]{0,6}$/.test(text.slice(0, count.start)) && before.length > 1;
    // 示范课、讲座各一次 are two demands; papers of several kinds are counted together.
    if (each && of.some((a) => a.rule.gives !== 'document'))
      return of.map((act) => ({ counts: [count], of: [act], text: trimmed, alone }));
    return [
      {
        counts: [count],
        of: of.length > 0 || i === 0 ? of : nearest,
        text: trimmed,
        alone,
      },
    ];
  });
}

/** 工作总结及案例 2 个: one summary and two cases. */
function twoPapers(text: string, count: CountMark, [one, two, ...more]: ActMark[]): Group[] | undefined {
  const isPaper = (act: ActMark) => act.rule.gives === 'document' && act.end <= count.start;
  if (!one || !two || more.length > 0 || !isPaper(one) || !isPaper(two)) return undefined;
  const counted = count.measure === 'documents' || count.unit.name === 'pieces';
  const joined = /^(?:以?及|和|与)/.test(text.slice(one.end)) && !/[各共]/.test(text.slice(two.end, count.start));
  if (!counted || !joined) return undefined;
  return [
    { counts: [{ ...count, n: 1 }], of: [one], text: text.slice(0, one.end), alone: true },
    { counts: [count], of: [two], text, alone: true },
  ];
}
