import type { Ctx } from '../../context.ts';
import { isFull } from '../../errors.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { CHORE_LEASE_MS, type Chore, claimChore, finishChore, postponeChore, renewChore } from '../../store/chores.ts';
import { transact } from '../../store/transaction.ts';
import { chores } from '../chores.ts';
import { type AnyChore, type ChoreBodies, Later } from './chore.ts';
import { handle } from './handle.ts';

/** After this many attempts, about a day with the pauses between them, a failing platform counts as a refusal. */
const MAX_ATTEMPTS = 30;
const LONGEST_PAUSE_MS = 60 * 60_000;
/** A bug that retries do not cure; without this limit the sweep would bring it back every minute. */
const HOPELESS = 3 * MAX_ATTEMPTS;

type Body = ChoreBodies[keyof ChoreBodies];

/**
 * Does one chore: claim, the slow part outside any transaction, then one transaction that settles it. Safe to repeat. Returns
 * when to retry, or nothing once it is settled.
 */
export async function doChore(ctx: Ctx, id: string): Promise<{ retryInMs: number } | undefined> {
  const now = ctx.now();
  const chore = await transact(ctx.db, (trx) => claimChore(trx, id, now));
  if (chore === undefined) return undefined;
  if (typeof chore === 'number') return { retryInMs: Math.max(50, chore - now) };
  const kind = (chores as Record<string, AnyChore>)[chore.kind];
  if (!kind) throw new Error(`unknown chore ${chore.kind}`);
  if (chore.attempt > HOPELESS) {
    ctx.log.error({ choreId: id, kind: chore.kind, attempt: chore.attempt }, 'chore given up');
    await transact(ctx.db, (trx) => finishChore(trx, id));
    return undefined;
  }
  const fetched = await holding(ctx, id, () => slowPart(ctx, chore, kind));
  if (fetched instanceof Later) {
    await postponeChore(ctx.db, id, ctx.now() + fetched.ms);
    return { retryInMs: fetched.ms };
  }
  await handle(ctx, { choreId: id }, async (trx) => {
    // The first process to settle wins, even if its lease ran out in the meantime.
    if (!(await finishChore(trx, id))) return { answer: undefined, hints: [] };
    return { answer: undefined, hints: await kind.settle(trx, ctx, chore.body as Body, fetched) };
  });
  return undefined;
}

/** Renews a chore's lease while work goes on: a county's export takes longer than one lease. */
async function holding<T>({ db, now, log }: Ctx, id: string, work: () => Promise<T>): Promise<T> {
  const renewing = setInterval(
    () =>
      void renewChore(db, id, now()).catch((error: Error) =>
        log.warn({ choreId: id, reason: error.message }, 'lease of a chore not renewed'),
      ),
    CHORE_LEASE_MS / 3,
  );
  try {
    return await work();
  } finally {
    clearInterval(renewing);
  }
}

async function slowPart(ctx: Ctx, chore: Chore, kind: AnyChore): Promise<unknown> {
  try {
    const fetched = await kind.fetch(ctx, chore.body as Body, chore.id);
    // The longer a chore waits, the less often it is retried.
    return fetched instanceof Later
      ? new Later(Math.min(fetched.ms * 2 ** (chore.attempt - 1), LONGEST_PAUSE_MS))
      : fetched;
  } catch (error) {
    if (isFull(error)) {
      ctx.log.error({ choreId: chore.id, kind: chore.kind, attempt: chore.attempt }, 'DATA_DIR: the disk is full');
      return new Later(Math.min(2 ** chore.attempt * 1_000, LONGEST_PAUSE_MS));
    }
    if (!(error instanceof LarkRefused)) throw error;
    const { retry, retryAfterSeconds, code, advice } = error;
    ctx.log.warn({ choreId: chore.id, kind: chore.kind, code, advice, attempt: chore.attempt }, 'chore refused');
    if (retry === 'never' || chore.attempt >= MAX_ATTEMPTS) return error;
    return new Later(
      retryAfterSeconds ? retryAfterSeconds * 1_000 : Math.min(2 ** chore.attempt * 1_000, LONGEST_PAUSE_MS),
    );
  }
}
