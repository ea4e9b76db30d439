/** Spells (一段): each from/to of a care, mentorship, pairing or post. A row holds its newest spell itself and keeps the earlier ones. */
import { addDays, type Range, type Ymd } from './dates.ts';

export interface Spell {
  from?: Ymd;
  to?: Ymd;
}
/** A row of the roster that may have continued, ended and begun again. */
export interface Spelled extends Spell {
  /** Spells before the newest, in order of time. */
  earlier?: Spell[];
}

const FIRST = '0001-01-01';
const LAST = '9999-12-31';
const begin = (s: Spell): Ymd => s.from ?? FIRST;
const finish = (s: Spell): Ymd => s.to ?? LAST;

const newest = ({ from, to }: Spell): Spell => ({ ...(from && { from }), ...(to && { to }) });

/** Every spell of a row, in order of time. */
export const spellsOf = (row: Spelled): Spell[] => [...(row.earlier ?? []), newest(row)];

/** A spell as a range; a missing end is open. */
export const rangeOf = ({ from, to }: Spell): Partial<Range> => ({
  ...(from && { start: from }),
  ...(to && { end: to }),
});

/** All spells of a row as ranges. */
export const livesOf = (row: Spelled): Partial<Range>[] => spellsOf(row).map(rangeOf);

const overlaps = (spell: Spell, start: Ymd, end: Ymd): boolean => begin(spell) <= end && start <= finish(spell);

/** Whether a row was in force on a day, or on some day up to `last`. */
export const alive = (row: Spelled, day: Ymd, last: Ymd = day): boolean =>
  row.earlier ? spellsOf(row).some((s) => overlaps(s, day, last)) : overlaps(row, day, last);

/** A row with these spells, the last one being its newest. */
export function withSpells<T extends Spelled>({ from, to, earlier, ...row }: T, spells: Spell[]): T {
  const before = spells.slice(0, -1);
  return { ...row, ...newest(spells.at(-1)!), ...(before.length > 0 && { earlier: before }) } as unknown as T;
}

const inOrder = (spells: Spell[]): Spell[] => spells.toSorted((a, b) => (begin(a) < begin(b) ? -1 : 1));

/** Whether any two spells share a day. */
export const overlapping = (spells: Spell[]): boolean =>
  inOrder(spells).some((s, i, all) => i > 0 && begin(s) <= finish(all[i - 1]!));

/** Rows with one identity as one row with their spells; other fields come from the newest. */
export function joined<T extends Spelled>(rows: T[]): T {
  const sorted = rows.toSorted((a, b) => (begin(a) < begin(b) ? -1 : 1));
  return rows.length === 1 ? rows[0]! : withSpells(sorted.at(-1)!, sorted.map(newest));
}

/**
 * A stored row's spells after a file has given one: it corrects the newest stored spell that shares days with it, or follows it if it
 * begins in a later school year. `yearOf` returns a day's school year, and without a day the year in which the programme began.
 */
export function renewed(stored: Spelled, given: Spelled, yearOf: (day: Ymd | undefined) => number): Spell[] {
  let spells = spellsOf(stored);
  for (const spell of spellsOf(given)) {
    const met = spells.findLast((s) => overlaps(s, begin(spell), finish(spell)));
    const others = spells.filter((s) => s !== met);
    const follows = met && spell.from !== undefined && yearOf(spell.from) > yearOf(met.from);
    const before = follows ? [{ ...newest(met), to: addDays(spell.from!, -1) }] : [];
    // A list without dates does not say when a relation began again.
    const kept = !follows && met && others.some((s) => begin(s) < begin(met)) && spell.from === undefined;
    spells = inOrder([...others, ...before, kept ? { ...newest(spell), from: met.from! } : spell]);
  }
  return spells;
}
