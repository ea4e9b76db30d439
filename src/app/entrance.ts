import type { Server } from 'node:http';
import express from 'express';
import helmet from 'helmet';
import { adminRouter } from '../admin.ts';
import { apiRouter } from '../api/router.ts';
import { receive } from '../bot/intake/receive.ts';
import { webhook } from '../bot/intake/webhook.ts';
import type { Config } from '../config.ts';
import type { Ctx } from '../context.ts';
import type { Queue } from '../jobs/queue.ts';
import type { LarkSocket } from '../lark/socket.ts';
import { roomLeft } from '../vault.ts';
import { randomFraction } from './clock.ts';
import { CannotStart, type Core, LARK_TIMEOUT_MS, type Overrides } from './core.ts';

/** What every way in for events needs. */
export interface Entrance {
  core: Core;
  queue: Queue;
  secrets: { appId: string; appSecret: string; encryptKey: string; verificationToken: string };
  bot: () => string | undefined;
  socket: LarkSocket | undefined;
}

/** Mounts `/webhook` beside the long connection as well, so that it can be tried while the other still serves. */
export async function serve(config: Config, overrides: Overrides, entrance: Entrance): Promise<Server> {
  const { core, queue, secrets, bot, socket } = entrance;
  const { ctx, store, metrics } = core;
  const http = express();
  // Plain HTTP inside: redirecting browsers to HTTPS is up to the proxy.
  const directives = { upgradeInsecureRequests: null };
  http.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  const connected = async () => socket?.status().connected ?? true;
  const intake = async () => ctx.intake.open();
  const checks = { store: store.ready, queue: queue.ready, intake, ...(socket ? { socket: connected } : {}) };
  http.use(adminRouter({ checks, metrics, queue, adminToken: config.adminToken }));
  if (config.role !== 'worker') {
    http.use(apiRouter(ctx));
    http.use(webhook(ctx, { ...secrets, timestampWindowSeconds: config.larkTimestampWindow }, bot));
  }
  if (overrides.sandbox) http.get('/', (_req, res) => res.redirect(overrides.sandbox!.url));
  return new Promise((resolve, reject) => {
    const server = http.listen(config.port, config.host, (error?: Error) => {
      const reason = (error as { code?: string } | undefined)?.code;
      if (error) reject(new CannotStart(`PORT: cannot listen on ${config.host}:${config.port} (${reason})`));
      else resolve(server);
    });
  });
}

/** Takes no more requests, and resolves when those under way are answered. */
export async function hangUp(server: Server): Promise<void> {
  if (!server.listening) return;
  // Feishu and proxies keep connections open; each is closed once its answer is out.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
}

export async function openSocket(
  config: Config,
  overrides: Overrides,
  { core, secrets, bot }: Entrance,
): Promise<LarkSocket> {
  const { ctx } = core;
  const { createLarkSocket } = await import('../lark/socket.ts');
  return createLarkSocket({
    ...secrets,
    domain: overrides.sandbox?.url ?? config.larkDomain,
    timeoutMs: overrides.timeoutMs ?? LARK_TIMEOUT_MS,
    proxies: config.proxies,
    handle: (envelope) => receive(ctx, envelope, bot()),
    log: ctx.log,
    random: randomFraction,
  });
}

/** The bot's own id, which distinguishes its mentions from those of other bots; asked for again until Feishu returns it. */
export function ownIdentity({ lark, log, now }: Ctx): () => string | undefined {
  let openId: string | undefined;
  let askAt = 0;
  const ask = () => {
    askAt = now() + 60_000;
    lark.botInfo().then(
      (info) => {
        // Empty until a version with the bot is published.
        openId = info.openId || undefined;
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

/** How much the embedded store's log may grow before it is folded into the file, several times over. */
const DISK_RESERVE = 64 * 1024 * 1024;

/**
 * Refuses events while DATA_DIR is nearly full. A commit without room is refused cleanly; but then answers could not be marked as sent,
 * nor photos and logs be written, so the last room is reserved for those.
 */
export function guardDisk({ config, intake, log }: Ctx): () => void {
  let full = false;
  const look = async () => {
    const room = await roomLeft(config.dataDir);
    const [wasFull, megabytes] = [full, Math.floor(room / 1_048_576)];
    full = room < DISK_RESERVE;
    intake.hold(full);
    if (full && !wasFull)
      log.error({ megabytes }, 'DATA_DIR: the disk is nearly full; events are refused until there is room');
    if (wasFull && !full) log.info({ megabytes }, 'DATA_DIR: there is room again');
  };
  void look();
  return () => void look();
}
