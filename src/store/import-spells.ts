/** Compares the spells of a file's row with the stored ones: the past stays as it was. */
import { addDays, type Ymd } from '../plan/dates.ts';
import type { Pairing } from '../plan/people.ts';
import { yearLabel } from '../plan/periods.ts';
import { renewed, type Spelled, withSpells } from '../plan/spells.ts';
import type { RosterList } from './programmes.ts';

const SPELLED: ReadonlySet<RosterList> = new Set(['people', 'pairings', 'mentorships', 'cares']);

/** Former members of a team, including those who left earlier. */
function formerTeam(stored: Pairing, now: Pairing, today: Ymd): Pick<Pairing, 'formerTeam'> {
  const departed = stored.team.filter((id) => !now.team.includes(id));
  const all = [...(stored.formerTeam ?? []), ...departed.map((personId) => ({ personId, to: addDays(today, -1) }))];
  return all.length > 0 ? { formerTeam: all } : {};
}

/** The row to store. `began`: the programme's first day, for spells without a start. */
export function withHistory<T extends { id: string } & Spelled>(
  list: RosterList,
  stored: string,
  fileRow: T,
  at: { today: Ymd; began: Ymd },
): T {
  if (!SPELLED.has(list)) return fileRow;
  const before = JSON.parse(stored) as T;
  const row = withSpells(
    fileRow,
    renewed(before, fileRow, (day) => yearLabel(day ?? at.began)),
  );
  return list === 'pairings' ? { ...row, ...formerTeam(before as never, row as never, at.today) } : row;
}
