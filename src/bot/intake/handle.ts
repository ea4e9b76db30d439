import { refused } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Notice } from '../../store/notice-row.ts';
import type { Hint } from '../../store/notices.ts';
import { claimAnswers } from '../../store/outbox.ts';
import { StaleActivity } from '../../store/record.ts';
import { type Trx, transact } from '../../store/transaction.ts';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';

/** The result for the caller, and the hints to queue once it is stored. */
export interface Handled<Answer> {
  answer: Answer;
  hints: Hint[];
}

/**
 * A message, a click, another event or a chore: one transaction stores everything it makes or nothing. After commit its answers
 * go out and the hints are queued. Rejects if nothing was stored.
 */
export async function handle<Answer>(
  ctx: Ctx,
  { eventId, choreId }: { eventId?: string; choreId?: string },
  work: (trx: Trx) => Promise<Handled<Answer>>,
): Promise<Answer> {
  const logOpenTooLong = (ms: number) => ctx.log.error({ eventId, choreId, ms }, 'transaction open too long');
  let claimed: Notice[] = [];
  const claiming = (trx: Trx) => {
    claimed = claimAnswers(trx, ctx.now, ctx.room);
    return work(trx);
  };
  const { answer, hints } = await transact(ctx.db, claiming, logOpenTooLong);
  await ctx.deliver(hints, claimed);
  return answer;
}

/** The result of `work`, or what `refuse` makes of its refusal. */
export async function refusable<T>(work: () => Promise<T>, refuse: (refusal: UserError) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return refuse(error);
    if (error instanceof StaleActivity) return refuse(new UserError('stale'));
    throw error;
  }
}

/** What a command wants. A refusal becomes an answer; nothing has been written by then, so it changes nothing. */
export function outcomesOf(facts: Facts, decide: () => Promise<Outcome | Outcome[]>): Promise<Outcome[]> {
  return refusable<Outcome[]>(
    async () => [await decide()].flat(),
    ({ code, detail }) => {
      const card = refused({ reason: code, detail }, facts.t);
      if (!facts.group || code !== 'not_allowed') return [{ say: () => card }];
      // In a group, others would read the refusal too.
      const identity = NOTICE.refused(facts.cause);
      return [{ do: [{ what: 'notify', identity, kind: 'refused', personId: facts.me.id, card, line: 'answers' }] }];
    },
  );
}
