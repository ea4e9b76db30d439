import { unsent } from './console.ts';
import { pushOnce } from './push.ts';
import { changed, makeId, type SandboxState, strikes } from './state.ts';
import type { Delivery } from './traffic.ts';

/** 15 s, 5 min, 1 h, 6 h: Feishu, "event subscription overview". */
const RETRY_DELAYS = [15_000, 300_000, 3_600_000, 21_600_000];

/**
 * Pushes an event until the product answers 200 or the ladder ends; every try carries the same event id.
 * @returns when it is over, or after the first try with `untilFirst`
 */
export function deliver(
  state: SandboxState,
  body: Record<string, unknown>,
  o: { messageId?: string; untilFirst?: boolean; chatKind?: 'p2p' | 'group'; anyway?: boolean } = {},
): Promise<Delivery> {
  const header = body.header as { event_id?: string; event_type?: string } | undefined;
  const delivery: Delivery = {
    eventId: header?.event_id ?? String(body.uuid ?? ''),
    eventType: header?.event_type ?? String(body.type ?? ''),
    body,
    attempts: [],
    ok: false,
    gaveUp: false,
    ...(o.messageId ? { messageId: o.messageId } : {}),
  };
  const skipped = o.anyway ? undefined : unsent(state, delivery.eventType, o.chatKind);
  if (skipped) return Promise.resolve({ ...delivery, skipped });
  state.deliveries.push(delivery);
  return new Promise((resolve) => {
    const climb = async () => {
      const delays = state.options.retryDelays ?? RETRY_DELAYS;
      const held = strikes(state, state.faults, 'hold');
      for (let rung = 0; ; rung++) {
        if (!held || rung > 0) await attempt(state, delivery);
        if (o.untilFirst) resolve(delivery);
        if (delivery.ok) break;
        const delay = delays[rung];
        if (delay === undefined || !(await untilNextTry(state, delay))) {
          delivery.gaveUp = true;
          break;
        }
      }
      if (delivery.ok) await repeat(state, delivery);
      changed(state, 'delivery', delivery);
      resolve(delivery);
    };
    climb();
  });
}

async function attempt(state: SandboxState, delivery: Delivery, duplicate = false): Promise<void> {
  const first = state.faults.oldTimestampOnRetry ? delivery.attempts[0]?.at : undefined;
  const result = await pushOnce(state, delivery.body, first);
  delivery.attempts.push(duplicate ? { ...result, duplicate } : result);
  if (result.status === 200) delivery.ok = true;
  changed(state, 'delivery', delivery);
}

/** At-least-once delivery, even after success: the knobs `twice` and `twiceNewEventId`. */
async function repeat(state: SandboxState, delivery: Delivery): Promise<void> {
  if (strikes(state, state.faults, 'twice')) await attempt(state, delivery, true);
  if (!delivery.messageId || !strikes(state, state.faults, 'twiceNewEventId')) return;
  const header = { ...(delivery.body.header as object), event_id: makeId(state, '') };
  const result = await pushOnce(state, { ...delivery.body, header });
  delivery.attempts.push({ ...result, duplicate: true });
}

/** Waits for the delay, for `retryNow()` or for the end of the sandbox (then false). */
const untilNextTry = (state: SandboxState, delayMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    if (state.closed) return resolve(false);
    const waiter = {
      due: state.options.now() + delayMs,
      go(again: boolean) {
        clearTimeout(timer);
        state.waiting.delete(waiter);
        resolve(again);
      },
    };
    const timer = setTimeout(() => waiter.go(true), delayMs);
    timer.unref();
    state.waiting.add(waiter);
  });

/** Releases waiting pushes: all, or those that are due by the clock; resolves when their tries are over. */
export async function retryNow(state: SandboxState, dueOnly = false): Promise<number> {
  await untilQuiet(state);
  const ready = [...state.waiting].filter((waiter) => !dueOnly || waiter.due <= state.options.now());
  for (const waiter of ready) waiter.go(true);
  await untilQuiet(state);
  return ready.length;
}

/** Waits until all pushes in flight and their follow-ups have ended. */
export async function untilQuiet(state: SandboxState): Promise<void> {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  do {
    await turn();
    await Promise.allSettled([...state.inFlight]);
    await turn();
  } while (state.inFlight.size > 0);
}
