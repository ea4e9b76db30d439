import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import type { Texts } from '../cards/index.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import type { Service } from '../plan/service.ts';
import { shownCount, standing } from '../plan/standing.ts';
import type { Counted } from '../store/obligations.ts';

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

/** A page of an archive: facts as 「name：value」, then paragraphs; `toWrite`: what the school may add below. */
export interface Page {
  title: string;
  facts?: [label: string, value: string | number | undefined][];
  paragraphs?: string[];
  toWrite?: string;
}

/** A page as a document that people can go on writing. Facts without a value are left out. */
export function pageDocument({ title, facts = [], paragraphs = [], toWrite }: Page, t: Texts): Promise<Buffer> {
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return bytes(title, [
    ...known.map(([label, value]) => new Paragraph(`${label}：${value}`)),
    ...paragraphs.map((text) => new Paragraph(text)),
    ...(known.length + paragraphs.length === 0 ? [new Paragraph(t.archive.nothing)] : []),
    ...(toWrite === undefined ? [] : [heading(toWrite), new Paragraph(t.archive.toWrite)]),
  ]);
}

/** 年度总结 as a draft: what was asked and done, and what is still missing. Words to add stay the school's own. */
export function yearlySummary(
  about: { name: string; year: Range; counted: Counted[]; kinds: Map<string, number>; gaps: string[] },
  today: Ymd,
  t: Texts,
): Promise<Buffer> {
  const a = t.archive;
  const judged = about.counted.map((c) => ({ ...c, now: standing(c.obligation, c.done, today) }));
  const missing = judged.filter(({ now }) => now.state === 'missed' || now.state === 'overdue');
  return bytes(`${about.name} ${a.summary}`, [
    new Paragraph(`${about.year.start} – ${about.year.end}　${a.asOf} ${today}`),
    heading(a.figures),
    grid([
      [a.requirement, a.period, a.done, a.state],
      ...judged.map(({ obligation: o, now }) => [
        o.requirement.title,
        t.reasons.period(o.period),
        `${shownCount(now.done)}/${o.target}`,
        t.states[now.state],
      ]),
    ]),
    heading(a.activities),
    ...[...about.kinds].map(([kind, n]) => bullet(`${kind} ${t.amount(n, 'times')}`)),
    heading(a.missing),
    ...(missing.length + about.gaps.length === 0 ? [new Paragraph(a.nothing)] : []),
    ...missing.map(({ obligation: o, now }) =>
      bullet(`${o.requirement.title}（${t.reasons.period(o.period)}）：${t.reasons.standing(now)}`),
    ),
    ...about.gaps.map(bullet),
    heading(a.words),
    new Paragraph(a.toWrite),
  ]);
}

/**
 * 支教证明: the days at the host school month by month, the leave, and what the plan ties to it. To be sealed by the school, which
 * sees how many of the days were checked in and how many are only told as a range.
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

/** The days of a service by month, as days of the month. */
function months({ days, leave }: Service): [month: string, days: number[], leave: number[]][] {
  const all = [...new Set([...days, ...leave].map((d) => d.slice(0, 7)))].sort();
  const of = (list: Ymd[], month: string) => list.filter((d) => d.startsWith(month)).map((d) => Number(d.slice(8)));
  return all.map((month) => [month, of(days, month), of(leave, month)]);
}
