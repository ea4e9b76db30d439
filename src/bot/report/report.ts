import { examplesFor } from '../../cards/examples.ts';
import {
  activityForm,
  answer,
  FIELD_NAMES,
  type FieldName,
  KIND_FIELDS,
  notice,
  notUnderstood,
  sameOccasion,
} from '../../cards/index.ts';
import type { Activity, ActivityKind } from '../../plan/activity.ts';
import { kindsOf as kindsCounted } from '../../plan/feeds.ts';
import { ownObligations } from '../../plan/owed.ts';
import { rosterOf } from '../../plan/roster.ts';
import { completeDraft, readMessage } from '../../reading/read.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { type Draft, lockOpenDraft } from '../../store/drafts.ts';
import { obligationsOfPerson } from '../../store/obligations.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { activityShown, dutyShown, recordedCard } from '../insight/card-models.ts';
import { currentRange, feedKeysOf } from '../insight/own-duties.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { plannedInWords } from '../planned/planned-in-words.ts';
import { choicesOf, valuesFor } from './form-values.ts';
import { correctLast, withdrawLast } from './last-record.ts';
import { likelySame } from './likely-same.ts';
import { activitiesOf, recordedAs, startOf } from './to-activity.ts';

/** How long an unanswered question is still what the next message is about. */
const OPEN_MS = 24 * 3_600_000;

/** A message that is no command, as readings: what is whole is recorded at once, what is not becomes a question. */
export async function report(trx: Trx, facts: Facts, text: string): Promise<Outcome[]> {
  const knows = readerKnows(facts);
  const { readings, leftover } = readMessage(text, facts.at, knows);
  if (!readings.some(isNews)) {
    const draft = await lockOpenDraft(trx, facts.programme.id, facts.me.id, facts.now - OPEN_MS);
    const completed = draft && completeDraft(draft.reading, text, facts.at, knows);
    if (draft && completed) return [answered(facts, draft, completed)];
  }
  const planned = await plannedInWords(trx, facts, text, readings);
  if (planned) return [planned];
  if (readings.length === 0)
    return leftover === undefined
      ? []
      : [{ say: () => notUnderstood({ message: leftover, examples: examplesFor(facts, facts.t) }, facts.t) }];
  const outcomes: Outcome[] = [];
  const fresh: LedgerChange[] = [];
  for (const reading of readings) {
    if (reading.status === 'needs_detail') outcomes.push(ask(facts, reading));
    else if (reading.status === 'question') outcomes.push(await tell(trx, facts, reading));
    else if (reading.status === 'correction') outcomes.push(await correctLast(trx, facts, reading));
    else if (reading.status === 'cancel') outcomes.push(await withdrawLast(trx, facts, kindOf(reading)));
    else {
      for (const activity of activitiesOf(reading, facts)) {
        const same = await likelySame(trx, facts, activity);
        if (same) outcomes.push(askWhetherSame(facts, reading, activity, same));
        else fresh.push({ what: 'recorded', activity });
      }
    }
  }
  if (fresh.length > 0)
    outcomes.unshift({ do: [{ what: 'record', changes: fresh }], say: (recorded) => recordedCard(facts, recorded) });
  return outcomes;
}

/** Whether a reading tells of something by itself, rather than answering or mending something said before. */
const isNews = (reading: Reading): boolean => reading.kind !== 'same_as_last';

const kindOf = (reading: Reading): ActivityKind | undefined =>
  reading.kind === 'same_as_last' ? undefined : reading.kind;

/** An answer in words to the open question. It closes the draft, or leaves it with less to ask. */
function answered(facts: Facts, draft: Draft, completed: Reading): Outcome {
  if (completed.status === 'needs_detail') {
    const smaller = { ...draft, reading: completed };
    return asked({ what: 'change_draft', draft: smaller }, facts);
  }
  return {
    do: [
      { what: 'record', changes: recordedAs(completed, facts) },
      { what: 'close_draft', draft, state: 'done' },
    ],
    say: (recorded) => recordedCard(facts, recorded),
  };
}

const draftOf = (facts: Facts, reading: Reading, duplicateOf?: string): Draft => ({
  id: facts.newId(),
  programmeId: facts.programme.id,
  personId: facts.me.id,
  state: 'open',
  createdAt: facts.now,
  cause: facts.cause,
  reading,
  ...(duplicateOf ? { duplicateOf } : {}),
});

/** The reading is kept as a draft and its card asks only for what is missing. */
function ask(facts: Facts, reading: Reading): Outcome {
  return asked({ what: 'open_draft', draft: draftOf(facts, reading) }, facts);
}

/** The form names pupils: what is asked in a group is asked of the sender alone. */
function asked(change: Extract<Change, { what: 'open_draft' | 'change_draft' }>, facts: Facts): Outcome {
  const { draft } = change;
  const { t, group, me, cause } = facts;
  if (!group) return { do: [change], say: () => draftCard(draft, facts) };
  const alone: Change = {
    what: 'notify',
    identity: `asked:${draft.id}:${cause}`,
    kind: 'answer',
    personId: me.id,
    card: draftCard(draft, { ...facts, group: false }),
    line: 'answers',
  };
  const title = t.kinds[draft.reading.kind as ActivityKind];
  return { do: [change, alone], say: () => notice({ title, text: t.form.askedAlone }, t) };
}

/** Shown beside the record it probably repeats: neither stored twice nor refused. */
function askWhetherSame(facts: Facts, reading: Reading, activity: Activity, same: StoredActivity): Outcome {
  const { dates, ...rest } = reading;
  const { date, times, lessons } = activity;
  const draft = draftOf(facts, { ...rest, date, ...(dates ? { times, lessons } : {}) }, same.id);
  const told = { ...startOf(draft.reading, facts), id: draft.id, date };
  const who = same.byId === facts.me.id ? undefined : rosterOf(facts.programme).person.get(same.byId)?.name;
  const model = {
    draft: draft.id,
    by: who,
    before: activityShown(same, facts),
    now: activityShown(told, facts),
    group: facts.group,
  };
  return { do: [{ what: 'open_draft', draft }], say: () => sameOccasion(model, facts.t) };
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
  const shown = activityShown({ ...start, id: draft.id, date: start.date ?? facts.at.today }, facts);
  return activityForm(
    {
      purpose: { kind: 'draft', draft: draft.id, v: 1, ask: askedFields(draft.reading) },
      activityKind: kind,
      values: valuesFor(start, facts),
      understood: { ...shown, date: start.date },
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
    .filter(({ obligation: o }) => asked === undefined || kindsCounted(o.requirement).includes(asked))
    .map(({ obligation }) => dutyShown(mine.get(obligation.id)!, facts));
  return { say: () => answer({ asked, duties, group: facts.group }, facts.t) };
}
