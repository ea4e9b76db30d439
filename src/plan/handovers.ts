/** Who takes over a pupil's care or a colleague's training from whom: DESIGN section 6 "Bearer". */
import { addDays, type Ymd } from './dates.ts';
import { type Spell, type Spelled, spellsOf } from './spells.ts';

/** One spell of a row. */
export interface Turn<T> {
  row: T;
  spell: Spell;
}

/**
 * Groups rows into turns: each list is one line of consecutive spells without a gap, in which each row takes over from the one
 * before. `of` names what is handed over; rows of one holder do not take over from themselves.
 */
export function turnsOf<T extends Spelled>(rows: T[], of: (row: T) => string): Turn<T>[][] {
  const all = rows.flatMap((row) => spellsOf(row).map((spell): Turn<T> => ({ row, spell })));
  const starting = new Map<string, Turn<T>[]>();
  for (const turn of all) {
    if (turn.spell.from === undefined) continue;
    const key = `${of(turn.row)} ${turn.spell.from}`;
    starting.set(key, [...(starting.get(key) ?? []), turn]);
  }
  const next = new Map<Turn<T>, Turn<T>>();
  const taken = new Set<Turn<T>>();
  for (const turn of all) {
    const { row, spell } = turn;
    const begins: Ymd | undefined = spell.to && addDays(spell.to, 1);
    const found = starting.get(`${of(row)} ${begins}`)?.find((t) => t.row !== row && !taken.has(t));
    if (!found) continue;
    next.set(turn, found);
    taken.add(found);
  }
  return all
    .filter((turn) => !taken.has(turn))
    .map((first) => {
      const line = [first];
      for (let turn = next.get(first); turn; turn = next.get(turn)) line.push(turn);
      return line;
    });
}
