/** What a paper of a person, school or pairing says: its duties, its records, and names as far as the reader may see them. */
import { ACTIVITY_KINDS, type Activity } from '../../plan/activity.ts';
import type { Range } from '../../plan/dates.ts';
import { type Inspected, schoolsInspected } from '../../plan/inspection.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import type { Db } from '../../store/db.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import { obligationPage } from '../../store/lists.ts';
import type { Counted } from '../../store/obligations.ts';
import type { Facts } from '../intake/facts.ts';

const MOST_DUTIES = 2_000;

/** Who owes a duty that several subjects owe: a pupil by name, or by number if the reader may not see it. */
export function ownersOnPaper({ programme, me, t }: Facts, counted: Counted[]) {
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
export function pupilsOfRecord({ programme, me, t }: Facts, { pupilIds }: Activity): string | undefined {
  const known = pupilIds.every((id) => may(me, 'pupils', { kind: 'pupil', id }, programme));
  return known ? pupilIds.map((id) => rosterOf(programme).pupil.get(id)?.name ?? '').join(t.comma) : undefined;
}

/** The team and the mentorships of a paper's schools. */
export function teamAndMentors({ programme, today, t }: Facts, of: Inspected) {
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

/** The duties of a paper's subject in its time, at most `MOST_DUTIES`. */
export async function paperDuties(db: Db, { programme, today }: Facts, of: Inspected, term: Range) {
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

/** What was done for a paper's subject in its time, by date. */
export async function paperRecords(db: Db, { programme }: Facts, { kind, id }: Inspected, range: Range) {
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
export async function recordsBehindPaper(db: Db, facts: Facts, of: Inspected, range: Range, activities: Activity[]) {
  if (of.kind !== 'pairing') return activities;
  const all = new Map(activities.map((a) => [a.id, a]));
  for (const id of schoolsInspected(facts.programme, of))
    for (const a of await paperRecords(db, facts, { kind: 'school', id }, range)) all.set(a.id, a);
  return [...all.values()].toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
}

/** Pupils in a person's care with the latest note on each; a number replaces each name the reader may not see. */
export function pupilsOnPaper({ programme, me, t }: Facts, of: Inspected, activities: Activity[]) {
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
