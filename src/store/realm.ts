import { sql } from 'kysely';
import type { Range, Ymd } from '../plan/dates.ts';
import { placeKey } from '../plan/places.ts';
import type { Programme } from '../plan/programme.ts';
import type { Realm } from '../plan/summary.ts';
import type { Db } from './db.ts';
import { isSqlite, type Trx } from './transaction.ts';

/** Places whose obligations belong to a realm; undefined: all. */
export function placesOfRealm(programme: Programme, realm: Realm): string[] | undefined {
  if (realm.kind === 'programme') return undefined;
  if (realm.kind !== 'district') return [placeKey(realm.kind, realm.id)];
  const schools = programme.schools.filter((s) => s.districtId === realm.id).map((s) => placeKey('school', s.id));
  return [...schools, placeKey('district', realm.id)];
}

/** People whose activities belong to a realm; undefined: everybody's. */
export function peopleOfRealm(programme: Programme, realm: Realm): string[] | undefined {
  if (realm.kind === 'programme') return undefined;
  const schools = new Set(
    realm.kind === 'school'
      ? [realm.id]
      : realm.kind === 'district'
        ? programme.schools.filter((s) => s.districtId === realm.id).map((s) => s.id)
        : programme.pairings.filter((p) => p.id === realm.id).flatMap((p) => [p.supporterId, p.recipientId]),
  );
  return programme.people
    .filter((p) => schools.has(p.schoolId ?? '') || (realm.kind === 'district' && p.districtId === realm.id))
    .map((p) => p.id);
}

/** Activities that belong to a realm, including visits of others to its schools. */
export function activitiesOfRealm(programme: Programme, realm: Realm): { byIds?: string[]; fedTo?: string[] } {
  const byIds = peopleOfRealm(programme, realm);
  if (!byIds) return {};
  const isIn = (schoolId: string) =>
    realm.kind === 'school'
      ? schoolId === realm.id
      : realm.kind === 'district' && programme.schools.some((s) => s.id === schoolId && s.districtId === realm.id);
  const helped = programme.pairings.filter((p) => isIn(p.recipientId) && !isIn(p.supporterId));
  return { byIds, ...(helped.length > 0 && { fedTo: helped.map((p) => `pairing:${p.id}:supporter`) }) };
}

export type RealmScope = { programme: Programme; places: string[] | undefined; term: Range };

/**
 * The obligations of a term and realm; reads only the term's part of the table, however long the history. `counting`: only columns of the
 * summary index are selected; MySQL gets a hint, since for a short history it would rather read every row.
 */
export function scoped(db: Db | Trx, { programme, places, term }: RealmScope, counting = false) {
  const hinted = sql`obligation`.as(sql`o force index (obligation_summary)`) as unknown as 'obligation as o';
  const all = db
    .selectFrom(counting && !places && !isSqlite(db) ? hinted : 'obligation as o')
    .where('o.programme_id', '=', programme.id)
    .where('o.range_end', '>=', term.start)
    .where('o.range_start', '<=', term.end);
  if (!places) return all;
  return all.where('o.id', 'in', (q) =>
    q
      .selectFrom('obligation_place')
      .select('obligation_id')
      .where('programme_id', '=', programme.id)
      .where('place', 'in', places)
      .where('range_end', '>=', term.start),
  );
}

/** Obligations `o` that are overdue on `day`: a checkpoint has passed unmet, and their period still runs. */
export const lateOn = (day: Ymd) =>
  sql<boolean>`o.waived = 0 and o.done < o.target and o.range_start <= ${day} and o.range_end >= ${day}
    and coalesce(o.next_checkpoint, o.range_end) < ${day}`;
