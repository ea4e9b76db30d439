import type { Texts } from '../cards/index.ts';
import { confirmersOf } from '../plan/confirm.ts';
import { credit } from '../plan/credit.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { type Inspected, schoolsInspected } from '../plan/inspection.ts';
import { schoolYearRange } from '../plan/obligations.ts';
import { rosterOf } from '../plan/roster.ts';
import { termsServed } from '../plan/service.ts';
import type { StoredActivity } from '../store/activities.ts';
import type { Db } from '../store/db.ts';
import { evidenceOf } from '../store/evidence.ts';
import { inspectionsOf } from '../store/inspections.ts';
import { historyOf } from '../store/ledger.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import type { Vault } from '../vault.ts';
import { type ArchiveOf, activitiesOf, dutiesOf, servicesIn } from './archive-facts.ts';
import { type About, activityPages, agreementPage, nameOf, personOf, planPage, schoolLine } from './archive-pages.ts';
import { inspectionPage } from './circular.ts';
import { safeName } from './names.ts';
import { evidenceFile, mayShowPhotos } from './photos.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export type { ArchiveOf };
export interface ArchiveOrder {
  of: ArchiveOf;
  today: Ymd;
  timezone: string;
  /** Whether this pupil's name may stand inside; in the names of files it never does. */
  mayName: (pupilId: string) => boolean;
}

/**
 * 建档立卡: everything held about a pairing, a pupil in care or a person as one ZIP of documents that people can go on writing. A
 * folder for each activity with plan, measures, record, summary and, where every pupil in it may be named, evidence; the year's summary as a draft; for secondment a
 * certificate. Returns the number of activities.
 */
export async function writeArchive(
  db: Db,
  vault: Vault,
  programme: StoredProgramme,
  path: string,
  order: ArchiveOrder,
  t: Texts,
): Promise<number> {
  const { of, today, timezone } = order;
  // A pupil's own archive tells nothing of other pupils.
  const mayName = (id: string) => order.mayName(id) && (of.kind !== 'pupil' || id === of.id);
  const about: About = { programme, of, mayName, timezone };
  const year = schoolYearRange(programme, today) ?? { start: today, end: today };
  const counted = await dutiesOf(db, programme, order, year);
  const activities = await activitiesOf(db, programme, of);
  const inspections = (await inspectionsOf(db, programme.id)).filter((i) => concerns(programme, of, i.of));
  const a = t.archive;
  const { certificate, pageDocument, yearlySummary } = await import('./documents.ts');
  await writeZip(path, entries());
  return activities.length;

  async function* entries(): AsyncGenerator<ZipEntry> {
    yield { path: `${a.plan}.docx`, bytes: await pageDocument(planPage(counted, t), t) };
    yield { path: `${a.agreement}.docx`, bytes: await pageDocument(agreementPage(about, t), t) };
    const gaps = agreed() ? [] : [`${a.agreement}：${a.noAgreement}`];
    for (const activity of activities) {
      const asked = counted.filter((c) => credit(c.obligation, [activity], programme).counted.length > 0);
      const photos = (await evidenceOf(db, programme.id, [activity.id])).filter((e) => e.state === 'kept');
      const folder = `${a.activities}/${safeName(`${activity.date} ${t.kinds[activity.kind]} ${activity.id.slice(-6)}`)}`;
      const history = await historyOf(db, programme.id, activity.id);
      for (const [i, page] of activityPages(activity, asked, history, about, t).entries())
        yield { path: `${folder}/${i + 1} ${page.title}.docx`, bytes: await pageDocument(page, t) };
      for (const [i, photo] of (mayShowPhotos(activity, programme, mayName) ? photos : []).entries()) {
        const found = await evidenceFile(vault, photo);
        if (found) yield { path: `${folder}/${a.evidence}/${i + 1}.${found.ending}`, bytes: found.bytes };
      }
      if (inYear(activity, year)) gaps.push(...gapsOf(programme, activity, asked, photos.length, t));
    }
    for (const inspection of inspections) {
      const page = inspectionPage(
        inspection,
        { name: nameOf(about, t), person: (id) => personOf(programme, id), circular: false },
        t,
      );
      yield { path: `${t.inspection.page}/${safeName(page.title)}.docx`, bytes: await pageDocument(page, t) };
    }
    const kinds = Map.groupBy(
      activities.filter((x) => x.status === 'done' && inYear(x, year)),
      (x) => t.kinds[x.kind],
    );
    const figures = new Map([...kinds].map(([kind, list]) => [kind, list.length]));
    const draft = { name: nameOf(about, t), year, counted, kinds: figures, gaps };
    yield { path: `${a.summary}.docx`, bytes: await yearlySummary(draft, today, t) };
    yield* certificates();
  }

  /** Only a pairing has an agreement to miss. */
  function agreed(): boolean {
    return of.kind !== 'pairing' || rosterOf(programme).pairing.get(of.id)?.agreement !== undefined;
  }

  async function* certificates(): AsyncGenerator<ZipEntry> {
    const consequences = programme.plans.flatMap((use) =>
      use.plan.provisions.filter((p) => p.consequence).map((p) => p.text),
    );
    const home = rosterOf(programme).person.get(of.id)?.schoolId;
    for (const service of await servicesIn(db, programme, order, activities)) {
      const host = schoolLine(programme, service.hostId);
      const who = {
        name: personOf(programme, of.id),
        school: schoolLine(programme, home),
        host,
        service,
        terms: termsServed(programme, service),
        consequences,
      };
      const file = safeName(`${a.certificate} ${host} ${service.from}`);
      yield { path: `${file}.docx`, bytes: await certificate(who, today, t) };
    }
  }
}

/** Inspections of a pairing and of its schools, or of a person. */
const concerns = (programme: StoredProgramme, of: ArchiveOf, inspected: Inspected): boolean =>
  (of.kind === inspected.kind && of.id === inspected.id) ||
  (of.kind === 'pairing' &&
    inspected.kind === 'school' &&
    schoolsInspected(programme, { kind: 'pairing', id: of.id }).includes(inspected.id));

const inYear = ({ date }: StoredActivity, year: Range): boolean => year.start <= date && date <= year.end;

/** What an activity still lacks: evidence that a plan wants, or the other side's word. */
function gapsOf(
  programme: StoredProgramme,
  activity: StoredActivity,
  asked: Counted[],
  photos: number,
  t: Texts,
): string[] {
  const a = t.archive;
  const wanted = asked.some((c) => ['photo', 'document'].includes(c.obligation.requirement.evidence));
  const waiting = !activity.confirmation && confirmersOf(programme, activity).length > 0;
  return [
    wanted && photos === 0 ? a.noEvidence : undefined,
    waiting ? a.unconfirmed : undefined,
    activity.confirmation === 'disputed' ? t.ledger.confirmations.disputed : undefined,
  ].flatMap((gap) => (gap ? [`${activity.date} ${t.kinds[activity.kind]}：${gap}`] : []));
}
