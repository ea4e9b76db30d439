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
  excepted: ({ asked }) => `it is about ${asked}`,
  no_topic: ({ asked }) => `does not say whether it is about ${asked}`,
  not_external: 'asked for is an expert from outside',
  external: 'given by an expert from outside; asked for is one’s own',
  other_doer: 'not done by those who are asked, such as a school’s leaders',
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
  due: (p) => `${p.year === undefined ? '' : `for ${p.year}-${p.year + 1}, `}by ${p.by}`,
  once: 'the whole programme',
});

const lacking = saying<Lacking, 'code'>('code', {
  no_agreement: ({ of }) => `${of}: no agreement`,
  no_team: ({ of }) => `${of}: no team`,
  no_mentorship: ({ of }) => `${of}: no mentor and mentee`,
  no_kinds: ({ of }) => `${of}: no kinds of support`,
  no_pairing: ({ of }) => `${of} is paired with no school`,
  recipients: ({ of, count, min, max }) =>
    `${of} supports ${count} schools, asked for: ${max === undefined ? `at least ${min}` : `${min}–${max}`}`,
  cycle_over: ({ of, years }) => `${of}: paired for ${years} school years`,
  few_pupils: ({ of, count, limit }) => `${of} cares for ${count} pupils, asked for: at least ${limit}`,
  many_pupils: ({ of, count, limit }) => `${of} cares for ${count} pupils, asked for: at most ${limit}`,
  too_old: ({ of, age, limit }) => `${of} is ${age}, asked for on a secondment: under ${limit}`,
  long_rural: ({ of, years, limit }) =>
    `${of} has taught in the country for ${years} years, preferred on a secondment: up to ${limit}`,
  other_subject: ({ of, subject, lacks }) => `${of} lacks teachers of ${lacks.join(', ')}, not of ${subject}`,
  no_kind: ({ of }) => `${of}: kind of school not said`,
  no_district: ({ of }) => `${of}: district not said`,
  no_leader: ({ of }) => `${of}: no leader in charge`,
  no_coordinator: ({ of }) => `${of} has no coordinator: nobody is reminded of its duties`,
  no_bureau_leader: 'the list has no leader of the bureau',
  no_bureau_coordinator: 'the list has no coordinator of the bureau: nobody is reminded of the district’s duties',
  departed_mentor: ({ of, to, pupils }) => `${of} left on ${to} with ${pupils} pupils still in care`,
  shared_account: ({ of }) => `${of}: one mobile, mail or open id`,
});

/** What to do about it. */
const mend = saying<Lacking, 'code'>('code', {
  no_agreement: 'sign one, and write agreement into the list',
  no_team: 'name its members: they bear its duties',
  no_mentorship: 'name mentors and mentees',
  no_kinds: 'write staff, funds, goods …',
  no_pairing: 'pair it, or take it off the list',
  recipients: ({ count, min }) => (count < min ? 'add recipient schools' : 'give some to other schools'),
  cycle_over: 'form new groups when the cycle is over',
  few_pupils: 'give them pupils',
  many_pupils: 'give some pupils to others',
  too_old: 'choose somebody else, unless they volunteer',
  long_rural: 'choose somebody else, unless they volunteer',
  other_subject: 'settle it with the other school, or correct its list',
  no_kind: 'write kind: some duties go by it',
  no_district: 'write district',
  no_leader: 'add one to the list',
  no_coordinator: 'give a teacher the role coordinator',
  no_bureau_leader: 'add a bureau_leader',
  no_bureau_coordinator: 'add a bureau_coordinator',
  departed_mentor: 'give these pupils another mentor',
  shared_account: 'who has moved: give the old row a last day; else put the number right',
});

/** The meaning of the plan's codes, in English. */
export const reasons: typeof chinese = { excuses, standing, notCounted, period, lacking, mend };
