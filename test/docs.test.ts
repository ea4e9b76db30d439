import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openCore } from '../src/app/core.ts';
import { operatorCommands, runCommand } from '../src/cli/index.ts';
import { readConfig, variableNames } from '../src/config.ts';
import { fillEmptyStore } from '../src/demo.ts';
import { DEMO_FILE } from '../src/files.ts';
import { SCOPES } from '../src/lark/doctor.ts';
import { EVENTS } from '../src/lark/subscriptions.ts';
import { SETUP_EVENTS, SETUP_SCOPES } from '../src/sandbox/console.ts';
import { RETENTION_DAYS } from '../src/store/retention.ts';
import { type TestStore, testStore } from './support/store.ts';

const inDocs = readdirSync('docs').filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', ...inDocs.map((name) => `docs/${name}`)];
/** Commands of npm itself that the pages name. */
const OF_NPM = ['audit', 'outdated'];
const text = (page: string) => readFileSync(page, 'utf8');

test.each(pages)('%s names only commands that exist', (page) => {
  const scripts = Object.keys((JSON.parse(text('package.json')) as { scripts: object }).scripts);
  const npm = [...text(page).matchAll(/\bnpm (?:run (?:-s )?)?([a-z]+)/g)].map((match) => match[1]!);
  expect(npm.filter((name) => !scripts.includes(name) && !OF_NPM.includes(name))).toEqual([]);
  const operator = [...text(page).matchAll(/(?:jiedui --|cli\.ts) ([a-z-]+)/g)].map((match) => match[1]!);
  expect(
    operator.filter((name) => !['help', 'start'].includes(name) && !Object.hasOwn(operatorCommands, name)),
  ).toEqual([]);
  const files = [...text(page).matchAll(/`?(?:node|npx vitest run) ((?:bench|test|scripts|src)\/[\w./-]+)/g)];
  expect(files.map((match) => match[1]!).filter((file) => !existsSync(file))).toEqual([]);
});

test('a test that a page runs by its name exists', () => {
  const named = pages.flatMap((page) => [...text(page).matchAll(/npx vitest run (\S+) -t '([^']+)'/g)]);
  expect(named.length).toBeGreaterThan(0);
  for (const [, file, title] of named) expect(text(file!)).toContain(title);
});

test.each(pages)('%s has no dead links', (page) => {
  const links = [...text(page).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.filter((link) => !existsSync(join(page, '..', link)))).toEqual([]);
});

/** How to set it up, in both languages. */
const SETUP = ['docs/setup.md', 'docs/setup.zh-CN.md'] as const;

test.each(SETUP)('%s lists exactly the settings of the program', (page) => {
  const table = text(page)
    .split('\n')
    .filter((line) => /^\| `[A-Z]/.test(line))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]!));
  expect(table.sort()).toEqual([...variableNames].sort());
});

test('both languages ask for the same scopes and events', () => {
  const asked = (page: string) =>
    [...text(page).matchAll(/`((?:im|contact|application|card)[.:][\w.:]+)`/g)].map((match) => match[1]!).sort();
  expect(asked(SETUP[1])).toEqual(asked(SETUP[0]));
  expect(asked(SETUP[0]).length).toBeGreaterThan(15);
});

test('the setup page, doctor and the sandbox know the same scopes and events', () => {
  const asked = [...text(SETUP[0]).matchAll(/`((?:im|contact|application|card)[.:][\w.:]+)`/g)].map((m) => m[1]!);
  expect(asked.filter((name) => name.includes(':')).sort()).toEqual([...SETUP_SCOPES].sort());
  expect(SCOPES.map(([scope]) => scope).sort()).toEqual([...SETUP_SCOPES].sort());
  expect(asked.filter((name) => !name.includes(':')).sort()).toEqual([...SETUP_EVENTS, 'card.action.trigger'].sort());
  expect([...EVENTS].sort()).toEqual([...SETUP_EVENTS].sort());
});

const FILM = 'first-minute.webp';

test('every picture is used, and small', () => {
  const pictures = readdirSync('docs/img');
  for (const page of ['README.md', 'README.zh-CN.md'])
    expect([...text(page).matchAll(/[("]docs\/img\/([\w.-]+)[)"]/g)].map((match) => match[1]).sort()).toEqual(
      pictures.sort(),
    );
  for (const picture of pictures)
    expect(statSync(join('docs/img', picture)).size).toBeLessThanOrEqual(picture === FILM ? 1_000_000 : 100_000);
});

test("the page on personal data gives the program's retention times", () => {
  const table = [...text('docs/privacy.md').matchAll(/^\|.*\| (\d+) days \|$/gm)].map((match) => Number(match[1]));
  expect(table.sort()).toEqual(Object.values(RETENTION_DAYS).sort());
});

/** The operators' commands of the pages, in `sh` blocks and in sentences, in order. */
const lines = pages.flatMap((page) => [
  ...[...text(page).matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap((block) => block[1]!.split('\n'))
    .flatMap((line) => line.match(/^\s*npm run -s jiedui -- ([^#]*)/)?.[1] ?? []),
  ...[...text(page).matchAll(/(?<!`)`npm run -s jiedui -- ([^`\n]*)`(?!`)/g)].map((match) => match[1]!),
]);
/** Not typed here: what starts the program, what lasts an hour, and lines with a placeholder for a name. */
const NOT_TYPED = /^(?:start|doctor --trace)\b|学校\/姓名/;
const typed = [...new Set(lines.map((words) => words.trim()))]
  .filter((words) => !NOT_TYPED.test(words))
  .map((words) => words.split(/\s+/));
const dir = mkdtempSync(join(tmpdir(), 'jiedui-docs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs commands where the pages say: in a directory with a programme file, on a store with the demo or an empty one. */
async function operator({ store }: TestStore, demo: boolean) {
  const read = readConfig({ DATA_DIR: dir });
  if ('problems' in read) throw new Error();
  const now = () => Temporal.ZonedDateTime.from('2026-11-20T15:00+08:00[Asia/Shanghai]').epochMilliseconds;
  const core = await openCore(read.config, { store, now, log: pino({ level: 'silent' }) });
  if (demo) await fillEmptyStore(core, '2026-11-20');
  return async (words: string[]) => {
    let output = '';
    const note = (some: string) => {
      output += some;
    };
    const code = await runCommand(words, { out: note, err: note, cwd: dir }, read.config, core);
    return `${words.join(' ')}: ${code}${code === 0 ? '' : ` ${output}`}`;
  };
}

test('every operator command of the pages works as printed', { timeout: 120_000 }, async () => {
  copyFileSync(DEMO_FILE, join(dir, 'programme.yaml'));
  copyFileSync('test/drafting/documents/district.txt', join(dir, 'plan.txt'));
  const [full, empty] = [await testStore('embedded'), await testStore('embedded')];
  const withDemo = await operator(full, true);
  const withoutDemo = await operator(empty, false);
  expect(typed.length).toBeGreaterThan(10);
  for (const words of typed) {
    const run = words[0] === 'restore' ? withoutDemo : withDemo;
    expect(await run(words)).toBe(`${words.join(' ')}: 0`);
  }
  await full.drop();
  await empty.drop();
});

test('every npm script on the pages is run by a test or by .ci/run', () => {
  const named = pages
    .flatMap((page) => [...text(page).matchAll(/\bnpm (?:run (?:-s )?)?([a-z]+)/g)].map((m) => m[1]!))
    .filter((name) => !OF_NPM.includes(name));
  const proof = text('.ci/run');
  // test/support/process.ts goes through the doors of `start` and `jiedui`; test/reading/train.test.ts trains.
  const tested = [...new Set(named)].filter((name) => !['start', 'jiedui', 'train'].includes(name));
  expect(tested.filter((name) => !new RegExp(`npm (?:run (?:-s )?)?${name}\\b`).test(proof))).toEqual([]);
});

test('the tour names only files that exist, and every life passes through the same files of intake', () => {
  const tour = text('docs/tour.md');
  const paths = (part: string) => [...part.matchAll(/`((?:src|test|db|docs)\/[\w./-]+)`/g)].map((match) => match[1]!);
  expect(paths(tour).length).toBeGreaterThan(40);
  expect(paths(tour).filter((path) => !existsSync(path))).toEqual([]);
  const [message, click, clock] = tour.split('\n## ').slice(1).map(paths);
  for (const file of ['receive', 'handle', 'facts', 'apply-outcome'])
    for (const life of [message, click]) expect(life).toContain(`src/bot/intake/${file}.ts`);
  expect(clock).toContain('src/jobs/tick.ts');
});
