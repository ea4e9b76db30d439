import type { Texts } from '../cards/index.ts';
import type { Sight } from '../open-data/column.ts';
import { obligationRow } from '../open-data/obligations.ts';
import { rosterOf } from '../plan/roster.ts';
import type { StoredActivity } from '../store/activities.ts';
import type { Db } from '../store/db.ts';
import { activitiesById } from '../store/inspection.ts';
import type { Mirrored } from '../store/mirror.ts';
import { type Counted, obligationsById } from '../store/obligations.ts';
import { activitiesAfter, obligationsAfter } from '../store/open-data.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { inChunks, type Trx } from '../store/transaction.ts';
import { type MirrorValues, valuesOf } from './lists.ts';

/** The wanted content of a list's rows, by item; an absent item must not be in the Base. */
export type Wanted = Map<string, MirrorValues>;

/** The sight with which rows are written, and their programme. */
export type Seen = Sight & { programme: StoredProgramme; t: Texts };

const obligations = (found: Counted[], seen: Seen): Wanted =>
  new Map(
    found.map(({ obligation, done }) => [
      obligation.id,
      valuesOf('obligations', obligationRow(obligation, done, seen), seen, seen.t),
    ]),
  );

/** Withdrawn activities are not shown: people count rows. */
const activities = (found: StoredActivity[], seen: Seen): Wanted =>
  new Map(found.filter((a) => a.status !== 'withdrawn').map((a) => [a.id, valuesOf('activities', a, seen, seen.t)]));

const fromRoster = (kind: 'schools' | 'pairings', rows: { id: string }[], seen: Seen): Wanted =>
  new Map(rows.map((row) => [row.id, valuesOf(kind, row, seen, seen.t)]));

/** The wanted content of these items. */
export async function wantedById(db: Db | Trx, kind: Mirrored, ids: string[], seen: Seen): Promise<Wanted> {
  const { programme } = seen;
  const { school, pairing } = rosterOf(programme);
  if (kind === 'schools')
    return fromRoster(
      kind,
      ids.flatMap((id) => school.get(id) ?? []),
      seen,
    );
  if (kind === 'pairings')
    return fromRoster(
      kind,
      ids.flatMap((id) => pairing.get(id) ?? []),
      seen,
    );
  const wanted: Wanted = new Map();
  for (const part of inChunks(ids)) {
    const found =
      kind === 'obligations'
        ? obligations(await obligationsById(db, programme, part), seen)
        : activities(await activitiesById(db, programme.id, part), seen);
    for (const [id, values] of found) wanted.set(id, values);
  }
  return wanted;
}

/** A page of a list in order of item, and the last item read; undefined at the end of the list. */
export async function wantedAfter(
  db: Db | Trx,
  kind: Mirrored,
  page: { after: string; size: number },
  seen: Seen,
): Promise<{ wanted: Wanted; last?: string }> {
  const { programme } = seen;
  if (kind === 'obligations') {
    const found = await obligationsAfter(db, programme, page);
    return {
      wanted: obligations(found, seen),
      last: found.length < page.size ? undefined : found.at(-1)!.obligation.id,
    };
  }
  if (kind === 'activities') {
    const found = await activitiesAfter(db, programme.id, page);
    return { wanted: activities(found, seen), last: found.length < page.size ? undefined : found.at(-1)!.id };
  }
  return { wanted: fromRoster(kind, programme[kind], seen) };
}

/** Which of these ids belong to a list's items. */
export async function existingIds(
  trx: Trx,
  { programme }: Pick<Seen, 'programme'>,
  kind: Mirrored,
  ids: string[],
): Promise<Set<string>> {
  if (kind === 'schools' || kind === 'pairings') {
    const all = new Set(programme[kind].map((one) => one.id));
    return new Set(ids.filter((id) => all.has(id)));
  }
  const found = new Set<string>();
  for (const part of inChunks(ids))
    for (const one of kind === 'obligations'
      ? (await obligationsById(trx, programme, part)).map((c) => c.obligation)
      : await activitiesById(trx, programme.id, part))
      found.add(one.id);
  return found;
}
