/** requirement × subject × period: everything that is owed in a school year, derived from the programme alone. */
import { hash } from 'node:crypto';
import { addDays, eachDay, intersect, lengthOf, meets, type Range, type Ymd } from './dates.ts';
import type { Obligation, SubjectRef } from './obligation.ts';
import { ROLES } from './people.ts';
import { schoolYearRange, schoolYears, type Window, windowsOf, yearLabel } from './periods.ts';
import type { Requirement } from './plan.ts';
import type { PlanUse, Programme, Waiver } from './programme.ts';
import type { Excuse } from './reasons.ts';
import { rosterOf } from './roster.ts';
import { livesOf } from './spells.ts';
import { type Part, type Subject, subjectsOf } from './subjects.ts';

function touches(waiver: Waiver, requirement: Requirement, subject: Subject, part: Part): boolean {
  if (waiver.lifted) return false;
  if (waiver.requirementId && waiver.requirementId !== requirement.id) return false;
  const subjects: [string | undefined, (id: string) => boolean][] = [
    [waiver.personId, (id) => part.personIds.includes(id)],
    [waiver.schoolId, (id) => part.schoolIds.includes(id)],
    [waiver.pairingId, (id) => subject.pairingId === id],
    [waiver.pupilId, (id) => subject.pupilId === id],
  ];
  const named = subjects.filter(([id]) => id !== undefined);
  return named.length > 0 && named.every(([id, fits]) => fits(id!));
}

/** Days that do not count; the gap between two spells needs no excuse. */
interface Absence extends Partial<Range> {
  excuse?: Excuse;
}

function absencesOf(programme: Programme, requirement: Requirement, subject: Subject, part: Part): Absence[] {
  const { leavesOf } = rosterOf(programme);
  const leaves = part.personIds.flatMap((id) => leavesOf.get(id) ?? []);
  return [
    ...programme.waivers
      .filter((w) => touches(w, requirement, subject, part))
      .map(({ start, end, reason }) => ({ start, end, excuse: { code: 'waiver' as const, words: reason } })),
    ...leaves.map(({ start, end, reason }) => ({
      start,
      end,
      excuse: { code: 'leave' as const, ...(reason && { words: reason }) },
    })),
  ];
}

/** A part of a subject, cut to a window. */
interface Piece {
  part: Part;
  range: Range;
}

/** One row of the roster in one window: its pieces, and those of the rows that took over from it. */
interface Asked {
  subject: Subject;
  window: Window;
  pieces: Piece[];
}

const gapsIn = (pieces: Piece[]): Absence[] =>
  pieces.slice(1).flatMap(({ range }, i) => {
    const gap = { start: addDays(pieces[i]!.range.end, 1), end: addDays(range.start, -1) };
    return gap.start <= gap.end ? [gap] : [];
  });

const absencesIn = (programme: Programme, requirement: Requirement, { subject, pieces }: Asked): Absence[] => [
  ...pieces.flatMap(({ part }, i) => {
    const next = pieces[i + 1]?.range.start;
    const turn = { start: i > 0 ? pieces[i]!.range.start : '0001-01-01', end: next ? addDays(next, -1) : '9999-12-31' };
    return absencesOf(programme, requirement, subject, part).flatMap((a) => {
      const inside = intersect(turn, a);
      return inside ? [{ ...inside, excuse: a.excuse }] : [];
    });
  }),
  ...gapsIn(pieces),
];

/** Days of `range` without absences, which may overlap each other. */
function daysLeft(range: Range, absences: Absence[]): number {
  if (absences.length === 0) return lengthOf(range);
  const taken = new Set<Ymd>();
  for (const absence of absences) {
    const part = intersect(range, absence);
    if (part) for (const day of eachDay(part)) taken.add(day);
  }
  return lengthOf(range) - taken.size;
}

/** Leave and waivers that leave less than half of the part of a period within the subject's spell. */
function excusesOver(window: Window, range: Range, absences: Absence[]): Excuse[] {
  const inside = absences.filter((a) => intersect(range, a));
  const excuses = inside.flatMap((a) => a.excuse ?? []);
  if (excuses.length === 0 || 2 * daysLeft(range, inside) >= lengthOf(window)) return [];
  return [...new Map(excuses.map((excuse) => [JSON.stringify(excuse), excuse])).values()];
}

/** Why a period asks for nothing: fewer than half of its days remain after spell, leave and waivers. */
function waiverOf(window: Window, range: Range, absences: Absence[]): Obligation['waived'] {
  if (window.waived) return { by: [window.waived] };
  const by = excusesOver(window, range, absences);
  if (by.length > 0) return { by };
  const gaps = absences.filter((a) => !a.excuse);
  return 2 * daysLeft(range, gaps) < lengthOf(window) ? { by: [{ code: 'short_service' }] } : undefined;
}

/** Uses the row that began the period, so that a duty stays one row if another takes over within it. */
const obligationId = (programme: Programme, planId: string, requirement: Requirement, ref: SubjectRef, key: string) =>
  hash('sha1', [programme.id, planId, requirement.id, ref.kind, ref.id, key].join('\n'), 'base64url');

function windowsFor(programme: Programme, requirement: Requirement, subject: Subject): Window[] {
  const ofPairing = requirement.period === 'cycle' || requirement.period === 'once';
  if (!ofPairing) return windowsOf(programme, requirement.period);
  if (subject.pairingId) {
    const [first, last] = [subject.parts[0]!.life, subject.parts.at(-1)!.life];
    return windowsOf(programme, requirement.period, { start: first.start, end: last.end });
  }
  // A school or person counts a cycle from its earliest pairing; one without a date began with the programme. `once` is
  // then the programme's whole life.
  const lives = subject.needs ?? [];
  const dated = lives.every((life) => life.start !== undefined);
  const first = dated ? lives.map((life) => life.start!).sort()[0] : undefined;
  return windowsOf(programme, requirement.period, requirement.period === 'cycle' ? { start: first } : {});
}

/** Whether a window lies in a school year for which a requirement is asked, counted from the pairing's first. */
function isAsked(programme: Programme, { years }: Requirement, subject: Subject, window: Window): boolean {
  if (years === undefined) return true;
  const lives = subject.needs ?? [subject.parts[0]!.life];
  const first = lives.map((life) => life.start ?? schoolYears(programme)[0]!.start).sort()[0]!;
  return yearLabel(window.start) < yearLabel(first) + years;
}

/** If a plan is used per teacher, requirements for each pupil in care are asked of each mentor once. */
const asUsed = (requirement: Requirement, use: PlanUse): Requirement =>
  requirement.subject === 'care' && use.options.per === 'teacher'
    ? { ...requirement, subject: 'teacher', role: [...ROLES], where: { ...requirement.where, mentors: true } }
    : requirement;

/** Bearers in service at some time of the range; if there are none, all listed ones, so that every duty has a bearer. */
function bearersIn(programme: Programme, bearerIds: string[], range: Range): string[] {
  const { person } = rosterOf(programme);
  const hasLeft = (id: string): boolean => !livesOf(person.get(id) ?? {}).some((life) => intersect(range, life));
  const serving = bearerIds.filter((id) => !hasLeft(id));
  return serving.length > 0 ? serving : bearerIds;
}

/** What is asked in each window, for each row that begins it. */
function* askedIn(subjects: Subject[], windowsFor: (subject: Subject) => Window[]): Generator<void, Asked[]> {
  const found = new Map<string, Asked>();
  for (const [i, subject] of subjects.entries()) {
    if (i % STEP === 0) yield;
    for (const window of windowsFor(subject)) {
      const pieces = subject.parts.flatMap((part): Piece[] => {
        const range = intersect(window, part.life);
        return range ? [{ part, range }] : [];
      });
      if (pieces.length === 0) continue;
      const key = `${pieces[0]!.part.ref.id} ${window.key}`;
      const known = found.get(key);
      if (known) known.pieces.push(...pieces);
      else found.set(key, { subject, window, pieces });
    }
  }
  return [...found.values()];
}

/** The piece that contains the day; the first if the day is earlier, the last without a day. */
const pieceOf = (pieces: Piece[], day: Ymd | undefined): number =>
  day === undefined
    ? pieces.length - 1
    : Math.max(
        0,
        pieces.findLastIndex((p) => p.range.start <= day),
      );

/** A duty as the programme asks for it now. */
export interface Derived {
  obligation: Obligation;
  /** Leave and waivers that would excuse it if it had the days of `range`; spells and calendar are ignored. */
  excusesOver(range: Range): Excuse[];
}

/** Narrows derivation to subjects by id; `day` picks the subject of that day instead of the last after a hand-over. */
interface Narrowed {
  only?: (subjectId: string) => boolean;
  day?: Ymd;
}

/** Subjects or duties per step. */
const STEP = 200;

function* deriveUse(
  programme: Programme,
  use: PlanUse,
  requirement: Requirement,
  year: Range,
  { only, day }: Narrowed,
): Generator<void, Derived[]> {
  const shared = windowsOf(programme, requirement.period).filter((w) => meets(w, year));
  const ownWindows = requirement.period === 'cycle' || requirement.period === 'once';
  const windows = (subject: Subject) =>
    (ownWindows ? windowsFor(programme, requirement, subject).filter((w) => meets(w, year)) : shared).filter((w) =>
      isAsked(programme, requirement, subject, w),
    );
  const derive = (asked: Asked): Derived[] => {
    const { subject, window, pieces } = asked;
    pieces.sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
    const at = pieceOf(pieces, day);
    const { part, range: current } = pieces[at]!;
    if (only && !only(part.ref.id)) return [];
    const range = { start: pieces[0]!.range.start, end: pieces.at(-1)!.range.end };
    if (!meets(range, year)) return [];
    if (subject.needs && !subject.needs.some((life) => intersect(range, life))) return [];
    const absences = absencesIn(programme, requirement, asked);
    const waived = waiverOf(window, range, absences);
    const handed = at > 0 && pieces[at - 1]!.part.ref.id !== part.ref.id;
    const obligation: Obligation = {
      id: obligationId(programme, use.plan.id, requirement, pieces[0]!.part.ref, window.key),
      programmeId: programme.id,
      programme: programme.name,
      planId: use.plan.id,
      requirement,
      subject: part.ref,
      bearerIds: bearersIn(programme, part.bearerIds, handed ? { ...range, start: current.start } : range),
      period: { ...range, ...window.name },
      target: requirement.count,
      pace: requirement.pace,
      ...(handed && { handedOn: current.start }),
      ...(waived && { waived }),
      feedKeys: [...new Set(pieces.flatMap((p) => p.part.feedKeys))],
    };
    return [{ obligation, excusesOver: (days) => excusesOver(window, days, absences) }];
  };
  const found: Derived[] = [];
  const all = yield* askedIn(subjectsOf(programme, use, requirement), windows);
  for (const [i, asked] of all.entries()) {
    if (i % STEP === 0) yield;
    found.push(...derive(asked));
  }
  return found;
}

/**
 * Every obligation, waived ones too, whose range meets the school year of `date`, in the order plan, requirement, subject, period.
 * Empty without terms for that date. Two uses of one plan that reach the same subject give one obligation.
 */
export const deriveObligations = (programme: Programme, date: Ymd, narrowed: Narrowed = {}): Obligation[] =>
  deriveYear(programme, schoolYearRange(programme, date), narrowed).map((d) => d.obligation);

/** The same for every known school year, by id, with excuses; in steps, because a county takes a second. */
export function* derivingAll(programme: Programme, narrowed: Narrowed = {}): Generator<void, Map<string, Derived>> {
  const found = new Map<string, Derived>();
  for (const year of schoolYears(programme))
    for (const use of programme.plans)
      for (const r of use.plan.requirements) {
        const derived = yield* deriveUse(programme, use, asUsed(r, use), year, narrowed);
        for (const d of derived) found.set(d.obligation.id, d);
      }
  return found;
}

/** Runs all steps at once. */
function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function deriveYear(programme: Programme, year: Range | undefined, narrowed: Narrowed): Derived[] {
  if (!year) return [];
  const all = programme.plans.flatMap((use) =>
    use.plan.requirements.flatMap((r) => atOnce(deriveUse(programme, use, asUsed(r, use), year, narrowed))),
  );
  return [...new Map(all.map((d) => [d.obligation.id, d])).values()];
}

export { schoolYearRange } from './periods.ts';
