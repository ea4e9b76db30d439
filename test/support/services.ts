import { connect } from 'node:net';

/** Whether a server listens there, within half a second. */
async function answers(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect(Number(port) || (protocol === 'mysql:' ? 3306 : 6379), hostname);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.setTimeout(500, () => resolve(false));
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** The address of a service for tests, or undefined if it does not answer. `REQUIRE_SERVICES=1` makes an absence an error. */
async function service(variable: string, standard: string): Promise<string | undefined> {
  const url = process.env[variable] ?? standard;
  if (await answers(url)) return url;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`REQUIRE_SERVICES=1, but nothing answers for ${variable}`);
  console.warn(`\n!!! NOT TESTED: nothing answers for ${variable}; the tests that need it are skipped !!!\n`);
  return undefined;
}

export const redisUrl = await service('TEST_REDIS_URL', 'redis://127.0.0.1:6379');
/** A server on which databases named `jiedui_test_…` may be created and dropped. `MYSQL_URL` names a real MySQL if there is one. */
export const mysqlUrl = await service('MYSQL_URL', 'mysql://root@127.0.0.1:3306');
