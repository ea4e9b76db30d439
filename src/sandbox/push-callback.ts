import { unsent } from './console.ts';
import { envelope, pushOnce } from './push.ts';
import { changed, type SandboxState, strikes } from './state.ts';
import type { CallbackResult, Delivery } from './traffic.ts';

/**
 * Sends one `card.action.trigger` and lets `apply` judge the answer. Feishu does not retry it: a failure becomes the code
 * that the client shows (200341 no answer, 200342 no connection, 200671 not 200).
 */
export async function deliverCallback(
  state: SandboxState,
  event: object,
  apply: (body: string) => Partial<CallbackResult>,
): Promise<CallbackResult> {
  const body = envelope(state, 'card.action.trigger', event, { micros: true });
  const eventId = (body.header as { event_id: string }).event_id;
  const delivery: Delivery = {
    eventId,
    eventType: 'card.action.trigger',
    body,
    attempts: [],
    ok: false,
    gaveUp: false,
  };
  const skipped = unsent(state, 'card.action.trigger');
  if (skipped) return { ms: 0, clientError: { code: 200340, msg: skipped } };
  state.deliveries.push(delivery);
  const twin = strikes(state, state.faults, 'callbackTwice') ? pushOnce(state, body) : undefined;
  const result = await pushOnce(state, body);
  delivery.attempts.push(result);
  if (twin) delivery.attempts.push({ ...(await twin), duplicate: true });
  const base = { ms: result.ms, eventId, ...(result.status ? { status: result.status, body: result.body ?? '' } : {}) };
  const answer: CallbackResult =
    result.status === 200
      ? { ...base, ...apply(result.body ?? '') }
      : { ...base, clientError: failure(result.status, result.error) };
  delivery.ok = answer.clientError === undefined;
  delivery.gaveUp = !delivery.ok;
  changed(state, 'delivery', delivery);
  return answer;
}

function failure(status: number | undefined, error = ''): { code: number; msg: string } {
  if (status !== undefined) return { code: 200671, msg: `the answer has status ${status}` };
  if (error === 'no webhook address is set') return { code: 200340, msg: error };
  return error.includes('in time') ? { code: 200341, msg: error } : { code: 200342, msg: error };
}
