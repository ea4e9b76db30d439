import type { Ymd } from '../plan/dates.ts';
import type { PeriodName, State } from '../plan/obligation.ts';
import type { Measure } from '../plan/plan.ts';
import { shownCount } from '../plan/standing.ts';
import { isSameYear, nearDate, shortDate } from './dates.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** What a card shows of one obligation. */
export interface DutyShown {
  obligation: string;
  title: string;
  /** The subject if that is not the reader: a pupil, a pairing, a school. */
  subject?: string;
  /** True if `subject` is a pupil: groups do not see the name. */
  pupil?: boolean;
  state: State;
  done: number;
  target: number;
  measure: Measure;
  period: PeriodName;
  nextCheckpoint?: Ymd;
  /** The last day of its period. */
  ends?: Ymd;
  /** The document gives no number; the target is our assumption. */
  assumed?: boolean;
  /** The date of the card, which determines how dates are worded. */
  today?: Ymd;
}

/** A term's name without the school year, which its reader knows. */
export const termShown = (term: string): string => term.replace(/^\d{4}-\d{4}学年(?=第)/, '');

/** A period's name without the year if that is the school year of `today`. */
export function periodShown(period: PeriodName, t: Texts, today?: Ymd): string {
  const name = termShown(t.reasons.period(period));
  const month = 'month' in period ? `${period.month}-01` : undefined;
  return month && today && isSameYear(month, today) ? t.monthName(Number(month.slice(5, 7))) : name;
}

export const DONE = md`<font color='green'>✓</font>`;

/** Identifies a duty apart from its subject and progress. */
const lineOf = (d: DutyShown): string =>
  JSON.stringify([d.title, d.period, d.target, d.measure, d.state, d.nextCheckpoint, d.subject ? '' : d.obligation]);

/** The same duty towards several pupils, schools or pairings becomes one line, in the place of the first. */
export const byDuty = <D extends DutyShown>(duties: D[]): D[][] => [...Map.groupBy(duties, lineOf).values()];

/** The most names on one line. */
const NAMES = 8;

/** 「家访 小雨、小杰  1/2次」 with its mark: one duty, or one line of `byDuty`; `strike` strikes out a met one. */
export function dutyLine(
  of: DutyShown | DutyShown[],
  t: Texts,
  options: { group?: boolean; strike?: boolean; period?: boolean } = {},
): Markdown {
  const line = [of].flat();
  const [d] = line as [DutyShown];
  const about = aboutShown(line, t, options.group ?? false);
  const title = clip(d.title, 40);
  const period = options.period ? clip(periodShown(d.period, t, d.today), 30) : undefined;
  const progress = line.length === 1 && d.target > 1 ? countShown(d, t) : undefined;
  const rest = join(
    [progress, period].map((part) => (part ? md`${part}` : undefined)),
    ' · ',
  );
  const name =
    options.strike && d.state === 'met'
      ? md`${DONE} ~~${join([md`${title}`, about], ' ')}~~`
      : join([md`${MARK[d.state]} **${title}**`, about], ' ');
  return join([name, rest], ' · ');
}

/** 「1/2次」. */
export const countShown = (d: Pick<DutyShown, 'done' | 'target' | 'measure'>, t: Texts): string =>
  `${shownCount(d.done)}/${t.amount(d.target, d.measure)}`;

function aboutShown(line: DutyShown[], t: Texts, group: boolean): Markdown | undefined {
  const named = line.filter((d) => d.subject && !(group && d.pupil));
  if (named.length === 0) return line.length > 1 ? md`${t.hiddenPupils(line.length)}` : undefined;
  const counts = line.length > 1 && line[0]!.target > 1;
  const names = named
    .slice(0, NAMES)
    .map((d) => (counts ? `${clip(d.subject!, 40)} ${countShown(d, t)}` : clip(d.subject!, 40)));
  return md`${names.join(t.comma)}${named.length > NAMES ? t.morePeople(named.length - NAMES) : ''}`;
}

/** The open remainder and its due date; a met duty says so. */
export function dutyRest(of: DutyShown | DutyShown[], t: Texts): Markdown {
  const line = [of].flat();
  const [d] = line as [DutyShown];
  if (d.state === 'waived') return md`${t.states.waived}`;
  if (d.state === 'met' || d.done >= d.target) return md`${d.done > d.target ? t.recorded.more : t.recorded.met}`;
  const same = line.every((one) => one.done === d.done);
  const rest = same ? t.recorded.rest(t.amount(d.target - d.done, d.measure), line.length > 1) : undefined;
  const when = whenShown(d, t);
  return join([rest ? md`${rest}` : undefined, when ? md`${when}` : undefined], ' · ');
}

/** The date it is or was due; nothing if no date is known. */
export function whenShown({ state, nextCheckpoint: by, today }: DutyShown, t: Texts): string | undefined {
  if (!by) return undefined;
  if (isLate(state)) return t.morning.since(shortDate(by, t, today));
  return t.morning.by(today ? nearDate(by, t, today) : shortDate(by, t));
}

/** Whether the date shown is past. */
export const isLate = (state: State): boolean => state === 'overdue' || state === 'missed';

/** Coloured text signs instead of emoji: every font has them, and the text fallback stays readable. */
const MARK: Record<State, Markdown> = {
  overdue: md`<font color='red'>●</font>`,
  missed: md`<font color='grey'>×</font>`,
  due_soon: md`<font color='orange'>●</font>`,
  open: md`<font color='blue'>●</font>`,
  upcoming: md`<font color='grey'>○</font>`,
  met: DONE,
  waived: md`<font color='grey'>–</font>`,
};
