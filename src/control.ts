import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The embedded store's lock, and the socket through which operator commands reach its process; both end with the process. The lock is the
 * kernel's, through SQLite: if the socket were the lock, two starters that remove a dead one's file could remove each other's new one.
 */

/** Where a command writes, and the directory of its relative paths (the caller's, not the running process's). */
export type ControlIo = { out(text: string): void; err(text: string): void; cwd: string };

/** Runs one operator command and returns its exit code. */
export type OnCommand = (argv: string[], io: ControlIo) => Promise<number>;

export type AlreadyRunning = Error & { code: 'ALREADY_RUNNING'; pid: number | undefined };

export const isAlreadyRunning = (error: unknown): error is AlreadyRunning =>
  (error as { code?: string } | undefined)?.code === 'ALREADY_RUNNING';

type Request = { argv: string[]; cwd: string };
type Reply = { out: string } | { err: string } | { exit: number };

/** Socket paths may hold about 100 characters and data directories may be deep: so a short name, in a directory that only we may enter. */
function socketPath(dataDir: string): string {
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\jiedui-${name}`;
  // Not os.tmpdir(): the server and the operator's shell may disagree about TMPDIR.
  return join(`/tmp/jiedui-${userInfo().uid}`, `${name}.sock`);
}

/** Makes the directory of the sockets, and refuses one that another user put there first. */
function ownDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  if (found.uid !== userInfo().uid || !found.isDirectory()) throw new Error(`${path} belongs to another user`);
  if (found.mode & 0o077) chmodSync(path, 0o700);
}

function lock(dataDir: string): DatabaseSync {
  const held = new DatabaseSync(join(dataDir, 'jiedui.lock'), { timeout: 0 });
  try {
    held.exec('begin exclusive');
    return held;
  } catch (error) {
    held.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error; // 5: SQLITE_BUSY
    const pid = pidOf(dataDir);
    const message = `Jiedui is already running on ${dataDir}${pid ? ` (process ${pid})` : ''}`;
    throw Object.assign(new Error(message), { code: 'ALREADY_RUNNING', pid });
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'jiedui.pid');

function pidOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(pidFile(dataDir), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Whole lines from the other side, until it ends or dies. Not readline: it throws a dying peer's error at the process. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch {
    // The peer has gone; the next read finds the end.
  }
}

/** Runs the one command of a connection. A caller that disconnects does not stop it. */
async function serve(socket: Socket, onCommand: OnCommand, busy: Map<Socket, Promise<void>>): Promise<void> {
  const reply = (line: Reply) => void (socket.writable && socket.write(`${JSON.stringify(line)}\n`));
  const run = async (line: string) => {
    try {
      const { argv, cwd } = JSON.parse(line) as Request;
      const exit = await onCommand(argv, { out: (out) => reply({ out }), err: (err) => reply({ err }), cwd });
      reply({ exit });
    } catch (error) {
      reply({ err: `${(error as Error).message}\n` });
      reply({ exit: 1 });
    }
    busy.delete(socket);
  };
  for await (const line of linesOf(socket)) {
    const running = run(line);
    busy.set(socket, running);
    await running;
    break;
  }
  socket.end();
}

async function listen(path: string, onCommand: OnCommand): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const busy = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => {});
    serve(socket, onCommand, busy).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    await Promise.all([closed, ...busy.values()]);
  };
}

/**
 * Takes the data directory (made if absent) for this process, and runs the commands that others send. Throws an `AlreadyRunning` error
 * with the holder's process id if it is taken; of two racing starters exactly one wins. `release` waits for commands that still run.
 */
export async function holdControl(dataDir: string, onCommand: OnCommand): Promise<{ release(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const held = lock(dataDir);
  try {
    writeFileSync(pidFile(dataDir), `${process.pid}\n`);
    const path = socketPath(dataDir);
    if (process.platform !== 'win32') {
      ownDirectory(join(path, '..'));
      rmSync(path, { force: true }); // left by a killed process: we have the lock, so it has no listener
    }
    const stop = await listen(path, onCommand);
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    return {
      release: async () => {
        await stop();
        rmSync(pidFile(dataDir), { force: true });
        held.close();
      },
    };
  } catch (error) {
    held.close();
    throw error;
  }
}

/**
 * Has the process that holds the data directory run a command; its output arrives piece by piece. Returns the exit code, or undefined if
 * no process holds it (then run the command here, under `holdControl`).
 */
export async function callControl(
  dataDir: string,
  argv: string[],
  out: (text: string) => void,
  err: (text: string) => void,
  cwd = process.cwd(),
): Promise<number | undefined> {
  let socket: Socket;
  try {
    socket = connect(socketPath(dataDir));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    // No directory, no socket, or one whose owner was killed.
    if (['ENOENT', 'ECONNREFUSED'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
  socket.on('error', () => {});
  socket.write(`${JSON.stringify({ argv, cwd } satisfies Request)}\n`);
  for await (const line of linesOf(socket)) {
    const reply = JSON.parse(line) as Reply;
    if ('out' in reply) out(reply.out);
    else if ('err' in reply) err(reply.err);
    else {
      socket.end();
      return reply.exit;
    }
  }
  err('The running process ended before the command did.\n');
  return 1;
}
