/** What begins in a programme's lists: care of a pupil, a mentorship, a pairing, a place in a team; and a pupil who returns. Pure. */
import { addDays, type Ymd } from './dates.ts';
import { pairingKey, personKey, pupilKey } from './file-names.ts';
import type { Care, Mentorship, Pairing, Pupil } from './people.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';
import type { RosterEdit } from './roster-change.ts';
import { alive, type Spelled, spellsOf, withSpells } from './spells.ts';

export type Begins =
  /** A name that the mentor's school does not have becomes a pupil of it. */
  | { what: 'care_begins'; mentorId: string; name: string; grade?: string; kind?: string; on: Ymd }
  | { what: 'mentorship_begins'; mentorId: string; menteeId: string; on: Ymd }
  | { what: 'pairing_begins'; supporterId: string; recipientId: string; on: Ymd }
  | { what: 'team_joins'; pairingId: string; personIds: string[] }
  /** From `on`, with the mentors of the last day in care. */
  | { what: 'pupil_returns'; pupilId: string; on: Ymd };

type Of<W extends Begins['what']> = Extract<Begins, { what: W }>;

/** A row that ended begins again; one that ended the day before goes on. */
function again<T extends Spelled & { id: string }>(row: T, on: Ymd): T {
  const spells = spellsOf(row);
  const last = spells.at(-1)!;
  if (last.to !== addDays(on, -1)) return withSpells(row, [...spells, { from: on }]);
  return withSpells(row, [...spells.slice(0, -1), last.from ? { from: last.from } : {}]);
}

/** One name stands for one row, so that a relation that ended before gets another spell. */
function begun<T extends Spelled & { id: string }>(
  list: RosterEdit['list'],
  known: T | undefined,
  on: Ymd,
  fresh: () => { name: string; value: T },
): RosterEdit[] {
  if (!known) return [{ list, ...fresh() }];
  return alive(known, on) || (known.from ?? '') > on ? [] : [{ list, value: again(known, on) }];
}

/** The pupils of this name at the mentor's school, else at those paired with it. */
export function pupilsNear(programme: Programme, mentorId: string, name: string): Pupil[] {
  const { person, pairingsOfSchool } = rosterOf(programme);
  const own = person.get(mentorId)?.schoolId;
  const called = programme.pupils.filter((p) => p.name === name);
  const home = called.filter((p) => p.schoolId === own);
  const partners = (pairingsOfSchool.get(own ?? '') ?? []).flatMap((p) => [p.supporterId, p.recipientId]);
  return home.length > 0 ? home : called.filter((p) => partners.includes(p.schoolId ?? ''));
}

/** The cares whose last day is a pupil's last day in care; none while one is running. */
export function caresEndedLast(programme: Programme, pupilId: string, on: Ymd): Care[] {
  const cares = rosterOf(programme).caresOfPupil.get(pupilId) ?? [];
  if (cares.some((c) => alive(c, on))) return [];
  const last = cares
    .flatMap((c) => (c.to && c.to < on ? [c.to] : []))
    .sort()
    .at(-1);
  return last === undefined ? [] : cares.filter((c) => c.to === last);
}

export const BEGINNINGS: { [W in Begins['what']]: (p: Programme, c: Of<W>, newId: () => string) => RosterEdit[] } = {
  care_begins: (programme, { mentorId, name, grade, kind, on }, newId) => {
    const { person, schoolName, caresOfMentor } = rosterOf(programme);
    const schoolId = person.get(mentorId)?.schoolId;
    const [known] = pupilsNear(programme, mentorId, name);
    const pupil: Pupil = known ?? { id: newId(), name, ...(grade && { grade }), ...(schoolId && { schoolId }) };
    const key = pupilKey(schoolName(pupil.schoolId), name, pupil.code);
    const care = (caresOfMentor.get(mentorId) ?? []).find((c) => c.pupilId === pupil.id);
    const added: RosterEdit[] = known ? [] : [{ list: 'pupils', name: key, value: pupil }];
    const began = begun<Care>('cares', care, on, () => ({
      name: `${nameOfPerson(programme, mentorId)}→${key}`,
      value: { id: newId(), mentorId, pupilId: pupil.id, ...(kind && { kind }), from: on },
    }));
    return [...added, ...began];
  },
  mentorship_begins: (programme, { mentorId, menteeId, on }, newId) =>
    begun<Mentorship>(
      'mentorships',
      programme.mentorships.find((m) => m.mentorId === mentorId && m.menteeId === menteeId),
      on,
      () => ({
        name: `${nameOfPerson(programme, mentorId)}→${nameOfPerson(programme, menteeId)}`,
        value: { id: newId(), mentorId, menteeId, from: on },
      }),
    ),
  pairing_begins: (programme, { supporterId, recipientId, on }, newId) => {
    const { school } = rosterOf(programme);
    const known = programme.pairings.find((p) => p.supporterId === supporterId && p.recipientId === recipientId);
    return begun<Pairing>('pairings', known, on, () => ({
      name: pairingKey(school.get(supporterId)!.name, school.get(recipientId)!.name),
      value: { id: newId(), supporterId, recipientId, kinds: [], team: [], from: on },
    }));
  },
  team_joins: (programme, { pairingId, personIds }) =>
    programme.pairings
      .filter((p) => p.id === pairingId && personIds.some((id) => !p.team.includes(id)))
      .map((p): RosterEdit => {
        const former = (p.formerTeam ?? []).filter((f) => !personIds.includes(f.personId));
        const value: Pairing = { ...p, team: [...new Set([...p.team, ...personIds])], formerTeam: former };
        return { list: 'pairings', value };
      }),
  pupil_returns: (programme, { pupilId, on }) =>
    caresEndedLast(programme, pupilId, on).map((care): RosterEdit => ({ list: 'cares', value: again(care, on) })),
};

export function nameOfPerson(programme: Programme, id: string): string {
  const person = rosterOf(programme).person.get(id)!;
  return personKey(rosterOf(programme).schoolName(person.schoolId), person.name);
}
export function nameOfPupil(programme: Programme, id: string): string {
  const pupil = rosterOf(programme).pupil.get(id)!;
  return pupilKey(rosterOf(programme).schoolName(pupil.schoolId), pupil.name, pupil.code);
}
export function nameOfPairing(programme: Programme, id: string): string {
  const { pairing, school } = rosterOf(programme);
  const { supporterId, recipientId } = pairing.get(id)!;
  return pairingKey(school.get(supporterId)!.name, school.get(recipientId)!.name);
}
