import PQueue from 'p-queue';
import type { Ctx } from '../context.ts';
import { LEASE_MS, type Notice } from '../store/notice-row.ts';
import { giveBack, type Marked, markSent, renewClaims } from '../store/notice-sending.ts';
import type { Hint } from '../store/notices.ts';
import type { Queue } from './queue.ts';
import { sendClaimed, turnOf } from './send-notice.ts';
import { within } from './wiring.ts';

/** An answer takes some kilobytes; beyond this many they wait in the store. */
const MOST = 200;
const AT_ONCE = 8;
const RENEW_EVERY_MS = 5_000;
/** A call that begins with less of its lease left could outlive it. */
const ENOUGH_MS = 12_000;
/** At shutdown, what is not sent by then is left to other processes. */
const DRAIN_MS = 3_000;

/** Passes the results of a committed transaction to the senders. */
export interface Sender {
  /** How many answers this process may claim as it makes them. */
  room(): number;
  /** Sends the claimed answers from memory and adds the rest to the queue. Never throws: the sweep finds what is lost. */
  deliver(hints: Hint[], claimed?: Notice[]): Promise<void>;
  /** Sends what waits, for a moment, and leaves the rest to any process. */
  close(): Promise<void>;
}

/** For operator commands: claims nothing, and planned messages wait for the sweep of a running program. */
export const noSender: Sender = { room: () => 0, deliver: async () => {}, close: async () => {} };

/**
 * An answer goes out from the memory of the process that made it: claimed with its report, sent at once, marked. The queue and the sweep
 * are for those that fail.
 */
export function createSender(queue: Queue, ctx: () => Ctx): Sender {
  const turns = new PQueue({ concurrency: AT_ONCE });
  /** Answers whose calls have not begun, with the end of their leases. */
  const waiting = new Map<string, number>();
  const calls = new Set<Promise<unknown>>();
  let marking: { all: Marked[]; begun: boolean; written: Promise<void> } | undefined;
  let open = true;

  async function sendFromMemory(notice: Notice): Promise<void> {
    const { id, line } = notice;
    try {
      await turnOf(ctx(), notice);
      if ((waiting.get(id) ?? Infinity) - ctx().now() < ENOUGH_MS) await renew([id]);
    } catch (error) {
      ctx().log.warn(
        { reason: (error as Error).message, noticeId: id },
        'answer not sent from memory; the sweep will send it',
      );
      if (waiting.delete(id)) await giveBack(ctx().db, [id]).catch(() => {});
    }
    // If the claim was lost meanwhile, another process sends it.
    if (!waiting.delete(id)) return;
    // The next one begins when this one is out: its mark queues with the reports' transactions.
    const { promise: out, resolve: isOut } = Promise.withResolvers<void>();
    const call = sendClaimed(ctx(), notice, (messageId) => {
      isOut();
      return mark({ id, messageId });
    })
      .then((later) => later && enqueue([{ id, line, attempt: 1, delayMs: later.retryInMs }]))
      .catch((error: unknown) =>
        ctx().log.error({ err: error, noticeId: id }, 'answer not settled; the sweep will settle it'),
      )
      .finally(() => {
        isOut();
        calls.delete(call);
      });
    calls.add(call);
    await out;
  }

  /** Answers that go out while one mark is written are marked together: a commit waits for the disk. */
  function mark(one: Marked): Promise<void> {
    const last = marking;
    if (!last || last.begun) {
      const all: Marked[] = [];
      const next = { all, begun: false, written: Promise.resolve() };
      next.written = (last?.written ?? Promise.resolve())
        .catch(() => {})
        .then(() => {
          next.begun = true;
          return markSent(ctx().db, all, ctx().now());
        });
      marking = next;
    }
    marking!.all.push(one);
    return marking!.written;
  }

  async function renew(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const { until, held } = await renewClaims(ctx().db, ids, ctx().now());
    for (const id of ids) {
      if (!waiting.has(id)) continue;
      if (held.has(id)) waiting.set(id, until);
      else waiting.delete(id);
    }
  }

  const renewing = setInterval(
    () =>
      void renew([...waiting.keys()]).catch((error: Error) =>
        ctx().log.warn({ reason: error.message }, 'claims of waiting answers were not renewed'),
      ),
    RENEW_EVERY_MS,
  ).unref();

  /** If the queue does not answer, nothing is lost, only delayed. */
  async function enqueue(hints: Hint[]): Promise<void> {
    const adding = [...Map.groupBy(hints, (hint) => hint.line)].map(([line, lineHints]) =>
      queue.addMany(
        line,
        lineHints.map(({ id, attempt, jobSuffix, delayMs }) => {
          const jobId = [id, attempt, jobSuffix].filter((part) => part !== undefined).join('.');
          return { name: 'send', data: { id }, jobId, delayMs };
        }),
      ),
    );
    const failed = (await Promise.allSettled(adding)).find((result) => result.status === 'rejected');
    if (failed)
      ctx().log.warn(
        { reason: String((failed.reason as Error).message) },
        'queue did not accept a hint; the sweep will find it',
      );
  }

  return {
    room: () => (open ? MOST - waiting.size : 0),
    async deliver(hints, claimed = []) {
      const taken = new Set(claimed.map((notice) => notice.id));
      if (!open && taken.size > 0) await giveBack(ctx().db, [...taken]);
      for (const notice of open ? claimed : []) {
        waiting.set(notice.id, notice.claimedAt! + LEASE_MS);
        void turns.add(() => sendFromMemory(notice));
      }
      const rest = hints.filter((hint) => !taken.has(hint.id));
      if (rest.length > 0) await enqueue(rest);
    },
    async close() {
      open = false;
      clearInterval(renewing);
      await within(DRAIN_MS, turns.onIdle()).catch(() => {});
      turns.clear();
      const unsent = [...waiting.keys()];
      waiting.clear();
      if (unsent.length > 0) await giveBack(ctx().db, unsent);
      await Promise.allSettled(calls);
    },
  };
}
