import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operatorCommands } from '../src/cli/index.ts';
import { variableNames } from '../src/config.ts';

const pages = ['README.md', 'README.zh-CN.md', 'docs/operations.md', 'docs/privacy.md'];
const text = (page: string) => readFileSync(page, 'utf8');

test.each(pages)('%s names only commands that exist', (page) => {
  const scripts = Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts);
  const npm = [...text(page).matchAll(/\bnpm (?:run (?:-s )?)?([a-z]+)/g)].map((match) => match[1]!);
  expect(npm.filter((name) => !scripts.includes(name))).toEqual([]);
  const operator = [...text(page).matchAll(/(?:jiedui --|cli\.ts) ([a-z]+)/g)].map((match) => match[1]!);
  expect(operator.filter((name) => !Object.hasOwn(operatorCommands, name))).toEqual([]);
});

test.each(pages)('%s links only to what is there', (page) => {
  const links = [...text(page).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.filter((link) => !existsSync(join(page, '..', link)))).toEqual([]);
});

test.each(['README.md', 'README.zh-CN.md'])('the settings of %s are the settings', (page) => {
  const table = text(page)
    .split('\n')
    .filter((line) => /^\| `[A-Z]/.test(line))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]!));
  expect(table.sort()).toEqual([...variableNames].sort());
});

test('both READMEs ask for the same scopes and events', () => {
  const asked = (page: string) =>
    [...text(page).matchAll(/`((?:im|contact|application|card)[.:][\w.:]+)`/g)].map((match) => match[1]!).sort();
  expect(asked('README.zh-CN.md')).toEqual(asked('README.md'));
  expect(asked('README.md').length).toBeGreaterThan(15);
});
