/** requirement × subject × period: everything that is owed in a school year, from the programme alone. */
import { hash } from 'node:crypto';
import { eachDay, intersect, lengthOf, meets, type Range, type Ymd } from './dates.ts';
import type { Obligation } from './obligation.ts';
import { ROLES } from './people.ts';
import { schoolYearRange, schoolYears, type Window, windowsOf } from './periods.ts';
import type { Requirement } from './plan.ts';
import type { PlanUse, Programme, Waiver } from './programme.ts';
import { lifeOf } from './reach.ts';
import type { Excuse } from './reasons.ts';
import { rosterOf } from './roster.ts';
import { type Subject, subjectsOf } from './subjects.ts';

const touches = (waiver: Waiver, requirement: Requirement, subject: Subject): boolean => {
  if (waiver.requirementId && waiver.requirementId !== requirement.id) return false;
  const asked: [string | undefined, (id: string) => boolean][] = [
    [waiver.personId, (id) => subject.personIds.includes(id)],
    [waiver.schoolId, (id) => subject.schoolIds.includes(id)],
    [waiver.pairingId, (id) => subject.pairingId === id],
    [waiver.pupilId, (id) => subject.pupilId === id],
  ];
  const named = asked.filter(([id]) => id !== undefined);
  return named.length > 0 && named.every(([id, fits]) => fits(id!));
};

interface Absence extends Partial<Range> {
  excuse: Excuse;
}

const absencesOf = (programme: Programme, requirement: Requirement, subject: Subject): Absence[] => {
  const { leavesOf } = rosterOf(programme);
  const leaves = subject.personIds.flatMap((id) => leavesOf.get(id) ?? []);
  return [
    ...programme.waivers
      .filter((w) => touches(w, requirement, subject))
      .map(({ start, end, reason }) => ({ start, end, excuse: { code: 'waiver' as const, words: reason } })),
    ...leaves.map(({ start, end, reason }) => ({
      start,
      end,
      excuse: { code: 'leave' as const, ...(reason && { words: reason }) },
    })),
  ];
};

/** Days of `range` that no absence takes; absences may overlap each other. */
const daysLeft = (range: Range, absences: Absence[]): number => {
  if (absences.length === 0) return lengthOf(range);
  const taken = new Set<Ymd>();
  for (const absence of absences) {
    const part = intersect(range, absence);
    if (part) for (const day of eachDay(part)) taken.add(day);
  }
  return lengthOf(range) - taken.size;
};

/** Leave and waivers that leave, of what the subject's life had left of it, less than half of a period. */
const excusesOver = (window: Window, range: Range, absences: Absence[]): Excuse[] => {
  const inside = absences.filter((a) => intersect(range, a));
  if (inside.length === 0 || 2 * daysLeft(range, inside) >= lengthOf(window)) return [];
  return [...new Map(inside.map(({ excuse }) => [JSON.stringify(excuse), excuse])).values()];
};

/** Why a period asks for nothing: fewer than half of its days are left by life, leave and waivers. */
const waiverOf = (window: Window, range: Range, absences: Absence[]): Obligation['waived'] => {
  if (window.waived) return { by: [window.waived] };
  const by = excusesOver(window, range, absences);
  if (by.length > 0) return { by };
  return 2 * lengthOf(range) < lengthOf(window) ? { by: [{ code: 'short_service' }] } : undefined;
};

const obligationId = (programme: Programme, planId: string, requirement: Requirement, subject: Subject, key: string) =>
  hash('sha1', [programme.id, planId, requirement.id, subject.ref.kind, subject.ref.id, key].join('\n'), 'base64url');

const windowsFor = (programme: Programme, requirement: Requirement, subject: Subject): Window[] => {
  const own = requirement.period === 'cycle' || requirement.period === 'once';
  if (!own) return windowsOf(programme, requirement.period);
  if (subject.pairingId) return windowsOf(programme, requirement.period, subject.life);
  // A school or person reckons a cycle from its earliest pairing; one without a date began with the programme. `once` is
  // then the programme's whole life.
  const lives = subject.needs ?? [];
  const dated = lives.every((life) => life.start !== undefined);
  const first = dated ? lives.map((life) => life.start!).sort()[0] : undefined;
  return windowsOf(programme, requirement.period, requirement.period === 'cycle' ? { start: first } : {});
};

/** Where a plan is used per teacher, what it asks for each pupil in care is asked of each mentor once. */
const asUsed = (requirement: Requirement, use: PlanUse): Requirement =>
  requirement.subject === 'care' && use.options.per === 'teacher'
    ? { ...requirement, subject: 'teacher', role: [...ROLES], where: { ...requirement.where, mentors: true } }
    : requirement;

/** Bearers in service at some time of the range; where nobody is, those listed, so that a duty is never nobody's. */
const bearersIn = (programme: Programme, subject: Subject, range: Range): string[] => {
  const { person } = rosterOf(programme);
  const gone = (id: string): boolean => intersect(range, lifeOf(person.get(id) ?? {})) === undefined;
  if (!subject.bearerIds.some(gone)) return subject.bearerIds;
  const left = subject.bearerIds.filter((id) => !gone(id));
  return left.length > 0 ? left : subject.bearerIds;
};

type Only = (subjectId: string) => boolean;

/** A duty as the programme asks for it now. */
export interface Derived {
  obligation: Obligation;
  /** What somebody has excused it by, had it the days of `range`: without what follows from lives and calendar alone. */
  excusesOver(range: Range): Excuse[];
}

const deriveUse = (
  programme: Programme,
  use: PlanUse,
  requirement: Requirement,
  year: Range,
  only?: Only,
): Derived[] => {
  const shared = windowsOf(programme, requirement.period).filter((w) => meets(w, year));
  const ownWindows = requirement.period === 'cycle' || requirement.period === 'once';
  return subjectsOf(programme, use, requirement).flatMap((subject) => {
    if (only && !only(subject.ref.id)) return [];
    const windows = ownWindows ? windowsFor(programme, requirement, subject).filter((w) => meets(w, year)) : shared;
    const absences = absencesOf(programme, requirement, subject);
    return windows.flatMap((window): Derived[] => {
      const range = intersect(window, subject.life);
      if (!range || !meets(range, year)) return [];
      if (subject.needs && !subject.needs.some((life) => intersect(range, life))) return [];
      const waived = waiverOf(window, range, absences);
      const obligation: Obligation = {
        id: obligationId(programme, use.plan.id, requirement, subject, window.key),
        programmeId: programme.id,
        programme: programme.name,
        planId: use.plan.id,
        requirement,
        subject: subject.ref,
        bearerIds: bearersIn(programme, subject, range),
        period: { start: range.start, end: range.end, ...window.name },
        target: requirement.count,
        pace: requirement.pace,
        ...(waived && { waived }),
        feedKeys: subject.feedKeys,
      };
      return [{ obligation, excusesOver: (days) => excusesOver(window, days, absences) }];
    });
  });
};

/**
 * Every obligation, waived ones too, whose range meets the school year that holds `date` (cycles and `once` included), in the
 * order plan, requirement, subject, period. Empty where the programme lists no terms for that date. Two uses of one plan
 * that reach the same subject give one obligation. `only` narrows to subjects by id, for what a change of one person touches.
 */
export const deriveObligations = (programme: Programme, date: Ymd, only?: Only): Obligation[] =>
  deriveYear(programme, schoolYearRange(programme, date), only).map((d) => d.obligation);

/** The same of every known school year, by id, with what excuses them. */
export const deriveAll = (programme: Programme, only?: Only): Map<string, Derived> =>
  new Map(
    schoolYears(programme).flatMap((year) =>
      deriveYear(programme, year, only).map((d) => [d.obligation.id, d] as const),
    ),
  );

function deriveYear(programme: Programme, year: Range | undefined, only?: Only): Derived[] {
  if (!year) return [];
  const all = programme.plans.flatMap((use) =>
    use.plan.requirements.flatMap((r) => deriveUse(programme, use, asUsed(r, use), year, only)),
  );
  return [...new Map(all.map((d) => [d.obligation.id, d])).values()];
}

export { schoolYearRange } from './periods.ts';
