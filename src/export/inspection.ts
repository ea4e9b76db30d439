import { readFile, rm } from 'node:fs/promises';
import type { Texts } from '../cards/index.ts';
import { groupName } from '../cards/summary.ts';
import type { Ymd } from '../plan/dates.ts';
import { rosterOf } from '../plan/roster.ts';
import { sampleOf } from '../plan/sample.ts';
import type { Realm, SummaryDays } from '../plan/summary.ts';
import { countStates } from '../store/count-states.ts';
import type { Db } from '../store/db.ts';
import { evidenceCounts, evidenceOf } from '../store/evidence.ts';
import { activitiesById, answersBySchool, happenedIds } from '../store/inspection.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { peopleOfRealm } from '../store/realm.ts';
import type { Vault } from '../vault.ts';
import { safeName } from './names.ts';
import { evidenceFile, mayShowPhotos } from './photos.ts';
import { type Cell, writeWorkbook } from './workbook.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export interface InspectionOrder {
  realm: Realm;
  days: SummaryDays;
  today: Ymd;
  /** How many activities to draw. */
  n: number;
  /** The same seed draws the same sample. */
  seed: string;
  /** Whether photos of an activity that names this pupil may be included. */
  mayName: (pupilId: string) => boolean;
}

/** Photos beyond this are only counted in the table: the largest file that can be sent is 30 MB. */
const MAX_PHOTOS = 24 * 1024 * 1024;

/**
 * 督导: a ZIP with a random sample of the term's activities, their photos (by number) and confirmation, and a table of schools by name.
 * Persons are not compared, and pupils are numbers. Returns the sample's size.
 */
export async function writeInspection(
  db: Db,
  vault: Vault,
  programme: StoredProgramme,
  path: string,
  { realm, days, today, n, seed, mayName }: InspectionOrder,
  t: Texts,
): Promise<number> {
  const roster = rosterOf(programme);
  const c = t.lists.columns;
  const school = (id: string | undefined) => roster.schoolName(id) ?? '';
  const schoolOf = (personId: string) => roster.person.get(personId)?.schoolId;
  const by = { dates: { start: days.term.start, end: today }, byIds: peopleOfRealm(programme, realm) };
  const ids = sampleOf(await happenedIds(db, programme.id, by), n, seed);
  const activities = new Map((await activitiesById(db, programme.id, ids)).map((a) => [a.id, a]));
  const photos = await evidenceCounts(db, programme.id, ids);
  const sample = ids.map((id, i): Cell[] => {
    const a = activities.get(id)!;
    return [
      i + 1,
      a.date,
      t.kinds[a.kind],
      roster.personName(a.byId),
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
      const confirmations = answers.get(g.key);
      return [
        name,
        g.counts.met,
        g.counts.overdue,
        g.counts.missed,
        confirmations?.confirmed ?? 0,
        confirmations?.disputed ?? 0,
      ];
    });
  const book = `${path}.xlsx`;
  await writeWorkbook(book, [
    {
      name: `${t.inspection.sample} ${seed}`,
      columns: [
        { label: t.inspection.number, type: 'number' },
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
  try {
    await writeZip(path, entries());
  } finally {
    await rm(book, { force: true });
  }
  return ids.length;

  async function* entries(): AsyncGenerator<ZipEntry> {
    yield { path: `${t.inspection.title}.xlsx`, bytes: await readFile(book) };
    let bytesLeft = MAX_PHOTOS;
    for (const [i, id] of ids.entries()) {
      const a = activities.get(id)!;
      if (!mayShowPhotos(a, programme, mayName)) continue;
      const kept = (await evidenceOf(db, programme.id, [id])).filter((e) => e.state === 'kept');
      for (const [k, photo] of kept.entries()) {
        const found = await evidenceFile(vault, photo);
        if (!found || found.bytes.length > bytesLeft) continue;
        bytesLeft -= found.bytes.length;
        const folder = safeName(`${i + 1} ${a.date} ${t.kinds[a.kind]}`);
        yield { path: `${t.archive.evidence}/${folder}/${k + 1}.${found.ending}`, bytes: found.bytes };
      }
    }
  }
}
