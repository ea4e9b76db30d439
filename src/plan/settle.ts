/** How a change of programme, roster or plan affects stored duties. */
import type { Range, Ymd } from './dates.ts';
import type { Obligation } from './obligation.ts';
import type { Derived } from './obligations.ts';
import type { Programme } from './programme.ts';
import type { Excuse } from './reasons.ts';
import { rosterOf } from './roster.ts';

/** The facts about a stored duty that need no full read. */
export interface Stored {
  id: string;
  subjectId: string;
  range: Range;
  target: number;
  done: number;
  waived: boolean;
}

/** Ids of duties by what happens to them; all others stay as they are. */
export interface Settlement {
  /** Owed from now on. */
  added: string[];
  /** Stored ones that take over the derived state. */
  followed: string[];
  /** Ended ones that have been excused since. */
  excused: Map<string, Excuse[]>;
  /** Met or ended ones that have been handed over: only their bearers and feed keys follow. */
  passed: string[];
  /** No longer owed, and not history. */
  dropped: string[];
}

const isMet = ({ done, target }: Stored): boolean => done >= target;

/** Whether the subject's spell was over before the period began, and nothing was done in it. */
function hadLeft({ subjectId: id, range, done }: Stored, programme: Programme): boolean {
  const { person, care, mentorship, pairing } = rosterOf(programme);
  const { to } = person.get(id) ?? care.get(id) ?? mentorship.get(id) ?? pairing.get(id) ?? {};
  return to !== undefined && to < range.start && done === 0;
}

/** Its end has moved into the future; for a `once` duty also to a past day, if another school year became known. */
const endMovedOn = ({ range }: Stored, { period }: Obligation, today: Ymd): boolean =>
  period.end >= today || (period.kind === 'once' && period.end > range.end);

/**
 * Met duties stay; ended ones change only if leave or a waiver excuses them; open ones follow the programme. A new duty whose period
 * is already over is not owed, except among a programme's `first` duties: people cannot miss what was never asked.
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
    const isOver = s.range.end < today;
    const handed = now?.obligation.handedOn !== undefined;
    if (isMet(s)) {
      if (handed) found.passed.push(s.id);
    } else if (now && (!isOver || endMovedOn(s, now.obligation, today))) found.followed.push(s.id);
    else if (isOver && now) {
      const by = s.waived ? [] : now.excusesOver(s.range);
      if (by.length > 0) found.excused.set(s.id, by);
      else if (handed) found.passed.push(s.id);
    } else if (!now && (!isOver || hadLeft(s, programme))) found.dropped.push(s.id);
  }
  return found;
}
