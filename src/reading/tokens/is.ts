import type { Tag } from '../tables/words.ts';
import type { Token } from './tokens.ts';

/** Whether a token has one of these tags. */
export function has(token: Token, ...tags: Tag[]): boolean {
  const own = token.tags;
  if (own === undefined || own.size === 0) return false;
  for (const tag of tags) if (own.has(tag)) return true;
  return false;
}

/** Whether the name can be a pupil's: a pupil in the roster, or unknown and not followed by a title. */
export function isPupil(token: Token): boolean {
  if (token.type !== 'name') return false;
  return token.named!.pupils.length > 0 || isUnknownPupil(token);
}

export function isUnknown(token: Token): boolean {
  const named = token.named;
  return token.type === 'name' && named!.pupils.length + named!.people.length + named!.schools.length === 0;
}

const TITLED = /(?:老师|校长|主任|书记|园长|组长|教师|科长|局长|教授|教研员|专家)$/u;

export function isUnknownPupil(token: Token): boolean {
  return isUnknown(token) && !TITLED.test(token.text);
}

export function isPerson(token: Token): boolean {
  return token.type === 'name' && (token.named!.people.length > 0 || (isUnknown(token) && TITLED.test(token.text)));
}

export function isSchool(token: Token): boolean {
  return token.type === 'name' && token.named!.schools.length > 0;
}

/** 何俊、罗春梅, 何老师和罗老师: two names in a row, of which the same is told. */
export const inARow = (one: Token, other: Token, text: string): boolean =>
  sortOfName(one) !== undefined &&
  sortOfName(one) === sortOfName(other) &&
  /^ ?(?:和|与|跟|及|以及|还有|、)? ?$/u.test(text.slice(one.end, other.start));

const sortOfName = (token: Token): string | undefined =>
  isSchool(token) ? undefined : isPerson(token) ? 'person' : isPupil(token) ? 'pupil' : undefined;

/** Whether a character code is a common Chinese character. */
export function isHan(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}
