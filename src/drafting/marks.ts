/** Finds the activities, periods and counts of a segment, in order. */

import type { Measure, PeriodSpec } from '../plan/plan.ts';
import { numberAt } from '../reading/tokens/numerals.ts';
import { withoutLife } from './rules/days.ts';
import { KIND_RULES, type KindRule } from './rules/kinds.ts';
import { PERIODS } from './rules/periods.ts';
import type { PeriodRule } from './rules/rule.ts';
import { UNIT_RULES, type UnitRule } from './rules/units.ts';

export interface Mark {
  start: number;
  end: number;
}
export interface ActMark extends Mark {
  rule: KindRule;
  text: string;
}
export interface PeriodMark extends Mark {
  rule: PeriodRule;
  period: PeriodSpec;
}
export interface CountMark extends Mark {
  n: number;
  /** The larger end of 一至二. */
  most?: number;
  unit: UnitRule;
  measure: Measure;
}

/** 每次听课不少于8节: the size of one occasion. */
const PER_OCCASION = /每(?:次|节|科|场|批|趟|期|堂|篇|人次)(?![^,;]*每)[^,;]{0,10}$/;
/** 每班3至5人: how many names of a list come from each class. */
const PER_CLASS = /每班[^,;每]{0,4}$/;

/** 开展“城里的一天”活动: a number inside a name counts nothing. */
const inQuotes = (text: string, at: number): boolean =>
  (text.slice(0, at).match(/"/g) ?? []).length % 2 === 1 && text.includes('"', at);

const SLOGAN = /[一每](?:周|月|期|学期|年|学年|两周|半月)$/;

const overlaps = (a: Mark, list: Mark[]): boolean => list.some((b) => a.start < b.end && b.start < a.end);

/** Activities. If one noun describes another (教研工作研讨会), the last counts; a wide word counts only if it is the only one. */
export function actsIn(text: string): ActMark[] {
  const all = KIND_RULES.flatMap((rule) =>
    [...text.matchAll(new RegExp(rule.when, 'g'))].map((m) => ({
      rule,
      text: m[0],
      start: m.index,
      end: m.index + m[0].length,
    })),
  );
  // 走教教师 says who does it; 期中考试后 and 送培结束后 say when.
  const modifies = ({ rule, end, text: word }: ActMark) =>
    /^(?:结束)?(?:之)?(?:后(?!勤)|前|时)/.test(text.slice(end)) ||
    (rule.gives !== 'document' &&
      !/^(?:培训|.*指导)/.test(word) &&
      /^(?:教师|老师|人员|干部|学员|学科|先进|团|队)/.test(text.slice(end))) ||
    (/^送/.test(word) && /^(?:小组|学生|对象|儿童)/.test(text.slice(end)));
  const acted = all.filter((act) => act.rule.wide || !modifies(act));
  acted.sort((a, b) => a.start - b.start || b.end - a.end);
  const acts: ActMark[] = [];
  for (const act of acted) {
    const before = acts.at(-1);
    if (before && act.start < before.end) continue;
    const gap = before ? text.slice(before.end, act.start) : '、';
    // 听甲方的网络课: the lesson is the object of 听.
    if (
      before &&
      /^(?:听|观摩)$/.test(before.text) &&
      before.rule.gives === 'observe' &&
      !/[、和与及或并,;]/.test(text.slice(before.end, act.start))
    )
      continue;
    // 书面汇报支教工作情况: the paper's subject.
    if (
      before?.rule.gives === 'document' &&
      gap.length <= 4 &&
      /^(?:工作|活动)?的?(?:情况|进展)/.test(text.slice(act.end))
    )
      continue;
    // 汇报课展示 is a lesson.
    if (before?.rule.gives === 'demo_lesson' && gap === '' && /^(?:展示|观摩|交流)/.test(act.text)) continue;
    if (act.rule.wide && before && gap.length <= 4) continue;
    if (before && gap.length <= 4 && !/[、和与及或并,;\d一两二三]/.test(gap)) acts.pop();
    acts.push(act);
  }
  return acts.some((act) => !act.rule.wide) ? acts.filter((act) => !act.rule.wide) : acts;
}

export function periodsIn(said: string): PeriodMark[] {
  const text = withoutLife(said);
  const found: PeriodMark[] = [];
  for (const rule of PERIODS)
    for (const m of text.matchAll(new RegExp(rule.when, 'g'))) {
      const mark = { start: m.index, end: m.index + m[0].length };
      const period = rule.gives(m as RegExpExecArray);
      if (period !== undefined && !overlaps(mark, found)) found.push({ ...mark, rule, period });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Numbers with a unit, except ordinals and the size of one occasion (每次两节). */
export function countsIn(text: string, beside: Mark[]): CountMark[] {
  const found: CountMark[] = [];
  if (beside.length === 0 && /^每(?:次|场|期|批|学科)/.test(text)) return found;
  for (let at = 0; at < text.length; at++) {
    if (!/[\d一二两三四五六七八九十]/.test(text[at]!) || /[第每同式]/.test(text[at - 1] ?? '')) continue;
    // 一周一谈 means one talk; 一人一档 and 一对一 count nothing.
    if (SLOGAN.test(text.slice(0, at)) && /^一(?=\p{Script=Han}{1,4}$)/u.test(text.slice(at))) {
      const unit = UNIT_RULES.find((u) => u.when.test(text.slice(at + 1))) ?? UNIT_RULES[0]!;
      if (unit.gives !== 'skip') found.push({ start: at, end: at + 1, n: 1, measure: unit.gives, unit });
      continue;
    }
    if (/^一.{1,2}一/.test(text.slice(at)) || inQuotes(text, at)) continue;
    const first = numberAt(text, at);
    if (!first) continue;
    const dash = /^(?:[-至到~]|———?)/.exec(text.slice(first.end))?.[0];
    const second = dash ? numberAt(text, first.end + dash.length) : undefined;
    const end = second?.end ?? first.end;
    const unit = UNIT_RULES.find((u) => u.when.test(text.slice(end).replace(/^\s+/, '')));
    const mark = { start: at, end };
    at = Math.max(at, end - 1);
    const n = first.n ?? second?.n;
    // 学期结束前一周 and 两周内 say when, not how long.
    if (
      unit?.gives === 'days' &&
      (/[前后]$/.test(text.slice(0, mark.start)) || /^个?(?:周|星期|月|天|工作日)(?:之)?[内前后]/.test(text.slice(end)))
    )
      continue;
    // 图书一批 does not count anything.
    if (unit?.name === 'batches' && n === 1) continue;
    if (!unit || unit.gives === 'skip' || n === undefined || !Number.isFinite(n) || n <= 0) continue;
    if (/连续$/.test(text.slice(0, mark.start))) continue;
    if (unit.gives === 'people' && PER_CLASS.test(text.slice(0, mark.start))) continue;
    if (overlaps(mark, beside) || PER_OCCASION.test(text.slice(0, mark.start))) continue;
    // 名额 10 个 counts persons.
    const measure = /名额$/.test(text.slice(0, mark.start)) ? 'people' : unit.gives;
    found.push({ ...mark, n, measure, ...(second?.n !== undefined && second.n > n && { most: second.n }), unit });
  }
  return found;
}
