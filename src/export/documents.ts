import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import type { Texts } from '../cards/index.ts';
import { shownCount, standing } from '../plan/standing.ts';
import type { Range, Ymd } from '../plan/types.ts';
import type { Counted } from '../store/obligations.ts';

const bytes = (title: string, children: (Paragraph | Table)[]): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title,
      creator: 'Jiedui',
      sections: [{ children: [new Paragraph({ text: title, heading: HeadingLevel.TITLE }), ...children] }],
    }),
  );

const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });
const bullet = (text: string) => new Paragraph({ text, bullet: { level: 0 } });
const grid = (rows: string[][]) =>
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
        o.period.label,
        `${shownCount(now.done)}/${o.target}`,
        t.states[now.state],
      ]),
    ]),
    heading(a.activities),
    ...[...about.kinds].map(([kind, n]) => bullet(`${kind} ${t.amount(n, 'times')}`)),
    heading(a.missing),
    ...(missing.length + about.gaps.length === 0 ? [new Paragraph(a.nothing)] : []),
    ...missing.map(({ obligation: o, now }) => bullet(`${o.requirement.title}（${o.period.label}）：${now.reason}`)),
    ...about.gaps.map(bullet),
    heading(a.words),
    new Paragraph(a.toWrite),
  ]);
}

export interface Service {
  name: string;
  school: string;
  host: string;
  from: Ymd;
  to: Ymd;
  present: Ymd[];
  leave: Ymd[];
  consequences: string[];
}

/** 支教证明: the days at the host school, the leave, and what the plan ties to it. To be sealed by the school. */
export function certificate(s: Service, today: Ymd, t: Texts): Promise<Buffer> {
  const a = t.archive;
  return bytes(a.certificate, [
    new Paragraph(a.certifies(s.name, s.school)),
    new Paragraph(a.served(s.host, s.from, s.to)),
    new Paragraph(a.days(s.present.length, s.leave.length)),
    heading(a.presentDays),
    new Paragraph(s.present.join(t.comma) || a.nothing),
    heading(a.leaveDays),
    new Paragraph(s.leave.join(t.comma) || a.nothing),
    ...s.consequences.map(bullet),
    new Paragraph(`${a.seal}　${today}`),
  ]);
}
