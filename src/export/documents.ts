import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import type { Texts } from '../cards/index.ts';
import type { Ymd } from '../plan/dates.ts';
import { askedOf, type Figures, perCent } from '../plan/figures.ts';
import type { Service } from '../plan/service.ts';

export const bytes = (title: string, children: (Paragraph | Table)[]): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title,
      creator: 'Jiedui',
      sections: [{ children: [new Paragraph({ text: title, heading: HeadingLevel.TITLE }), ...children] }],
    }),
  );

export const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });
export const bullet = (text: string) => new Paragraph({ text, bullet: { level: 0 } });
export const grid = (rows: string[][]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, i) =>
        new TableRow({
          tableHeader: i === 0,
          children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })),
        }),
    ),
  });

/** A page that people can continue to edit: facts as 「name：value」, then paragraphs. */
export interface Page {
  title: string;
  facts?: [label: string, value: string | number | undefined][];
  paragraphs?: string[];
  toWrite?: string;
}

/** Writes a page as an editable document. Facts without a value are omitted. */
export function pageDocument({ title, facts = [], paragraphs = [], toWrite }: Page, t: Texts): Promise<Buffer> {
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return bytes(title, [
    ...known.map(([label, value]) => new Paragraph(`${label}：${value}`)),
    ...paragraphs.map((text) => new Paragraph(text)),
    ...(known.length + paragraphs.length === 0 ? [new Paragraph(t.archive.nothing)] : []),
    ...(toWrite === undefined ? [] : [heading(toWrite), new Paragraph(t.archive.toWrite)]),
  ]);
}

/** What a pairing, pupil or person did in a term, as one document to print; `archive-pages.ts` says what it contains. */
export interface TermRecord {
  title: string;
  asOf: Ymd;
  figures: Figures;
  /** What the school still has to do, one line each. */
  gaps: string[];
  agreement: [label: string, value: string | undefined][];
  duties: { title: string; period: string; done: string; state: string; records: string; source: string }[];
  activities: { n: number; cells: string[] }[];
}

/** Gaps at the top, then the agreement, duties with their progress, and every activity by the number that the duties name. */
export function termDocument(r: TermRecord, t: Texts): Promise<Buffer> {
  const a = t.archive;
  const known = r.agreement.filter(([, value]) => value);
  return bytes(r.title, [
    new Paragraph(`${a.asOf} ${r.asOf}`),
    new Paragraph(
      a.headline(r.figures.counts.met, askedOf(r.figures.counts), perCent(r.figures.share, r.figures.counts)),
    ),
    heading(a.missing),
    ...(r.gaps.length === 0 ? [new Paragraph(a.nothing)] : r.gaps.map(bullet)),
    ...(known.length > 0
      ? [heading(a.agreement), ...known.map(([label, value]) => new Paragraph(`${label}：${value}`))]
      : []),
    ...(r.duties.length > 0
      ? [
          heading(a.figures),
          grid([
            [a.requirement, a.period, a.done, a.state, a.records, a.source],
            ...r.duties.map((d) => [d.title, d.period, d.done, d.state, d.records, d.source]),
          ]),
        ]
      : []),
    heading(a.activities),
    ...(r.activities.length === 0
      ? [new Paragraph(a.nothing)]
      : [grid([[t.inspection.number, ...a.columns], ...r.activities.map(({ n, cells }) => [String(n), ...cells])])]),
    heading(a.words),
    new Paragraph(a.toWrite),
  ]);
}

/**
 * 支教证明: the days at the host school month by month, the leave, and what the plan counts on it. For the school to seal, so it
 * shows how many of the days were checked in and how many were only reported as a range.
 */
export function certificate(
  about: { name: string; school: string; host: string; service: Service; terms: number; consequences: string[] },
  today: Ymd,
  t: Texts,
): Promise<Buffer> {
  const a = t.archive;
  const { service: s } = about;
  return bytes(a.certificate, [
    new Paragraph(a.certifies(about.name, about.school)),
    new Paragraph(a.served(about.host, s.from, s.to, s.role)),
    new Paragraph(a.days(s.days.length, s.leave.length)),
    new Paragraph(a.checkedIn(s.checkedIn)),
    new Paragraph(a.years(about.terms)),
    grid([
      [a.month, a.count, a.presentDays, a.leaveDays],
      ...months(s).map(([month, days, leave]) => [
        month,
        t.amount(days.length, 'days'),
        days.join(t.comma),
        leave.join(t.comma),
      ]),
    ]),
    ...about.consequences.map(bullet),
    new Paragraph(`${a.seal}　${today}`),
  ]);
}

/** 帮扶工作证明 of a person's term: how often, for how many pupils, and every record behind the figures. For the school to seal. */
export function workCertificate(
  about: { name: string; school: string; term: string; activities: number; pupils: number; rows: string[][] },
  today: Ymd,
  t: Texts,
): Promise<Buffer> {
  const a = t.archive;
  const c = t.lists.columns;
  return bytes(a.workCertificate, [
    new Paragraph(a.certifies(about.name, about.school)),
    new Paragraph(a.tookPart(about.term, about.activities, about.pupils)),
    grid([
      [t.inspection.number, c.date, c.kind, c.place, c.what],
      ...about.rows.map((row, i) => [String(i + 1), ...row]),
    ]),
    new Paragraph(`${a.seal}　${today}`),
  ]);
}

/** The days of a service by month, as days of the month. */
function months({ days, leave }: Service): [month: string, days: number[], leave: number[]][] {
  const all = [...new Set([...days, ...leave].map((d) => d.slice(0, 7)))].sort();
  const of = (list: Ymd[], month: string) => list.filter((d) => d.startsWith(month)).map((d) => Number(d.slice(8)));
  return all.map((month) => [month, of(days, month), of(leave, month)]);
}
