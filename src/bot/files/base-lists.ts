import { mirrorCard } from '../../cards/mirror.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { BASE_TYPES } from '../../lark/base-calls.ts';
import { basePlaceIn } from '../../lark/base-link.ts';
import { dayAt } from '../../plan/clock.ts';
import { CHORE, messageOf } from '../../plan/identities.ts';
import { BASE_LISTS } from '../../store/roster-bases.ts';
import type { Grid, GridCell } from '../../workbook/grid.ts';
import type { Command } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';

const FROM =
  /^(?:请)?(?:从|由)(?:飞书)?多维表格导入(?:名册|名单|人员)?(?:[:：,，\s]*(https?:\S+))?[:：。!！]?$|^import from base(?: (https?:\S+))?$/i;
const NO_MORE = /^(?:不再|停止)从多维表格导入[。!！]?$|^stop import from base$/i;

/** 从多维表格导入, with the address of a Base: previews its lists now, and again after any night in which they changed. */
export const baseListsCommand: Command<{ address?: string } | 'no-more'> = {
  name: 'base-lists',
  match: (text) => {
    if (NO_MORE.test(text)) return 'no-more';
    const found = FROM.exec(text);
    return found ? { ...((found[1] || found[2]) && { address: found[1] || found[2] }) } : undefined;
  },
  run: async (_trx, facts, request) => {
    const { t, programme, openId, newId } = facts;
    const messageId = messageOf(facts.cause);
    permittedRealm(facts, 'arrange');
    if (facts.group) throw new UserError('group');
    const lineCard = (line: string) => () => mirrorCard({ lines: [line] }, t);
    const programmeId = programme.id;
    if (request === 'no-more') return { do: [{ what: 'forget_roster_bases' }], say: lineCard(t.mirror.listsNoMore) };
    const address = facts.links?.[0] ?? request.address;
    const base = address === undefined ? undefined : basePlaceIn(address);
    if (!base || !messageId) return { say: lineCard(t.mirror.listsWhere), takesLinks: true };
    const upload = newId();
    const body = { upload, openId, programmeId, messageId, fileKey: '', fileName: t.mirror.heading, base };
    return {
      do: [
        { what: 'roster_base', base: { programmeId, place: base, openId, messageId, seen: {} } },
        { what: 'chore', identity: CHORE.readWorkbook(upload), kind: 'read_workbook', body },
      ],
      say: lineCard(t.mirror.listsRead),
      takesLinks: true,
    };
  },
};

/** The lists of a Base as sheets. Throws LarkRefused. */
export async function gridsOfBase({ lark, pace, config }: Ctx, place: string): Promise<Grid[]> {
  const appToken = await lark.baseToken(place);
  const grids: Grid[] = [];
  for (const { tableId, name } of await lark.listTables(appToken)) {
    if (!BASE_LISTS.includes(name)) continue;
    const at = { appToken, tableId };
    const fields = await lark.listFields(at);
    const rows: GridCell[][] = [fields.map((f) => f.name)];
    for (let after: string | undefined; ; ) {
      await pace.turn('searchRecords', tableId);
      const page = await lark.searchRecords(at, { fields: fields.map((f) => f.name), after });
      for (const { fields: cells } of page.records)
        rows.push(fields.map((f) => cellOf(cells[f.name], f.type, config.timezone)));
      if (page.next === undefined) break;
      after = page.next;
    }
    grids.push({ sheet: name, rows, merges: [], from1904: false });
  }
  return grids;
}

/** A Base cell as a sheet cell: people, links and choices become text. */
function cellOf(cell: unknown, type: number, timezone: string): GridCell {
  if (cell === undefined || cell === null) return undefined;
  if (type === BASE_TYPES.date && typeof cell === 'number') return dayAt(cell, timezone);
  if (Array.isArray(cell)) {
    const pieces = cell.map((piece) => wordsOf(piece));
    return pieces.join(cell.some((piece) => (piece as { type?: string }).type === 'text') ? '' : '、');
  }
  return typeof cell === 'object' ? wordsOf(cell) : (cell as GridCell);
}

function wordsOf(piece: unknown): string {
  if (typeof piece !== 'object' || piece === null) return String(piece);
  const { text, name } = piece as { text?: string; name?: string };
  return text ?? name ?? '';
}
