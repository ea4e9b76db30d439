import { writeFile } from 'node:fs/promises';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type Activity } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import type { Inspected } from '../../plan/inspection.ts';
import { schoolYearRange } from '../../plan/obligations.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { servicesOf, termsServed } from '../../plan/service.ts';
import { summaryDays } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import { attendanceOf } from '../../store/check-ins.ts';
import type { Db } from '../../store/db.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { obligationPage } from '../../store/lists.ts';
import { inspectedName } from '../inspection/card.ts';
import type { FileOrder } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import { permit } from '../intake/permit.ts';

const MOST_DUTIES = 2_000;

/** The draft of a paper at `path`. What may be known is asked again here. */
export async function makePaper(
  { db }: Ctx,
  facts: Facts,
  { paper, of, span }: Extract<FileOrder, { what: 'paper' }>,
  path: string,
): Promise<{ name: string; audit: AuditEntry[] }> {
  const { programme, t, today } = facts;
  permit(facts, 'archive', of);
  const name = inspectedName(programme, of);
  const made = { name: `${t.papers.titles[paper]}-${name}-${today}.docx`, audit: [auditOf(of, paper)] };
  if (paper === 'certificate') {
    await writeFile(path, await certificateOf(db, facts, of));
    return made;
  }
  const { paperDocument } = await import('../../export/papers.ts');
  const range = rangeOf(facts, span);
  const activities = await recordsOf(db, facts, of, range);
  const about = {
    programme,
    name,
    range,
    today,
    counted: await dutiesOf(db, facts, of, range),
    activities,
    inspections: (await inspectionsOf(db, programme.id)).filter((i) => i.of.kind === of.kind && i.of.id === of.id),
    pupils: pupilsOf(facts, of, activities),
    joint: of.kind === 'pairing',
  };
  await writeFile(path, await paperDocument(paper, about, t));
  return made;
}

const auditOf = (of: Inspected, detail: string): AuditEntry => ({
  act: 'archive',
  target: `${of.kind}:${of.id}`,
  detail,
});

function rangeOf({ programme, today }: Facts, span: 'term' | 'school_year'): Range {
  const whole = span === 'term' ? summaryDays(programme, 'term', today)?.term : schoolYearRange(programme, today);
  return whole ?? { start: today, end: today };
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
  const fed = await activitiesFeeding(db, programme.id, keys, [...ACTIVITY_KINDS], range);
  return fed
    .map(({ activity }) => activity)
    .filter((a) => a.status === 'done')
    .toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
}

/** Pupils in a person's care with what was last noted of each; those whose name the reader may not have are numbers. */
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
