import { yesOrNo } from '../../reading/answers/yes-no.ts';
import { completeDraft } from '../../reading/read.ts';
import type { Reading } from '../../reading/types.ts';
import { type Draft, isWhole, lockOpenDraft, openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import { latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { redrawn } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { arrangementAnswered } from '../people/arrange-answer.ts';
import { askedFor } from './ask.ts';
import { changeOf } from './mending.ts';
import { type Fresh, newOrRepeated } from './new-or-repeated.ts';
import { discardDrafts, recordDrafts } from './to-confirm.ts';
import { lastRecords } from './which-record.ts';

/** How long the next message can still answer an open question. */
const OPEN_MS = 24 * 3_600_000;

/**
 * The open card that a message answers: the quoted one, else the newest, unless something newer of that kind has been recorded or
 * a card has asked something else at `after`. Undefined if the message is not an answer.
 */
export async function answerIn(trx: Trx, facts: Facts, text: string, after = 0): Promise<Outcome[] | undefined> {
  const { programme, me, quotes, now } = facts;
  const draft = await lockOpenDraft(trx, programme.id, me.id, now - (quotes ? WAITS_MS : OPEN_MS), quotes);
  const shown = Math.max(after, draft?.createdAt ?? 0, (await lastRecords(trx, facts))[0]?.recordedAt ?? 0);
  const decided = await arrangementAnswered(trx, facts, text, shown);
  if (decided) return [decided];
  if (!draft || (!quotes && (draft.createdAt < after || (await isOvertaken(trx, facts, draft))))) return undefined;
  const answer = yesOrNo(text);
  if (draft.change) {
    if (answer === 'yes') return changeOf(trx, facts, draft);
    return answer === 'no' ? [discardDrafts(trx, facts, [draft])] : undefined;
  }
  if (isWhole(draft) && answer) {
    const open = await openDraftsOf(trx, programme.id, me.id, draft.createdAt);
    const together = open.filter((other) => isWhole(other) && other.cause === draft.cause);
    const outcomes =
      answer === 'yes' ? await recordDrafts(trx, facts, together) : [discardDrafts(trx, facts, together)];
    // The card that asked would go on asking.
    return [...outcomes, { do: redrawn(draft.cause) }];
  }
  if (answer === 'no' && !draft.duplicateOf) return [discardDrafts(trx, facts, [draft])];
  const completed = completeDraft(draft.reading, text, facts.at, readerKnows(facts));
  return completed && answered(trx, facts, draft, completed);
}

/** Whether the writer has recorded something of the draft's kind since the question. */
async function isOvertaken(trx: Trx, { programme, me }: Facts, draft: Draft): Promise<boolean> {
  const latest = await latestOf(trx, programme.id, me.id, 5);
  return latest.some((a) => a.kind === draft.reading.kind && a.recordedAt > draft.createdAt);
}

/** An answer in words to the open question. It closes the draft, or leaves less to ask. */
async function answered(trx: Trx, facts: Facts, draft: Draft, completed: Reading): Promise<Outcome[]> {
  if (completed.status === 'needs_detail') {
    const smaller = { ...draft, reading: completed };
    return [askedFor({ what: 'change_draft', draft: smaller }, facts)];
  }
  const fresh: Fresh[] = [];
  const questions = await newOrRepeated(trx, facts, completed, fresh);
  return [
    {
      do: [
        { what: 'record', changes: fresh },
        { what: 'close_draft', draft, state: 'done' },
      ],
      ...(fresh.length > 0 && { say: (recorded) => recordedCard(facts, recorded) }),
    },
    ...questions,
  ];
}
