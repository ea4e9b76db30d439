/** Which rows of a roster belong to one person: those of one Feishu account, by open id, mobile or email. */
import { personKey } from './file-names.ts';
import type { Person } from './people.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';
import { alive } from './spells.ts';

/** A mobile without spaces and country code; Feishu writes mainland numbers with or without +86. */
export const mobileOf = (mobile: string): string => mobile.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '');

/** A personal number; office telephones are shared. */
const MOBILE = /^1[3-9]\d{9}$/;

type Contact = Pick<Person, 'openId' | 'mobile' | 'email'>;

/** The identifiers of a person's account. `bound`: the open id by which the bot already knows them. */
export function accountsOf({ openId, mobile, email }: Contact, bound?: string): string[] {
  const number = mobile === undefined ? '' : mobileOf(mobile);
  const openIds = new Set([openId, bound].filter((id) => id !== undefined));
  return [
    ...[...openIds].map((id) => `open:${id}`),
    ...(MOBILE.test(number) ? [`mobile:${number}`] : []),
    ...(email ? [`mail:${email.trim().toLowerCase()}`] : []),
  ];
}

/** Rows that share an account, one group for each account. */
function groups(people: Person[]): Person[][] {
  const byAccount = new Map<string, Person[]>();
  for (const person of people)
    for (const account of accountsOf(person)) {
      const group = byAccount.get(account);
      if (group) group.push(person);
      else byAccount.set(account, [person]);
    }
  const several = [...byAccount.values()].filter((group) => group.length > 1);
  return [...new Map(several.map((group) => [group.map((p) => p.id).join(), group])).values()];
}

/** Rows in force on one day that share an account: a person moved and the old row continues, or a number is wrong. */
export const sharedAccounts = (programme: Programme, today: string): Person[][] =>
  groups(programme.people.filter((p) => alive(p, today)));

/**
 * People in a file who have another name in the roster: same school, an account that only they use, and an old name that is no longer
 * in the file. Returns old keys (`学校/姓名`) by new ones. `bound`: open ids by person.
 */
export function renamed(stored: Programme, given: Person[], bound: ReadonlyMap<string, string>): Map<string, string> {
  const { schoolName } = rosterOf(stored);
  const known = new Map(stored.people.map((p) => [personKey(schoolName(p.schoolId), p.name), p]));
  const keys = new Set(given.map((p) => p.id));
  const usedBy = (people: Person[]) =>
    Map.groupBy(
      people.flatMap((p) => accountsOf(p, bound.get(p.id))),
      (a) => a,
    );
  const [before, now] = [usedBy(stored.people), usedBy(given)];
  const missing = [...known].filter(([key]) => !keys.has(key));
  const found = new Map<string, string>();
  for (const person of given) {
    if (known.has(person.id)) continue;
    const unshared = accountsOf(person).filter((a) => now.get(a)!.length === 1 && before.get(a)?.length === 1);
    if (unshared.length === 0) continue;
    const same = missing.filter(
      ([key, p]) =>
        key.slice(0, key.lastIndexOf('/')) === person.id.slice(0, person.id.lastIndexOf('/')) &&
        accountsOf(p, bound.get(p.id)).some((a) => unshared.includes(a)),
    );
    if (same.length === 1) found.set(person.id, same[0]![0]);
  }
  return found;
}
