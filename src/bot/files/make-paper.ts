import { writeFile } from 'node:fs/promises';
import { realmName } from '../../cards/summary.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import { type Inspected, type Inspection, inspectedName, schoolsInspected } from '../../plan/inspection.ts';
import { schoolYears } from '../../plan/periods.ts';
import type { Paper } from '../../plan/plan.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { servicesOf, termsServed } from '../../plan/service.ts';
import type { Realm } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import { attendanceOf } from '../../store/check-ins.ts';
import type { Db } from '../../store/db.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import type { FileOrder, PaperOf, PaperSpan } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import { permit } from '../intake/permit.ts';
import {
  ownersOnPaper,
  paperDuties,
  paperRecords,
  pupilsOfRecord,
  pupilsOnPaper,
  recordsBehindPaper,
  teamAndMentors,
} from './paper-facts.ts';
import { paperTotals } from './wide-paper.ts';

/** The draft of a paper at `path`. Checks the sender's rights again. */
export async function makePaper(
  { db }: Ctx,
  facts: Facts,
  { paper, of, span }: Extract<FileOrder, { what: 'paper' }>,
  path: string,
): Promise<{ name: string; audit: AuditEntry[] }> {
  const { programme, t, today } = facts;
  permit(facts, 'archive', of);
  const name = isWide(of) ? realmName(programme, realmOf(of)) : inspectedName(programme, of);
  const file = { name: `${t.papers.titles[paper]}-${name}-${today}.docx`, audit: [auditOf(of, paper)] };
  if (paper === 'certificate') {
    if (isWide(of)) throw new UserError('unchanged', t.papers.nothing);
    await writeFile(path, await certificateOf(db, facts, of));
    return file;
  }
  const { paperDocument } = await import('../../export/papers.ts');
  const { range, label } = rangeOf(facts, paper, span);
  const inspections = await inspectionsOf(db, programme.id);
  if (isWide(of)) {
    const wide = await paperTotals(db, facts, realmOf(of), range);
    const bare = { counted: [], activities: [], pupils: [], joint: false };
    await writeFile(
      path,
      await paperDocument(paper, { programme, name, range, label, today, inspections, ...bare, wide }, t),
    );
    return file;
  }
  const activities = await paperRecords(db, facts, of, range);
  const counted = await paperDuties(db, facts, of, range);
  const about = {
    programme,
    name,
    range,
    label,
    today,
    counted,
    asked: askedOf(facts, of),
    activities,
    behind: await recordsBehindPaper(db, facts, of, range, activities),
    inspections: inspections.filter((i) => concernsSame(facts, i, of)),
    pupils: pupilsOnPaper(facts, of, activities),
    joint: of.kind === 'pairing',
    subject: ownersOnPaper(facts, counted),
    note: (a: Activity) => (a.note ? wordsShown(a.note, { ...facts, group: false }, a.byId) : undefined),
    people: teamAndMentors(facts, of),
    ...(paper === 'register' && { named: (a: Activity) => pupilsOfRecord(facts, a) }),
  };
  await writeFile(path, await paperDocument(paper, about, t));
  return file;
}

const auditOf = (of: PaperOf, detail: string): AuditEntry => ({
  act: 'archive',
  target: `${of.kind}:${of.id}`,
  detail,
});

type WidePaper = Exclude<PaperOf, Inspected>;
const isWide = (of: PaperOf): of is WidePaper => of.kind === 'district' || of.kind === 'programme';
const realmOf = ({ kind, id }: WidePaper): Realm => (kind === 'district' ? { kind, id } : { kind });

/** What the paper covers, and what that time is called. A plan asked for after the year's last term is the next year's. */
function rangeOf({ programme, today, t }: Facts, paper: Paper, span: PaperSpan): { range: Range; label?: string } {
  const years = schoolYears(programme);
  const terms = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const at = years.findLastIndex((y) => y.start <= today);
  const over = paper === 'plan' && span === 'school_year' && today > (years[at]?.terms.at(-1)?.end ?? today);
  const steps = { last_year: -1, school_year: 0, next_year: 1, last_term: -1, term: 0, next_term: 1 }[span];
  if (span.endsWith('term')) {
    const term = terms[terms.findLastIndex((x) => x.start <= today) + steps];
    return { range: term ?? { start: today, end: today }, ...(term && { label: term.name }) };
  }
  const year = (years[at]?.year ?? Number(today.slice(0, 4))) + steps + Number(over);
  const known = years.find((y) => y.year === year) ?? { start: `${year}-09-01`, end: `${year + 1}-08-31` };
  return { range: { start: known.start, end: known.end }, label: t.reasons.period({ kind: 'school_year', year }) };
}

/** Whether an inspection belongs in a paper: of the same, or of a school or pairing that the paper is about. */
function concernsSame({ programme }: Facts, { of: inspected }: Inspection, of: Inspected): boolean {
  if (inspected.kind === 'person' || of.kind === 'person') return inspected.kind === of.kind && inspected.id === of.id;
  const about = schoolsInspected(programme, of);
  return schoolsInspected(programme, inspected).some((id) => about.includes(id));
}

/** What the plans ask of schools and pairings, or of persons, in general. */
const askedOf = ({ programme }: Facts, { kind }: Inspected) => {
  const personal = ['teacher', 'leader', 'principal', 'care', 'mentorship'];
  return programme.plans
    .flatMap(({ plan }) => plan.requirements)
    .filter((r) => r.subject !== 'district' && personal.includes(r.subject) === (kind === 'person'));
};

async function certificateOf(db: Db, facts: Facts, of: Inspected): Promise<Buffer> {
  const { programme, today, t } = facts;
  const roster = rosterOf(programme);
  const always = { start: '0000-01-01', end: '9999-12-31' };
  const activities = await paperRecords(db, facts, of, always);
  const attended = await attendanceOf(db, programme.id, of.id);
  const [service] = servicesOf(programme, of.id, activities, attended, today).toSorted(
    (a, b) => b.days.length - a.days.length,
  );
  if (of.kind !== 'person' || !service) throw new UserError('unchanged', t.papers.nothing);
  const { certificate } = await import('../../export/documents.ts');
  const consequences = programme.plans.flatMap((use) =>
    use.plan.provisions.filter((p) => p.consequence).map((p) => p.text),
  );
  const school = roster.schoolName(roster.person.get(of.id)?.schoolId) ?? '';
  const host = roster.schoolName(service.hostId) ?? '';
  const about = {
    name: roster.personName(of.id) ?? '',
    school,
    host,
    service,
    terms: termsServed(programme, service),
    consequences,
  };
  return certificate(about, today, t);
}
