import type { Texts } from '../cards/index.ts';
import { confirmersOf } from '../plan/confirm.ts';
import { credit } from '../plan/credit.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { figuresOf } from '../plan/figures.ts';
import { type Inspected, schoolsInspected } from '../plan/inspection.ts';
import { BLANK } from '../plan/pupil-names.ts';
import { rosterOf } from '../plan/roster.ts';
import { termsServed } from '../plan/service.ts';
import { standing } from '../plan/standing.ts';
import type { StoredActivity } from '../store/activities.ts';
import type { Db } from '../store/db.ts';
import { evidenceOf } from '../store/evidence.ts';
import { inspectionsOf } from '../store/inspections.ts';
import { historyOf } from '../store/ledger.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import type { Vault } from '../vault.ts';
import { type ArchiveOf, activitiesOf, dutiesOf, servicesIn } from './archive-facts.ts';
import {
  type ArchiveAbout,
  agreementFacts,
  archiveRow,
  dutyRow,
  nameOf,
  personLine,
  schoolLine,
} from './archive-pages.ts';
import { inspectionPage } from './circular.ts';
import type { TermRecord } from './documents.ts';
import { safeName } from './names.ts';
import { evidenceFile, mayShowPhotos } from './photos.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export type { ArchiveOf };
export interface ArchiveOrder {
  of: ArchiveOf;
  today: Ymd;
  timezone: string;
  /** Whether this pupil's name may appear inside; it never appears in file names. */
  mayName: (pupilId: string) => boolean;
}

/**
 * 建档立卡: a ZIP with everything about a pairing, a pupil in care or a person: for each term one document to print, with the gaps at its
 * top; the evidence if every pupil in it may be named; for secondment a certificate. Returns the number of activities.
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
  // A pupil's own archive contains nothing about other pupils.
  const mayName = (id: string) => order.mayName(id) && (of.kind !== 'pupil' || id === of.id);
  const about: ArchiveAbout = { programme, of, mayName, timezone };
  const activities = await activitiesOf(db, programme, of);
  const numbers = new Map(activities.map((x, i) => [x.id, i + 1]));
  const inspections = (await inspectionsOf(db, programme.id)).filter((i) => concerns(programme, of, i.of));
  const a = t.archive;
  const { certificate, pageDocument, termDocument } = await import('./documents.ts');
  await writeZip(path, entries());
  return activities.length;

  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const term of termsOf(programme, activities, today)) {
      const record = await termRecord(term);
      if (record) yield { path: `${safeName(`${term.name} ${a.title}`)}.docx`, bytes: await termDocument(record, t) };
    }
    for (const activity of activities) {
      if (!mayShowPhotos(activity, programme, mayName)) continue;
      const folder = safeName(`${numbers.get(activity.id)} ${activity.date} ${t.kinds[activity.kind]}`);
      for (const [i, photo] of (await kept(activity)).entries()) {
        const found = await evidenceFile(vault, photo);
        if (found) yield { path: `${a.evidence}/${folder}/${i + 1}.${found.ending}`, bytes: found.bytes };
      }
    }
    const hidden = programme.pupils.filter((p) => !mayName(p.id)).map((p) => p.name);
    const words = (text: string) => hidden.reduce((left, name) => left.replaceAll(name, BLANK), text);
    for (const inspection of inspections) {
      const page = inspectionPage(
        inspection,
        { name: nameOf(about, t), person: (id) => personLine(programme, id), circular: false, words },
        t,
      );
      yield { path: `${t.inspection.page}/${safeName(page.title)}.docx`, bytes: await pageDocument(page, t) };
    }
    yield* certificates();
  }

  async function kept({ id }: StoredActivity) {
    return (await evidenceOf(db, programme.id, [id])).filter((e) => e.state === 'kept');
  }

  /** Undefined for a term in which nothing was owed or done. */
  async function termRecord(term: ArchiveTerm): Promise<TermRecord | undefined> {
    const counted = await dutiesOf(db, programme, order, term);
    const judged = counted.map((c) => ({
      ...c,
      now: standing(c.obligation, c.done, today),
      numbers: term.activities.flatMap((x) =>
        credit(c.obligation, [x], programme).counted.length > 0 ? numbers.get(x.id)! : [],
      ),
    }));
    const rows: TermRecord['activities'] = [];
    const gaps = agreed() ? [] : [`${a.agreement}：${a.noAgreement}`];
    for (const { obligation: o, now } of judged)
      if (now.state === 'missed' || now.state === 'overdue')
        gaps.push(`${o.requirement.title}（${t.reasons.period(o.period)}）：${t.reasons.standing(now)}`);
    for (const activity of term.activities) {
      const n = numbers.get(activity.id)!;
      const fedDuties = judged.filter((c) => c.numbers.includes(n));
      const photos = (await kept(activity)).length;
      const edits = (await historyOf(db, programme.id, activity.id)).filter((h) => h.what === 'edited').length;
      rows.push({ n, cells: archiveRow(activity, { photos, edits }, about, t) });
      gaps.push(...gapsOf(programme, activity, fedDuties, photos, t));
    }
    if (judged.length + rows.length === 0) return undefined;
    gaps.push(`${a.words}${a.toWrite}`);
    return {
      title: `${nameOf(about, t)} ${a.title} ${term.name}`,
      asOf: today,
      figures: figuresOf(counted, today),
      gaps,
      agreement: agreementFacts(about, t),
      duties: judged.map((c) => dutyRow(c, { today, numbers: c.numbers }, about, t)),
      activities: rows,
    };
  }

  /** Only a pairing can lack an agreement. */
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
        name: personLine(programme, of.id),
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

type ArchiveTerm = Range & { name: string; activities: StoredActivity[] };

/** The terms that have begun, each with its activities; those between two terms belong to the earlier one. */
function termsOf(programme: StoredProgramme, activities: StoredActivity[], today: Ymd): ArchiveTerm[] {
  const begun = programme.terms.filter((t) => t.start <= today).toSorted((x, y) => (x.start < y.start ? -1 : 1));
  const [first] = begun;
  const of = ({ date }: StoredActivity) => begun.findLast((t) => t.start <= date) ?? first;
  if (!first) {
    const end = activities.at(-1)?.date ?? today;
    return [{ name: '', start: activities[0]?.date ?? today, end, activities }];
  }
  return begun.map(({ name, start, end }) => ({
    name,
    start,
    end,
    activities: activities.filter((x) => of(x)?.start === start),
  }));
}
/** Whether an inspection concerns the pairing, one of its schools, or the person. */
const concerns = (programme: StoredProgramme, of: ArchiveOf, inspected: Inspected): boolean =>
  (of.kind === inspected.kind && of.id === inspected.id) ||
  (of.kind === 'pairing' &&
    inspected.kind === 'school' &&
    schoolsInspected(programme, { kind: 'pairing', id: of.id }).includes(inspected.id));

/** What an activity still lacks: evidence that a plan requires, or the other side's confirmation. */
function gapsOf(
  programme: StoredProgramme,
  activity: StoredActivity,
  counted: Counted[],
  photos: number,
  t: Texts,
): string[] {
  const a = t.archive;
  const needsEvidence = counted.some((c) => ['photo', 'document'].includes(c.obligation.requirement.evidence));
  const waiting = !activity.confirmation && confirmersOf(programme, activity).length > 0;
  return [
    needsEvidence && photos === 0 ? a.noEvidence : undefined,
    waiting ? a.unconfirmed : undefined,
    activity.confirmation === 'disputed' ? t.ledger.confirmations.disputed : undefined,
  ].flatMap((gap) => (gap ? [`${activity.date} ${t.kinds[activity.kind]}：${gap}`] : []));
}
