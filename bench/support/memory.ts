import { readFileSync } from 'node:fs';

/** The most memory that a process has held so far, MB; unknown without /proc. */
export function mostHeld(pid: number): number | undefined {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
  } catch {
    return undefined;
  }
}

/** The memory that a process holds now, MB. */
export function heldNow(pid: number): number | undefined {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
}

/** Processor time of a process, ms; the system counts it in steps of ten. */
export function cpuOf(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

/** Runs `work` and returns how much memory the process gained at most while it lasted, MB. */
export async function heldBeyond<T>(work: () => Promise<T>): Promise<{ result: T; beforeMb: number; moreMb: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  try {
    const result = await work();
    const mb = (bytes: number) => Math.round(bytes / 2 ** 20);
    return { result, beforeMb: mb(before), moreMb: mb(most - before) };
  } finally {
    clearInterval(watch);
  }
}
