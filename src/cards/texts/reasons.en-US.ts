import type { PeriodName, Standing } from '../../plan/obligation.ts';
import type { Excuse, NotCounted } from '../../plan/reasons.ts';
import { shownCount } from '../../plan/standing.ts';
import type { reasons as chinese } from './reasons.zh-CN.ts';
import { saying } from './saying.ts';

const progress = (s: { done: number; target: number }) => `${shownCount(s.done)}/${s.target}`;
const wanted = (s: { done: number; target: number; wanted: number; nextCheckpoint: string }) =>
  `${s.wanted}/${s.target} due by ${s.nextCheckpoint}, now ${progress(s)}`;

const excuse = saying<Excuse, 'code'>('code', {
  waiver: ({ words }) => words,
  leave: ({ words }) => (words ? `on leave: ${words}` : 'on leave'),
  short_service: 'in service for less than half of the period',
  no_school_day: 'no school day in these two weeks',
});
const excuses = (by: Excuse[]): string => by.map(excuse).join('; ');

const standing = saying<Standing, 'state'>('state', {
  waived: ({ by }) => `waived: ${excuses(by)}`,
  met: (s) => `done ${progress(s)}`,
  missed: (s) => `ended on ${s.end}, done ${progress(s)}`,
  upcoming: (s) => `starts on ${s.start}`,
  due_soon: (s) => `${s.days === 0 ? 'today' : `${s.days} day${s.days === 1 ? '' : 's'} left`}: ${wanted(s)}`,
  overdue: wanted,
  open: wanted,
});

const notCounted = saying<NotCounted, 'code'>('code', {
  planned: 'only planned so far',
  attempted: 'was attempted, not done',
  cancelled: 'was cancelled',
  withdrawn: 'was withdrawn',
  not_person: 'the person took no part',
  not_pupil: 'does not name this pupil, or was not done by the mentor',
  not_both: 'does not name both mentor and mentee',
  not_school: 'not done by people of this school',
  not_district: 'not done by people of this district',
  not_side: 'not done by this side of this pairing',
  other_kind: 'another kind of activity',
  disputed: 'disputed by the other school',
  stay_too_long: ({ days }) => `told as more than ${days} days: write one stay for each school year`,
  too_early: 'before this period',
  too_late: 'after this period',
  not_yet: 'the day is yet to come',
  other_mode: 'not done in a way that is accepted',
  other_role: ({ asked }) => `asked for is ${asked.join(' or ')}`,
  other_topic: ({ asked }) => `not about ${asked}`,
  same_day: 'one of a kind counts per day',
  same_occasion: 'the same occasion as one that counts',
  on_leave: 'days of leave do not count',
  days_known: 'these days count already',
  no_school_day: 'no school day',
  no_lessons: 'number of lessons not said',
  no_amount: 'amount not said',
  no_pieces: 'number of pieces not said',
  no_people: 'names nobody of this side',
  no_pupils: 'names no pupil',
});

const MONTHS = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = (ym: string) => `${MONTHS[Number(ym.slice(5))]} ${ym.slice(0, 4)}`;
const monthDay = (md: string) => `${Number(md.slice(3))} ${MONTHS[Number(md.slice(0, 2))]}`;

/** A term's name is the programme's own words. */
const period = saying<PeriodName, 'kind'>('kind', {
  term: (p) => p.term,
  week: (p) => `${p.term}, week ${p.week}`,
  fortnight: (p) => `${p.term}, weeks ${p.weeks[0]}–${p.weeks[1]}`,
  month: (p) => month(p.month),
  calendar_month: (p) => month(p.month),
  school_year: (p) => `school year ${p.year}–${p.year + 1}`,
  cycle: (p) => `cycle ${p.year}–${p.year + 2}`,
  window: (p) => `${monthDay(p.from)} to ${monthDay(p.to)}, from ${p.year}`,
  due: (p) => `by ${p.by}`,
  once: 'the whole programme',
});

/** What plan's codes mean, in English. */
export const reasons: typeof chinese = { excuses, standing, notCounted, period };
