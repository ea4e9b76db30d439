import type { Programme } from '../plan/programme.ts';
import { type Named, namesToLog } from '../plan/pupil-names.ts';
import type { Db } from './db.ts';
import type { ImportedRow } from './import-rows.ts';
import { inChunks, type Trx } from './transaction.ts';

/** One entry of the log of who saw and changed what. It holds ids, never names: the log outlives the people it is about. */
export interface AuditEntry {
  /** `pupils`: saw names of pupils. `export`, `archive`, `inspect`: took a file. Otherwise what was done. */
  act: string;
  /** `pupil:ID`, `school:ID`, `record:ID`, … */
  target: string;
  /** How many pupils or which list, in our own words and numbers. */
  detail?: string;
}
export interface Audited extends AuditEntry {
  id: string;
  at: number;
  /** Person id, or `administrator`. */
  actor: string;
}

export async function insertAudit(
  trx: Trx,
  programmeId: string,
  by: { actor: string; now: number; newId: () => string },
  entries: AuditEntry[],
): Promise<void> {
  const rows = entries.map(({ act, target, detail = '' }) => ({
    id: by.newId(),
    programme_id: programmeId,
    at: by.now,
    actor: by.actor,
    act,
    target,
    detail,
  }));
  for (const part of inChunks(rows)) await trx.insertInto('audit').values(part).execute();
}

/** Logs which pupils the cards just drawn named, and to which readers; each once. */
export async function logNames(
  trx: Trx,
  programme: Programme,
  by: { named: Named; now: number; newId: () => string },
): Promise<void> {
  for (const [actor, shown] of Map.groupBy(namesToLog(by.named, programme), (n) => n.reader)) {
    const entries = shown.map(({ pupil }) => ({ act: 'pupils', target: `pupil:${pupil}`, detail: 'card' }));
    await insertAudit(trx, programme.id, { ...by, actor }, entries);
  }
  by.named.clear();
}

/** The log entries of an imported file: how many rows it made and changed, and every role it gave or took. */
export function importEntries(programmeId: string, rows: ImportedRow[]): AuditEntry[] {
  const count = (outcome: string) => rows.filter((r) => r.outcome === outcome).length;
  const detail = `${count('new')} new, ${count('changed')} changed`;
  const roles = rows.flatMap(({ roles: r }) =>
    r
      ? [
          {
            act: 'roles',
            target: `person:${r.personId}`,
            detail: [...r.given.map((x) => `+${x}`), ...r.taken.map((x) => `-${x}`)].join(' '),
          },
        ]
      : [],
  );
  return [{ act: 'import', target: `programme:${programmeId}`, detail }, ...roles];
}

/** The log of a programme from `from` up to, not including, `to` (epoch milliseconds), oldest first, in pages. */
export async function* readAudit(
  db: Db | Trx,
  programmeId: string,
  { from, to }: { from: number; to: number },
  page = 1_000,
): AsyncGenerator<Audited[]> {
  // Ids sort by time, so they page the log.
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('programme_id', '=', programmeId)
      .where('at', '>=', from)
      .where('at', '<', to)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    if (rows.length > 0)
      yield rows.map(({ id, at, actor, act, target, detail }) => ({ id, at: Number(at), actor, act, target, detail }));
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}
