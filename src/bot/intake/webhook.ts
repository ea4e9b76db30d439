import express, { type ErrorRequestHandler, type Router } from 'express';
import type { Ctx } from '../../context.ts';
import { Busy } from '../../intake-limit.ts';
import { type AdmitConfig, admit } from '../../lark/verify.ts';
import { Malformed, receive } from './receive.ts';

/** A text of 150 KB encrypts to about 205 KB; anything larger cannot be a message. */
const MAX_BODY = '1mb';

/**
 * `POST /webhook`: events and card callbacks. Rejected pushes get 4xx with a short reason, an event that could not be stored 500,
 * and one that arrives under overload 503, so that Feishu redelivers it.
 */
export function webhook(ctx: Ctx, config: AdmitConfig, botOpenId: () => string | undefined): Router {
  const router = express.Router();
  router.post('/webhook', express.raw({ type: () => true, limit: MAX_BODY, inflate: false }), async (req, res) => {
    const rawBody = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const admission = admit({ rawBody, headers: req.headers, now: ctx.now(), config });
    if (!admission.ok) {
      ctx.log.warn({ status: admission.status, reason: admission.reason }, 'push refused');
      res.status(admission.status).json({ error: admission.reason });
      return;
    }
    if (admission.challenge !== undefined) {
      res.json({ challenge: admission.challenge });
      return;
    }
    try {
      res.json(await receive(ctx, admission.envelope!, botOpenId()));
    } catch (error) {
      if (error instanceof Malformed) res.status(400).json({ error: error.message });
      else if (error instanceof Busy) res.status(503).json({ error: 'busy, send again' });
      else res.status(500).json({ error: 'not stored, send again' });
    }
  });
  router.use(tooLarge);
  return router;
}

const tooLarge: ErrorRequestHandler = (error, _req, res, next) => {
  const status = (error as { status?: number }).status;
  if (status === undefined || status >= 500) return next(error);
  res.status(status).json({ error: status === 413 ? 'body over 1 MB' : 'bad request' });
};
