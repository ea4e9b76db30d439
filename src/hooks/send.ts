import { createHmac } from 'node:crypto';
import type { Ctx } from '../context.ts';
import {
  claimDeliveries,
  type DeliveryOutcome,
  type Hook,
  type HookDelivery,
  listHooks,
  settleDelivery,
} from '../store/hooks.ts';
import { transact } from '../store/transaction.ts';

/** Minutes until a failed delivery is tried again; after the last try it is dead. */
const LADDER = [1, 5, 30, 120, 360, 720, 1_440];
const TIMEOUT_MS = 10_000;
const MOST = 100;

/**
 * Signs according to https://www.standardwebhooks.com, which receivers have libraries for: HMAC-SHA-256 over id, time and body.
 * `at`: epoch seconds; `secret`: base64.
 */
export const signature = (secret: string, id: string, at: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${at}.${body}`).digest('base64')}`;

/** Sends due deliveries, hook by hook and in order; a hook that does not answer is skipped until its next try. */
export async function sendHooks(ctx: Ctx, stopping: () => boolean): Promise<void> {
  const hooks = new Map((await listHooks(ctx.db)).map((hook) => [hook.id, hook]));
  if (hooks.size === 0) return;
  const claimed = await transact(ctx.db, (trx) => claimDeliveries(trx, ctx.now(), MOST));
  const lines = [...Map.groupBy(claimed, (d) => d.hookId)];
  await Promise.all(lines.map(([id, deliveries]) => sendLine(ctx, hooks.get(id), deliveries, stopping)));
}

async function sendLine(ctx: Ctx, hook: Hook | undefined, deliveries: HookDelivery[], stopping: () => boolean) {
  let waits = false;
  for (const delivery of deliveries) {
    const now = ctx.now();
    const outcome: DeliveryOutcome =
      hook === undefined
        ? { state: 'dead', reason: 'the hook was removed' }
        : waits || stopping()
          ? { state: 'planned', dueAt: now + LADDER[0]! * 60_000 }
          : await attempt(hook, delivery, now);
    waits ||= outcome.state !== 'sent';
    await transact(ctx.db, (trx) => settleDelivery(trx, delivery, outcome));
    if ('reason' in outcome && hook)
      ctx.log.warn({ hook: hook.name, event: delivery.event, reason: outcome.reason }, 'webhook not delivered');
  }
}

async function attempt(
  { url, secret }: Hook,
  { id, attempt: tried, body }: HookDelivery,
  now: number,
): Promise<DeliveryOutcome> {
  const at = Math.floor(now / 1_000);
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'jiedui',
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': signature(secret, id, at, body),
  };
  const reason = await fetch(url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok ? undefined : `HTTP ${answer.status}`;
    },
    (error: Error) => (error.cause as { code?: string } | undefined)?.code ?? error.name,
  );
  if (reason === undefined) return { state: 'sent' };
  const minutes = LADDER[tried];
  return minutes === undefined
    ? { state: 'dead', reason }
    : { state: 'planned', dueAt: now + minutes * 60_000, reason };
}
