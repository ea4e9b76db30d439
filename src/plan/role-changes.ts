/** Which roles a row of a file gives and takes: rights change hands with them, so that they are never just 「更新 1」. */
import type { Role } from './people.ts';

export interface RoleChange {
  given: Role[];
  taken: Role[];
}

/** Undefined where no right changes hands; somebody new who is a teacher is no such case. */
export function roleChange(before: Role[] | undefined, after: Role[]): RoleChange | undefined {
  const had = before ?? (['teacher'] satisfies Role[]);
  const given = after.filter((role) => !had.includes(role));
  const taken = (before ?? []).filter((role) => !after.includes(role));
  return given.length + taken.length > 0 ? { given, taken } : undefined;
}
