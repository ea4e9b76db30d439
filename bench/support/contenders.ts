/** The compared programs, each a separate process with its own store. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type OwnServer, ownRedis } from '../../test/support/own-servers.ts';
import { type Accepting, envelopeOf, messageEvent, pushOf, SECRETS } from './feishu.ts';
import { asFastAs, type Went } from './load.ts';
import { cpuOf, heldNow } from './memory.ts';
import { median, rounded } from './print.ts';
import { type Backend, scratchDatabase } from './scratch.ts';
import { reportOf, type Town } from './town.ts';
import type { Tree } from './trees.ts';

/** The result of a round, including answers, not only acknowledgements. */
export interface Round extends Went {
  answersPerSecond?: number;
  /** From the push to its answer, ms. */
  answerP50?: number;
  cpuPerAnswer?: number;
  unanswered?: number;
}

export interface Contender {
  name: string;
  reports(from: number, count: number): Promise<Round>;
  urls: string[];
  pid: number;
  /** MB, shortly after it begins to serve. */
  idleMb?: number;
}

const CONCURRENCY = 16;
/** After this long without an answer, the rest are considered lost. */
const SILENCE_MS = 4_000;

/** Starts contenders and, in the end, stops them and removes what they needed. `dir` is a folder for their stores. */
export function contendersFor(feishu: Accepting, dir: string, town: Town) {
  const children: ChildProcess[] = [];
  const databases: { drop(): Promise<void> }[] = [];
  const redises: OwnServer[] = [];
  const secrets = {
    LARK_DOMAIN: feishu.url,
    LARK_APP_ID: SECRETS.appId,
    LARK_APP_SECRET: SECRETS.appSecret,
    LARK_ENCRYPT_KEY: SECRETS.encryptKey,
    LARK_VERIFICATION_TOKEN: SECRETS.verificationToken,
    LARK_MONTHLY_QUOTA: '0',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
  };

  async function settings(backend: Backend, name: string): Promise<Record<string, string>> {
    const env: Record<string, string> = { ...secrets, DATA_DIR: join(dir, name.replaceAll(/\W+/g, '-')) };
    mkdirSync(env.DATA_DIR!, { recursive: true });
    if (backend === 'services') {
      const database = await scratchDatabase();
      databases.push(database);
      env.DATABASE_URL = database.url;
      const redis = await ownRedis();
      redises.push(redis);
      env.REDIS_URL = redis.url;
    }
    return env;
  }

  async function run(file: string, args: string[], env: Record<string, string>, flags: string[] = []) {
    const child = fork(file, args, { env: { ...process.env, ...env }, execArgv: flags });
    children.push(child);
    const { url } = await answerOf<{ url: string }>(child);
    return { child, url };
  }

  const program = join(import.meta.dirname, 'program.ts');
  const fill = (tree: Tree, env: Record<string, string>) =>
    execFileSync(process.execPath, [program, 'fill', tree.root, JSON.stringify(town)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 2],
    });

  const overHttp = (name: string, urls: string[], pids: number[], answers = true): Contender => ({
    name,
    urls,
    pid: pids[0]!,
    idleMb: heldNow(pids[0]!),
    async reports(from, count) {
      const pushes = Array.from({ length: count }, (_, i) => {
        const { openId, text } = reportOf(from + i, town);
        const now = Date.now();
        const { messageId, ...inside } = messageEvent(openId, text, now);
        return { ...pushOf(envelopeOf(inside, now), now), messageId, sentAt: 0 };
      });
      const cpu = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
      const [cpuBefore, begun] = [cpu(), performance.now()];
      const load = await asFastAs(urls, pushes, CONCURRENCY);
      if (!answers) return load;
      const took = await answersTo(pushes, feishu);
      const last = Math.max(...pushes.map((push) => feishu.answered.get(push.messageId) ?? 0));
      return {
        ...load,
        answersPerSecond: Math.round((took.length * 1_000) / (last - begun)),
        answerP50: rounded(median(took), 1),
        cpuPerAnswer: rounded((cpu() - cpuBefore) / took.length, 2),
        unanswered: count - took.length,
      };
    },
  });

  return {
    async simple(name: string, kind: string): Promise<Contender> {
      const { child, url } = await run(join(import.meta.dirname, 'contender.ts'), [kind], {});
      return overHttp(name, [url], [child.pid!], false);
    },

    async direct(backend: Backend, tree: Tree): Promise<Contender> {
      const env = await settings(backend, `direct-${backend}`);
      fill(tree, env);
      const { child } = await run(join(import.meta.dirname, 'contender.ts'), ['direct'], env);
      const reports = (from: number, count: number) => {
        const load = answerOf<Went>(child);
        child.send({ from, count, concurrency: CONCURRENCY, town });
        return load;
      };
      return { name: `(c) ${backend}, no HTTP`, urls: [], pid: child.pid!, reports };
    },

    async program(backend: Backend, processes: number, tree: Tree): Promise<Contender> {
      const name = `Jiedui ${backend}, ${processes} process${processes > 1 ? 'es' : ''}${tree.name && `, ${tree.name}`}`;
      const env = await settings(backend, name);
      fill(tree, env);
      const running = [];
      for (let i = 0; i < processes; i++) running.push(await run(program, ['serve', tree.root], env, tree.flags));
      return overHttp(
        name,
        running.map((one) => one.url),
        running.map((one) => one.child.pid!),
      );
    },

    /** `npm run bench -- webhook --peers`: the alternatives for a school, from a folder into which their packages are installed. */
    async peers(services: boolean): Promise<Contender[]> {
      const folder = join(dir, 'peers');
      cpSync(join(import.meta.dirname, '../peers'), folder, { recursive: true });
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: folder,
        stdio: ['ignore', 2, 2],
      });
      const peer = async (name: string, file: string, backend: Backend) => {
        const env = { ...(await settings(backend, name)), PORT: String(await freePort()) };
        const { child, url } = await run(join(folder, file), [], env);
        return overHttp(name, [url], [child.pid!]);
      };
      return [
        await peer('Koishi, SQLite', 'koishi.mjs', 'embedded'),
        ...(services
          ? [
              await peer('Koishi, MariaDB', 'koishi.mjs', 'services'),
              await peer('Express + SDK + Kysely, MariaDB', 'express.mjs', 'services'),
            ]
          : []),
      ];
    },

    async stop(): Promise<void> {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(redises.map((redis) => redis.remove()));
      for (const database of databases) await database.drop();
    },
  };
}

/** How long each answer took, ms, once all have arrived or no more are expected. */
async function answersTo(pushes: { messageId: string; sentAt: number }[], { answered }: Accepting): Promise<number[]> {
  const answeredPushes = () => pushes.filter((push) => answered.has(push.messageId));
  let [seen, at] = [answeredPushes().length, performance.now()];
  while (seen < pushes.length && performance.now() - at < SILENCE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = answeredPushes().length;
    if (now > seen) [seen, at] = [now, performance.now()];
  }
  return answeredPushes().map((push) => answered.get(push.messageId)! - push.sentAt);
}

const answerOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
