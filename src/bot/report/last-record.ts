import { FIELD_NAMES, type FieldName, KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, ActivityKind } from '../../plan/activity.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { activitiesOfCause, latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { permitYear } from '../intake/permit.ts';
import { startOf } from './to-activity.ts';

/** How many records back 「上一条」 may lie; a message rarely makes more than three. */
const REACH = 20;

/**
 * The sender's records that still stand and were reported in words or by form, newest first: those of the quoted message if
 * there is one. A quoted colleague's card holds none of the sender's, so nothing of anybody changes.
 */
async function standing(trx: Trx, facts: Facts, kind?: ActivityKind): Promise<StoredActivity[]> {
  return (await reported(trx, facts)).filter(
    (a) => a.status !== 'withdrawn' && a.cause !== undefined && (kind === undefined || a.kind === kind),
  );
}

/**
 * The records that the last message of the sender made (or the quoted one), those that stand or those that were taken back;
 * empty where there are none.
 */
export async function lastRecords(
  trx: Trx,
  facts: Facts,
  which: 'standing' | 'withdrawn' = 'standing',
): Promise<StoredActivity[]> {
  const records =
    which === 'standing'
      ? await standing(trx, facts)
      : (await reported(trx, facts)).filter((a) => a.status === 'withdrawn' && a.cause !== undefined);
  return records.filter((a) => a.cause === records[0]!.cause);
}

export const withdrawn = (before: StoredActivity) =>
  ({ what: 'withdrawn', before, activity: { ...before, status: 'withdrawn' } }) as const;

const reported = async (trx: Trx, { quotes, programme, me }: Facts): Promise<StoredActivity[]> =>
  quotes
    ? (await activitiesOfCause(trx, quotes)).filter((a) => a.reporterId === me.id)
    : latestOf(trx, programme.id, me.id, REACH);

/** Takes back all that the sender's last message recorded, or of it what is of one kind. */
export async function withdrawLast(trx: Trx, facts: Facts, kind?: ActivityKind): Promise<Outcome> {
  const records = await standing(trx, facts, kind);
  const [last] = records;
  if (!last) throw new UserError('gone');
  const taken = records.filter((a) => a.cause === last.cause);
  for (const record of taken) permitYear(facts, record);
  return {
    do: rewrite(...taken.map(withdrawn)),
    say: (recorded) => recordedCard(facts, recorded),
  };
}

/** Which fields of an activity a field of a reading sets. */
const sets: Record<string, (keyof Activity)[]> = {
  kind: ['kind'],
  date: ['date'],
  date_to: ['dateTo'],
  times: ['times'],
  lessons: ['lessons'],
  place: ['placeId'],
  to: ['toId'],
  partner: ['partnerId'],
  subject: ['subject'],
  grade: ['grade'],
  topic: ['topic'],
  mode: ['mode'],
  by: ['byId', 'onBehalf'],
  participants: ['participantIds'],
  pupils: ['pupilIds'],
  all_assigned: ['allAssigned'],
  pupil_count: ['pupilCount'],
  evaluated: ['evaluated'],
  cash_yuan: ['cashYuan'],
  value_yuan: ['valueYuan'],
  items: ['items'],
  days: ['days'],
  weeks: ['weeks'],
  pieces: ['pieces'],
  role: ['role'],
  reason: ['reason'],
  late: ['late'],
};

/** A grade or a subject belongs to lessons, a way of visiting to visits: what a kind's form has no field for. */
function mayHold(kind: ActivityKind, key: string): boolean {
  const { required, optional } = KIND_FIELDS[kind];
  return !(FIELD_NAMES as readonly string[]).includes(key) || [...required, ...optional].includes(key as FieldName);
}

/** 「不是…是…」, 「改成…」: the last record as it should have been, with what it was before kept in its history. */
export async function correctLast(trx: Trx, facts: Facts, reading: Reading): Promise<Outcome> {
  const kind = reading.kind === 'same_as_last' ? undefined : reading.kind;
  const records = await standing(trx, facts, kind);
  const swap = reading.replace_pupil;
  const [from, to] = swap ? [swap.from, swap.to].map((name) => pupilOf(name, facts)) : [];
  if (swap && !to) throw new UserError('bad_form', facts.t.fields.pupils);
  const keys = Object.keys(reading.set ?? {}).flatMap((field) => sets[field] ?? []);
  // Of what one message recorded, that which holds what is to be put right.
  const said = records.filter((a) => a.cause === records[0]!.cause);
  const holds = (a: StoredActivity) => (swap ? a.pupilIds.includes(from!) : keys.every((key) => a[key] !== undefined));
  const before = said.find(holds) ?? said[0];
  if (!before) throw new UserError('gone');
  permitYear(facts, before);
  if (swap && !holds(before)) throw new UserError('bad_form', facts.t.fields.pupils);
  const strange = keys.find((key) => !mayHold(before.kind, key));
  if (strange) throw new UserError('bad_form', facts.t.fields[strange as FieldName]);
  const told = startOf({ kind: before.kind, status: 'done', ...reading.set } as Reading, facts);
  const patch: Partial<Activity> = {};
  for (const key of keys)
    if (told[key as keyof typeof told] !== undefined) Object.assign(patch, { [key]: told[key as keyof typeof told] });
  if (to) patch.pupilIds = [...new Set(before.pupilIds.map((id) => (id === from ? to : id)))];
  if (Object.keys(patch).length === 0) throw new UserError('bad_form');
  const activity = { ...before, ...patch };
  if (activity.status === 'done' && activity.date > facts.today) throw new UserError('bad_form', facts.t.fields.date);
  return {
    do: rewrite({ what: 'edited', before, activity }),
    say: (recorded) => recordedCard(facts, recorded),
  };
}

const pupilOf = (name: string, facts: Facts): string | undefined =>
  startOf({ kind: 'talk', status: 'done', pupils: [name] } as Reading, facts).pupilIds[0];
