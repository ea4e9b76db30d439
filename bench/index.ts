/**
 * `npm run bench [-- --quick --against REV --peers] [name …]`: runs the benchmarks one after another, each in its own process so that none
 * inherits warm code or memory, and prints their tables, their JSON lines and their peak memory. A failure does not
 * stop the others; it is named at the end, and the command fails.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mostHeld } from './support/memory.ts';

const args = process.argv.slice(2);
// Only `--against REV` takes a value.
const against = args.includes('--against') ? args.splice(args.indexOf('--against'), 2) : [];
const flags = [...against, ...args.filter((arg) => arg.startsWith('--'))];
const wanted = args.filter((arg) => !arg.startsWith('--'));
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'index')
  .sort();
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${all.join(', ')}`);
  process.exitCode = 2;
} else {
  const failed: string[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  // Otherwise starting so many processes would be most of a quick run; `start` measures without the cache.
  process.env.NODE_COMPILE_CACHE = join(dir, 'compiled');
  const begun = performance.now();
  for (const name of wanted.length > 0 ? wanted : all) {
    console.log(`\n== ${name}`);
    const { ending, seconds, peakMb } = await run(name);
    console.log(`${name}: ${seconds} s, peak memory ${peakMb ?? 'unknown'} MB${ending && `, FAILED: ${ending}`}`);
    if (ending) failed.push(name);
  }
  console.log(`\n${failed.length > 0 ? `FAILED: ${failed.join(', ')}` : 'all done'}, ${secondsSince(begun)} s`);
  rmSync(dir, { recursive: true });
  if (failed.length > 0) process.exitCode = 1;
}

function secondsSince(begun: number): number {
  return Math.round((performance.now() - begun) / 100) / 10;
}

async function run(name: string): Promise<{ ending: string; seconds: number; peakMb: number | undefined }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...flags], { stdio: 'inherit' });
  let peakMb: number | undefined;
  const watch = setInterval(() => {
    peakMb = mostHeld(child.pid!) ?? peakMb;
  }, 100);
  const ending = await new Promise<string>((resolve) =>
    child.once('close', (code, signal) => resolve(code === 0 ? '' : `ended with ${signal ?? code}`)),
  );
  clearInterval(watch);
  return { ending, seconds: secondsSince(begun), peakMb };
}
