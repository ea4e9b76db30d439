/** Workbooks from before .xlsx. visits.xls was saved by a spreadsheet program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gridsOf } from '../../src/workbook/grid.ts';
import { type OldCell, oldXls, record } from './old-xls.ts';
import { gives } from './schools.ts';

const visits = readFileSync(join(import.meta.dirname, 'visits.xls'));
const short = (id: string | undefined) => id?.split('/')[1];

test('21. an .xls under the name .xlsx: days, merged cells and a second sheet', async () => {
  for (const name of ['家访.xls', '家访.xlsx']) {
    const found = await gives(visits, name);
    expect(found.activities.map((a) => [a.kind, a.date, short(a.byId), a.pupilIds.map(short).join(), a.mode])).toEqual([
      ['home_visit', '2026-10-12', '林致远', '小禾', 'visit'],
      ['home_visit', '2026-10-20', '周明', '小满', 'phone'],
      ['home_visit', '2026-10-20', '周明', '小禾', 'phone'],
      ['home_visit', '2026-11-04', '林致远', '小禾', 'visit'],
    ]);
    expect(found.refused).toEqual([]);
  }
});

const TEXTS = ['日期', '教师', '学生', '内容', '林致远', '小禾'];
const row = (r: number, ...texts: number[]): OldCell[] => texts.map((text, column) => ({ row: r, column, text }));

test('texts that continue in the next record, results of formulas, numbers and errors', async () => {
  const bytes = oldXls(
    '家访',
    [...TEXTS, '了解作息时间'],
    [
      ...row(0, 0, 1, 2, 3),
      { row: 1, column: 0, number: 46_300 },
      ...[4, 5, 6].map((text, i) => ({ row: 1, column: i + 1, text })),
      { row: 2, column: 0, formula: '10月9日' },
      { row: 2, column: 1, error: 42 },
    ],
    { cut: 2 },
  );
  const [grid] = await gridsOf(bytes, 'x.xls');
  expect(grid!.rows).toEqual([
    ['日期', '教师', '学生', '内容'],
    [46_300, '林致远', '小禾', '了解作息时间'],
    ['10月9日', '#N/A'],
  ]);
});

test('files with a password, broken ones and circular ones are refused with one sentence', async () => {
  const locked = oldXls('家访', TEXTS, [], { extra: record(0x2f, [0, 0, 0, 0]) });
  await expect(gridsOf(locked, 'x.xls')).rejects.toThrow(/密码.*另存为 \.xlsx/);
  const circle = oldXls('家访', TEXTS, row(0, 0, 1));
  new DataView(circle.buffer).setUint32(512 + 3 * 4, 2, true);
  await expect(gridsOf(circle, 'x.xls')).rejects.toThrow(/已损坏.*另存为/);
  for (let cut = 8; cut < visits.length; cut += 97)
    await gridsOf(visits.subarray(0, cut), 'x.xls').then(
      (grids) => expect(Array.isArray(grids)).toBe(true),
      (error: Error) => expect(error.message).toMatch(/另存为/),
    );
});
