import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { ROLES, type Role } from './classes.ts';

const of = (...roles: Role[]): number[] => ['none' as Role, ...roles].map((role) => ROLES.indexOf(role));
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
