/** What stands in a stretch of a plan: activities, periods and counts, in order. */

import type { Measure, PeriodSpec } from '../plan/plan.ts';
import { numberAt } from '../reading/index.ts';
import { KINDS, type KindRule, PERIODS, type PeriodRule, UNITS, type UnitRule } from './rules.ts';

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

const overlaps = (a: Mark, list: Mark[]): boolean => list.some((b) => a.start < b.end && b.start < a.end);

/** Activities; of two nouns of which the one only describes the other (教研工作研讨会) the last. */
export function actsIn(text: string): ActMark[] {
  const all = KINDS.flatMap((rule) =>
    [...text.matchAll(new RegExp(rule.when, 'g'))].map((m) => ({
      rule,
      text: m[0],
      start: m.index,
      end: m.index + m[0].length,
    })),
  );
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const acts: ActMark[] = [];
  for (const act of all) {
    const before = acts.at(-1);
    if (before && act.start < before.end) continue;
    const gap = before ? text.slice(before.end, act.start) : '、';
    if (before && gap.length <= 4 && !/[、和与及或并,;\d一两二三]/.test(gap)) acts.pop();
    acts.push(act);
  }
  return acts;
}

export function periodsIn(text: string): PeriodMark[] {
  const found: PeriodMark[] = [];
  for (const rule of PERIODS)
    for (const m of text.matchAll(new RegExp(rule.when, 'g'))) {
      const mark = { start: m.index, end: m.index + m[0].length };
      const period = rule.gives(m as RegExpExecArray);
      if (period !== undefined && !overlaps(mark, found)) found.push({ ...mark, rule, period });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Numbers with a unit. Those of one occasion (每次两节) and ordinals ask for nothing. */
export function countsIn(text: string, beside: Mark[]): CountMark[] {
  const found: CountMark[] = [];
  for (let at = 0; at < text.length; at++) {
    if (!/[\d一二两三四五六七八九十]/.test(text[at]!) || /[第每同式月]/.test(text[at - 1] ?? '')) continue;
    // 一人一档, 一对一.
    if (/^一.{1,2}一/.test(text.slice(at))) {
      at += 2;
      continue;
    }
    const first = numberAt(text, at);
    if (!first) continue;
    const dash = /^(?:[-至到~]|———?)/.exec(text.slice(first.end))?.[0];
    const second = dash ? numberAt(text, first.end + dash.length) : undefined;
    const end = second?.end ?? first.end;
    const unit = UNITS.find((u) => u.when.test(text.slice(end).replace(/^\s+/, '')));
    const mark = { start: at, end };
    at = Math.max(at, end - 1);
    const n = first.n ?? second?.n;
    if (!unit || unit.gives === 'skip' || n === undefined || !Number.isFinite(n) || n <= 0) continue;
    if (overlaps(mark, beside) || /每(?:次|节|场|批|趟|期|堂|篇)[^,;]{0,6}$/.test(text.slice(0, mark.start))) continue;
    // 名额 10 个 are persons.
    const measure = /名额$/.test(text.slice(0, mark.start)) ? 'people' : unit.gives;
    found.push({ ...mark, n, measure, ...(second?.n !== undefined && second.n > n && { most: second.n }), unit });
  }
  return found;
}
