import { activityForm, answer, FIELD_NAMES, type FieldName, KIND_FIELDS, notUnderstood } from '../cards/index.ts';
import { ownObligations } from '../plan/owed.ts';
import type { ActivityKind } from '../plan/types.ts';
import type { Message } from '../reading/read.ts';
import type { Reading } from '../reading/types.ts';
import type { Draft } from '../store/drafts.ts';
import { obligationsOfPerson } from '../store/obligations.ts';
import type { LedgerChange } from '../store/record.ts';
import type { Trx } from '../store/transaction.ts';
import type { Facts } from './facts.ts';
import { choicesOf, formValues } from './form-values.ts';
import type { Outcome } from './outcome.ts';
import { currentRange, feedKeysOf } from './own-duties.ts';
import { activityShown, dutyShown, recordedCard } from './shown.ts';
import { activitiesOf, startOf } from './to-activity.ts';

/** A message that is no command, as readings: what is whole is recorded at once, what is not becomes a question. */
export async function report(trx: Trx, facts: Facts, message: Message): Promise<Outcome[]> {
  const { readings } = message;
  if (readings.length === 0)
    return message.leftover === undefined ? [] : [{ say: () => notUnderstood({ message: message.leftover }, facts.t) }];
  const whole = readings.filter((r) => ['done', 'planned', 'not_done'].includes(r.status) && r.kind !== 'same_as_last');
  const outcomes: Outcome[] = [];
  if (whole.length > 0) outcomes.push(record(facts, whole));
  for (const reading of readings) {
    if (reading.status === 'needs_detail') outcomes.push(ask(facts, reading));
    if (reading.status === 'question') outcomes.push(await tell(trx, facts, reading));
  }
  return outcomes;
}

function record(facts: Facts, readings: Reading[]): Outcome {
  const changes: LedgerChange[] = readings
    .flatMap((reading) => activitiesOf(reading, facts))
    .map((activity) => ({ what: 'recorded', activity }));
  return { changes, say: (recorded) => recordedCard(facts, recorded) };
}

/** The reading is kept as a draft and its card asks only for what is missing. */
function ask(facts: Facts, reading: Reading): Outcome {
  const draft: Draft = {
    id: facts.newId(),
    programmeId: facts.programme.id,
    personId: facts.me.id,
    state: 'open',
    createdAt: facts.now,
    cause: facts.cause,
    reading,
  };
  return { openDrafts: [draft], say: () => draftCard(draft, facts) };
}

/** What a draft still lacks, in the names of form fields. Unknown words of the reader ask for what the kind requires. */
export function askedFields(reading: Reading): FieldName[] {
  const names: Record<string, FieldName> = { dates: 'date', to: 'place', partner: 'place', by: 'participants' };
  const asked = (reading.ask ?? []).map((name) => names[name] ?? name) as FieldName[];
  const known = asked.filter((name) => FIELD_NAMES.includes(name));
  return known.length > 0 ? [...new Set(known)] : KIND_FIELDS[reading.kind as ActivityKind].required;
}

export function draftCard(draft: Draft, facts: Facts, problem?: string) {
  const start = startOf(draft.reading, facts);
  const kind = draft.reading.kind as ActivityKind;
  return activityForm(
    {
      purpose: { kind: 'draft', draft: draft.id, v: 1, ask: askedFields(draft.reading) },
      activityKind: kind,
      values: formValues(start),
      understood: activityShown({ ...start, id: draft.id, date: start.date ?? facts.at.today }, facts),
      options: choicesOf(facts),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}

/** 还差几次: one's obligations of that kind, from the ledger. */
async function tell(trx: Trx, facts: Facts, reading: Reading): Promise<Outcome> {
  const asked = reading.kind === 'same_as_last' ? undefined : reading.kind;
  const counted = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), currentRange(facts));
  const mine = new Map(counted.map((c) => [c.obligation.id, c]));
  const own = ownObligations(
    counted.map((c) => c.obligation),
    facts.programme,
    facts.me.id,
  );
  const duties = own
    .filter(({ obligation: o }) => asked === undefined || o.requirement.activity === asked)
    .map(({ obligation }) => dutyShown(mine.get(obligation.id)!, facts));
  return { say: () => answer({ asked, duties, group: facts.group }, facts.t) };
}
