import type { Ymd } from '../plan/dates.ts';
import type { PeriodName, State } from '../plan/obligation.ts';
import type { Measure } from '../plan/plan.ts';
import { shortDate } from './dates.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** What a card shows of one obligation. */
export interface DutyShown {
  obligation: string;
  title: string;
  /** Whom it is about where that is not the reader: a pupil, a pairing, a school. */
  subject?: string;
  /** True where `subject` is a pupil: the name is left out in groups. */
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
}

/** A period's name without the school year, which is plain to its reader now. */
export const periodShown = (period: PeriodName, t: Texts): string =>
  t.reasons.period(period).replace(/^\d{4}-\d{4}学年(?=第)/, '');

export const DONE = md`<font color='green'>✓</font>`;

/** 「家访 · 小雨  1/2次 · 本学期」 with its mark; met ones are struck where `strike`. */
export function dutyLine(d: DutyShown, t: Texts, options: { group?: boolean; strike?: boolean } = {}): Markdown {
  const about = d.subject && !(options.group && d.pupil) ? ` · ${clip(d.subject, 40)}` : '';
  const progress = t.progress(d.done, d.target, t.units[d.measure], clip(periodShown(d.period, t), 30));
  const title = `${clip(d.title, 40)}${about}`;
  if (options.strike && d.state === 'met') return md`${DONE} ~~${title}~~  ${progress}`;
  return md`${MARK[d.state]} **${title}**  ${progress}`;
}

/** What is still open of it, and by when; a met one says so. */
export function dutyRest(d: DutyShown, t: Texts): Markdown {
  const rest = d.target - d.done;
  if (d.state === 'waived') return md`${t.states.waived}`;
  const open =
    rest <= 0 || d.state === 'met' ? md`${t.recorded.met}` : md`${stillOpen(t.amount(rest, d.measure), d, t)}`;
  return join(
    [open, d.assumed ? md`<font color='grey'>${t.assumedAs(t.amount(d.target, d.measure))}</font>` : undefined],
    ' · ',
  );
}

/** A date that has passed is no next one. */
function stillOpen(rest: string, { state, nextCheckpoint }: DutyShown, t: Texts): string {
  const by = nextCheckpoint && shortDate(nextCheckpoint, t);
  return by && isLate(state) ? t.recorded.overdue(rest, by) : t.recorded.open(rest, by);
}

/** Whether the date that a duty shows lies behind. */
export const isLate = (state: State): boolean => state === 'overdue' || state === 'missed';

/** Text signs in colour rather than emoji: every font has them, and the text fallback stays readable. */
const MARK: Record<State, Markdown> = {
  overdue: md`<font color='red'>●</font>`,
  missed: md`<font color='grey'>×</font>`,
  due_soon: md`<font color='orange'>●</font>`,
  open: md`<font color='blue'>●</font>`,
  upcoming: md`<font color='grey'>○</font>`,
  met: DONE,
  waived: md`<font color='grey'>–</font>`,
};
