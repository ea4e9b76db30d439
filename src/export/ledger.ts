import type { Texts } from '../cards/index.ts';
import { ACTIVITY_KINDS, type Activity, type ActivityKind, CARE_NOTES } from '../plan/activity.ts';
import { localWords } from '../plan/clock.ts';
import type { Range } from '../plan/dates.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Realm } from '../plan/summary.ts';
import type { StoredActivity } from '../store/activities.ts';
import type { Db } from '../store/db.ts';
import { evidenceCounts } from '../store/evidence.ts';
import { activitiesOfKind } from '../store/ledger.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { peopleOfRealm } from '../store/realm.ts';
import { type Cell, type Sheet, type SheetColumn, writeWorkbook } from './workbook.ts';

export interface LedgerOrder {
  realm: Realm;
  dates?: Range;
  /** Whether this pupil's name may appear in the file. Other pupils are counted. */
  mayName: (pupilId: string) => boolean;
  timezone: string;
}

/**
 * 台账: every activity of a realm as a workbook, one sheet per kind that has any, with the columns that its rows fill. Includes
 * every state, even 撤回, so that the file is complete. Reads page by page. Returns the number of activities.
 */
export async function writeLedger(
  db: Db,
  programme: StoredProgramme,
  path: string,
  order: LedgerOrder,
  t: Texts,
): Promise<number> {
  const people = peopleOfRealm(programme, order.realm);
  const included = people && new Set(people);
  const all = { start: '0000-01-01', end: '9999-12-31' };
  const pagesOf = async function* (kind: ActivityKind): AsyncGenerator<StoredActivity[]> {
    for await (const page of activitiesOfKind(db, programme.id, kind, order.dates ?? all)) {
      const kept = included ? page.filter((a) => included.has(a.byId)) : page;
      if (kept.length > 0) yield kept;
    }
  };
  const sheets: Sheet[] = [];
  for (const kind of ACTIVITY_KINDS) {
    const used = await usedColumns(rowsOf(pagesOf(kind)));
    if (used.length === 0) continue;
    const columns = used.map((i) => ledgerColumns(t)[i]!);
    sheets.push({ name: t.kinds[kind], columns, rows: only(used, rowsOf(pagesOf(kind))) });
  }
  if (sheets.length === 0) sheets.push({ name: t.ledger.title, columns: ledgerColumns(t), rows: [] });
  return writeWorkbook(path, sheets);

  async function* rowsOf(pages: AsyncIterable<StoredActivity[]>): AsyncGenerator<Cell[][]> {
    for await (const page of pages) {
      const photos = await evidenceCounts(
        db,
        programme.id,
        page.map((a) => a.id),
      );
      yield page.map((a) => ledgerRow(a, photos.get(a.id) ?? 0, programme, order, t));
    }
  }
}

/** The columns that any row fills, in order. A sheet does not fit in memory, so it is read twice. */
async function usedColumns(pages: AsyncIterable<Cell[][]>): Promise<number[]> {
  const used = new Set<number>();
  for await (const page of pages)
    for (const row of page)
      for (const [i, cell] of row.entries()) if (cell !== undefined && cell !== null && cell !== '') used.add(i);
  return [...used].sort((a, b) => a - b);
}

async function* only(used: number[], pages: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[][]> {
  for await (const page of pages) yield page.map((row) => used.map((i) => row[i]));
}

function ledgerColumns(t: Texts): SheetColumn[] {
  const l = t.ledger;
  return [
    { label: l.date, type: 'date', width: 12 },
    { label: l.dateTo, type: 'date', width: 12 },
    { label: l.by, width: 12 },
    { label: l.school, width: 24 },
    { label: l.participants, width: 24 },
    { label: l.place, width: 24 },
    { label: l.to, width: 24 },
    { label: l.partner, width: 24 },
    { label: l.subject },
    { label: l.grade },
    { label: l.topic, width: 32 },
    { label: l.note, width: 32 },
    ...CARE_NOTES.map((note) => ({ label: t.fields[note], width: 32 })),
    { label: l.mode },
    { label: l.role },
    { label: l.times, type: 'number' },
    { label: l.lessons, type: 'number' },
    { label: l.days, type: 'number' },
    { label: l.weeks, type: 'number' },
    { label: l.people, type: 'number' },
    { label: l.pieces, type: 'number' },
    { label: l.pupilCount, type: 'number' },
    { label: l.pupils, width: 20 },
    { label: l.items, width: 24 },
    { label: l.cashYuan, type: 'number' },
    { label: l.valueYuan, type: 'number' },
    { label: l.status },
    { label: l.confirmation },
    { label: l.late },
    { label: l.reason, width: 24 },
    { label: l.evidence, type: 'number' },
    { label: l.reporter, width: 12 },
    { label: l.recordedAt, width: 18 },
    { label: l.id, width: 38 },
  ];
}

function ledgerRow(
  a: StoredActivity,
  photos: number,
  programme: StoredProgramme,
  order: LedgerOrder,
  t: Texts,
): Cell[] {
  const roster = rosterOf(programme);
  const person = (id: string) => roster.personName(id) ?? '';
  const school = (id: string | undefined) => roster.schoolName(id);
  const named = a.pupilIds.filter(order.mayName).map((id) => roster.pupil.get(id)?.name ?? '');
  // A topic is free text: one that holds a pupil's name is omitted if the pupil may not be named.
  const free = (text: string | undefined) =>
    text && namesHiddenPupil(text, a, programme, order.mayName) ? t.ledger.hidden : text;
  // The notes are about the record's pupils, even if they do not name them.
  const noted = (text: string | undefined) => (text && !a.pupilIds.every(order.mayName) ? t.ledger.hidden : free(text));
  return [
    a.date,
    a.dateTo,
    person(a.byId),
    school(roster.person.get(a.byId)?.schoolId),
    a.participantIds.map(person).join(t.comma),
    school(a.placeId),
    school(a.toId),
    school(a.partnerId),
    a.subject,
    a.grade,
    free(a.topic),
    noted(a.note),
    ...CARE_NOTES.map((note) => noted(a.care?.[note])),
    a.mode && t.modes[a.mode],
    a.role,
    a.times,
    a.lessons,
    a.days,
    a.weeks,
    a.people,
    a.pieces,
    a.pupilCount ?? (a.pupilIds.length || undefined),
    named.join(t.comma),
    a.items?.map((i) => [i.name, i.qty, i.unit].filter((x) => x !== undefined).join(' ')).join(t.comma),
    a.cashYuan,
    a.valueYuan,
    t.ledger.states[a.status],
    a.confirmation && t.ledger.confirmations[a.confirmation],
    a.late ? t.recorded.late : undefined,
    free(a.reason),
    photos || undefined,
    person(a.reporterId),
    localWords(a.recordedAt, order.timezone),
    a.id,
  ];
}

/** Whether free words name a pupil who may not be named: a pupil of the record, or one whom its doer mentors. */
export function namesHiddenPupil(
  text: string,
  a: Activity,
  programme: StoredProgramme,
  mayName: (pupilId: string) => boolean,
): boolean {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const ids = [...a.pupilIds, ...(caresOfMentor.get(a.byId) ?? []).map((c) => c.pupilId)];
  return ids.some((id) => !mayName(id) && text.includes(pupil.get(id)?.name || '\u0000'));
}
