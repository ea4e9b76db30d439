/** Posts follow the account: all rows of one person are bound to the same Feishu user, and the day decides which post is held. */
import { accountsOf } from '../plan/accounts.ts';
import type { Person } from '../plan/people.ts';
import { rosterOf } from '../plan/roster.ts';
import { bindMember, openIdsOf } from './members.ts';
import type { StoredProgramme } from './programmes.ts';
import type { Trx } from './transaction.ts';

/**
 * Binds a user found by mobile or mail to a person. A user who has another name in the programme stays unbound: two people share the
 * number, and a coordinator must say whose it is.
 */
export async function bindFound(
  trx: Trx,
  programme: StoredProgramme,
  { openId, personId }: { openId: string; personId: string },
  now: number,
): Promise<boolean> {
  const { person } = rosterOf(programme);
  const name = person.get(personId)?.name;
  const bound = [...(await openIdsOf(trx, programme.id))].filter(([, id]) => id === openId);
  if (bound.some(([id]) => person.get(id)?.name !== name)) return false;
  return bindMember(trx, { openId, programmeId: programme.id, personId }, now);
}

/** After an import, binds new posts of people who are bound already, by name and account. */
export async function bindPosts(trx: Trx, programme: StoredProgramme, now: number): Promise<void> {
  const bound = await openIdsOf(trx, programme.id);
  const keysOf = (person: Person) => accountsOf(person).map((account) => `${account} ${person.name}`);
  const known = new Map<string, Set<string>>();
  for (const person of programme.people) {
    const openId = bound.get(person.id);
    for (const key of openId ? keysOf(person) : []) known.set(key, (known.get(key) ?? new Set()).add(openId!));
  }
  for (const person of programme.people) {
    if (bound.has(person.id)) continue;
    const openIds = new Set(keysOf(person).flatMap((key) => [...(known.get(key) ?? [])]));
    const [openId] = openIds;
    if (openId && openIds.size === 1)
      await bindMember(trx, { openId, programmeId: programme.id, personId: person.id }, now);
  }
}
