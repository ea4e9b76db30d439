import type { Texts } from '../cards/index.ts';
import { groupName } from '../cards/summary.ts';
import { rosterOf } from '../plan/roster.ts';
import { sampleOf } from '../plan/sample.ts';
import type { Realm, SummaryDays } from '../plan/summary.ts';
import type { Ymd } from '../plan/types.ts';
import type { Db } from '../store/db.ts';
import { evidenceCounts } from '../store/evidence.ts';
import { activitiesById, answersBySchool, happenedIds } from '../store/inspection.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { countStates, peopleOfRealm } from '../store/summary.ts';
import { type Cell, writeWorkbook } from './workbook.ts';

export interface InspectionOrder {
  realm: Realm;
  days: SummaryDays;
  today: Ymd;
  /** How many activities are drawn. */
  n: number;
  /** The same seed draws the same sample. */
  seed: string;
}

/**
 * 督导: a random sample of the term's activities with their evidence and confirmation, and a table per school: met, late, missed,
 * confirmed, disputed. Schools stand in order of name and persons are not compared; pupils are numbers. Returns the sample's size.
 */
export async function writeInspection(
  db: Db,
  programme: StoredProgramme,
  path: string,
  { realm, days, today, n, seed }: InspectionOrder,
  t: Texts,
): Promise<number> {
  const roster = rosterOf(programme);
  const c = t.lists.columns;
  const school = (id: string | undefined) => roster.school.get(id ?? '')?.name ?? '';
  const schoolOf = (personId: string) => roster.person.get(personId)?.schoolId;
  const by = { dates: { start: days.term.start, end: today }, byIds: peopleOfRealm(programme, realm) };
  const ids = sampleOf(await happenedIds(db, programme.id, by), n, seed);
  const found = new Map((await activitiesById(db, programme.id, ids)).map((a) => [a.id, a]));
  const photos = await evidenceCounts(db, programme.id, ids);
  const sample = ids.map((id): Cell[] => {
    const a = found.get(id)!;
    return [
      a.date,
      t.kinds[a.kind],
      roster.person.get(a.byId)?.name,
      school(schoolOf(a.byId)),
      school(a.placeId ?? a.toId ?? a.partnerId),
      a.pupilCount ?? (a.pupilIds.length || undefined),
      photos.get(id) ?? 0,
      a.confirmation ? t.ledger.confirmations[a.confirmation] : '',
      id,
    ];
  });
  const groups = await countStates(db, programme, { realm, by: 'school', days, day: today });
  const answers = await answersBySchool(db, programme.id, by, schoolOf);
  const table = groups
    .map((g) => ({ name: groupName(programme, 'school', g.key), g }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, g }): Cell[] => {
      const said = answers.get(g.key);
      return [name, g.counts.met, g.counts.overdue, g.counts.missed, said?.confirmed ?? 0, said?.disputed ?? 0];
    });
  await writeWorkbook(path, [
    {
      name: `${t.inspection.sample} ${seed}`,
      columns: [
        { label: c.date, type: 'date', width: 12 },
        { label: c.kind, width: 12 },
        { label: c.name },
        { label: c.school, width: 24 },
        { label: c.place, width: 24 },
        { label: c.pupils, type: 'number' },
        { label: t.ledger.evidence, type: 'number' },
        { label: t.ledger.confirmation },
        { label: t.ledger.id, width: 38 },
      ],
      rows: [sample],
    },
    {
      name: t.inspection.table,
      columns: [
        { label: c.school, width: 24 },
        { label: t.states.met, type: 'number' },
        { label: t.states.overdue, type: 'number' },
        { label: t.states.missed, type: 'number' },
        { label: t.ledger.confirmations.confirmed, type: 'number' },
        { label: t.ledger.confirmations.disputed, type: 'number' },
      ],
      rows: [table],
    },
  ]);
  return ids.length;
}
