import type { RequestHandler } from 'express';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Admits only the page itself: from this machine, under a loopback name (so that no foreign name can point here),
 * and not from another site. Everything else is 403.
 */
export const onlyThisPage: RequestHandler = (req, res, next) => {
  const host = req.headers.host ?? '';
  const port = req.socket.localPort;
  const named = host === `127.0.0.1:${port}` || host === `localhost:${port}`;
  const origin = req.headers.origin;
  const sameOrigin = origin === undefined || origin === `http://${host}`;
  const site = req.headers['sec-fetch-site'];
  const sameSite = site === undefined || site === 'same-origin' || (site === 'none' && req.method === 'GET');
  if (
    LOOPBACK.test(req.socket.remoteAddress ?? '') &&
    named &&
    sameOrigin &&
    (sameSite || isNavigation(req.method, req.headers))
  )
    return next();
  res.status(403).type('text/plain').send('403: this page is for this machine only');
};

/** A link from elsewhere may open the page, because opening it changes nothing. */
const isNavigation = (method: string, headers: Record<string, unknown>): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
