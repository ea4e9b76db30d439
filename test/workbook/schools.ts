/** Files as schools keep them, and their programme. All people and schools are invented. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { writeWorkbook } from '../../src/export/workbook.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { readRows } from '../../src/workbook/read.ts';
import { agreedRows } from '../../src/workbook/take.ts';
import { type Filling, templateSheets } from '../../src/workbook/template.ts';
import { presets } from '../plan/presets.ts';

export const plans = presets();
const TERMS = [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }];
/** The programme of the files, as its own file describes it. */
export const value = {
  name: '松溪县结对帮扶',
  terms: TERMS,
  schools: [
    { name: '松溪县第一初级中学', short: ['一中'], kind: 'middle' },
    { name: '石坪乡初级中学', short: ['石坪中学'], kind: 'middle' },
  ],
  people: [
    { name: '何文静', school: '一中', roles: ['coordinator'] },
    { name: '林致远', school: '一中', mobile: '13900000001' },
    { name: '周明', school: '一中' },
    { name: '欧阳兰', school: '一中' },
    { name: '罗秀英', school: '石坪中学' },
  ],
  pairings: [{ supporter: '一中', recipient: '石坪中学' }],
  care: [
    { mentor: '林致远', pupil: { name: '小禾', grade: '七年级' }, from: '2026-09-01' },
    { mentor: '周明', pupil: '小满' },
  ],
  plans: [{ use: 'care-pupils' }],
};

export function stored(): Programme {
  const parsed = parseProgramme(value, 'stored.yaml', plans);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return { ...parsed.programme, id: 'p', version: 1, leaves: [] };
}

/** The bytes of a template, as the operator's command and the chat write it. */
export async function templateBytes(filling?: Filling): Promise<Buffer> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  try {
    await writeWorkbook(join(dir, 'template.xlsx'), templateSheets(plans, filling));
    return readFileSync(join(dir, 'template.xlsx'));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

export const xlsx = (sheets: Record<string, SheetData>): Promise<Buffer> =>
  writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))).toBuffer();

/** A sheet as its XML, for what the writer cannot make: errors, formulas without results, days from 1904. */
export function rawXlsx(name: string, rows: string[], workbook = ''): Buffer {
  const text = (xml: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': text(
        `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
      ),
      '_rels/.rels': text(
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
      'xl/workbook.xml': text(
        `<workbook xmlns="${main}" xmlns:r="${rel}"><workbookPr${workbook}/><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': text(
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': text(
        `<worksheet xmlns="${main}"><sheetData>${rows.map((cells, i) => `<row r="${i + 1}">${cells}</row>`).join('')}</sheetData></worksheet>`,
      ),
    }),
  );
}
export const textCell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;

/** The result of a file from 何文静, coordinator of 一中, on 20 November. */
export async function gives(bytes: Uint8Array, file: string) {
  const programme = stored();
  const calendar = { today: '2026-11-20', terms: TERMS };
  const found = await readRows(bytes, file, calendar);
  const about = { presets: plans, stored: programme, name: programme.name, schoolId: '松溪县第一初级中学' };
  const taken = await agreedRows(found, about, async () => new Map());
  return {
    people: taken.programme?.people ?? [],
    cares: taken.programme?.cares ?? [],
    pupils: taken.programme?.pupils ?? [],
    activities: taken.programme?.activities ?? [],
    programme: taken.programme,
    rows: taken.rows.length,
    refused: taken.problems.map((p) => `${p.path}: ${p.message}`),
    notes: found.notes,
  };
}
