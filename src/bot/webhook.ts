import express, { type ErrorRequestHandler, type Router } from 'express';
import { textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import { parseEvent } from '../lark/events.ts';
import { type AdmitConfig, admit } from '../lark/verify.ts';
import { dispatch } from './dispatch.ts';

/** A text of 150 KB encrypts to about 205 KB; anything above this is no message. */
const MAX_BODY = '1mb';

/**
 * `POST /webhook`: events and card callbacks. Refused pushes get 4xx with a short reason, an event that could not be stored
 * 500 (Feishu brings it again), a failed click a neutral toast (a person is waiting, and there is no second delivery).
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
    const event = parseEvent(admission.envelope!, botOpenId());
    if (event.type === 'malformed') {
      ctx.log.warn({ eventId: event.eventId, type: event.eventType, problem: event.problem }, 'push malformed');
      res.status(400).json({ error: `malformed ${event.eventType}` });
      return;
    }
    try {
      res.json(await dispatch(ctx, event));
    } catch (error) {
      ctx.log.error({ err: error, eventId: event.eventId, type: event.type }, 'event failed');
      if (event.type === 'card_action') res.json({ toast: { type: 'error', content: textsOf('zh-CN').failed } });
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
