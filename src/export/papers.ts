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
import { type Inspection, inspectedName } from '../plan/inspection.ts';
import type { Paper, Requirement } from '../plan/plan.ts';
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
  /** All records that its figures may count, if these are more. */
  behind?: Activity[];
  inspections: Inspection[];
  /** Pupils in care, with the names that the reader may see. */
  pupils: { name: string; kind?: string; grade?: string; since?: Ymd; times: number; care: CareNotes }[];
  /** The schools of a pairing are assessed jointly. */
  joint: boolean;
  /** The school year or term, for the title. */
  label?: string;
  /** What is asked, where the terms of that time are not known yet. */
  asked?: Requirement[];
  /** The subject of a duty that several subjects owe, as its reader may see it. */
  subject?: (obligation: Counted['obligation']) => string | undefined;
  /** The note of a record, with the names that the reader may see. */
  note?: (activity: Activity) => string | undefined;
  /** The pupils of a record by name, for a paper that stays with those who may know them. */
  named?: (activity: Activity) => string | undefined;
  /** Members of the team, mentors with their mentees, and who bears the tasks, by heading. */
  people?: { head: string; names: string }[];
  /** A district or programme as figures, instead of single duties and records. */
  wide?: {
    requirements: WideRow[];
    schools: WideRow[];
    kinds: { kind: ActivityKind; n: number }[];
    /** How many schools support and are supported, and the teachers sent, by term: each term's are a batch. */
    paired: { supporting: number; supported: number; batches: { name: string; n: number }[] };
  };
}

export interface WideRow {
  name: string;
  progress: string;
  late: number;
}

type Part =
  | 'aims'
  | 'tasks'
  | 'staff'
  | 'measures'
  | 'means'
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
  plan: ['aims', 'tasks', 'staff', 'pupils', 'measures', 'means'],
  summary: ['figures', 'done', 'missing', 'gains', 'next'],
  reflection: ['done', 'pupils', 'gains', 'next'],
  register: ['pupils', 'done', 'gains'],
  appraisal: ['figures', 'done', 'missing', 'inspections', 'opinion'],
  commendation: ['figures', 'done', 'deeds', 'opinion'],
};

/** The parts that only people can write. */
const WRITTEN: ReadonlySet<Part> = new Set(['aims', 'measures', 'means', 'gains', 'next', 'deeds', 'opinion']);

/** What only people can write, or what the lists do not say. */
const isOpen = (part: Part, { people = [] }: PaperAbout): boolean =>
  WRITTEN.has(part) || (part === 'staff' && people.length === 0);

/** More periods than these are named by the first and the last. */
const LONGEST_ROW = 3;
/** More lines than these belong in a ledger. */
const MOST = 200;

/** The draft as a document. */
export function paperDocument(paper: Exclude<Paper, 'certificate'>, about: PaperAbout, t: Texts): Promise<Buffer> {
  const p = t.papers;
  // A school's plan lists no pupils.
  const parts = PARTS[paper].filter((part) => paper !== 'plan' || part !== 'pupils' || about.pupils.length > 0);
  const open = parts.filter((part) => isOpen(part, about));
  return bytes([about.name, about.label, p.titles[paper]].filter(Boolean).join(' '), [
    new Paragraph(p.draftOf(about.range.start, about.range.end, about.today)),
    new Paragraph({ text: p.toWriteAll(open.length), heading: HeadingLevel.HEADING_2 }),
    ...open.map((part) => bullet(p.write(p.parts[part]))),
    ...(about.joint && paper === 'appraisal' ? [new Paragraph(p.joint)] : []),
    ...parts.flatMap((part) => [heading(p.parts[part]), ...bodyOf(part, about, t)]),
  ]);
}

function bodyOf(part: Part, about: PaperAbout, t: Texts): (Paragraph | Table)[] {
  if (isOpen(part, about)) return [new Paragraph(t.papers.write(t.papers.parts[part]))];
  const wide = about.wide && WIDE[part as keyof typeof WIDE]?.(about.wide, t);
  const partsOf = wide ?? BODIES[part as keyof typeof BODIES](about, t);
  return partsOf.length > 0 ? partsOf : [new Paragraph(t.archive.nothing)];
}

const judgedOf = ({ counted, today }: PaperAbout) =>
  counted.map((c) => ({ ...c, now: standing(c.obligation, c.done, today) }));

const BODIES = {
  tasks: (about: PaperAbout, t: Texts) => {
    const a = t.archive;
    const rows = [...Map.groupBy(about.counted, (c) => c.obligation.requirement)].map(([requirement, owed]) => {
      const periods = [...new Set(owed.map((c) => t.reasons.period(c.obligation.period)))];
      return [
        requirement.title,
        periods.length > LONGEST_ROW ? `${periods[0]} – ${periods.at(-1)}` : periods.join(t.comma),
        t.amount(owed[0]!.obligation.target, requirement.measure),
      ];
    });
    const generic = rows.length > 0 ? [] : (about.asked ?? []).map((r) => [r.title, '', t.amount(r.count, r.measure)]);
    const all = [...rows, ...generic];
    return all.length > 0 ? [grid([[a.requirement, a.period, t.papers.amount], ...all])] : [];
  },
  staff: ({ people = [] }: PaperAbout) => people.map(({ head, names }) => bullet(`${head}：${names}`)),
  figures: (about: PaperAbout, t: Texts) => {
    const judged = judgedOf(about);
    if (judged.length === 0) return [];
    const a = t.archive;
    const rows = judged.map(({ obligation: o, now }) => [
      titleOf(o, about),
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
        bullet(`${titleOf(o, about)}（${t.reasons.period(o.period)}）：${t.reasons.standing(now)}`),
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
  inspections: ({ inspections, programme }: PaperAbout, t: Texts) =>
    inspections.flatMap((i) => [
      new Paragraph(`${i.on}　${inspectedName(programme, i.of)}　${figuresLine(i.figures, t)}`),
      ...i.findings.map((f) => bullet(`${f.text}（${t.inspection.findingStates[f.state]}）`)),
    ]),
};

const titleOf = (o: Counted['obligation'], { subject }: PaperAbout): string => {
  const whose = subject?.(o);
  return whose ? `${o.requirement.title}（${whose}）` : o.requirement.title;
};

type Wide = NonNullable<PaperAbout['wide']>;

const wideRows = (head: string, rows: WideRow[], t: Texts) =>
  rows.length === 0
    ? []
    : [grid([[head, t.archive.done, t.weekly.late], ...rows.map((r) => [r.name, r.progress, String(r.late)])])];

const sentIn = (batches: Wide['paired']['batches'], t: Texts): Paragraph[] => {
  if (batches.length === 0) return [];
  const people = batches.reduce((all, b) => all + b.n, 0);
  const each = batches.map(({ name, n }) => t.papers.batch(name, n)).join(t.comma);
  return [bullet(t.papers.sent(batches.length, people, each))];
};

/** The parts of a paper about many schools. */
const WIDE = {
  tasks: (wide: Wide) => wide.requirements.map((r) => bullet(r.name)),
  figures: ({ requirements, paired }: Wide, t: Texts) => [
    bullet(t.papers.schools(paired.supporting, paired.supported)),
    ...sentIn(paired.batches, t),
    ...wideRows(t.archive.requirement, requirements, t),
  ],
  done: (wide: Wide, t: Texts) => wide.kinds.map(({ kind, n }) => bullet(`${t.kinds[kind]}　${t.amount(n, 'times')}`)),
  missing: (wide: Wide, t: Texts) =>
    wideRows(
      t.lists.columns.school,
      wide.schools.filter((s) => s.late > 0),
      t,
    ),
};

/** The days of the records behind a figure. */
function datesOf(
  obligation: Counted['obligation'],
  { activities, behind = activities, programme }: PaperAbout,
): string {
  const counted = new Set(credit(obligation, behind, programme).counted);
  return behind
    .filter((a) => counted.has(a.id))
    .map((a) => a.date)
    .join(' ');
}

/** A record's date, kind, place and person; pupils are a number. */
function lineOf(a: Activity, { programme, note, named }: PaperAbout, t: Texts): string {
  const roster = rosterOf(programme);
  const place = roster.schoolName(a.placeId ?? a.toId ?? a.partnerId);
  const pupils = a.pupilIds.length > 0 ? (named?.(a) ?? t.hiddenPupils(a.pupilIds.length)) : undefined;
  const who = [roster.personName(a.byId), ...a.participantIds.map((id) => roster.personName(id))].filter(Boolean);
  const what = [t.kinds[a.kind], a.subject, a.pupilIds.length > 0 ? undefined : a.topic].filter(Boolean).join(' ');
  return [a.date, what, place, who.join(t.comma), pupils, note?.(a)].filter(Boolean).join('　');
}
