import type { Server } from 'node:http';
import express from 'express';
import helmet from 'helmet';
import { adminRouter } from '../admin.ts';
import { receive } from '../bot/intake/receive.ts';
import { webhook } from '../bot/intake/webhook.ts';
import type { Config } from '../config.ts';
import type { Ctx } from '../context.ts';
import type { Queue } from '../jobs/queue.ts';
import { createLarkSocket, type LarkSocket } from '../lark/socket.ts';
import { chance } from './clock.ts';
import { CannotStart, type Core } from './core.ts';
import { LARK_TIMEOUT_MS, type Overrides } from './overrides.ts';

/** What a way in needs, whichever it is. */
export interface Entrance {
  core: Core;
  queue: Queue;
  secrets: { appId: string; appSecret: string; encryptKey: string; verificationToken: string };
  bot: () => string | undefined;
  socket: LarkSocket | undefined;
}

/** `/webhook` is mounted also beside the long connection, so that one can be tried while the other still serves. */
export async function serve(config: Config, overrides: Overrides, entrance: Entrance): Promise<Server> {
  const { core, queue, secrets, bot, socket } = entrance;
  const { ctx, store, metrics } = core;
  const http = express();
  // Plain HTTP on the inside: whether browsers are sent to HTTPS is the proxy's to say.
  const directives = { upgradeInsecureRequests: null };
  http.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  const connected = async () => socket?.status().connected ?? true;
  const intake = async () => ctx.gate.open();
  const checks = { store: store.ready, queue: queue.ready, intake, ...(socket ? { socket: connected } : {}) };
  http.use(adminRouter({ checks, metrics, queue, adminToken: config.adminToken }));
  if (config.role !== 'worker')
    http.use(webhook(ctx, { ...secrets, timestampWindowSeconds: config.larkTimestampWindow }, bot));
  if (overrides.sandbox) http.get('/', (_req, res) => res.redirect(overrides.sandbox!.url));
  return new Promise((resolve, reject) => {
    const server = http.listen(config.port, config.host, (error?: Error) => {
      const reason = (error as { code?: string } | undefined)?.code;
      if (error) reject(new CannotStart(`PORT: cannot listen on ${config.host}:${config.port} (${reason})`));
      else resolve(server);
    });
  });
}

export function openSocket(config: Config, overrides: Overrides, { core, secrets, bot }: Entrance): LarkSocket {
  const { ctx } = core;
  return createLarkSocket({
    ...secrets,
    domain: overrides.sandbox?.url ?? config.larkDomain,
    timeoutMs: overrides.timeoutMs ?? LARK_TIMEOUT_MS,
    proxies: config.proxies,
    handle: (envelope) => receive(ctx, envelope, bot()),
    log: ctx.log,
    random: chance,
  });
}

/** The bot's own id, which tells its mentions from those of other bots; asked for again where Feishu did not answer. */
export function ownIdentity({ lark, log, now }: Ctx): () => string | undefined {
  let openId: string | undefined;
  let askAt = 0;
  const ask = () => {
    askAt = now() + 60_000;
    lark.botInfo().then(
      (info) => {
        openId = info.openId;
      },
      (error: Error) => log.warn({ reason: error.message }, 'bot info not available'),
    );
  };
  ask();
  return () => {
    if (openId === undefined && now() >= askAt) ask();
    return openId;
  };
}

export function urlOf(config: Config, server: Server): string {
  const { port } = server.address() as { port: number };
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
