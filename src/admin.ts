import { createHash, timingSafeEqual } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import type { Queue } from './jobs/queue.ts';
import type { Metrics } from './metrics.ts';

type Check = () => Promise<boolean>;

/** The secret in an Authorization header: a Bearer token, or the password of Basic, after the first colon. */
function tokenIn(header: string): string | undefined {
  const [scheme = '', value = ''] = header.split(' ');
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  return /:(.*)$/s.exec(Buffer.from(value, 'base64').toString('utf8'))?.[1];
}

/** Compares the secret in an Authorization header with the token, in constant time. */
function hasToken(header: string | undefined, token: string): boolean {
  const given = tokenIn(header ?? '');
  if (!given) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Without a token the guarded pages do not exist. */
function guard(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (token === undefined) response.sendStatus(404);
    else if (hasToken(request.headers.authorization, token)) next();
    else response.set('WWW-Authenticate', 'Basic realm="jiedui"').sendStatus(401);
  };
}

/**
 * The operators' pages: `/healthz` (the process lives), `/readyz` (503 until every check answers, each by name), and, behind the token,
 * `/metrics` and `/admin/queues`. The board is read only: a job is a hint, and its content is in the store.
 */
export function adminRouter(parts: {
  checks: Record<string, Check>;
  metrics: Metrics;
  queue: Pick<Queue, 'bullQueues'>;
  adminToken: string | undefined;
}): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.type('text').send('ok\n'));
  router.get('/readyz', async (_request, response) => {
    const answers = Object.entries(parts.checks).map(
      async ([name, check]) => [name, await check().catch(() => false)] as const,
    );
    const ready = await Promise.all(answers);
    response.status(ready.every(([, ok]) => ok) ? 200 : 503).json(Object.fromEntries(ready));
  });
  router.get('/metrics', guard(parts.adminToken), async (_request, response) => {
    response.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics());
  });
  router.use('/admin/queues', guard(parts.adminToken));
  let board: Promise<RequestHandler> | undefined;
  router.use('/admin/queues', async (request, response, next) => {
    board ??= boardOf(parts.queue);
    return (await board)(request, response, next);
  });
  return router;
}

/** Loaded on demand: it is large and rarely opened. */
async function boardOf(queue: Pick<Queue, 'bullQueues'>): Promise<RequestHandler> {
  const { createBullBoard } = await import('@bull-board/api');
  const { BullMQAdapter } = await import('@bull-board/api/bullMQAdapter');
  const { ExpressAdapter } = await import('@bull-board/express');
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath('/admin/queues');
  const queues = queue.bullQueues().map((line) => new BullMQAdapter(line, { readOnlyMode: true }));
  createBullBoard({ queues, serverAdapter, options: { uiConfig: { boardTitle: 'Jiedui' } } });
  return serverAdapter.getRouter();
}
