/** Who cares for a pupil or trains a colleague after whom: DESIGN section 6 "Bearer". */
import { addDays, type Ymd } from './dates.ts';
import { type Spell, type Spelled, spellsOf } from './spells.ts';

/** One spell of a row. */
export interface Turn<T> {
  row: T;
  spell: Spell;
}

/**
 * Rows in their turns: each list is one line of spells that follow each other without a gap, where the second row takes over what
 * the first did. `of` says what that is; rows of one holder do not take over from themselves.
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
