import type { Texts } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { LarkRefused } from '../lark/refusal.ts';
import { changeMirror, type Mirror, type Mirrored } from '../store/mirror.ts';
import { doubtRows } from '../store/mirror-rows.ts';
import type { MirrorTable } from '../store/mirror-tables.ts';
import { transact } from '../store/transaction.ts';
import { baseFields } from './lists.ts';

/** The platform's codes for a missing field or record. */
const NO_FIELD = [1254044, 1254045];
const NO_RECORD = 1254043;
const NO_TABLE = [1254004, 1254041];
const FULL = 1254103;
const KEY_USED = 1255006;
const NAME_TAKEN = 1254013;

/**
 * Makes a table for a list, the `part`-th. Recognises one that a killed process made by its name and fields; if people have a table of
 * that name, ours gets another.
 */
export async function makeTable(
  { lark, pace }: Ctx,
  { appToken }: Mirror,
  kind: Mirrored,
  part: number,
  t: Texts,
): Promise<string> {
  const fields = baseFields(kind, t);
  await pace.turn('listTables');
  const tables = await lark.listTables(appToken!);
  for (let other = 0; ; other++) {
    const name = [t.mirror.tables[kind], part > 0 ? String(part + 1) : '', other > 0 ? t.mirror.botTable(other) : '']
      .filter(Boolean)
      .join(' ');
    const same = tables.find((table) => table.name === name);
    if (same) {
      const own = await lark.listFields({ appToken: appToken!, tableId: same.tableId });
      const has = new Set(own.map((f) => f.name));
      if (fields.every((f) => has.has(f.name))) return same.tableId;
      continue;
    }
    await pace.turn('createTable');
    try {
      return await lark.createTable(appToken!, name, fields);
    } catch (error) {
      if ((error as LarkRefused).code !== NAME_TAKEN) throw error;
    }
  }
}

/**
 * Repairs what people did to the Base that made a write fail: makes a missing table or field again, looks for records, adds a second table
 * to a full one. Undefined if the program cannot repair it. `freed`: items of a cancelled write.
 */
export async function putRight(
  ctx: Ctx,
  mirror: Mirror,
  kind: Mirrored,
  claimed: MirrorTable,
  { code }: LarkRefused,
  t: Texts,
): Promise<(MirrorTable & { freed?: string[] }) | undefined> {
  const { tables, write } = claimed;
  const freed = write?.rows.map((r) => r.item) ?? [];
  if (code === NO_RECORD || code === KEY_USED) return { tables, relearn: true, freed };
  if (code === FULL && write?.op === 'create') {
    const id = await makeTable(ctx, mirror, kind, tables.length, t);
    return { tables: [...tables, { id, others: 0 }], freed };
  }
  if (NO_FIELD.includes(code)) {
    let made = 0;
    for (const { id: tableId } of tables) {
      const at = { appToken: mirror.appToken!, tableId };
      const has = new Set((await ctx.lark.listFields(at)).map((f) => f.name));
      for (const field of baseFields(kind, t).filter((f) => !has.has(f.name))) {
        await ctx.lark.createField(at, field);
        made += 1;
      }
    }
    if (made === 0) return undefined;
    // The new field is empty in every record.
    await doubtRows(ctx.db, mirror.programmeId, kind);
    await transact(ctx.db, (trx) => changeMirror(trx, mirror.programmeId, () => ({ compared: undefined })));
    return { tables, relearn: true, freed };
  }
  if (NO_TABLE.includes(code)) {
    const existing = new Set((await ctx.lark.listTables(mirror.appToken!)).map((table) => table.tableId));
    const remaining = tables.filter(({ id }) => existing.has(id));
    // A table that has just been made may not be visible everywhere yet.
    return remaining.length < tables.length ? { tables: remaining, relearn: true, freed } : { ...claimed };
  }
  return undefined;
}
