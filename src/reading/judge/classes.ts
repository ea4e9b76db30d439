import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

/** The kinds that a message can report, in the order of the weights. A new kind does not compile without its place. */
export const KINDS = Object.keys({
  demo_lesson: true,
  observe: true,
  home_visit: true,
  talk: true,
  study_guidance: true,
  lecture: true,
  donation: true,
  secondment: true,
  joint_prep: true,
  training: true,
  exchange: true,
  exam: true,
  research: true,
  document: true,
  meeting: true,
  same_as_last: true,
  care_roster: true,
} satisfies Record<Reading['kind'], true>) as Reading['kind'][];

/** What is decided about an activity as one of a few values, each with its columns. */
export const CHOICES = {
  status: ['done', 'planned', 'not_done', 'question', 'correction', 'cancel'],
  direction: ['-', 'inbound'],
  evaluated: ['-', 'true', 'false'],
  mode: ['-', 'visit', 'phone', 'online'],
  late: ['-', 'late'],
  action: ['-', 'start', 'check_in', 'check_in_out', 'period', 'leave', 'end'],
  role: ['-', '支教', '挂职', '跟岗'],
  /** If it names no day: today, the day of the activity before or after it, one to ask, or none. */
  day: ['today', 'before', 'after', 'ask', 'none'],
  by: ['sender', 'before'],
  with: ['-', 'before'],
  teacher: ['-', 'before', 'me'],
  place: ['-', 'pair', 'own', 'before', 'after'],
  subject: ['-', 'before'],
  grade: ['-', 'before'],
  every: ['-', 'all'],
} as const;
export type Choice = keyof typeof CHOICES;

/** What a token is for an activity. */
export const TOKEN_ROLES = [
  'none',
  'by',
  'with',
  'teacher',
  'place',
  'partner',
  'to',
  'pupil',
  'when',
  'lessons',
  'times',
  'persons',
  'subject',
  'grade',
  'length',
  'goods',
  'cash',
  'value',
] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];

const starts = new Map<Choice, number>();
let width = 0;
for (const name of Object.keys(CHOICES) as Choice[]) {
  starts.set(name, width);
  width += CHOICES[name].length;
}
export const CHOICE_WIDTH = width;
export const columnOf = (name: Choice): number => starts.get(name)!;

const of = (...roles: TokenRole[]): number[] =>
  ['none' as TokenRole, ...roles].map((role) => TOKEN_ROLES.indexOf(role));
const PERSON = of('by', 'with', 'teacher');
const PUPIL = of('pupil');
const EITHER = of('by', 'with', 'teacher', 'pupil');
const SCHOOL = of('place', 'partner', 'to');
const DATE = of('when');
const LESSONS = of('lessons');
const TIMES = of('times');
const PERSONS = of('persons');
const LENGTH = of('length');
const SUBJECT = of('subject');
const GRADE = of('grade');
const GOODS = of('goods');
const MONEY = of('cash', 'value');
/** A smaller number without a unit is no money. */
const LEAST = 100;
const NOTHING = of();

/** The roles that a token can have, as columns; only `none` for a word without a value. */
export function allowedRoles(token: Token): number[] {
  if (token.date) return DATE;
  if (token.type === 'name') {
    if (isSchool(token)) return SCHOOL;
    const pupil = isPupil(token);
    const person = isPerson(token);
    return pupil && person ? EITHER : pupil ? PUPIL : PERSON;
  }
  if (token.count) {
    if (token.count.n === undefined) return NOTHING;
    switch (token.count.unit) {
      case 'lessons':
        return LESSONS;
      case 'times':
        return TIMES;
      case 'persons':
        return PERSONS;
      case 'days':
      case 'weeks':
      case 'months':
        return LENGTH;
      case 'goods':
        return GOODS;
      case 'money':
        return MONEY;
      case undefined:
        return token.count.n >= LEAST ? MONEY : NOTHING;
      default:
        // 两个男娃, 三名学生.
        return /^[个名位户家]/u.test(token.count.measure ?? '') ? PERSONS : NOTHING;
    }
  }
  if (token.subject) return SUBJECT;
  if (token.type === 'grade') return GRADE;
  if (has(token, 'own', 'partner')) return SCHOOL;
  return NOTHING;
}
