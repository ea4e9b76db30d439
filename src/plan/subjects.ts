/** The subjects of a requirement in one use of a plan: how long each lives, who bears it and what can feed it. */
import type { Range } from './dates.ts';
import { type Turn, turnsOf } from './handovers.ts';
import type { SubjectRef } from './obligation.ts';
import type { Care, Mentorship, Person, Role } from './people.ts';
import type { Requirement, SubjectKind } from './plan.ts';
import type { PlanUse, Programme } from './programme.ts';
import { districtOf, rosterOf, schoolsOnSide } from './roster.ts';
import { livesOf, rangeOf } from './spells.ts';
import { inUse, ofKind, pairingsFor, schoolsOf } from './who-is-asked.ts';

/** A spell of a subject: its identity then, its length, bearers and feed keys. */
export interface Part {
  ref: SubjectRef;
  /** Days outside are not asked for. */
  life: Partial<Range>;
  bearerIds: string[];
  feedKeys: string[];
  /** The persons whose waivers and leave may apply. */
  personIds: string[];
  schoolIds: string[];
}

export interface Subject {
  /** In order of time; at least one. */
  parts: Part[];
  pupilId?: string;
  pairingId?: string;
  /**
   * Lives of the pairings, or of the pupils in care, that make it a subject: one must be alive in a period, or the subject
   * owes nothing in it. Absent: only the subject's own life matters.
   */
  needs?: Partial<Range>[];
}

const LEADERS: Role[] = ['leader', 'principal', 'vice_principal', 'middle_manager'];
const ROLES_OF: Partial<Record<SubjectKind, Role[]>> = {
  teacher: ['teacher'],
  leader: LEADERS,
  principal: ['principal'],
};

const hasRole = (person: Person, roles: Role[]): boolean => person.roles.some((r) => roles.includes(r));

function coordinatorsOf(programme: Programme, schoolIds: string[]): string[] {
  const { peopleOfSchool } = rosterOf(programme);
  return schoolIds.flatMap((id) =>
    (peopleOfSchool.get(id) ?? []).filter((p) => p.roles.includes('coordinator')).map((p) => p.id),
  );
}

/** Persons with a role at the obliged schools or, if only mentors are asked, everybody with a pupil in care. */
function personSubjects(programme: Programme, use: PlanUse, requirement: Requirement): Subject[] {
  const roles = requirement.role ?? ROLES_OF[requirement.subject]!;
  const schools = schoolsOf(programme, use, requirement);
  const { caresOfMentor } = rosterOf(programme);
  const isInUse = inUse(programme, use);
  const mentors = requirement.where?.mentors === true;
  const isSubject = (p: Person): boolean =>
    mentors ? caresOfMentor.has(p.id) && isInUse(p.id) : p.schoolId !== undefined && schools.has(p.schoolId);
  return programme.people
    .filter((p) => isSubject(p) && hasRole(p, roles))
    .map((p) => ({
      parts: livesOf(p).map((life) => ({
        ref: { kind: requirement.subject, id: p.id, name: p.name },
        life,
        bearerIds: [p.id],
        feedKeys: [`person:${p.id}`],
        personIds: [p.id],
        schoolIds: p.schoolId ? [p.schoolId] : [],
      })),
      needs: mentors ? caresOfMentor.get(p.id)!.flatMap(livesOf) : schools.get(p.schoolId!),
    }));
}

const ALL: Record<SubjectKind, (programme: Programme, use: PlanUse, requirement: Requirement) => Subject[]> = {
  teacher: personSubjects,
  leader: personSubjects,
  principal: personSubjects,
  school: (programme, use, requirement) =>
    [...schoolsOf(programme, use, requirement)].map(([id, pairings]) => ({
      parts: [
        {
          ref: { kind: 'school', id, name: rosterOf(programme).school.get(id)!.name },
          life: {},
          bearerIds: coordinatorsOf(programme, [id]),
          feedKeys: [`school:${id}`],
          personIds: [],
          schoolIds: [id],
        },
      ],
      needs: pairings,
    })),
  pairing: (programme, use, requirement) => {
    const { person, school, schoolName } = rosterOf(programme);
    const pairings = pairingsFor(programme, use, requirement.where).filter((p) =>
      schoolsOnSide(p, requirement.side).some((id) => ofKind(requirement.where, school.get(id))),
    );
    return pairings.map((p) => {
      const schoolIds = schoolsOnSide(p, requirement.side);
      const team = p.team.filter((id) => schoolIds.includes(person.get(id)?.schoolId ?? ''));
      const sides = requirement.side === 'both' ? ['supporter', 'recipient'] : [requirement.side];
      const name = `${schoolName(p.supporterId)}→${schoolName(p.recipientId)}`;
      const part = (life: Partial<Range>): Part => ({
        ref: { kind: 'pairing', id: p.id, name },
        life,
        bearerIds: team.length > 0 ? team : coordinatorsOf(programme, schoolIds),
        feedKeys: sides.map((side) => `pairing:${p.id}:${side}`),
        personIds: [],
        schoolIds,
      });
      return { parts: livesOf(p).map(part), pairingId: p.id };
    });
  },
  mentorship: (programme, use) => {
    const { person, personName } = rosterOf(programme);
    const isInUse = inUse(programme, use);
    const mentorships = programme.mentorships.filter((m) => isInUse(m.mentorId) || isInUse(m.menteeId));
    const part = ({ row: m, spell }: Turn<Mentorship>): Part => ({
      ref: { kind: 'mentorship', id: m.id, name: `${personName(m.mentorId)}→${personName(m.menteeId)}` },
      life: rangeOf(spell),
      bearerIds: [m.mentorId],
      feedKeys: [`mentorship:${m.id}`],
      personIds: [m.mentorId, m.menteeId],
      schoolIds: [person.get(m.mentorId)?.schoolId ?? ''],
    });
    return turnsOf(mentorships, (m) => m.menteeId).map((line) => ({ parts: line.map(part) }));
  },
  care: (programme, use) => {
    const { person, pupil } = rosterOf(programme);
    const isInUse = inUse(programme, use);
    const cares = programme.cares.filter((c) => isInUse(c.mentorId));
    const part = ({ row: c, spell }: Turn<Care>): Part => ({
      ref: { kind: 'care', id: c.id, name: pupil.get(c.pupilId)?.name ?? '' },
      life: rangeOf(spell),
      bearerIds: [c.mentorId],
      feedKeys: [`care:${c.id}`],
      personIds: [c.mentorId],
      schoolIds: [person.get(c.mentorId)?.schoolId ?? ''],
    });
    return turnsOf(cares, (c) => `${c.pupilId} ${c.kind ?? ''}`).map((line) => ({
      parts: line.map(part),
      pupilId: line[0]!.row.pupilId,
    }));
  },
  district: (programme, use, requirement) => {
    const { school } = rosterOf(programme);
    const roster = rosterOf(programme);
    const ids = new Set([...schoolsOf(programme, use, requirement).keys()].map((id) => school.get(id)?.districtId));
    const bureau = programme.people.filter((p) => p.roles.includes('bureau_coordinator'));
    return programme.districts
      .filter((d) => ids.has(d.id) || (d.helps !== undefined && requirement.side !== 'recipient'))
      .map((d) => ({
        parts: [
          {
            ref: {
              kind: 'district',
              id: d.id,
              name: d.helps !== undefined && requirement.side === 'supporter' ? `${d.name}→${d.helps}` : d.name,
            },
            life: {},
            bearerIds: bureau.filter((p) => (districtOf(roster, p) ?? d.id) === d.id).map((p) => p.id),
            feedKeys: [`district:${d.id}`],
            personIds: [],
            schoolIds: [],
          },
        ],
      }));
  },
};

/** Every subject of a requirement, in roster order. */
export const subjectsOf = (programme: Programme, use: PlanUse, requirement: Requirement): Subject[] =>
  ALL[requirement.subject](programme, use, requirement);
