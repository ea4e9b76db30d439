/** Arrangements (请假, 换人, 豁免 …): the proposal, its effects, what is still missing, and who is affected. Pure. */
import { affectedBy } from './affected.ts';
import { addDays, type Ymd } from './dates.ts';
import { derivingAll } from './obligations.ts';
import type { Role } from './people.ts';
import { type Actor, allActingOn, may, type Target } from './policy.ts';
import type { Programme, Waiver } from './programme.ts';
import { rosterOf } from './roster.ts';
import { editsOf, type RosterChange, type RosterEdit, withEdits } from './roster-change.ts';
import { finished } from './steps.ts';

export type About = Pick<Waiver, 'personId' | 'schoolId' | 'pairingId' | 'pupilId'>;

export type Arrangement =
  /** `toId` stands in during the leave. */
  | { what: 'leave'; personId: string; from?: Ymd; to?: Ymd; toId?: string; reason?: string }
  /** Back on that day; without the leave if it has not begun. */
  | { what: 'end_leave'; personId: string; leaveIds: string[]; on: Ymd }
  /** `to`: the last day of a temporary hand-over. `leaves`: `fromId` also leaves the programme the day before. */
  | { what: 'replace'; fromId: string; toId: string; on: Ymd; to?: Ymd; pupilId?: string; leaves?: true }
  | { what: 'person_leaves'; personId: string; on: Ymd }
  /** `excused`: the running unmet duties, from each period's first day. */
  | {
      what: 'pupil_leaves';
      pupilId: string;
      on: Ymd;
      excused?: { requirementId: string; from: Ymd }[];
      reason?: string;
    }
  | { what: 'pairing_ends'; pairingId: string; on: Ymd }
  | { what: 'pupil_returns'; pupilId: string; on: Ymd }
  /** Pupils of the mentor's school; those not in the roster are added. */
  | { what: 'care_begins'; pairs: { mentorId: string; name: string; grade?: string; kind?: string }[]; on: Ymd }
  | { what: 'mentorship_begins'; pairs: { mentorId: string; menteeId: string }[]; on: Ymd }
  | { what: 'pairing_begins'; supporterId: string; recipientId: string; on: Ymd }
  | { what: 'team_joins'; pairingIds: string[]; personIds: string[] }
  /** An empty list means all requirements. */
  | { what: 'waive'; about: About; requirementIds: string[]; from?: Ymd; to?: Ymd; reason?: string }
  | { what: 'lift'; about: About; waiverIds: string[] };

export type Unsaid = 'dates' | 'reason';

/** What is still missing before it can be confirmed. */
export function lacking(a: Arrangement): Unsaid[] {
  if (a.what === 'leave') return a.from && a.to ? [] : ['dates'];
  return a.what === 'waive' && !a.reason ? ['reason'] : [];
}

/** The roster changes that it amounts to; none while anything is missing. */
export function changesOf(a: Arrangement): RosterChange[] {
  if (lacking(a).length > 0) return [];
  switch (a.what) {
    case 'leave': {
      const { toId, personId, from = '', to = '', reason } = a;
      const meanwhile = toId ? [{ what: 'replace' as const, fromId: personId, toId, on: from, to }] : [];
      return [{ what: 'leave', personId, from, to, ...(toId && { toId }), ...(reason && { reason }) }, ...meanwhile];
    }
    case 'end_leave':
      return a.leaveIds.map((leaveId) => ({ what: 'end_leave', leaveId, on: a.on }));
    case 'replace': {
      const { leaves, ...replace } = a;
      const last = addDays(a.on, -1);
      return [replace, ...(leaves ? [{ what: 'person_leaves' as const, personId: a.fromId, on: last }] : [])];
    }
    case 'waive': {
      const { about, requirementIds, reason = '', from, to } = a;
      const waiver = { what: 'waive' as const, ...about, reason, ...(from && { from }), ...(to && { to }) };
      return requirementIds.length === 0
        ? [waiver]
        : requirementIds.map((requirementId) => ({ ...waiver, requirementId }));
    }
    case 'pupil_leaves': {
      const { excused = [], pupilId, on, reason = '' } = a;
      const waiver = { what: 'waive' as const, pupilId, to: on, reason };
      return [{ what: 'pupil_leaves', pupilId, on }, ...excused.map((e) => ({ ...waiver, ...e }))];
    }
    case 'lift':
      return a.waiverIds.map((waiverId) => ({ what: 'lift', waiverId }));
    case 'care_begins':
      return a.pairs.map((pair) => ({ what: 'care_begins', ...pair, on: a.on }));
    case 'mentorship_begins':
      return a.pairs.map((pair) => ({ what: 'mentorship_begins', ...pair, on: a.on }));
    case 'team_joins':
      return a.pairingIds.map((pairingId) => ({ what: 'team_joins', pairingId, personIds: a.personIds }));
    default:
      return [a];
  }
}

/** The effect of an arrangement: the programme as it will be, and how many duties of each title change. */
export interface Effect<P extends Programme> {
  after: P;
  duties: { title: string; n: number }[];
}

/** Undefined if nothing would change. */
export function effectOf<P extends Programme>(
  programme: P,
  a: Arrangement,
  today: Ymd,
  newId: () => string,
): Effect<P> | undefined {
  let after = programme;
  const edits: RosterEdit[] = [];
  for (const change of changesOf(a)) {
    const applied = editsOf(after, change, newId);
    if ('nothing' in applied) continue;
    after = withEdits(after, applied.edits);
    edits.push(...applied.edits);
  }
  if (edits.length === 0) return undefined;
  const { subjects } = affectedBy([programme, after], edits);
  const derive = (p: Programme) => finished(derivingAll(p, { day: today, only: (id) => subjects.has(id) }));
  const [old, now] = [derive(programme), derive(after)];
  const titles = new Map<string, number>();
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [x, y] = [old.get(id)?.obligation, now.get(id)?.obligation];
    const same = x && y && !x.waived === !y.waived && x.bearerIds.join() === y.bearerIds.join();
    const { period, requirement } = (x ?? y)!;
    // Past duties may be excused, and otherwise stay as they ended.
    if (same || (period.end < today && !(y?.waived && !x?.waived))) continue;
    titles.set(requirement.title, (titles.get(requirement.title) ?? 0) + 1);
  }
  return { after, duties: [...titles].map(([title, n]) => ({ title, n })) };
}

/** Every target that the actor needs the right to arrange. */
export function targetsOf(a: Arrangement): Target[] {
  switch (a.what) {
    case 'replace':
      return [a.fromId, a.toId].map((id) => ({ kind: 'person', id }));
    case 'leave':
      return [a.personId, a.toId].flatMap((id) => (id ? [{ kind: 'person' as const, id }] : []));
    case 'pupil_leaves':
    case 'pupil_returns':
      return [{ kind: 'pupil', id: a.pupilId }];
    case 'pairing_ends':
      return [{ kind: 'pairing', id: a.pairingId }];
    case 'care_begins':
    case 'mentorship_begins':
      return a.pairs.map(({ mentorId }) => ({ kind: 'person', id: mentorId }));
    case 'pairing_begins':
      return [a.supporterId, a.recipientId].map((id) => ({ kind: 'school', id }));
    case 'team_joins':
      return a.pairingIds.map((id) => ({ kind: 'pairing', id }));
    case 'waive':
    case 'lift':
      return targetsAbout(a.about);
    default:
      return [{ kind: 'person', id: a.personId }];
  }
}

const targetsAbout = ({ personId, schoolId, pairingId, pupilId }: About): Target[] =>
  Object.entries({ person: personId, school: schoolId, pairing: pairingId, pupil: pupilId }).flatMap(([kind, id]) =>
    id ? [{ kind: kind as 'person', id }] : [],
  );

/** Whether the actor may arrange it alone. Either school may enter a mentorship of two schools. */
export function mayArrange(actor: Actor, a: Arrangement, programme: Programme): boolean {
  const able = (target: Target) => may(actor, 'arrange', target, programme);
  if (a.what !== 'mentorship_begins') return targetsOf(a).every(able);
  return a.pairs.every((p) => [p.mentorId, p.menteeId].some((id) => able({ kind: 'person', id })));
}

/** A head speaks for the school, and its coordinator enters it. */
const HEADS: Role[] = ['leader', 'principal', 'vice_principal'];

/** Whether it concerns the actor or a pupil in their care, so that they may request it. The stand-in is asked later. */
export function isOwnAffair(actor: Actor, a: Arrangement, programme: Programme): boolean {
  const { person, pairing } = rosterOf(programme);
  const own = (schoolIds: (string | undefined)[]) =>
    actor.roles.some((role) => HEADS.includes(role)) && schoolIds.includes(actor.schoolId);
  if (a.what === 'team_joins')
    return a.pairingIds.every((id) => own([pairing.get(id)?.supporterId, pairing.get(id)?.recipientId]));
  if (a.what === 'mentorship_begins')
    return a.pairs.every(({ mentorId, menteeId }) => {
      const ids = [mentorId, menteeId];
      return ids.includes(actor.id) || own(ids.map((id) => person.get(id)?.schoolId));
    });
  const cares = rosterOf(programme).caresOfMentor.get(actor.id) ?? [];
  const about = a.what === 'leave' || a.what === 'replace' ? targetsOf(a).slice(0, 1) : targetsOf(a);
  return about.every((t) =>
    t.kind === 'person' ? t.id === actor.id : t.kind === 'pupil' && cares.some((c) => c.pupilId === t.id),
  );
}

/** Everybody whom it concerns: its subjects, the people who hand over and take over, and the coordinators of the affected schools. */
export function concerned(programme: Programme, a: Arrangement, today: Ymd): Actor[] {
  const { person, pairing, caresOfPupil, mentorshipsOf, peopleOfSchool } = rosterOf(programme);
  const ids = new Set<string>();
  const schools = new Set<string>();
  const running = (row: { to?: Ymd }) => !row.to || row.to >= today;
  const ofPerson = (id: string) => {
    ids.add(id);
    for (const m of (mentorshipsOf.get(id) ?? []).filter(running)) ids.add(m.mentorId).add(m.menteeId);
  };
  for (const target of targetsOf(a)) {
    if (target.kind === 'person') {
      if (a.what === 'replace' || a.what === 'person_leaves' || (a.what === 'leave' && a.toId)) ofPerson(target.id);
      else ids.add(target.id);
    } else if (target.kind === 'pupil')
      for (const care of (caresOfPupil.get(target.id) ?? []).filter(running)) ids.add(care.mentorId);
    else if (target.kind === 'school') schools.add(target.id);
    else if (target.kind === 'pairing') {
      const { supporterId, recipientId, team } = pairing.get(target.id)!;
      schools.add(supporterId).add(recipientId);
      for (const id of team) ids.add(id);
    }
  }
  if (a.what === 'mentorship_begins') for (const { menteeId } of a.pairs) ids.add(menteeId);
  if (a.what === 'team_joins') for (const id of a.personIds) ids.add(id);
  for (const id of ids) schools.add(person.get(id)?.schoolId ?? '');
  const heads = a.what === 'pairing_ends' || a.what === 'pairing_begins' ? ['principal', 'leader'] : [];
  for (const school of schools)
    for (const p of allActingOn(peopleOfSchool.get(school) ?? [], today))
      if (p.roles.some((role) => role === 'coordinator' || heads.includes(role))) ids.add(p.id);
  return allActingOn(
    [...ids].flatMap((id) => person.get(id) ?? []),
    today,
  );
}
