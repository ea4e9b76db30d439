import { writeFile } from 'node:fs/promises';
import type { Texts } from '../cards/index.ts';
import { ACTIVITY_KINDS } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { deedsOf } from '../plan/deeds.ts';
import type { Term } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Db } from '../store/db.ts';
import { activitiesFeeding } from '../store/feeds.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { schoolLine } from './archive-pages.ts';
import { namesHiddenPupil } from './ledger.ts';

/** The certificate of a person's work in a term. Pupils are a number. Returns false if there is nothing to certify. */
export async function writeCertificate(
  db: Db,
  programme: StoredProgramme,
  path: string,
  { personId, term, today }: { personId: string; term: Term; today: Ymd },
  t: Texts,
): Promise<boolean> {
  const dates = { start: term.start, end: term.end < today ? term.end : today };
  const feeding = await activitiesFeeding(db, programme.id, [`person:${personId}`], [...ACTIVITY_KINDS], dates);
  const records = feeding
    .map(({ activity }) => activity)
    .filter((a) => a.status === 'done')
    .toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
  const deeds = deedsOf(records).get(personId);
  if (!deeds) return false;
  const { person } = rosterOf(programme);
  const free = (text: string | undefined, a: (typeof records)[number]) =>
    text && namesHiddenPupil(text, a, programme, () => false) ? undefined : text;
  const { workCertificate } = await import('./documents.ts');
  const bytes = await workCertificate(
    {
      name: person.get(personId)?.name ?? '',
      school: schoolLine(programme, person.get(personId)?.schoolId),
      term: term.name,
      activities: deeds.activities,
      pupils: deeds.pupils,
      rows: records.map((a) => [
        a.date,
        t.kinds[a.kind],
        schoolLine(programme, a.placeId ?? a.toId ?? a.partnerId),
        [`${a.grade ?? ''}${a.subject ?? ''}`, free(a.topic, a)].filter(Boolean).join(' '),
      ]),
    },
    today,
    t,
  );
  await writeFile(path, bytes);
  return true;
}
