import { activityShown } from '../../cards/card-models.ts';
import type { Card } from '../../cards/index.ts';
import { toChange } from '../../cards/to-change.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { cameToNothing, saysNotHeld } from '../../reading/answers/not-held.ts';
import type { Reading } from '../../reading/types.ts';
import type { Draft } from '../../store/drafts.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard, stateOf } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { helpForm } from '../reminders/ask-help.ts';
import { ownDraft } from './answer-draft.ts';
import { draftOf } from './ask.ts';
import { correctLast } from './correct.ts';
import { describesHardship } from './hardship.ts';
import { mendOpen } from './mend-open.ts';
import type { Fresh } from './new-or-repeated.ts';
import { notBegun, notHeld } from './not-held.ts';
import { activitiesIn, startOf } from './to-activity.ts';
import { takenBack } from './withdraw.ts';

/** Whether a reading changes something said earlier instead of reporting something new. */
export const mends = ({ status }: Reading): boolean => ['correction', 'cancel', 'not_done'].includes(status);

/**
 * Applies a correction, a withdrawal or a denial: at once if it is certain, else after a tap. An attempt that is new joins what the message
 * records: `fresh`.
 */
export async function mend(
  trx: Trx,
  facts: Facts,
  reading: Reading,
  text: string,
  fresh: Fresh[] = [],
): Promise<Outcome[]> {
  const outcomes = await mended(trx, facts, reading, text);
  if (reading.act === 'confirm') return outcomes.map((o) => askAboutChange(facts, reading, text, o));
  const attempts = outcomes.flatMap(changesIn);
  if (!attempts.every(isNewAttempt) || attempts.length === 0) return outcomes;
  fresh.push(...attempts);
  return [];
}

const isNewAttempt = (change: LedgerChange): change is Fresh =>
  change.what === 'recorded' && change.activity.status === 'attempted';

async function mended(trx: Trx, facts: Facts, reading: Reading, text: string): Promise<Outcome[]> {
  if (reading.status === 'cancel') return takenBack(trx, facts, text, kindOf(reading));
  if (reading.status === 'not_done') return [await failedOrRecorded(trx, facts, reading, text)];
  return [(await mendOpen(trx, facts, reading)) ?? (await correctLast(trx, facts, reading, text))];
}

const changesIn = ({ do: changes = [] }: Outcome) => changes.flatMap((c) => (c.what === 'record' ? c.changes : []));

/** The change as a draft, and how the records would look; a change that affects no record needs no tap. */
function askAboutChange(facts: Facts, reading: Reading, text: string, outcome: Outcome): Outcome {
  const changes = changesIn(outcome);
  if (changes.length === 0) return outcome;
  const first = changes.find((c) => 'before' in c);
  const quotes = facts.quotes ?? (first && 'before' in first ? first.before.cause : undefined);
  const draft: Draft = { ...draftOf(facts, reading), change: { text, ...(quotes && { quotes }) } };
  return { do: [{ what: 'open_draft', draft }], say: () => shown(facts, draft, changes) };
}

function shown(facts: Facts, draft: Draft, changes: LedgerChange[]): Card {
  const lines = changes.map((c) => ({
    ...('before' in c && { before: activityShown(c.before, facts) }),
    after: activityShown(c.activity, facts),
    state: stateOf(c.activity),
  }));
  return toChange({ draft: draft.id, lines, group: facts.group }, facts.t);
}

const outcomesOf = (trx: Trx, facts: Facts, { reading, change }: Draft): Promise<Outcome[]> =>
  mended(trx, change?.quotes ? { ...facts, quotes: change.quotes } : facts, reading, change?.text ?? '');

/** The card of a change that waits for its tap. */
export const changeCard = async (trx: Trx, facts: Facts, draft: Draft): Promise<Card> =>
  shown(facts, draft, (await outcomesOf(trx, facts, draft)).flatMap(changesIn));

/** Applies the change that a draft holds. */
export async function changeOf(trx: Trx, facts: Facts, draft: Draft): Promise<Outcome[]> {
  const [first = {}, ...rest] = await outcomesOf(trx, facts, draft);
  return [{ ...first, do: [...(first.do ?? []), { what: 'close_draft', draft, state: 'done' }] }, ...rest];
}

/** 是 on 「要这样改吗？」. */
export const applyChangeAction: Action<'apply_change'> = {
  name: 'apply_change',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    if (draft.state !== 'open' || !draft.change)
      return { toast: { type: 'info', content: facts.t.form[draft.state === 'discarded' ? 'discarded' : 'done'] } };
    const [first = {}] = await changeOf(trx, facts, draft);
    return first;
  },
};

/**
 * Handles a denial: the record it is about becomes an attempt. Without one, somebody who set out on a day is recorded as having
 * tried; an activity that was never begun leaves no record.
 */
async function failedOrRecorded(trx: Trx, facts: Facts, reading: Reading, text: string): Promise<Outcome> {
  const { pupilIds } = startOf(reading, facts);
  const { date, date_given } = reading;
  const failure = { kind: kindOf(reading), pupilIds, reason: reading.reason ?? text };
  const about = { ...failure, ...(date !== undefined && date_given !== false ? { date } : {}) };
  const failed = saysNotHeld(text) ? await notHeld(trx, facts, about) : undefined;
  if (failed) return failed;
  const attempts = cameToNothing(text) ? activitiesIn(reading, facts).filter((a) => a.status === 'attempted') : [];
  if (attempts.length === 0 && describesHardship(text) && !facts.group)
    return { say: () => helpForm(trx, facts, text) };
  if (attempts.length === 0) return notBegun(facts, kindOf(reading));
  return {
    do: [{ what: 'record', changes: attempts.map((activity) => ({ what: 'recorded', activity })) }],
    say: (recorded) => recordedCard(facts, recorded),
  };
}

const kindOf = (reading: Reading): ActivityKind | undefined =>
  reading.kind === 'same_as_last' ? undefined : reading.kind;
