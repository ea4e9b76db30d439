import { drawn } from '../../cards/card-text.ts';
import type { Card } from '../../cards/index.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import type { AllNames } from '../../reading/answers/masked.ts';
import { doubtsIn, maskedText, readMessage } from '../../reading/read.ts';
import type { Heard, Reading } from '../../reading/types.ts';
import { insertDraft, isWhole, openDraftsOf } from '../../store/drafts.ts';
import { activitiesOfCause, latestOf } from '../../store/ledger.ts';
import { type Hint, noticesOfCause } from '../../store/notices.ts';
import { lockCard, postPicture } from '../../store/pictures.ts';
import type { StoredProgramme } from '../../store/programmes.ts';
import { type Trx, transact } from '../../store/transaction.ts';
import type { ChoreBodies, ChoreKind } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { reply } from '../intake/reply.ts';
import { draftCard } from './draft-card.ts';
import { waitingCard } from './to-confirm.ts';

/** The model is asked after the first answer is sent, whose card it may fill. */
const AFTER_ANSWER_MS = 1_000;

/** Sends a private message with unsure readings to the model, if one is configured. */
export function secondOpinionOn(facts: Facts, text: string, outcomes: Outcome[]): Outcome[] {
  const { seconded, group, shared, openId, programme, cause, said } = facts;
  const messageId = cause.startsWith(CAUSE.message('')) ? cause.slice(CAUSE.message('').length) : undefined;
  // An answer to an open card is not a separate message.
  const answers = outcomes.some((outcome) => outcome.do?.some(({ what }) => /^(?:close|change)_draft$/.test(what)));
  if (!seconded || group || shared || messageId === undefined || answers) return [];
  if (doubtsIn(text, facts.at, readerKnows(facts)) === '') return [];
  const body: ChoreBodies['second_opinion'] = { openId, programmeId: programme.id, messageId, text, said };
  const identity = CHORE.secondOpinion(cause);
  return [{ do: [{ what: 'chore', identity, kind: 'second_opinion', body, inMs: AFTER_ANSWER_MS }] }];
}

const namesOf = ({ people, pupils, schools }: StoredProgramme): AllNames => ({
  people: new Set(people.map(({ name }) => name)),
  pupils: new Set(pupils.map(({ name }) => name)),
  schools: new Set(schools.flatMap(({ name, short }) => [name, ...short])),
});

const asking = ({ openId, programmeId, messageId, said }: ChoreBodies['second_opinion'], now: number) => ({
  openId,
  now,
  said,
  cause: CAUSE.message(messageId),
  post: { programmeId },
});

/** Asks the model about the unsure parts of a message; its answer fills that message's card and is never recorded directly. */
export const secondOpinionChore: ChoreKind<'second_opinion', Heard[]> = {
  async fetch(ctx, body) {
    const facts = await transact(ctx.db, (trx) => factsFor(trx, ctx, asking(body, ctx.now())));
    if (!facts || !ctx.secondOpinion) return [];
    const knows = readerKnows(facts);
    const { text, unmasked } = maskedText(doubtsIn(body.text, facts.at, knows), knows, namesOf(facts.programme));
    const opinions = text === '' ? [] : await ctx.secondOpinion(text);
    return opinions.map((one) => ({ ...one, quote: unmasked(one.quote) }));
  },

  async settle(trx, ctx, body, heard) {
    const facts = await factsFor(trx, ctx, asking(body, ctx.now()));
    // Plans and questions that the model hears fill nothing.
    const told = Array.isArray(heard) ? heard.filter(({ status }) => status === 'done') : [];
    if (!facts || told.length === 0) return [];
    const found = await filledIn(trx, facts, body.text, told);
    if (found.length === 0) return [];
    const before = (await openDraftsOf(trx, facts.programme.id, facts.me.id, body.said)).filter(
      (draft) => draft.cause === facts.cause,
    );
    const drafts = found.map((reading) => ({
      id: facts.newId(),
      programmeId: facts.programme.id,
      personId: facts.me.id,
      state: 'open' as const,
      createdAt: facts.now,
      cause: facts.cause,
      reading,
    }));
    for (const draft of drafts) await insertDraft(trx, draft);
    const complete = [...before, ...drafts].filter(isWhole);
    const made = await activitiesOfCause(trx, facts.cause);
    const joins = before.every(isWhole) && (complete.length > 0 || made.length === 0);
    const card = complete.length > 0 ? await waitingCard(trx, facts, complete) : draftCard(drafts[0]!, facts);
    return shown(trx, facts, body.messageId, card, joins);
  },
};

/** Activities of kinds that the reader missed, read again at the place the model points to. */
async function filledIn(trx: Trx, facts: Facts, text: string, heard: Heard[]): Promise<Reading[]> {
  const knows = readerKnows(facts);
  const { readings } = readMessage(text, facts.at, knows);
  const known = new Set(readings.map(({ kind }) => kind));
  const since = await latestOf(trx, facts.programme.id, facts.me.id, 5);
  for (const { kind, recordedAt } of since) if (recordedAt >= facts.said) known.add(kind);
  const more = readMessage(text, facts.at, knows, undefined, heard).readings.filter(({ kind }) => !known.has(kind));
  return more.flatMap((reading): Reading[] => {
    if (reading.status === 'done') return [{ ...reading, act: 'confirm' }];
    return reading.status === 'needs_detail' ? [{ ...reading, act: 'ask' }] : [];
  });
}

/** In the card that answered the message, if it asks nothing else; otherwise in a new card. */
async function shown(trx: Trx, facts: Facts, messageId: string, card: Card, joins: boolean): Promise<Hint[]> {
  const cards = (await noticesOfCause(trx, facts.cause)).filter(({ kind }) => kind === 'answer');
  const [only, more] = cards;
  if (!only?.messageId || more || !joins)
    return reply(trx, facts, { messageId, identity: NOTICE.secondOpinion(messageId), card });
  await lockCard(trx, only.messageId);
  const who = { messageId: only.messageId, to: only.recipient, programmeId: facts.programme.id, personId: facts.me.id };
  return postPicture(trx, facts, { ...who, by: facts.cause, cause: facts.cause, ...drawn(card, who) });
}
