import { writeFile } from 'node:fs/promises';
import { groupName, realmName, requirementProgress } from '../../cards/summary.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type Activity, type ActivityKind } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import { lateOf } from '../../plan/figures.ts';
import { type Inspected, type Inspection, inspectedName, schoolsInspected } from '../../plan/inspection.ts';
import { schoolYears } from '../../plan/periods.ts';
import type { Paper } from '../../plan/plan.ts';
import { may } from '../../plan/policy.ts';
import type { Programme } from '../../plan/programme.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { servicesOf, termsServed } from '../../plan/service.ts';
import { alive } from '../../plan/spells.ts';
import { type Realm, summaryDays } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import { attendanceOf } from '../../store/check-ins.ts';
import { countStates } from '../../store/count-states.ts';
import type { Db } from '../../store/db.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { activitiesPerDay, activityPage, obligationPage } from '../../store/lists.ts';
import type { Counted } from '../../store/obligations.ts';
import { activitiesOfRealm } from '../../store/realm.ts';
import type { FileOrder, PaperOf, PaperSpan } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import { permit } from '../intake/permit.ts';

const MOST_DUTIES = 2_000;

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
    const wide = await wideOf(db, facts, realmOf(of), range);
    const bare = { counted: [], activities: [], pupils: [], joint: false };
    await writeFile(
      path,
      await paperDocument(paper, { programme, name, range, label, today, inspections, ...bare, wide }, t),
    );
    return file;
  }
  const activities = await recordsOf(db, facts, of, range);
  const counted = await dutiesOf(db, facts, of, range);
  const about = {
    programme,
    name,
    range,
    label,
    today,
    counted,
    asked: askedOf(facts, of),
    activities,
    behind: await behindOf(db, facts, of, range, activities),
    inspections: inspections.filter((i) => concernsSame(facts, i, of)),
    pupils: pupilsOf(facts, of, activities),
    joint: of.kind === 'pairing',
    subject: subjectsOf(facts, counted),
    note: (a: Activity) => (a.note ? wordsShown(a.note, { ...facts, group: false }, a.byId) : undefined),
    people: peopleOf(facts, of),
    ...(paper === 'register' && { named: (a: Activity) => namesOf(facts, a) }),
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

/** The totals of a district or programme: by requirement, by school, and how often each kind was done. */
async function wideOf(db: Db, { programme, today, t }: Facts, realm: Realm, range: Range) {
  const days = summaryDays(programme, 'term', today);
  const rows = async (by: 'requirement' | 'school') =>
    days === undefined
      ? []
      : (await countStates(db, programme, { realm, by, days, day: today })).map((g) => ({
          name: groupName(programme, by, g.key),
          progress:
            by === 'requirement'
              ? requirementProgress(programme, g, t)
              : `${g.counts.met}/${Object.values(g.counts).reduce((a, b) => a + b, -g.counts.waived)}`,
          late: lateOf(g.counts),
        }));
  const kinds: { kind: ActivityKind; n: number }[] = [];
  for (const kind of ACTIVITY_KINDS) {
    const by = { dates: { start: range.start, end: today }, ...activitiesOfRealm(programme, realm), kinds: [kind] };
    const n = [...(await activitiesPerDay(db, programme.id, by)).values()].reduce((a, b) => a + b, 0);
    if (n > 0) kinds.push({ kind, n });
  }
  const paired = await pairedOf(db, programme, realm, today);
  return { requirements: await rows('requirement'), schools: await rows('school'), kinds, paired };
}

/** The schools of a realm that are paired, and the teachers sent to teach elsewhere, by term since the beginning. */
async function pairedOf(db: Db, programme: Programme, realm: Realm, today: string) {
  const { school } = rosterOf(programme);
  const isIn = (id: string) => realm.kind !== 'district' || school.get(id)?.districtId === realm.id;
  const living = programme.pairings.filter((p) => alive(p, today) && (isIn(p.supporterId) || isIn(p.recipientId)));
  const terms = programme.terms.filter((x) => x.start <= today).toSorted((a, b) => (a.start < b.start ? -1 : 1));
  const begun = new Set<string>();
  const batches: { name: string; n: number }[] = [];
  for (const { name, start, end } of terms) {
    const by = { dates: { start, end }, ...activitiesOfRealm(programme, realm), kinds: ['secondment' as const] };
    const page = await activityPage(db, programme.id, by, { page: 1, size: MOST_DUTIES });
    const sent = page.filter((a) => a.role === undefined || a.role === '支教');
    const fresh = new Set(sent.flatMap((a) => [a.byId, ...a.participantIds]).filter((id) => !begun.has(id)));
    for (const id of fresh) begun.add(id);
    if (fresh.size > 0)
      batches.push({ name: `${yearName(start)}${name.replace(/^\d{4}.*?学年/u, '')}`, n: fresh.size });
  }
  return {
    supporting: new Set(living.map((p) => p.supporterId)).size,
    supported: new Set(living.map((p) => p.recipientId)).size,
    batches,
  };
}

/** A term's calendar year: terms of two years may have one name. */
const yearName = (start: string): string => `${start.slice(0, 4)}年`;

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

/** Who owes a duty that several subjects owe: a pupil by name, or by number if the reader may not see it. */
function subjectsOf({ programme, me, t }: Facts, counted: Counted[]) {
  const owners = Map.groupBy(counted, (c) => c.obligation.requirement);
  return ({ requirement, subject }: Counted['obligation']): string | undefined => {
    const ids = [...new Set((owners.get(requirement) ?? []).map((c) => c.obligation.subject.id))].sort();
    if (ids.length < 2) return undefined;
    if (subject.kind !== 'care') return subject.name;
    const { care, pupil } = rosterOf(programme);
    const pupilId = care.get(subject.id)?.pupilId ?? '';
    const known = may(me, 'pupils', { kind: 'pupil', id: pupilId }, programme);
    return known ? pupil.get(pupilId)?.name : t.nthPupil(ids.indexOf(subject.id) + 1);
  };
}

/** The names of a record's pupils, if the reader may see all of them. */
function namesOf({ programme, me, t }: Facts, { pupilIds }: Activity): string | undefined {
  const known = pupilIds.every((id) => may(me, 'pupils', { kind: 'pupil', id }, programme));
  return known ? pupilIds.map((id) => rosterOf(programme).pupil.get(id)?.name ?? '').join(t.comma) : undefined;
}

/** The team and the mentorships of a paper's schools. */
function peopleOf({ programme, today, t }: Facts, of: Inspected) {
  if (of.kind === 'person') return [];
  const { personName, pairing, pairingsOfSchool, person } = rosterOf(programme);
  const pairs = of.kind === 'pairing' ? [pairing.get(of.id)] : (pairingsOfSchool.get(of.id) ?? []);
  const team = [...new Set(pairs.flatMap((p) => p?.team ?? []))];
  const schools = pairs.flatMap((p) => [p?.supporterId, p?.recipientId]);
  const mentorships = programme.mentorships.filter(
    (m) => alive(m, today) && [m.mentorId, m.menteeId].every((id) => schools.includes(person.get(id)?.schoolId)),
  );
  const lines = [
    { head: t.papers.team, names: team.map((id) => personName(id) ?? '').join(t.comma) },
    {
      head: t.papers.mentorships,
      names: mentorships.map((m) => `${personName(m.mentorId)}→${personName(m.menteeId)}`).join(t.comma),
    },
  ];
  return lines.filter(({ names }) => names !== '');
}

async function dutiesOf(db: Db, { programme, today }: Facts, of: Inspected, term: Range) {
  const realm = of.kind === 'person' ? ({ kind: 'programme' } as const) : { kind: of.kind, id: of.id };
  const by = { realm, term, day: today, ...(of.kind === 'person' && { bearerId: of.id }) };
  const all = (await obligationPage(db, programme, by, { page: 1, size: MOST_DUTIES })).rows;
  if (of.kind !== 'pairing') return all;
  // What each of the two schools owes alone belongs to their joint paper.
  for (const id of schoolsInspected(programme, of)) {
    const school = { realm: { kind: 'school' as const, id }, term, day: today };
    const { rows } = await obligationPage(db, programme, school, { page: 1, size: MOST_DUTIES });
    all.push(...rows.filter(({ obligation }) => obligation.subject.kind === 'school' && obligation.subject.id === id));
  }
  return all;
}

async function recordsOf(db: Db, { programme }: Facts, { kind, id }: Inspected, range: Range) {
  const keys = {
    person: [`person:${id}`],
    pairing: [`pairing:${id}:supporter`, `pairing:${id}:recipient`],
    school: [`school:${id}`],
  }[kind];
  const activities = await activitiesFeeding(db, programme.id, keys, [...ACTIVITY_KINDS], range);
  return activities
    .map(({ activity }) => activity)
    .filter((a) => a.status === 'done')
    .toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
}

/** The records of a paper, and those of its two schools: their own duties are in it. */
async function behindOf(db: Db, facts: Facts, of: Inspected, range: Range, activities: Activity[]) {
  if (of.kind !== 'pairing') return activities;
  const all = new Map(activities.map((a) => [a.id, a]));
  for (const id of schoolsInspected(facts.programme, of))
    for (const a of await recordsOf(db, facts, { kind: 'school', id }, range)) all.set(a.id, a);
  return [...all.values()].toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
}

/** Pupils in a person's care with the latest note on each; a number replaces each name the reader may not see. */
function pupilsOf({ programme, me, t }: Facts, of: Inspected, activities: Activity[]) {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const cares = of.kind === 'person' ? (caresOfMentor.get(of.id) ?? []) : [];
  return cares.map((c, n) => {
    const known = may(me, 'pupils', { kind: 'pupil', id: c.pupilId }, programme);
    const about = activities.filter((a) => a.allAssigned || a.pupilIds.includes(c.pupilId));
    return {
      name: known ? (pupil.get(c.pupilId)?.name ?? '') : `${t.fields.pupils} ${n + 1}`,
      kind: c.kind,
      grade: pupil.get(c.pupilId)?.grade,
      since: c.from,
      times: about.length,
      care: known ? Object.assign({}, ...about.map((a) => a.care)) : {},
    };
  });
}

async function certificateOf(db: Db, facts: Facts, of: Inspected): Promise<Buffer> {
  const { programme, today, t } = facts;
  const roster = rosterOf(programme);
  const always = { start: '0000-01-01', end: '9999-12-31' };
  const activities = await recordsOf(db, facts, of, always);
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
