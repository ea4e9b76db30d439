/**
 * Drafts of papers that teachers, schools and the bureau must submit: facts from the ledger alone. What only people can write is
 * marked 「请补写」 in its place and listed at the top. No scores, no ranking.
 */
import { HeadingLevel, Paragraph, type Table } from 'docx';
import type { Texts } from '../cards/index.ts';
import { figuresLine } from '../cards/inspection.ts';
import { type Activity, type ActivityKind, CARE_NOTES, type CareNotes } from '../plan/activity.ts';
import { credit } from '../plan/credit.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import type { Inspection } from '../plan/inspection.ts';
import type { Paper } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { shownCount, standing } from '../plan/standing.ts';
import type { Counted } from '../store/obligations.ts';
import { bullet, bytes, grid, heading } from './documents.ts';

export interface PaperAbout {
  programme: Programme;
  /** The subject, as in the heading. */
  name: string;
  range: Range;
  today: Ymd;
  counted: Counted[];
  /** Done activities in the range, the earliest first. */
  activities: Activity[];
  inspections: Inspection[];
  /** Pupils in care, with the names that the reader may see. */
  pupils: { name: string; kind?: string; grade?: string; since?: Ymd; times: number; care: CareNotes }[];
  /** The schools of a pairing are assessed jointly. */
  joint: boolean;
  /** A district or programme as figures, instead of single duties and records. */
  wide?: { requirements: WideRow[]; schools: WideRow[]; kinds: { kind: ActivityKind; n: number }[] };
}

export interface WideRow {
  name: string;
  progress: string;
  late: number;
}

type Part =
  | 'aims'
  | 'tasks'
  | 'figures'
  | 'done'
  | 'pupils'
  | 'inspections'
  | 'gains'
  | 'missing'
  | 'next'
  | 'deeds'
  | 'opinion';

/** The parts of each paper, in order. */
const PARTS: Record<Exclude<Paper, 'certificate'>, Part[]> = {
  plan: ['aims', 'tasks', 'pupils', 'next'],
  summary: ['figures', 'done', 'missing', 'gains', 'next'],
  reflection: ['done', 'pupils', 'gains', 'next'],
  register: ['pupils', 'done', 'gains'],
  appraisal: ['figures', 'done', 'missing', 'inspections', 'opinion'],
  commendation: ['figures', 'done', 'deeds', 'opinion'],
};

/** The parts that only people can write. */
const WRITTEN: ReadonlySet<Part> = new Set(['aims', 'gains', 'next', 'deeds', 'opinion']);

/** More lines than these belong in a ledger. */
const MOST = 200;

/** The draft as a document. */
export function paperDocument(paper: Exclude<Paper, 'certificate'>, about: PaperAbout, t: Texts): Promise<Buffer> {
  const p = t.papers;
  const parts = PARTS[paper];
  const open = parts.filter((part) => WRITTEN.has(part));
  return bytes(`${about.name} ${p.titles[paper]}`, [
    new Paragraph(p.draftOf(about.range.start, about.range.end, about.today)),
    new Paragraph({ text: p.toWriteAll(open.length), heading: HeadingLevel.HEADING_2 }),
    ...open.map((part) => bullet(p.write(p.parts[part]))),
    ...(about.joint && paper === 'appraisal' ? [new Paragraph(p.joint)] : []),
    ...parts.flatMap((part) => [heading(p.parts[part]), ...bodyOf(part, about, t)]),
  ]);
}

function bodyOf(part: Part, about: PaperAbout, t: Texts): (Paragraph | Table)[] {
  if (WRITTEN.has(part)) return [new Paragraph(t.papers.write(t.papers.parts[part]))];
  const wide = about.wide && WIDE[part as keyof typeof WIDE]?.(about.wide, t);
  const partsOf = wide ?? BODIES[part as keyof typeof BODIES](about, t);
  return partsOf.length > 0 ? partsOf : [new Paragraph(t.archive.nothing)];
}

const judgedOf = ({ counted, today }: PaperAbout) =>
  counted.map((c) => ({ ...c, now: standing(c.obligation, c.done, today) }));

const BODIES = {
  tasks: (about: PaperAbout, t: Texts) =>
    [...new Map(about.counted.map((c) => [c.obligation.requirement, c.obligation])).values()].map((o) =>
      bullet(`${o.requirement.title}：${t.reasons.period(o.period)} ${t.amount(o.target, o.requirement.measure)}`),
    ),
  figures: (about: PaperAbout, t: Texts) => {
    const judged = judgedOf(about);
    if (judged.length === 0) return [];
    const a = t.archive;
    const rows = judged.map(({ obligation: o, now }) => [
      o.requirement.title,
      t.reasons.period(o.period),
      `${shownCount(now.done)}/${o.target}`,
      t.states[now.state],
      datesOf(o, about),
    ]);
    return [grid([[a.requirement, a.period, a.done, a.state, t.papers.records], ...rows])];
  },
  done: (about: PaperAbout, t: Texts) => about.activities.slice(-MOST).map((a) => bullet(lineOf(a, about, t))),
  missing: (about: PaperAbout, t: Texts) =>
    judgedOf(about)
      .filter(({ now }) => now.state === 'missed' || now.state === 'overdue')
      .map(({ obligation: o, now }) =>
        bullet(`${o.requirement.title}（${t.reasons.period(o.period)}）：${t.reasons.standing(now)}`),
      ),
  pupils: ({ pupils }: PaperAbout, t: Texts) => {
    if (pupils.length === 0) return [];
    const notes = CARE_NOTES.filter((note) => pupils.some((x) => x.care[note]));
    const heads = [t.fields.pupils, t.fields.grade, t.lists.columns.kind, t.archive.from, t.fields.times];
    return [
      grid([
        [...heads, ...notes.map((note) => t.fields[note])],
        ...pupils.map((x) => [
          ...[x.name, x.grade ?? '', x.kind ?? '', x.since ?? '', String(x.times)],
          ...notes.map((note) => x.care[note] ?? ''),
        ]),
      ]),
    ];
  },
  inspections: ({ inspections }: PaperAbout, t: Texts) =>
    inspections.flatMap((i) => [
      new Paragraph(`${i.on}　${figuresLine(i.figures, t)}`),
      ...i.findings.map((f) => bullet(`${f.text}（${t.inspection.findingStates[f.state]}）`)),
    ]),
};

type Wide = NonNullable<PaperAbout['wide']>;

const wideRows = (head: string, rows: WideRow[], t: Texts) =>
  rows.length === 0
    ? []
    : [grid([[head, t.archive.done, t.weekly.late], ...rows.map((r) => [r.name, r.progress, String(r.late)])])];

/** The parts of a paper about many schools. */
const WIDE = {
  tasks: (wide: Wide) => wide.requirements.map((r) => bullet(r.name)),
  figures: (wide: Wide, t: Texts) => wideRows(t.archive.requirement, wide.requirements, t),
  done: (wide: Wide, t: Texts) => wide.kinds.map(({ kind, n }) => bullet(`${t.kinds[kind]}　${t.amount(n, 'times')}`)),
  missing: (wide: Wide, t: Texts) =>
    wideRows(
      t.lists.columns.school,
      wide.schools.filter((s) => s.late > 0),
      t,
    ),
};

/** The days of the records behind a figure. */
function datesOf(obligation: Counted['obligation'], { activities, programme }: PaperAbout): string {
  const counted = new Set(credit(obligation, activities, programme).counted);
  return activities
    .filter((a) => counted.has(a.id))
    .map((a) => a.date)
    .join(' ');
}

/** A record's date, kind, place and person; pupils are a number. */
function lineOf(a: Activity, { programme }: PaperAbout, t: Texts): string {
  const roster = rosterOf(programme);
  const place = roster.schoolName(a.placeId ?? a.toId ?? a.partnerId);
  const pupils = a.pupilIds.length > 0 ? t.hiddenPupils(a.pupilIds.length) : undefined;
  const who = [roster.personName(a.byId), ...a.participantIds.map((id) => roster.personName(id))].filter(Boolean);
  const what = [t.kinds[a.kind], a.subject, a.pupilIds.length > 0 ? undefined : a.topic].filter(Boolean).join(' ');
  return [a.date, what, place, who.join(t.comma), pupils].filter(Boolean).join('　');
}
