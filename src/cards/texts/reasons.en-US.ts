import type { PeriodName, Standing } from '../../plan/obligation.ts';
import type { Excuse, Lacking, NotCounted } from '../../plan/reasons.ts';
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
  not_person: 'the person did not take part',
  not_pupil: 'does not name this pupil, or was not done by the mentor',
  not_both: 'does not name both mentor and mentee',
  not_school: 'not done by people of this school',
  not_district: 'not done by people of this district',
  not_side: 'not done by this side of this pairing',
  other_kind: 'another kind of activity',
  disputed: 'disputed by the other school',
  stay_too_long: ({ days }) => `reported as more than ${days} days: write one stay for each school year`,
  too_early: 'before this period',
  too_late: 'after this period',
  not_yet: 'the day is still to come',
  other_mode: 'not done in an accepted way',
  other_role: ({ asked }) => `the plan asks for ${asked.join(' or ')}`,
  other_topic: ({ asked }) => `not about ${asked}`,
  excepted: ({ asked }) => `it is about ${asked}, which does not count`,
  no_topic: ({ asked }) => `does not say whether it is about ${asked}`,
  not_external: 'the plan asks for an outside expert',
  external: 'given by an outside expert; the plan asks for the school’s own people',
  other_doer: 'not done by the people required, such as school leaders',
  same_day: 'only one of a kind counts per day',
  same_occasion: 'the same occasion as one that already counts',
  on_leave: 'days of leave do not count',
  days_known: 'these days already count',
  no_school_day: 'no school day',
  no_lessons: 'number of lessons not given',
  no_amount: 'amount not given',
  no_pieces: 'number of documents not given',
  no_people: 'names nobody from this side',
  no_pupils: 'names no pupil',
});

const MONTHS = ['', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = (ym: string) => `${MONTHS[Number(ym.slice(5))]} ${ym.slice(0, 4)}`;
const monthDay = (md: string) => `${Number(md.slice(3))} ${MONTHS[Number(md.slice(0, 2))]}`;

/** A term's name in the programme's own words. */
const period = saying<PeriodName, 'kind'>('kind', {
  term: (p) => p.term,
  week: (p) => `${p.term}, week ${p.week}`,
  fortnight: (p) => `${p.term}, weeks ${p.weeks[0]}–${p.weeks[1]}`,
  month: (p) => month(p.month),
  calendar_month: (p) => month(p.month),
  school_year: (p) => `school year ${p.year}–${p.year + 1}`,
  cycle: (p) => `cycle ${p.year}–${p.year + 2}`,
  window: (p) => `${monthDay(p.from)} to ${monthDay(p.to)}, from ${p.year}`,
  due: (p) => `${p.year === undefined ? '' : `for ${p.year}–${p.year + 1}, `}by ${p.by}`,
  once: 'the whole programme',
});

const lacking = saying<Lacking, 'code'>('code', {
  no_agreement: ({ of }) => `${of}: no agreement`,
  no_team: ({ of }) => `${of}: no team`,
  no_mentorship: ({ of }) => `${of}: no mentorship`,
  no_kinds: ({ of }) => `${of}: no kinds of support`,
  no_pairing: ({ of }) => `${of} is paired with no school`,
  recipients: ({ of, count, min, max }) =>
    `${of} supports ${count} schools; required: ${max === undefined ? `at least ${min}` : `${min}–${max}`}`,
  cycle_over: ({ of, years }) => `${of}: paired for ${years} school years`,
  few_pupils: ({ of, count, limit }) => `${of} has ${count} pupils in care; at least ${limit} required`,
  many_pupils: ({ of, count, limit }) => `${of} has ${count} pupils in care; at most ${limit} allowed`,
  too_old: ({ of, age, limit }) => `${of} is ${age}; a secondment requires under ${limit}`,
  long_rural: ({ of, years, limit }) =>
    `${of} has taught in rural schools for ${years} years; preferred for a secondment: up to ${limit}`,
  other_subject: ({ of, subject, lacks }) => `${of} lacks teachers of ${lacks.join(', ')}, not of ${subject}`,
  no_kind: ({ of }) => `${of}: kind of school missing`,
  no_district: ({ of }) => `${of}: district missing`,
  no_leader: ({ of }) => `${of}: no leader in charge`,
  no_coordinator: ({ of }) => `${of} has no coordinator: nobody is reminded of its tasks`,
  no_bureau_leader: 'the list has no leader of the bureau',
  no_bureau_coordinator: 'the list has no coordinator of the bureau: nobody is reminded of the district’s tasks',
  departed_mentor: ({ of, to, pupils }) =>
    `${of} left after ${to} with ${pupils} pupil${pupils === 1 ? '' : 's'} still in care`,
  shared_account: ({ of }) => `${of}: the same mobile number, email or open id`,
});

/** What to do about it. */
const mend = saying<Lacking, 'code'>('code', {
  no_agreement: 'sign one and enter agreement in the list',
  no_team: 'name its members, who will be responsible for its tasks',
  no_mentorship: 'name mentors and mentees',
  no_kinds: 'enter staff, funds, goods …',
  no_pairing: 'pair it or take it off the list',
  recipients: ({ count, min }) => (count < min ? 'add recipient schools' : 'assign some of them to other schools'),
  cycle_over: 'form new groups when the cycle is over',
  few_pupils: 'assign pupils to them',
  many_pupils: 'assign some pupils to others',
  too_old: 'choose somebody else unless they volunteer',
  long_rural: 'choose somebody else unless they volunteer',
  other_subject: 'settle it with the other school, or correct its list',
  no_kind: 'enter kind: some tasks depend on it',
  no_district: 'enter district',
  no_leader: 'add one to the list',
  no_coordinator: 'give a teacher the role coordinator',
  no_bureau_leader: 'add a bureau_leader',
  no_bureau_coordinator: 'add a bureau_coordinator',
  departed_mentor: 'assign these pupils to another mentor',
  shared_account: 'if one person has moved, give the old row a last day; otherwise correct the number',
});

/** The meaning of the plan's codes, in English. */
export const reasons: typeof chinese = { excuses, standing, notCounted, period, lacking, mend };
