/** Returns what was handed over to a stand-in if the leave ends early. Pure. */
import { addDays, type Ymd } from './dates.ts';
import type { Care, Mentorship } from './people.ts';
import type { Leave, Programme } from './programme.ts';
import type { RosterEdit } from './roster-change.ts';
import { type Spell, spellsOf, withSpells } from './spells.ts';

/** The rows that change if `personId` is back on `on`; only turns of exactly the leave's days are returned. */
export function standInOver(programme: Programme, { personId, toId, start, end }: Leave, on: Ymd): RosterEdit[] {
  if (!toId) return [];
  const back = on > start ? on : start;
  const handBack = <T extends Care | Mentorship>(
    list: 'cares' | 'mentorships',
    rows: T[],
    of: (r: T) => string,
  ): RosterEdit[] =>
    rows.flatMap((row): RosterEdit[] => {
      const stoodIn = spellsOf(row).some((s) => s.from === start && s.to === end);
      const returning = rows.find((r) => r.mentorId === personId && of(r) === of(row));
      if (row.mentorId !== toId || !stoodIn || !returning) return [];
      const kept = spellsOf(row).flatMap((s) =>
        s.from !== start || s.to !== end ? [s] : back > start ? [{ from: start, to: addDays(back, -1) }] : [],
      );
      const standInEdit: RosterEdit =
        kept.length > 0 ? { list, value: withSpells(row, kept) } : { list, value: row, removed: true };
      return [standInEdit, { list, value: withSpells(returning, returned(spellsOf(returning), end, back)) }];
    });
  return [
    ...handBack('cares', programme.cares, (c) => c.pupilId),
    ...handBack('mentorships', programme.mentorships, (m) => m.menteeId),
  ];
}

/** The spell after the leave begins on `back` instead, merged with the spell before if no day is between. */
function returned(spells: Spell[], end: Ymd, back: Ymd): Spell[] {
  const after = spells.findIndex((s) => s.from === addDays(end, 1));
  if (after < 0) return spells;
  const before = spells[after - 1];
  const resumed = { ...spells[after]!, from: back };
  if (before?.to !== addDays(back, -1)) return spells.with(after, resumed);
  const { from, ...rest } = resumed;
  return [
    ...spells.slice(0, after - 1),
    { ...rest, ...(before.from && { from: before.from }) },
    ...spells.slice(after + 1),
  ];
}
