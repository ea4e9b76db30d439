/** Which roles a row of a file gives and takes: rights change with them, so they are never just 「更新 1」. */
import type { Role } from './people.ts';

export interface RoleChange {
  given: Role[];
  taken: Role[];
}

/** Undefined if no right changes; a new person who is a teacher is not a change of rights. */
export function roleChange(before: Role[] | undefined, after: Role[]): RoleChange | undefined {
  const had = before ?? (['teacher'] satisfies Role[]);
  const given = after.filter((role) => !had.includes(role));
  const taken = (before ?? []).filter((role) => !after.includes(role));
  return given.length + taken.length > 0 ? { given, taken } : undefined;
}
