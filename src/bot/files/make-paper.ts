import { writeFile } from 'node:fs/promises';
import { groupName, realmName, requirementProgress } from '../../cards/summary.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type Activity, type ActivityKind } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import { lateOf } from '../../plan/figures.ts';
import type { Inspected } from '../../plan/inspection.ts';
import { schoolYearRange } from '../../plan/obligations.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { servicesOf, termsServed } from '../../plan/service.ts';
import { type Realm, summaryDays } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import { attendanceOf } from '../../store/check-ins.ts';
import { countStates } from '../../store/count-states.ts';
import type { Db } from '../../store/db.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { activitiesPerDay, obligationPage } from '../../store/lists.ts';
import { activitiesOfRealm } from '../../store/realm.ts';
import { inspectedName } from '../inspection/card.ts';
import type { FileOrder, PaperOf } from '../intake/chore.ts';
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
    if (isWide(of)) throw new UserError('gone', t.papers.nothing);
    await writeFile(path, await certificateOf(db, facts, of));
    return file;
  }
  const { paperDocument } = await import('../../export/papers.ts');
  const range = rangeOf(facts, span);
  const inspections = await inspectionsOf(db, programme.id);
  if (isWide(of)) {
    const wide = await wideOf(db, facts, realmOf(of), range);
    const bare = { counted: [], activities: [], pupils: [], joint: false };
    await writeFile(path, await paperDocument(paper, { programme, name, range, today, inspections, ...bare, wide }, t));
    return file;
  }
  const activities = await recordsOf(db, facts, of, range);
  const about = {
    programme,
    name,
    range,
    today,
    counted: await dutiesOf(db, facts, of, range),
    activities,
    inspections: inspections.filter((i) => i.of.kind === of.kind && i.of.id === of.id),
    pupils: pupilsOf(facts, of, activities),
    joint: of.kind === 'pairing',
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
  return { requirements: await rows('requirement'), schools: await rows('school'), kinds };
}

function rangeOf({ programme, today }: Facts, span: 'term' | 'school_year'): Range {
  const range = span === 'term' ? summaryDays(programme, 'term', today)?.term : schoolYearRange(programme, today);
  return range ?? { start: today, end: today };
}

async function dutiesOf(db: Db, { programme, today }: Facts, of: Inspected, term: Range) {
  const realm = of.kind === 'person' ? ({ kind: 'programme' } as const) : { kind: of.kind, id: of.id };
  const by = { realm, term, day: today, ...(of.kind === 'person' && { bearerId: of.id }) };
  return (await obligationPage(db, programme, by, { page: 1, size: MOST_DUTIES })).rows;
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
  if (of.kind !== 'person' || !service) throw new UserError('gone', t.papers.nothing);
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
