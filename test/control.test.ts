import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { callControl, holdControl, isAlreadyRunning } from '../src/control.ts';

const freshDir = () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** A real process that tries to hold the directory; resolves with `held` or `refused <pid>`. */
async function starter(dataDir: string): Promise<{ child: ChildProcess; firstLine: string }> {
  const program = `
    import { holdControl } from ${JSON.stringify(resolve('src/control.ts'))};
    try {
      await holdControl(process.argv[1], async (argv, io) => { io.out('from ' + process.pid); return 0; });
      console.log('held');
      setInterval(() => {}, 1000);
    } catch (error) { console.log(error.code === 'ALREADY_RUNNING' ? 'refused ' + error.pid : error.stack); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  const [firstLine] = await once(createInterface({ input: child.stdout! }), 'line');
  return { child, firstLine };
}

const collect = async (dataDir: string, argv: string[], cwd?: string) => {
  const seen: string[] = [];
  const code = await callControl(
    dataDir,
    argv,
    (text) => seen.push(`out:${text}`),
    (text) => seen.push(`err:${text}`),
    cwd,
  );
  return { code, seen };
};

test('a command runs in the holder, with streamed output, its exit code and the caller’s directory', async () => {
  const dir = freshDir();
  const held = await holdControl(dir, async (argv, io) => {
    io.out(`结对 ${argv.join(' ')}\n`);
    io.err('careful');
    io.out(io.cwd);
    return 3;
  });
  expect(await collect(dir, ['owed', '--json'], '/somewhere')).toEqual({
    code: 3,
    seen: ['out:结对 owed --json\n', 'err:careful', 'out:/somewhere'],
  });
  await held.release();
  expect((await collect(dir, [])).code).toBe(undefined);
});

test('output arrives while the command still runs, and release waits for its end', async () => {
  const dir = freshDir();
  const first = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const held = await holdControl(dir, async (_argv, io) => {
    io.out('one');
    await go.promise;
    io.out('two');
    return 0;
  });
  const seen: string[] = [];
  const call = callControl(
    dir,
    [],
    (text) => {
      seen.push(text);
      first.resolve();
    },
    () => {},
  );
  await first.promise;
  const released = held.release();
  expect(seen).toEqual(['one']);
  go.resolve();
  expect(await call).toBe(0);
  await released;
  expect(seen).toEqual(['one', 'two']);
});

test('a command that throws gives one line and code 1', async () => {
  const dir = freshDir();
  const held = await holdControl(dir, async () => {
    throw new Error('no such school');
  });
  expect(await collect(dir, [])).toEqual({ code: 1, seen: ['err:no such school\n'] });
  await held.release();
});

test('returns undefined if no process holds it, also for a directory that does not exist', async () => {
  expect((await collect(freshDir(), [])).code).toBe(undefined);
  expect((await collect(join(freshDir(), 'none'), [])).code).toBe(undefined);
});

test('a second holder is refused by name, through any path to the same directory', async () => {
  const dir = freshDir();
  const link = join(freshDir(), 'link');
  symlinkSync(dir, link);
  const held = await holdControl(dir, async () => 0);
  const refusal = await holdControl(link, async () => 0).catch((error: unknown) => error);
  expect(isAlreadyRunning(refusal) && refusal.pid).toBe(process.pid);
  expect((await collect(link, [])).code).toBe(0);
  expect((await starter(dir)).firstLine).toBe(`refused ${process.pid}`);
  await held.release();
  await (await holdControl(dir, async () => 0)).release();
});

test('holders of different directories do not affect each other', async () => {
  const one = await holdControl(freshDir(), async () => 0);
  const two = await holdControl(freshDir(), async () => 0);
  await one.release();
  await two.release();
});

test('the socket is for its owner only, and its path is short however deep the directory', async () => {
  const dir = join(freshDir(), 'd'.repeat(90), 'e'.repeat(90));
  mkdirSync(dir, { recursive: true });
  const held = await holdControl(dir, async () => 0);
  expect((await collect(dir, [])).code).toBe(0);
  const place = `/tmp/jiedui-${userInfo().uid}`;
  const name = createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 16);
  expect(lstatSync(place).mode & 0o777).toBe(0o700);
  expect(lstatSync(join(place, `${name}.sock`)).mode & 0o777).toBe(0o600);
  await held.release();
});

test('a killed holder is replaced, and of many racing starters exactly one wins', async () => {
  const dir = freshDir();
  const killed = await starter(dir);
  expect(killed.firstLine).toBe('held');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  expect((await collect(dir, [])).code).toBe(undefined);

  const racers = await Promise.all(Array.from({ length: 6 }, () => starter(dir)));
  const winners = racers.filter(({ firstLine }) => firstLine === 'held');
  expect(racers.map(({ firstLine }) => firstLine.split(' ')[0]).sort()).toEqual(['held', ...Array(5).fill('refused')]);
  expect(await collect(dir, [])).toEqual({ code: 0, seen: [`out:from ${winners[0]!.child.pid}`] });
});

test.each(['before', 'after'])('a caller that dies %s the command ended does no harm', async (when) => {
  const dir = freshDir();
  const died = Promise.withResolvers<void>();
  let finished = 0;
  const held = await holdControl(dir, async ([how], io) => {
    if (how !== 'long') return 0;
    // Far more than the caller reads before it dies: its unread rest comes back as a reset connection.
    for (let i = 0; i < 50; i++) io.out('x'.repeat(100_000));
    if (when === 'before') await died.promise;
    io.out('more');
    finished++;
    return 0;
  });
  const program = `
    import { callControl } from ${JSON.stringify(resolve('src/control.ts'))};
    await callControl(process.argv[1], ['long'], () => process.kill(process.pid, 'SIGKILL'), () => {});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dir], { stdio: 'ignore' });
  await once(child, 'exit');
  expect((await collect(dir, [])).code).toBe(0);
  died.resolve();
  await held.release();
  expect(finished).toBe(1);
});

test('a caller gets an error when the holder dies in the middle', async () => {
  const dir = freshDir();
  const program = `
    import { holdControl } from ${JSON.stringify(resolve('src/control.ts'))};
    await holdControl(process.argv[1], async (argv, io) => { io.out('begun'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20); await new Promise(() => {}); });
    console.log('held');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout! }), 'line');
  const { code, seen } = await collect(dir, []);
  expect([code, ...seen]).toEqual([1, 'out:begun', 'err:The running process ended before the command did.\n']);
});
