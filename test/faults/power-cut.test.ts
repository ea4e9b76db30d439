import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/store/db.ts';
import { soak } from './soak.ts';

const traces = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!traces) console.warn('\n!!! NOT TESTED: no strace here; the power cut is skipped !!!\n');

const COMMITS = soak ? 1_500 : 300;
const CUTS = soak ? 200 : 30;

/** What the process did to the disk, in order: a write, a truncation, a sync, a deletion, an acknowledged row. */
type Step =
  | { do: 'write'; file: string; at: number; bytes: Buffer; ended: number }
  | { do: 'cut'; file: string; size: number; ended: number }
  | { do: 'remove'; file: string }
  | { do: 'sync'; file: string; begun: number }
  | { do: 'acknowledge'; n: number };

const unhex = (text: string) => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** The system calls by the line on which they end. strace splits a call in two if another thread's call begins meanwhile. */
function callsOf(trace: string): { line: string; begun: number; ended: number }[] {
  const open = new Map<string, { head: string; begun: number }>();
  return trace.split('\n').flatMap((line, ended) => {
    const pid = line.slice(0, line.indexOf(' '));
    const half = / <unfinished \.\.\.>$/.exec(line);
    if (half) open.set(pid, { head: line.slice(0, half.index), begun: ended });
    if (half) return [];
    const { head, begun } = (line.includes(' resumed>') && open.get(pid)) || { head: '', begun: ended };
    return [{ line: head === '' ? line : line.replace(/^.*? resumed>/, () => head), begun, ended }];
  });
}

function stepsOf(trace: string): Step[] {
  return callsOf(trace).flatMap(({ line, begun, ended }): Step[] => {
    const written = /write\(1<[^>]*>, "([^"]*)"/.exec(line);
    if (written) return [{ do: 'acknowledge', n: Number(unhex(written[1]!).toString()) }];
    const removed = /unlink\("([^"]*)"\) += 0/.exec(line);
    if (removed) return [{ do: 'remove', file: basename(unhex(removed[1]!).toString()) }];
    const call = /(pwrite64|ftruncate|fsync|fdatasync)\(\d+<([^>]*)>(?:, (.*))?\) += \d/.exec(line);
    const file = basename(unhex(call?.[2] ?? '').toString());
    if (!call || !/sqlite(-wal|-journal)?$/.test(file)) return [];
    if (call[1] === 'ftruncate') return [{ do: 'cut', file, size: Number(call[3]), ended }];
    if (call[1] !== 'pwrite64') return [{ do: 'sync', file, begun }];
    const [, hex, at] = /^"([^"]*)", \d+, (\d+)$/.exec(call[3]!)!;
    return [{ do: 'write', file, at: Number(at), bytes: unhex(hex!), ended }];
  });
}

function apply(content: Buffer, step: Step): Buffer {
  if (step.do === 'cut')
    return Buffer.concat([content, Buffer.alloc(Math.max(0, step.size - content.length))], step.size);
  if (step.do !== 'write') return content;
  const grown = Buffer.concat([content, Buffer.alloc(Math.max(0, step.at + step.bytes.length - content.length))]);
  step.bytes.copy(grown, step.at);
  return grown;
}

/** A number from 0 to 1 derived from a seed, so that a failure repeats. */
const chances = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

describe.runIf(traces)('the power is cut under the embedded store', () => {
  const root = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('keeps everything that was acknowledged, whatever else had reached the disk', async () => {
    const [dir, log] = [join(root, 'live'), join(root, 'trace')];
    const what = 'trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink';
    const strace = ['-f', '-y', '-xx', '-s', '100000', '-e', what, '-e', 'signal=none', '-o', log];
    const committing = join(import.meta.dirname, '../support/committing.ts');
    execFileSync('strace', [...strace, process.execPath, committing, dir, String(COMMITS)], { stdio: 'pipe' });
    const steps = stepsOf(readFileSync(log, 'utf8'));
    expect(steps.filter((step) => step.do === 'acknowledge')).toHaveLength(COMMITS);
    // A call that is not understood would be a write or a sync that the play forgets.
    const begun = readFileSync(log, 'utf8').matchAll(/(?:pwrite64|fsync|fdatasync|ftruncate)\(\d+<([^>]*)>/g);
    const calls = [...begun].filter(([, path]) => /sqlite(-wal|-journal)?$/.test(unhex(path!).toString()));
    const taken = steps.filter(({ do: what }) => what !== 'acknowledge' && what !== 'remove');
    expect(taken).toHaveLength(calls.length);
    // The log must have been folded into the file meanwhile, or half of the danger was absent.
    const first = steps.findIndex((step) => step.do === 'acknowledge');
    const last = steps.findLastIndex((step) => step.do === 'acknowledge');
    const during = steps.slice(first, last);
    expect(during.some((step) => step.do === 'write' && step.file === 'jiedui.sqlite')).toBe(true);

    const seed = Math.floor(Math.random() * 1e9);
    const chance = chances(seed);
    const cuts = new Set(Array.from({ length: CUTS }, () => first + 1 + Math.floor(chance() * (last - first))));
    const durable = new Map<string, Buffer>();
    let pending: Step[] = [];
    let acknowledged = -1;
    for (const [i, step] of steps.entries()) {
      if (cuts.has(i)) {
        const found = await afterCut(durable, pending, chance, join(root, String(i)));
        const all = Array.from({ length: Math.max(found.length, acknowledged + 1) }, (_, n) => n);
        expect({ seed, i, found }).toEqual({ seed, i, found: all });
      }
      if (step.do === 'acknowledge') acknowledged = step.n;
      else if (step.do === 'remove') durable.delete(step.file);
      else if (step.do === 'sync') {
        const ofFile = pending.filter((p) => 'ended' in p && p.file === step.file && p.ended < step.begun);
        durable.set(step.file, ofFile.reduce(apply, durable.get(step.file) ?? Buffer.alloc(0)));
        pending = pending.filter((p) => !ofFile.includes(p));
      } else pending.push(step);
    }
  });

  /** What the next start finds: everything that was synced, and a random part of the rest. */
  async function afterCut(durable: Map<string, Buffer>, pending: Step[], chance: () => number, dir: string) {
    mkdirSync(dir);
    const kept = pending.filter(() => chance() < 0.5);
    for (const file of new Set([...durable.keys(), ...kept.flatMap((p) => ('file' in p ? [p.file] : []))])) {
      const ofFile = kept.filter((p) => 'file' in p && p.file === file);
      writeFileSync(join(dir, file), ofFile.reduce(apply, durable.get(file) ?? Buffer.alloc(0)));
    }
    const { db, close } = await openEmbedded(dir);
    const rows = await db.selectFrom('programme').select(['version', 'settings']).orderBy('version').execute();
    for (const { version, settings } of rows) expect(settings).toBe(String(version).padEnd((version % 7) * 3_000, '.'));
    await close();
    rmSync(dir, { recursive: true });
    return rows.map((row) => row.version);
  }
});
