/**
 * `npm run bench [-- --quick] [name …]`: runs the benchmarks one after another, each in a process of its own so that none
 * inherits another's warm code or memory, and prints their tables, their JSON lines and the most memory each held.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Not questions but what several of them need. */
const SHARED = new Set(['index', 'county']);

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const wanted = args.filter((arg) => !arg.startsWith('--'));
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !SHARED.has(name))
  .sort();
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${all.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length > 0 ? wanted : all) {
    console.log(`\n== ${name}`);
    const { code, seconds, peakMb } = await run(name);
    console.log(
      `${name}: ${seconds} s, peak memory ${peakMb ?? 'unknown'} MB${code === 0 ? '' : `, ended with ${code}`}`,
    );
    if (code !== 0) process.exitCode = 1;
  }
}

async function run(name: string): Promise<{ code: number | null; seconds: number; peakMb: number | undefined }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...flags], { stdio: 'inherit' });
  let peakMb: number | undefined;
  const watch = setInterval(() => {
    peakMb = peakOf(child.pid!) ?? peakMb;
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  return { code, seconds: Math.round((performance.now() - begun) / 100) / 10, peakMb };
}

/** The most memory a process has held so far; unknown where there is no /proc. */
function peakOf(pid: number): number | undefined {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
  } catch {
    return undefined;
  }
}
