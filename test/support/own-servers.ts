import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { openMysql } from '../../src/store/db.ts';

/** A server that belongs to one test, which may stop and start it. */
export interface OwnServer {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const MARIADBD = '/usr/sbin/mariadbd';
const REDIS_SERVER = '/usr/bin/redis-server';

/** Whether this machine has the server programs; CI's does. */
export const ownServersPossible = existsSync(MARIADBD) && existsSync(REDIS_SERVER);

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A MariaDB of its own, with an empty database `jiedui_test_own`. Durable as a county's would be. */
export async function ownMariadb(): Promise<OwnServer> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-mariadb-'));
  const data = join(dir, 'data');
  const user = userInfo().username;
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${user}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--user=${user}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(dir, 's')}`,
    `--pid-file=${join(dir, 'pid')}`,
  ];
  const url = `mysql://root@127.0.0.1:${port}`;
  const own = owned(MARIADBD, args, dir, async () => {
    const server = openMysql(`${url}/information_schema`);
    const reason = await server.reach();
    await server.close();
    return reason === undefined;
  });
  await own.start();
  const server = openMysql(`${url}/mysql`);
  await server.db.schema.createSchema('jiedui_test_own').execute();
  await server.close();
  return { ...own, url: `${url}/jiedui_test_own` };
}

/** A Redis of its own that keeps nothing: stopping it empties it. */
export async function ownRedis(): Promise<OwnServer> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const own = owned(REDIS_SERVER, args, dir, async () => {
    try {
      return (
        execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: 'pipe' })
          .toString()
          .trim() === 'PONG'
      );
    } catch {
      return false;
    }
  });
  await own.start();
  return { ...own, url: `redis://127.0.0.1:${port}` };
}

function owned(program: string, args: string[], dir: string, answers: () => Promise<boolean>): Omit<OwnServer, 'url'> {
  let child: ChildProcess | undefined;
  const stop = async () => {
    if (!child) return;
    const ended = new Promise((resolve) => child!.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    child = undefined;
  };
  return {
    stop,
    async start() {
      child = spawn(program, args, { stdio: 'ignore' });
      for (let i = 0; i < 300; i++) {
        if (await answers()) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${program} does not answer`);
    },
    async remove() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
