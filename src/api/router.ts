import { createHash } from 'node:crypto';
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Ctx } from '../context.ts';
import type { Sight } from '../open-data/column.ts';
import { dayAt } from '../plan/clock.ts';
import { insertAudit } from '../store/audit.ts';
import { readerOf } from '../store/db.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { type ApiToken, anyToken, tokenOf, tokenUsed } from '../store/tokens.ts';
import { transact } from '../store/transaction.ts';
import { csv } from './csv.ts';
import { openapi, PAGE } from './openapi.ts';
import { type Answered, checked, NAMES, RESOURCES, type Resource } from './resources.ts';
import { hashOf } from './secret.ts';

/** The request limit of one reader: this many at once, and one more per interval, across all processes. */
export const ALLOWANCE = { burst: 30, everyMs: 500 };

type Refusal = [status: number, code: string, message: string];

const refuse = (response: Response, [status, code, message]: Refusal) =>
  void response.status(status).json({ error: { code, message } });

/**
 * The open data, `/api/v1/…`: read only, for the bureau's own systems. It does not exist (404) until there is a token. Every answer with
 * content is in the audit log of its programme.
 */
export function apiRouter(ctx: Ctx): Router {
  const router = Router();
  router.use('/api', async (_request, response, go) => {
    if (await anyToken(readerOf(ctx.db), ctx.now())) return go();
    response.sendStatus(404);
  });
  router.get('/api/v1/openapi.json', (_request, response) => void response.json(openapi()));
  for (const [name, resource] of Object.entries(RESOURCES)) router.get(`/api/v1/${name}`, reading(ctx, name, resource));
  router.use('/api', failed(ctx));
  return router;
}

const failed =
  ({ log }: Ctx): ErrorRequestHandler =>
  (err, _request, response, _next) => {
    log.error({ err }, 'request for open data failed');
    refuse(response, [500, 'internal', 'failed; try again later']);
  };

const bearer = (request: Request) => /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

function reading(ctx: Ctx, name: string, resource: Resource): RequestHandler {
  return async (request, response) => {
    const now = ctx.now();
    response.set('Cache-Control', 'private, no-cache');
    const token = await tokenOf(readerOf(ctx.db), hashOf(bearer(request) ?? ''), now);
    if (!token) {
      response.set('WWW-Authenticate', 'Bearer');
      return refuse(response, [401, 'unauthorized', 'no token, or one that is not valid (any more)']);
    }
    const wait = Math.ceil((await ctx.pace.admit(token.id, ALLOWANCE)) / 1_000);
    if (wait > 0) {
      response.set('Retry-After', String(wait));
      return refuse(response, [429, 'too_many_requests', `wait ${wait} s`]);
    }
    if (!token.scopes.includes(name)) return refuse(response, [403, 'forbidden', `the token has no scope ${name}`]);
    const asked = checked(resource, request.query);
    if ('problem' in asked) return refuse(response, [400, 'bad_request', asked.problem]);
    const page = pageOf(request.query);
    if (!page) return refuse(response, [400, 'bad_request', `limit: expected 1 to ${PAGE.most}`]);
    const format = request.query.format ?? request.accepts(['json', 'text/csv']);
    if (format !== 'json' && format !== 'csv' && format !== 'text/csv')
      return refuse(response, [400, 'bad_request', 'format: expected json or csv']);
    const programmes = await opened(ctx, token, asked.given.programme);
    if (asked.given.programme !== undefined && programmes.length === 0)
      return refuse(response, [404, 'not_found', 'no such programme']);
    const answers: Answered[] = [];
    for (const programme of programmes) {
      const { timezone } = ctx.config;
      const sight: Sight = { programme, today: dayAt(now, timezone), timezone, names: token.scopes.includes(NAMES) };
      answers.push(await resource.read({ db: readerOf(ctx.db), programme, sight, page, given: asked.given }));
    }
    const rows = answers.flatMap((a) => a.rows);
    const last = answers.at(-1)?.last;
    const body =
      format === 'json'
        ? JSON.stringify({ data: rows, next: last ?? null })
        : csv(
            resource.columns.map((c) => c.name),
            rows,
          );
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    response.set('ETag', etag);
    response.vary('Accept');
    if (last !== undefined) response.set('Link', `<${nextUrl(request, last)}>; rel="next"`);
    // Not `request.fresh`: clients that use fetch also send no-cache.
    if (request.headers['if-none-match']?.includes(etag)) return void response.status(304).end();
    const detail = `${rows.length} rows`;
    await transact(ctx.db, async (trx) => {
      await tokenUsed(trx, token.id, now);
      for (const { id } of programmes)
        await insertAudit(trx, id, { actor: `token:${token.id}`, now, newId: ctx.newId }, [
          { act: 'api', target: `list:${name}`, detail },
        ]);
    });
    response.type(format === 'json' ? 'application/json' : 'text/csv; charset=utf-8').send(body);
  };
}

function pageOf({ limit, after }: Request['query']) {
  const size = limit === undefined ? PAGE.standard : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > PAGE.most) return undefined;
  return { size, after: typeof after === 'string' ? after : '' };
}

/** The programmes of a request: the one that it names, or all that the token opens. */
async function opened({ db, programmeOf }: Ctx, token: ApiToken, asked: string | undefined) {
  const reader = readerOf(db);
  const all = (await listProgrammes(reader)).filter(
    ({ id }) => token.programmeId === undefined || id === token.programmeId,
  );
  const found: StoredProgramme[] = [];
  for (const { id } of all) if (asked === undefined || id === asked) found.push(await programmeOf(reader, id));
  return found;
}

const nextUrl = ({ path, query }: Request, after: string) =>
  `${path}?${new URLSearchParams({ ...(query as Record<string, string>), after })}`;
