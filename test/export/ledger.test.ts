import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { afterAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { writeLedger } from '../../src/export/ledger.ts';
import { safeName } from '../../src/export/names.ts';
import { type Cell, harmless, writeWorkbook } from '../../src/export/workbook.ts';
import { readPresets } from '../../src/files.ts';
import { importProgramme } from '../../src/store/import.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { transact } from '../../src/store/transaction.ts';
import { readRows } from '../../src/workbook/read.ts';
import { agreedRows } from '../../src/workbook/take.ts';
import { backends } from '../support/store.ts';
import { world } from '../support/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'jiedui-export-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;
const fresh = () => join(dir, `${files++}.xlsx`);
const sheetsOf = async (file: string) =>
  Object.fromEntries((await readXlsx(readFileSync(file))).map((s) => [s.sheet, s.data]));

describe('a workbook', () => {
  it('opens in a reader with every cell unchanged: text, numbers, dates, gaps', async () => {
    const file = fresh();
    const rows: Cell[][] = [
      ['甲 & <乙> "丙"', 3.5, '2026-11-20'],
      [null, undefined, undefined],
      ['第二页\n第二行', 0, '2028-02-29'],
    ];
    const columns = [
      { label: '文字' },
      { label: '数', type: 'number' as const },
      { label: '日', type: 'date' as const },
    ];
    const written = await writeWorkbook(file, [
      { name: '一/二', columns, rows: [rows.slice(0, 2), rows.slice(2)] },
      { name: '一?二', columns, rows: [] },
    ]);
    expect(written).toBe(3);
    const sheets = await sheetsOf(file);
    expect(Object.keys(sheets)).toEqual(['一 二', '一 二 2']);
    const day = (text: string) => Temporal.PlainDate.from(text).toZonedDateTime('UTC').epochMilliseconds;
    const read = sheets['一 二']!.map((row) => row.map((c) => (c instanceof Date ? c.getTime() : c)));
    expect(read).toEqual([
      ['文字', '数', '日'],
      ['甲 & <乙> "丙"', 3.5, day('2026-11-20')],
      [null, null, null],
      ['第二页\n第二行', 0, day('2028-02-29')],
    ]);
  });

  it('never lets text become a formula, nor lets any text break the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 20 }),
            fc.constantFrom('=1+1', '+A1', '-2', '@SUM(A1)', '\t=1', '\r=1', '\u0000=1', '\ud800', ']]>', '_x000D_'),
          ),
          { minLength: 1, maxLength: 20 },
        ),
        async (texts) => {
          const file = fresh();
          await writeWorkbook(file, [{ name: 'x', columns: [{ label: 'a' }], rows: [texts.map((t) => [t])] }]);
          const cells = (await sheetsOf(file)).x!.slice(1).map((row) => row[0]);
          for (const cell of cells) expect(String(cell ?? '')).not.toMatch(/^[=+\-@]/);
        },
      ),
      { numRuns: 30 },
    );
    expect(harmless('=1')).toBe("'=1");
    expect(harmless('一=1')).toBe('一=1');
  });
});

it('gives names that every file system accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = safeName(text);
      expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[. ]|[. ]$|^$/u);
      expect(name.length).toBeLessThanOrEqual(81);
    }),
  );
  expect(safeName('../../etc/passwd')).not.toContain('/');
});

describe.each(backends)('the ledger (%s)', (backend) => {
  it('holds every activity, one sheet per kind, and pupils only if they may be named', async () => {
    const w = await world({ backend });
    await w.says('陈志远', '昨天家访了小雨');
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('陈志远', '小雨 成因：基础薄弱；措施：每周辅导');
    const { ctx } = w.core;
    const [row] = await listProgrammes(ctx.db);
    const programme = await ctx.programmeOf(ctx.db, row!.id);
    const t = textsOf('zh-CN');
    const talk = (
      await ctx.db.selectFrom('activity').select(['id', 'body']).where('kind', '=', 'home_visit').execute()
    )[0]!;
    const noted = { ...JSON.parse(talk.body), note: '谈了住校的事' };
    await ctx.db
      .updateTable('activity')
      .set({ body: JSON.stringify(noted) })
      .where('id', '=', talk.id)
      .execute();
    const write = async (mayName: () => boolean, school?: string) => {
      const file = fresh();
      const realm = school
        ? { kind: 'school' as const, id: programme.schools.find((s) => s.name === school)!.id }
        : { kind: 'programme' as const };
      const rows = await writeLedger(ctx.db, programme, file, { realm, mayName, timezone: 'Asia/Shanghai' }, t);
      return { rows, sheets: await sheetsOf(file) };
    };
    const all = await ctx.db.selectFrom('activity').select('id').execute();
    const open = await write(() => true);
    expect(open.rows).toBe(all.length);
    expect(JSON.stringify(open.sheets[t.kinds.home_visit])).toContain('小雨');
    const lessons = open.sheets[t.kinds.demo_lesson]!;
    const column = (label: string) => lessons[0]!.indexOf(label);
    expect(lessons[1]![column('执行人')]).toBe('陈志远');
    expect(lessons[1]![column('节数')]).toBe(1);
    const cell = (sheet: string, label: string) =>
      open.sheets[sheet]!.map((r) => r[open.sheets[sheet]![0]!.indexOf(label)]);
    expect(cell(t.kinds.home_visit, '记录')).toContain('谈了住校的事');
    expect(cell(t.kinds.care_roster, '成因')).toContain('基础薄弱');
    const closed = await write(() => false);
    expect(closed.rows).toBe(all.length);
    // The notes are about the pupil, even if they do not name them.
    expect(JSON.stringify(closed.sheets)).not.toMatch(/住校|基础薄弱/);
    expect(JSON.stringify(closed.sheets)).not.toMatch(/小雨|小杰|小岩/);
    const school = await write(() => false, '晓街乡万佑九年一贯制学校');
    expect(school.rows).toBeGreaterThan(0);
    expect(school.rows).toBeLessThan(all.length);
    expect(JSON.stringify(school.sheets)).not.toContain('陈志远\\"');
    await w.close();
  });

  it.each(['zh-CN', 'en-US'] as const)(
    'goes in again without changing anything, whatever it may name (%s)',
    async (language) => {
      const w = await world({ backend });
      await w.says('陈志远', '昨天家访了小雨和小杰');
      await w.says('陈志远', '小雨 成因：基础薄弱；措施：每周辅导');
      await w.says('陈志远', '昨天到万佑上了一节七年级语文');
      await w.says('王建业', '昨天给万佑捐图书 120 册、书包 30 个，价值 5600 元');
      await w.says('王建业', '现金2000元捐给万佑，上周五');
      const { ctx } = w.core;
      const [row] = await listProgrammes(ctx.db);
      const programme = await ctx.programmeOf(ctx.db, row!.id);
      const t = textsOf(language);
      const kept = (await ctx.db.selectFrom('activity').select('body').execute()).map((r) => JSON.parse(r.body));
      expect(kept.filter((a) => a.items?.length > 0).length).toBeGreaterThan(0);
      for (const open of [true, false]) {
        const file = fresh();
        const order = { realm: { kind: 'programme' as const }, mayName: () => open, timezone: 'Asia/Shanghai' };
        const rows = await writeLedger(ctx.db, programme, file, order, t);
        const found = await readRows(readFileSync(file), file, { today: '2026-11-20', terms: programme.terms });
        expect([found.problems, found.notes]).toEqual([[], []]);
        const about = { presets: readPresets(), stored: programme, name: programme.name };
        const taken = await agreedRows(found, about, async () => new Map());
        expect([taken.problems, taken.rows.length]).toEqual([[], rows]);
        const at = { now: w.now(), today: '2026-11-20', newId: ctx.newId, dry: true };
        const done = await transact(ctx.db, (trx) => importProgramme(trx, taken.programme!, at));
        const outcomes = done.rows.filter((r) => r.list === 'activities').map((r) => r.outcome);
        expect(new Set(outcomes)).toEqual(new Set(['known']));
      }
      await w.close();
    },
  );
});
