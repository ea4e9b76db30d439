import { FIELD_NAMES, type FieldName, KIND_FIELDS, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, ActivityKind } from '../../plan/activity.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { permitYear } from '../intake/permit.ts';
import { startOf } from './to-activity.ts';
import { type RecordNamed, recordNamed, recordsMeant } from './which-record.ts';

/** The activity fields that a reading's field sets. */
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

/** Whether a kind's form has this field: a grade or subject belongs to lessons, a way of visiting to visits. */
function mayHold(kind: ActivityKind, key: string): boolean {
  const { required, optional } = KIND_FIELDS[kind];
  return !(FIELD_NAMES as readonly string[]).includes(key) || [...required, ...optional].includes(key as FieldName);
}

/** 「不是…是…」, 「改成…」: corrects the last record and keeps the old values in its history. */
export async function correctLast(trx: Trx, facts: Facts, reading: Reading, text: string): Promise<Outcome> {
  const records = await recordsMeant(trx, facts, namedBy(reading, facts, text));
  const { keys, from, to } = changeIn(reading, facts);
  // Of the records from one message, the one that holds the value to correct.
  const hasValue = (a: StoredActivity) => (to ? a.pupilIds.includes(from!) : keys.every((key) => a[key] !== undefined));
  const before = records.find(hasValue) ?? records[0];
  if (!before) throw new UserError('gone');
  return correctRecord(facts, reading, before);
}

function changeIn({ replace_pupil: swap, set = {} }: Reading, facts: Facts) {
  const [from, to] = swap ? [swap.from, swap.to].map((name) => pupilOf(name, facts)) : [];
  if (swap && !to) throw new UserError('bad_form', facts.t.fields.pupils);
  return { keys: Object.keys(set).flatMap((field) => sets[field] ?? []), from, to };
}

/** The record with a correction applied. */
export function correctRecord(facts: Facts, reading: Reading, before: StoredActivity): Outcome {
  const { keys, from, to } = changeIn(reading, facts);
  permitYear(facts, before);
  if (to && !before.pupilIds.includes(from!)) throw new UserError('bad_form', facts.t.fields.pupils);
  const strange = keys.find((key) => !mayHold(before.kind, key));
  if (strange) throw new UserError('unchanged', noField(before.kind, strange as FieldName, facts.t));
  const corrected = startOf({ kind: before.kind, status: 'done', ...reading.set } as Reading, facts);
  const patch: Partial<Activity> = {};
  for (const key of keys)
    if (corrected[key as keyof typeof corrected] !== undefined)
      Object.assign(patch, { [key]: corrected[key as keyof typeof corrected] });
  if (to) patch.pupilIds = [...new Set(before.pupilIds.map((id) => (id === from ? to : id)))];
  if (Object.keys(patch).length === 0) throw new UserError('bad_form');
  const activity = { ...before, ...patch };
  if (activity.status === 'done' && activity.date > facts.today) throw new UserError('bad_form', facts.t.fields.date);
  return {
    do: rewrite({ what: 'edited', before, activity }),
    say: (recorded) => recordedCard(facts, recorded),
  };
}

const noField = (kind: ActivityKind, field: FieldName, t: Texts): string =>
  t.form.noField(t.kinds[kind], t.fields[field], field === 'times');

/** The target of a correction: a new kind or day does not identify the record as it stands. */
function namedBy({ kind, set = {} }: Reading, facts: Facts, text: string): RecordNamed {
  const { date, dates = [] } = set as Partial<Reading>;
  const named = recordNamed(facts, text, [...(date ? [date] : []), ...dates]);
  if (kind !== 'same_as_last') return { ...named, kinds: [kind] };
  return 'kind' in set ? { ...named, kinds: [] } : named;
}

const pupilOf = (name: string, facts: Facts): string | undefined =>
  startOf({ kind: 'talk', status: 'done', pupils: [name] } as Reading, facts).pupilIds[0];
