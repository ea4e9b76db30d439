/**
 * One of the compared programs, as a separate process: `sdk` (Express and the official EventDispatcher with an empty
 * handler), `bare` (verify and decrypt only), `direct` (the program without HTTP: it drives itself).
 */
import { createServer } from 'node:http';
import * as lark from '@larksuiteoapi/node-sdk';
import express from 'express';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { receive } from '../../src/bot/intake/receive.ts';
import { readConfig } from '../../src/config.ts';
import { admit, type Envelope } from '../../src/lark/verify.ts';
import { envelopeOf, messageEvent, SECRETS } from './feishu.ts';
import { summed } from './load.ts';
import { reportOf, type Town } from './town.ts';

const config = { ...SECRETS, timestampWindowSeconds: 28_800 };

const kinds: Record<string, () => Promise<string>> = {
  async sdk() {
    const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
    const dispatcher = new lark.EventDispatcher({
      encryptKey: SECRETS.encryptKey,
      verificationToken: SECRETS.verificationToken,
      logger: silent,
    }).register({ 'im.message.receive_v1': async () => {} });
    const app = express();
    app.use(express.json());
    app.use('/webhook', lark.adaptExpress(dispatcher));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  },
  async bare() {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const admission = admit({ rawBody: Buffer.concat(chunks), headers: req.headers, now: Date.now(), config });
        res.writeHead(admission.ok ? 200 : admission.status).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  },
  async direct() {
    const read = readConfig(process.env as Record<string, string>);
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const app = await createApp(read.config, { log: pino({ level: 'fatal' }) });
    process.on('message', async ({ from, count, concurrency, town }: Drive) => {
      const took: number[] = [];
      let next = from;
      const one = async () => {
        while (next < from + count) {
          const { openId, text } = reportOf(next++, town);
          const inside = envelopeOf(messageEvent(openId, text, Date.now()), Date.now()) as unknown as Envelope;
          const begun = performance.now();
          // Refused if the machine is busy with other work: sent again, as Feishu would.
          while (!app.ctx.intake.open()) await new Promise((resolve) => setTimeout(resolve, 5));
          await receive(app.ctx, inside, undefined);
          took.push(performance.now() - begun);
        }
      };
      const begun = performance.now();
      await Promise.all(Array.from({ length: concurrency }, one));
      process.send!(summed(took, performance.now() - begun));
    });
    return app.url;
  },
};

/** The task of `direct`. */
export interface Drive {
  from: number;
  count: number;
  concurrency: number;
  town: Town;
}

process.send!({ url: await kinds[process.argv[2]!]!() });
