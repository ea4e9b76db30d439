import type { Texts } from '../cards/index.ts';
import { credit } from '../plan/credit.ts';
import { schoolYearRange } from '../plan/obligations.ts';
import { rosterOf } from '../plan/roster.ts';
import { shownCount } from '../plan/standing.ts';
import { ACTIVITY_KINDS, type Activity, type Range, type Ymd } from '../plan/types.ts';
import { activitiesFeeding, historyOf, type StoredActivity } from '../store/activities.ts';
import { attendanceOf } from '../store/check-ins.ts';
import type { Db } from '../store/db.ts';
import { evidenceOf } from '../store/evidence.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { obligationPage } from '../store/summary.ts';
import type { Vault } from '../vault.ts';
import { certificate, type Service, yearlySummary } from './documents.ts';
import { safeName } from './names.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export type ArchiveOf = { kind: 'pairing' | 'pupil' | 'person'; id: string };
export interface ArchiveOrder {
  of: ArchiveOf;
  today: Ymd;
  timezone: string;
  /** Whether this pupil's name may stand inside; in the names of files it never does. */
  mayName: (pupilId: string) => boolean;
}

/**
 * 建档立卡: everything held about a pairing, a pupil in care or a person as one ZIP. A folder for each activity with plan, measures,
 * record, summary and photos; the year's summary as a draft; for secondment a certificate. Returns the number of activities.
 */
export async function writeArchive(
  db: Db,
  vault: Vault,
  programme: StoredProgramme,
  path: string,
  order: ArchiveOrder,
  t: Texts,
): Promise<number> {
  const year = schoolYearRange(programme, order.today) ?? { start: order.today, end: order.today };
  const counted = await dutiesOf(db, programme, order, year);
  const activities = await activitiesOf(db, programme, order.of);
  const a = t.archive;
  await writeZip(path, entries());
  return activities.length;

  async function* entries(): AsyncGenerator<ZipEntry> {
    yield { path: `${a.plan}.txt`, bytes: planText(counted, t) };
    yield { path: `${a.agreement}.txt`, bytes: agreementText(programme, order, t) };
    const gaps: string[] = [];
    for (const activity of activities) {
      const folder = `${a.activities}/${safeName(`${activity.date} ${t.kinds[activity.kind]} ${activity.id.slice(-6)}`)}`;
      const asked = counted.filter((c) => credit(c.obligation, [activity], programme).counted.length > 0);
      yield { path: `${folder}/1 ${a.plan}.txt`, bytes: askedText(asked, t) };
      yield { path: `${folder}/2 ${a.measures}.txt`, bytes: measuresText(activity, programme, t) };
      yield { path: `${folder}/3 ${a.record}.txt`, bytes: await recordText(db, activity, programme, order, t) };
      yield { path: `${folder}/4 ${a.result}.txt`, bytes: resultText(activity, t) };
      const photos = (await evidenceOf(db, programme.id, [activity.id])).filter((e) => e.state === 'kept');
      const wanted = asked.some((c) => ['photo', 'document'].includes(c.obligation.requirement.evidence));
      if (wanted && photos.length === 0) gaps.push(`${activity.date} ${t.kinds[activity.kind]}：${a.noEvidence}`);
      for (const [i, photo] of photos.entries()) {
        const data = await vault.read(photo.file);
        if (data) yield { path: `${folder}/${a.photos}/${i + 1}.${photo.type ?? 'bin'}`, bytes: data };
      }
    }
    const kinds = new Map<string, number>();
    for (const { kind, status } of activities)
      if (status === 'done') kinds.set(t.kinds[kind], (kinds.get(t.kinds[kind]) ?? 0) + 1);
    const name = nameOf(programme, order, t);
    const draft = await yearlySummary({ name, year, counted, kinds, gaps }, order.today, t);
    yield { path: `${a.summary}.docx`, bytes: draft };
    for (const service of await servicesOf(db, programme, order, activities))
      yield {
        path: `${a.certificate} ${safeName(service.host)} ${service.from}.docx`,
        bytes: await certificate(service, order.today, t),
      };
  }
}

const MOST_DUTIES = 5_000;

async function dutiesOf(
  db: Db,
  programme: StoredProgramme,
  { of, today }: ArchiveOrder,
  year: Range,
): Promise<Counted[]> {
  const page = { page: 1, size: MOST_DUTIES };
  const when = { term: year, day: today };
  if (of.kind === 'pairing')
    return (await obligationPage(db, programme, { realm: { kind: 'pairing', id: of.id }, ...when }, page)).rows;
  const realm = { kind: 'programme' } as const;
  if (of.kind === 'person')
    return (await obligationPage(db, programme, { realm, bearerId: of.id, ...when }, page)).rows;
  const subjectIds = (rosterOf(programme).caresOfPupil.get(of.id) ?? []).map((c) => c.id);
  return (await obligationPage(db, programme, { realm, subjectIds, ...when }, page)).rows;
}

async function activitiesOf(db: Db, programme: StoredProgramme, of: ArchiveOf): Promise<StoredActivity[]> {
  const keys = {
    pairing: () => [`pairing:${of.id}:supporter`, `pairing:${of.id}:recipient`],
    person: () => [`person:${of.id}`],
    pupil: () => (rosterOf(programme).caresOfPupil.get(of.id) ?? []).map((c) => `care:${c.id}`),
  }[of.kind]();
  const always = { start: '0000-01-01', end: '9999-12-31' };
  const fed = await activitiesFeeding(db, programme.id, keys, [...ACTIVITY_KINDS], always);
  const found = fed.map(({ activity }) => activity);
  return found.filter((x) => x.status !== 'withdrawn').toSorted((x, y) => (x.date + x.id < y.date + y.id ? -1 : 1));
}

const schoolOf = (programme: StoredProgramme, id: string | undefined) =>
  rosterOf(programme).school.get(id ?? '')?.name ?? '';
const personOf = (programme: StoredProgramme, id: string) => rosterOf(programme).person.get(id)?.name ?? '';
const lines = (list: [string, string | number | undefined][]): string =>
  `${list
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => `${label}：${value}`)
    .join('\n')}\n`;

function nameOf(programme: StoredProgramme, { of, mayName }: ArchiveOrder, t: Texts): string {
  const roster = rosterOf(programme);
  if (of.kind === 'person') return personOf(programme, of.id);
  if (of.kind === 'pupil') return mayName(of.id) ? (roster.pupil.get(of.id)?.name ?? '') : t.hiddenPupils(1);
  const pairing = roster.pairing.get(of.id);
  return `${schoolOf(programme, pairing?.supporterId)}→${schoolOf(programme, pairing?.recipientId)}`;
}

const planText = (counted: Counted[], t: Texts): string =>
  [...new Map(counted.map((c) => [c.obligation.requirement, c.obligation])).values()]
    .map(({ requirement: r, target }) => {
      const basis = r.basis ? `${r.basis.clause} ${r.basis.paraphrase}` : t.why.ownPlan;
      return `${r.title} ${t.amount(target, r.measure)}${r.assumed ? `（${t.assumed}）` : ''}\n  ${basis}\n`;
    })
    .join('\n');

function agreementText(programme: StoredProgramme, { of, mayName }: ArchiveOrder, t: Texts): string {
  const roster = rosterOf(programme);
  const a = t.archive;
  if (of.kind === 'pairing') {
    const p = roster.pairing.get(of.id);
    return lines([
      [a.supporter, schoolOf(programme, p?.supporterId)],
      [a.recipient, schoolOf(programme, p?.recipientId)],
      [a.agreement, p?.agreement ?? a.noAgreement],
      [a.from, p?.from],
      [a.to, p?.to],
      [a.team, p?.team.map((id) => personOf(programme, id)).join(t.comma)],
    ]);
  }
  const cares = of.kind === 'pupil' ? roster.caresOfPupil.get(of.id) : roster.caresOfMentor.get(of.id);
  return (cares ?? [])
    .map((c) =>
      lines([
        [a.mentor, personOf(programme, c.mentorId)],
        [t.fields.pupils, mayName(c.pupilId) ? roster.pupil.get(c.pupilId)?.name : t.hiddenPupils(1)],
        [t.fields.kind, c.kind],
        [a.from, c.from],
        [a.to, c.to],
      ]),
    )
    .join('\n');
}

const askedText = (asked: Counted[], t: Texts): string =>
  asked.length === 0
    ? `${t.recorded.feedsNone}\n`
    : asked
        .map(({ obligation: o, done }) => `${o.requirement.title} ${o.period.label} ${shownCount(done)}/${o.target}\n`)
        .join('');

const measuresText = (x: Activity, programme: StoredProgramme, t: Texts): string =>
  lines([
    [t.fields.mode, x.mode && t.modes[x.mode]],
    [t.fields.place, schoolOf(programme, x.placeId ?? x.toId ?? x.partnerId)],
    [t.fields.participants, x.participantIds.map((id) => personOf(programme, id)).join(t.comma)],
    [t.fields.items, x.items?.map((i) => `${i.name}${i.qty ?? ''}${i.unit ?? ''}`).join(t.comma)],
  ]);

async function recordText(
  db: Db,
  x: StoredActivity,
  programme: StoredProgramme,
  { mayName, timezone, of }: ArchiveOrder,
  t: Texts,
): Promise<string> {
  const roster = rosterOf(programme);
  const at = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  // A pupil's own archive tells nothing of other pupils.
  const pupils = x.pupilIds.filter((id) => mayName(id) && (of.kind !== 'pupil' || id === of.id));
  const fact = lines([
    [t.fields.kind, t.kinds[x.kind]],
    [t.fields.date, x.date],
    [t.fields.dateTo, x.dateTo],
    [t.recorded.by, personOf(programme, x.byId)],
    [t.fields.times, x.times],
    [t.fields.lessons, x.lessons],
    [t.fields.days, x.days],
    [t.fields.people, x.people],
    [t.fields.pieces, x.pieces],
    [t.fields.cashYuan, x.cashYuan],
    [t.fields.valueYuan, x.valueYuan],
    [t.fields.pupilCount, x.pupilCount ?? (x.pupilIds.length || undefined)],
    [t.fields.pupils, pupils.map((id) => roster.pupil.get(id)?.name).join(t.comma)],
  ]);
  const history = (await historyOf(db, programme.id, x.id)).map(
    (c) => `${at(c.at)} ${personOf(programme, c.byId)} ${t.archive.changes[c.what]}`,
  );
  return `${fact}\n${history.join('\n')}\n`;
}

/** The topic is somebody's own words and may name a pupil: it stands only where nobody's name has to be kept. */
const resultText = (x: Activity, t: Texts): string =>
  lines([
    [t.ledger.status, t.ledger.states[x.status]],
    [t.fields.subject, x.subject],
    [t.fields.grade, x.grade],
    [t.fields.topic, x.pupilIds.length === 0 ? x.topic : undefined],
    [
      t.fields.evaluated,
      x.evaluated === undefined || x.evaluated === null ? undefined : x.evaluated ? t.form.yes : t.form.no,
    ],
    [t.ledger.confirmation, x.confirmation && t.ledger.confirmations[x.confirmation]],
  ]);

/** Secondments of a person, one for each host school, with the days that were said and the leave. */
async function servicesOf(
  db: Db,
  programme: StoredProgramme,
  { of }: ArchiveOrder,
  activities: StoredActivity[],
): Promise<Service[]> {
  if (of.kind !== 'person') return [];
  const stays = activities.filter((x) => x.kind === 'secondment' && x.status === 'done' && x.byId === of.id);
  if (stays.length === 0) return [];
  const said = await attendanceOf(db, programme.id, of.id);
  const consequences = programme.plans.flatMap((use) =>
    use.plan.provisions.filter((p) => p.consequence).map((p) => p.text),
  );
  return [...Map.groupBy(stays, (x) => x.placeId ?? x.toId ?? '')].map(([host, list]) => {
    const from = list[0]!.date;
    const to = list
      .map((x) => x.dateTo ?? x.date)
      .sort()
      .at(-1)!;
    const within = said.filter((s) => s.day >= from && s.day <= to);
    const days = [
      ...new Set([
        ...within.filter((s) => s.answer === 'present').map((s) => s.day),
        ...list.filter((x) => !x.dateTo).map((x) => x.date),
      ]),
    ];
    const { person } = rosterOf(programme);
    return {
      name: personOf(programme, of.id),
      school: schoolOf(programme, person.get(of.id)?.schoolId),
      host: schoolOf(programme, host),
      from,
      to,
      present: days.sort(),
      leave: within.filter((s) => s.answer === 'leave').map((s) => s.day),
      consequences,
    };
  });
}
