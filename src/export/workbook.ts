import { zipFile } from './zip.ts';

/*
 * XLSX row by row. The libraries that write it take all rows at once, which needs more than a gigabyte for a ledger of 200,000
 * activities; this needs a few megabytes.
 */

export type Cell = string | number | null | undefined;
export interface SheetColumn {
  label: string;
  /** `date` takes `YYYY-MM-DD` and writes a real date. */
  type?: 'text' | 'number' | 'date';
  /** In characters. */
  width?: number;
  /** What to fill in, in grey under the header. */
  hint?: string;
}
export interface Sheet {
  name: string;
  columns: SheetColumn[];
  /** Pages of rows, each in the order of the columns. */
  rows: AsyncIterable<Cell[][]> | Iterable<Cell[][]>;
}

/** The most rows of a sheet besides its header. */
const MAX_ROWS = 1_048_575;
const MAX_TEXT = 32_000;

/**
 * Writes a workbook to `path` atomically: filters and a frozen, formatted header on every sheet, text that
 * looks like a formula made harmless. Holds one page of rows in memory. Returns the number of rows, hints included.
 */
export const writeWorkbook = (path: string, sheets: Sheet[]): Promise<number> =>
  zipFile(path, async (zip) => {
    let total = 0;
    const names = sheetNames(sheets.map((s) => s.name));
    for (const [i, sheet] of sheets.entries()) {
      const write = zip.begin(`xl/worksheets/sheet${i + 1}.xml`);
      write(sheetHead(sheet));
      const hints = sheet.columns.map((c) => c.hint ?? '');
      let rows = hints.some(Boolean) ? 1 : 0;
      if (rows > 0) write(styledRow(hints, 2, STYLE.hint));
      for await (const page of sheet.rows) {
        const kept = page.slice(0, MAX_ROWS - rows);
        write(kept.map((row, k) => rowXml(row, rows + k + 2, sheet.columns)).join(''));
        rows += kept.length;
        await zip.room();
      }
      write(sheetTail(sheet.columns.length, rows), true);
      total += rows;
    }
    for (const [name, text] of Object.entries(frame(names))) zip.begin(name)(text, true);
    return total;
  });

/** Excel accepts names of at most 31 characters, without its special characters, each once. */
function sheetNames(wanted: string[]): string[] {
  const used = new Set<string>();
  return wanted.map((name) => {
    const plain =
      name
        .replace(/[\\/?*[\]:']/g, ' ')
        .slice(0, 28)
        .trim() || 'Sheet';
    let free = plain;
    for (let n = 2; used.has(free.toLowerCase()); n++) free = `${plain} ${n}`;
    used.add(free.toLowerCase());
    return free;
  });
}

/**
 * Text that a spreadsheet would run, on opening or after a detour through CSV, gets an apostrophe before it. Control
 * characters and lone surrogates, which make the whole file unreadable, are removed first: one may precede an equals sign.
 */
export function harmless(text: string): string {
  const clean = text.replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '').toWellFormed();
  return /^[=+\-@\t\r]/.test(clean) ? `'${clean}` : clean;
}

const xml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26);

/** Excel counts days from 30 December 1899. */
const serial = (date: string): number => Temporal.PlainDate.from('1899-12-30').until(date).total('days');

const STYLE = { text: 1, number: 2, date: 3, header: 4, hint: 5 } as const;

function rowXml(row: Cell[], at: number, columns: SheetColumn[]): string {
  const cells = columns.map(({ type = 'text' }, i) => {
    const value = row[i];
    if (value === null || value === undefined || value === '') return '';
    const where = `r="${letters(i)}${at}"`;
    if (type === 'number' && typeof value === 'number' && Number.isFinite(value))
      return `<c ${where} s="${STYLE.number}"><v>${value}</v></c>`;
    if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(String(value)))
      return `<c ${where} s="${STYLE.date}"><v>${serial(String(value))}</v></c>`;
    return textCell(where, harmless(String(value).slice(0, MAX_TEXT)), STYLE.text);
  });
  return `<row r="${at}">${cells.join('')}</row>`;
}

const textCell = (where: string, text: string, style: number): string =>
  `<c ${where} s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;

const styledRow = (texts: string[], at: number, style: number): string =>
  `<row r="${at}">${texts.map((text, i) => (text ? textCell(`r="${letters(i)}${at}"`, harmless(text), style) : '')).join('')}</row>`;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

function sheetHead({ columns }: Sheet): string {
  const widths = columns.map(
    (c, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${c.width ?? Math.max(10, c.label.length * 2 + 4)}" customWidth="1"/>`,
  );
  const labels = columns.map((c) => c.label);
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${styledRow(labels, 1, STYLE.header)}`;
}

const sheetTail = (columns: number, rows: number): string =>
  `</sheetData><autoFilter ref="A1:${letters(columns - 1)}${rows + 1}"/></worksheet>`;

/** The parts of a workbook other than its rows. */
function frame(names: string[]): Record<string, string> {
  const sheets = names.map((name, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const relations = names.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const overrides = names.map(
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  );
  const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${office}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${office}.styles+xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets>${sheets.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}<Relationship Id="rId${names.length + 1}" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="11"/><color rgb="FF888888"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F1"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf fontId="2" applyFont="1"/></cellXfs></styleSheet>`,
  };
}
