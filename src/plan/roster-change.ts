/** What a leave, a new mentor, a departing pupil, an ending pairing or a waiver changes in a programme's lists. Pure. */
import { addDays, type Ymd } from './dates.ts';
import { personKey, waivedPupilKey } from './file-names.ts';
import type { Care, Mentorship, Pairing } from './people.ts';
import type { Leave, Programme, Waiver } from './programme.ts';
import { rosterOf } from './roster.ts';
import { BEGINNINGS, type Begins, nameOfPairing, nameOfPerson, nameOfPupil } from './roster-begins.ts';
import { alive, spellsOf, withSpells } from './spells.ts';
import { standInOver } from './stand-in.ts';

/** Days are inclusive: a leave to the 30th is over on the 31st, a pupil who leaves on the 20th is in care until then. */
export type RosterChange =
  /** `toId` stands in: a separate `replace` for those days hands over. */
  | { what: 'leave'; personId: string; from: Ymd; to: Ymd; toId?: string; reason?: string }
  /** The leave ends on the day before `on`, or never begins. */
  | { what: 'end_leave'; leaveId: string; on: Ymd }
  /**
   * From `on`, `toId` takes over from `fromId`: pupils in care, mentees, places in teams; with `pupilId` only that pupil. After `to`,
   * pupils and mentees return to `fromId`, and places in teams stay.
   */
  | { what: 'replace'; fromId: string; toId: string; on: Ymd; to?: Ymd; pupilId?: string }
  | { what: 'person_leaves'; personId: string; on: Ymd }
  | { what: 'pupil_leaves'; pupilId: string; on: Ymd }
  | { what: 'pairing_ends'; pairingId: string; on: Ymd }
  | Begins
  | ({ what: 'waive'; reason: string; from?: Ymd; to?: Ymd } & Pick<
      Waiver,
      'personId' | 'schoolId' | 'pairingId' | 'pupilId' | 'requirementId'
    >)
  /** A new person, as a teacher. */
  | { what: 'add_person'; personId: string; name: string; schoolId: string }
  /** Revokes a waiver; duties that ended under it stay excused. */
  | { what: 'lift'; waiverId: string };

export type ListName = 'schools' | 'people' | 'pairings' | 'mentorships' | 'pupils' | 'cares' | 'waivers' | 'leaves';
/** A row to write. `name` is its identity in files, if the row is new. */
export interface RosterEdit {
  list: ListName;
  value: { id: string };
  name?: string;
  /** The row is deleted. */
  removed?: true;
}

/** The edits of a change, or why there are none. */
export type Applied = { edits: RosterEdit[] } | { nothing: 'already' | 'nobody' };

/** The rows that a change writes. Calls `newId` once for each new row. */
export function editsOf(programme: Programme, change: RosterChange, newId: () => string): Applied {
  const edits = CHANGES[change.what](programme, change as never, newId);
  return edits.length > 0 ? { edits } : { nothing: change.what === 'replace' ? 'nobody' : 'already' };
}

type Of<W extends RosterChange['what']> = Extract<RosterChange, { what: W }>;

/** Whether a row is in force on some day from `day` on. */
const livesOn = (day: Ymd) => (row: { to?: Ymd }) => !row.to || row.to >= day;

const ended = <T extends { id: string; from?: Ymd; to?: Ymd }>(list: ListName, rows: T[], last: Ymd): RosterEdit[] =>
  rows.filter((row) => !row.to || row.to > last).map((row) => ({ list, value: { ...row, to: last } }));

const CHANGES: { [W in RosterChange['what']]: (p: Programme, c: Of<W>, newId: () => string) => RosterEdit[] } = {
  ...BEGINNINGS,
  leave: (programme, { personId, from, to, toId, reason }, newId) => {
    const same = (l: Leave) => l.personId === personId && l.start === from && l.end === to && !l.lifted;
    const value = { id: newId(), personId, start: from, end: to, ...(toId && { toId }), ...(reason && { reason }) };
    // The same days may be cancelled and requested again.
    return programme.leaves.some(same) ? [] : [{ list: 'leaves', value, name: value.id }];
  },
  end_leave: (programme, { leaveId, on }) =>
    programme.leaves
      .filter((l) => l.id === leaveId && !l.lifted && l.end >= on)
      .flatMap((l): RosterEdit[] => {
        const value: Leave = l.start < on ? { ...l, end: addDays(on, -1) } : { ...l, lifted: true };
        return [{ list: 'leaves', value }, ...standInOver(programme, l, on)];
      }),
  waive: (programme, { what, from, to, reason, ...about }, newId) => {
    const same = (w: Waiver) =>
      w.personId === about.personId &&
      w.schoolId === about.schoolId &&
      w.pairingId === about.pairingId &&
      w.pupilId === about.pupilId &&
      w.requirementId === about.requirementId &&
      w.start === from &&
      w.end === to;
    const known = programme.waivers.find(same);
    if (known) return known.lifted ? [{ list: 'waivers', value: { ...known, reason, lifted: undefined } }] : [];
    const names = [
      about.personId && nameOfPerson(programme, about.personId),
      about.schoolId && rosterOf(programme).schoolName(about.schoolId),
      about.pairingId && nameOfPairing(programme, about.pairingId),
      about.pupilId && waivedPupilKey(nameOfPupil(programme, about.pupilId)),
    ].filter((name) => name !== undefined);
    const value = { id: newId(), ...about, ...(from && { start: from }), ...(to && { end: to }), reason };
    return [{ list: 'waivers', value, name: [...names, about.requirementId ?? '*', from ?? '', to ?? ''].join('|') }];
  },
  add_person: (programme, { personId, name, schoolId }) => {
    const school = rosterOf(programme).school.get(schoolId);
    if (programme.people.some((p) => p.name === name && p.schoolId === schoolId)) return [];
    const value = { id: personId, name, schoolId, roles: ['teacher'] };
    return [{ list: 'people', value, name: personKey(school?.name, name) }];
  },
  lift: (programme, { waiverId }) =>
    programme.waivers
      .filter((w) => w.id === waiverId && !w.lifted)
      .map((w): RosterEdit => ({ list: 'waivers', value: { ...w, lifted: true } as Waiver })),
  pupil_leaves: (programme, { pupilId, on }) => ended('cares', rosterOf(programme).caresOfPupil.get(pupilId) ?? [], on),
  pairing_ends: (programme, { pairingId, on }) =>
    ended(
      'pairings',
      programme.pairings.filter((p) => p.id === pairingId),
      on,
    ),
  person_leaves: (programme, { personId, on }) => [
    ...ended(
      'people',
      programme.people.filter((p) => p.id === personId),
      on,
    ),
    ...ended('cares', rosterOf(programme).caresOfMentor.get(personId) ?? [], on),
    ...ended('mentorships', rosterOf(programme).mentorshipsOf.get(personId) ?? [], on),
  ],
  replace: (programme, { fromId, toId, on, to, pupilId }, newId) => {
    const last = addDays(on, -1);
    const roster = rosterOf(programme);
    const cares = (roster.caresOfMentor.get(fromId) ?? [])
      .filter(livesOn(on))
      .filter((c) => pupilId === undefined || c.pupilId === pupilId);
    const mentorships = pupilId
      ? []
      : programme.mentorships.filter((m) => m.mentorId === fromId && m.menteeId !== toId).filter(livesOn(on));
    const teams = pupilId || to ? [] : programme.pairings.filter((p) => p.team.includes(fromId)).filter(livesOn(on));
    const mentor = nameOfPerson(programme, toId);
    /** The successor's row; one that ended before gets another spell, because a name stands for one row. */
    const begin = <T extends Care | Mentorship>(
      list: 'cares' | 'mentorships',
      name: string,
      known: T | undefined,
      { earlier, ...value }: T,
    ): RosterEdit[] => {
      const from = value.from && value.from > on ? value.from : on;
      const end = to && !(value.to && value.to < to) ? to : value.to;
      if (!known) return [{ list, name, value: { ...value, id: newId(), from, ...(end && { to: end }) } }];
      if (alive(known, from)) return [];
      return [{ list, value: withSpells(known, [...spellsOf(known), { from, ...(end && { to: end }) }]) }];
    };
    /** The row that is handed over: it ends, or continues after `to`. */
    const handed = <T extends Care | Mentorship>(list: 'cares' | 'mentorships', row: T): RosterEdit[] => {
      if (!to || (row.to && row.to <= to)) return ended(list, [row], last);
      const resumed = { from: addDays(to, 1), ...(row.to && { to: row.to }) };
      const before = spellsOf(row).slice(0, -1);
      const first = row.from && row.from > last ? [] : [{ ...(row.from && { from: row.from }), to: last }];
      return [{ list, value: withSpells(row, [...before, ...first, resumed]) }];
    };
    return [
      ...cares.flatMap((care) => {
        const known = (roster.caresOfMentor.get(toId) ?? []).find((c) => c.pupilId === care.pupilId);
        const name = `${mentor}→${nameOfPupil(programme, care.pupilId)}`;
        return [...handed('cares', care), ...begin('cares', name, known, { ...care, mentorId: toId })];
      }),
      ...mentorships.flatMap((m) => {
        const known = programme.mentorships.find((x) => x.mentorId === toId && x.menteeId === m.menteeId);
        const name = `${mentor}→${nameOfPerson(programme, m.menteeId)}`;
        return [...handed('mentorships', m), ...begin('mentorships', name, known, { ...m, mentorId: toId })];
      }),
      ...teams.map((p): RosterEdit => {
        const team = [...new Set(p.team.map((id) => (id === fromId ? toId : id)))];
        const value: Pairing = { ...p, team, formerTeam: [...(p.formerTeam ?? []), { personId: fromId, to: last }] };
        return { list: 'pairings', value };
      }),
    ];
  },
};

/** The programme with the rows written; `version` increases as in the store. */
export function withEdits<P extends Programme>(programme: P, edits: RosterEdit[]): P {
  const next = { ...programme, version: programme.version + 1 } as P & Record<ListName, { id: string }[]>;
  for (const list of new Set(edits.map((e) => e.list))) {
    const byId = new Map(next[list].map((row) => [row.id, row]));
    // As the store reads them back: a key without a value is removed.
    for (const e of edits)
      if (e.list === list) {
        if (e.removed) byId.delete(e.value.id);
        else byId.set(e.value.id, JSON.parse(JSON.stringify(e.value)));
      }
    (next as Record<ListName, { id: string }[]>)[list] = [...byId.values()];
  }
  return next;
}
