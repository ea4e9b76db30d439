import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const page = readFileSync('docs/security.md', 'utf8');
const threats = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.split(' | '));

/** Each `file` with the beginning of a test's name after it, in 「」. */
const named = (cell: string) =>
  [...cell.matchAll(/`(test\/[\w./-]+)` 「([^」]+)」/g)].map(([, file, title]) => [file!, title!]);

test('each threat names a test', () => {
  expect(threats.length).toBeGreaterThan(20);
  expect(threats.filter(([, , tests]) => named(tests ?? '').length === 0).map(([threat]) => threat)).toEqual([]);
});

test('each of these tests exists under that name', () => {
  const tests = threats.flatMap(([, , cell]) => named(cell!));
  const missing = tests.filter(
    ([file, title]) =>
      !existsSync(file!) ||
      !readFileSync(file!, 'utf8').match(new RegExp(`(?:test|it|describe)\\b[^\\n]*\\(\\s*['"\`]${escaped(title!)}`)),
  );
  expect(missing).toEqual([]);
});
