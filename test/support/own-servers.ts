import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { openMysql } from '../../src/store/db.ts';

/** A server of one test, which may stop and start it. */
export interface OwnServer {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const MARIADBD = '/usr/sbin/mariadbd';
const REDIS_SERVER = '/usr/bin/redis-server';

/** Whether this machine has the server programs, as CI's does. */
export const ownServersPossible = existsSync(MARIADBD) && existsSync(REDIS_SERVER);
if (!ownServersPossible) {
  const what = `${MARIADBD} and ${REDIS_SERVER} are not both here`;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`REQUIRE_SERVICES=1, but ${what}`);
  console.warn(`\n!!! NOT TESTED: ${what}; tests that stop and start servers are skipped !!!\n`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A separate MariaDB with an empty database `jiedui_test_own`. As durable as a county's. */
export async function ownMariadb(): Promise<OwnServer> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-mariadb-'));
  const data = join(dir, 'data');
  const user = userInfo().username;
  // A starting server removes the temporary tables it finds, in a shared folder also those of running servers.
  const temporary = `--tmpdir=${dir}`;
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      temporary,
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
    temporary,
    `--user=${user}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(dir, 's')}`,
    `--pid-file=${join(dir, 'pid')}`,
  ];
  const url = `mysql://root@127.0.0.1:${port}`;
  const running = owned(MARIADBD, args, dir, async () => {
    const server = openMysql(`${url}/information_schema`);
    const reason = await server.reach();
    await server.close();
    return reason === undefined;
  });
  await running.start();
  const server = openMysql(`${url}/mysql`);
  await server.db.schema.createSchema('jiedui_test_own').execute();
  await server.close();
  return { ...running, url: `${url}/jiedui_test_own` };
}

/** A separate Redis that keeps nothing: stopping it empties it. */
export async function ownRedis(): Promise<OwnServer> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const running = owned(REDIS_SERVER, args, dir, async () => ask(port, 'ping') === 'PONG');
  await running.start();
  return { ...running, url: `redis://127.0.0.1:${port}` };
}

/** The answer of a Redis; empty while it does not answer. */
function ask(port: number, ...words: string[]): string {
  const { stdout } = spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' });
  return stdout?.trim() ?? '';
}

/** A Redis Cluster of three masters, each with a third of the slots. A stopped one comes back empty, with the same identity. */
export async function ownRedisCluster(): Promise<{
  url: string;
  /** The node that keeps this key. */
  holderOf(key: string): Omit<OwnServer, 'url'>;
  remove(): Promise<void>;
}> {
  const ports: number[] = [];
  const nodes: Omit<OwnServer, 'url'>[] = [];
  for (let i = 0; i < 3; i++) {
    const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-redis-'));
    const [port, bus] = [await freePort(), await freePort()];
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
    const member = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(bus)];
    const lenient = ['--cluster-require-full-coverage', 'no', '--cluster-node-timeout', '2000'];
    const node = owned(REDIS_SERVER, [...args, ...member, ...lenient], dir, async () => ask(port, 'ping') === 'PONG');
    await node.start();
    nodes.push(node);
    ports.push(port);
  }
  const create = ['--cluster', 'create', ...ports.map((port) => `127.0.0.1:${port}`), '--cluster-yes'];
  execFileSync('redis-cli', create, { stdio: 'pipe' });
  for (const port of ports)
    for (let i = 0; !ask(port, 'cluster', 'info').includes('cluster_state:ok'); i++) {
      if (i > 100) throw new Error('the cluster does not form');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  return {
    url: `redis-cluster://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
    holderOf(key) {
      const slot = Number(ask(ports[0]!, 'cluster', 'keyslot', key));
      // Slots are assigned in order: 0 to 5460, to 10922, to 16383.
      return nodes[slot <= 5460 ? 0 : slot <= 10922 ? 1 : 2]!;
    },
    async remove() {
      await Promise.all(nodes.map((node) => node.remove()));
    },
  };
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
