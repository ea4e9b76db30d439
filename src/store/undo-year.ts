/** Undoing the change of a school year: roster rows, terms and stays as they were before it. */
import { affectedBy } from '../plan/affected.ts';
import type { Ymd } from '../plan/dates.ts';
import type { Term, YearBegun } from '../plan/programme.ts';
import type { ListName, RosterEdit } from '../plan/roster-change.ts';
import { type RowChanged, restoring, rowsChanged } from '../plan/roster-undo.ts';
import type { StoredActivity } from './activities.ts';
import type { Following } from './follow-import.ts';
import { activitiesById } from './inspection.ts';
import {
  deleteRoster,
  type ProgrammeSettings,
  programmeReader,
  type StoredProgramme,
  saveProgramme,
  updateRoster,
} from './programmes.ts';
import { recordChanges } from './record.ts';
import type { Trx } from './transaction.ts';

export interface YearUndo {
  at: number;
  rows: RowChanged[];
  terms?: { before: Term[]; after: Term[] };
  begun: YearBegun[];
  stays: { id: string; dateTo?: Ymd; days?: number; ended: Ymd }[];
}

const LISTS = ['pupils', 'cares', 'mentorships'] as const satisfies ListName[];
const text = (value: unknown): string => JSON.stringify(value ?? null);

/** What a change of the year did; a pupil whom it added stays, because records may name them. */
export function yearUndo(
  before: StoredProgramme,
  after: StoredProgramme,
  stays: StoredActivity[],
  ended: Ymd,
  at: number,
): YearUndo {
  const edits = LISTS.flatMap((list): RosterEdit[] => {
    const old = new Map(before[list].map((row) => [row.id, text(row)]));
    const kept = after[list].filter((row) => list !== 'pupils' || old.has(row.id));
    return kept.filter((row) => old.get(row.id) !== text(row)).map(({ id }) => ({ list, value: { id } }));
  });
  const known = new Set((before.yearsBegun ?? []).map(text));
  return {
    at,
    rows: rowsChanged(before, after, edits),
    ...(text(before.terms) !== text(after.terms) && { terms: { before: before.terms, after: after.terms } }),
    begun: (after.yearsBegun ?? []).filter((b) => !known.has(text(b))),
    stays: stays.map(({ id, dateTo, days }) => ({ id, ended, ...(dateTo && { dateTo }), ...(days && { days }) })),
  };
}

/** Restores it, and returns what remains to be settled; undefined if any of it has changed since. */
export async function undoYear(
  trx: Trx,
  programme: StoredProgramme,
  undo: YearUndo,
  at: { now: number; today: Ymd; byId: string },
): Promise<Following | undefined> {
  const edits = restoring(programme, undo.rows);
  const mine = new Set(undo.begun.map(text));
  const others = (programme.yearsBegun ?? []).filter((b) => !mine.has(text(b)));
  // Another school has begun the same year with these terms.
  const shared = undo.terms && others.some((o) => undo.begun.some((b) => b.year === o.year));
  if (!edits || shared || (undo.terms && text(undo.terms.after) !== text(programme.terms))) return undefined;
  for (const { list, value, removed } of edits)
    await (removed ? deleteRoster(trx, programme.id, list, value.id) : updateRoster(trx, programme.id, list, value));
  const { holidays, reminders, plans, retired } = programme;
  const settings: ProgrammeSettings = {
    ...{ terms: undo.terms?.before ?? programme.terms, holidays, reminders, plans, retired, yearsBegun: others },
  };
  await saveProgramme(trx, { id: programme.id, name: programme.name, settings });
  const now = await programmeReader()(trx, programme.id);
  const ended = new Map(undo.stays.map((s) => [s.id, s]));
  const stays = await activitiesById(trx, programme.id, [...ended.keys()]);
  const longer = stays
    .filter((a) => a.dateTo === ended.get(a.id)!.ended)
    .map((before) => {
      const { dateTo, days } = ended.get(before.id)!;
      return { what: 'edited' as const, before, activity: { ...before, dateTo, days } };
    });
  await recordChanges(trx, now, longer, at);
  const { subjects, feedKeys } = affectedBy([programme, now], edits);
  return {
    ...{ programmeId: programme.id, today: at.today, since: at.now, first: false, rules: [], users: [] },
    ...(!undo.terms && { subjects: [...subjects] }),
    feedKeys: [...feedKeys],
  };
}
