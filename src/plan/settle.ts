/** What a change of programme, roster or plan does to what was already owed. */
import type { Range, Ymd } from './dates.ts';
import type { Obligation } from './obligation.ts';
import type { Derived } from './obligations.ts';
import type { Programme } from './programme.ts';
import type { Excuse } from './reasons.ts';
import { rosterOf } from './roster.ts';

/** What is known of a stored duty without reading it whole. */
export interface Stored {
  id: string;
  subjectId: string;
  range: Range;
  target: number;
  done: number;
  waived: boolean;
}

/** Ids of duties by what becomes of them; those in none of these stay as they are. */
export interface Settlement {
  /** Owed from now on. */
  added: string[];
  /** Stored ones that are as they are derived now. */
  followed: string[];
  /** Ended ones that somebody has excused since. */
  excused: Map<string, Excuse[]>;
  /** Met or ended ones that have passed to another: nothing but who has them and what counts for them follows. */
  passed: string[];
  /** Owed no longer, and no history. */
  dropped: string[];
}

const isMet = ({ done, target }: Stored): boolean => done >= target;

/** Whether the subject's own time was over before the period began, and nothing was done in it. */
function hadLeft({ subjectId: id, range, done }: Stored, programme: Programme): boolean {
  const { person, care, mentorship, pairing } = rosterOf(programme);
  const { to } = person.get(id) ?? care.get(id) ?? mentorship.get(id) ?? pairing.get(id) ?? {};
  return to !== undefined && to < range.start && done === 0;
}

/** Its end has moved to a day to come; that of a `once` duty also to one that is past, as another school year became known. */
const goesOn = ({ range }: Stored, { period }: Obligation, today: Ymd): boolean =>
  period.end >= today || (period.kind === 'once' && period.end > range.end);

/**
 * Sets what the programme asks for against what is stored. What is met stays as it was met. What is over stays as it ended,
 * unless somebody excuses it by leave or waiver: a derived change never does. What is open follows the programme. A duty that
 * comes up with its period already over is not owed, except by a programme's `first` duties: nobody learns that they missed
 * what nobody had asked.
 */
export function settle(
  stored: Stored[],
  derived: ReadonlyMap<string, Derived>,
  programme: Programme,
  { today, first }: { today: Ymd; first: boolean },
): Settlement {
  const known = new Set(stored.map((s) => s.id));
  const found: Settlement = { added: [], followed: [], excused: new Map(), passed: [], dropped: [] };
  for (const [id, { obligation }] of derived)
    if (!known.has(id) && (first || obligation.period.end >= today)) found.added.push(id);
  for (const s of stored) {
    const now = derived.get(s.id);
    const over = s.range.end < today;
    const handed = now?.obligation.handedOn !== undefined;
    if (isMet(s)) {
      if (handed) found.passed.push(s.id);
    } else if (now && (!over || goesOn(s, now.obligation, today))) found.followed.push(s.id);
    else if (over && now) {
      const by = s.waived ? [] : now.excusesOver(s.range);
      if (by.length > 0) found.excused.set(s.id, by);
      else if (handed) found.passed.push(s.id);
    } else if (!now && (!over || hadLeft(s, programme))) found.dropped.push(s.id);
  }
  return found;
}
