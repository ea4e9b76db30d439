import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The tree keeps the promises of the README's room table; nothing here is about behaviour. */

const filesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const source = filesIn('src').filter((path) => path.endsWith('.ts'));
const roomOf = (path: string) => path.split('/')[1]!.replace(/\.ts$/, '');

/** Source without comments: what a rule forbids may be explained. */
const code = (path: string) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

type Room = { imports: Set<string>; types: Set<string>; everything: boolean; pure: boolean };

function roomsOf(readme: string): Map<string, Room> {
  const rows = readme.split('\n').filter((line) => /^\| `[\w-]+`/.test(line));
  const table = rows.slice(0, rows.findIndex((line) => line.includes('`main`')) + 1);
  return new Map(
    table.flatMap((line) => {
      const [names, , allowed, touch] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()) as [string, string, string, string];
      const words = (pattern: RegExp) => new Set([...allowed.matchAll(pattern)].map((match) => match[1]!));
      const types = words(/types of `([\w-]+)`/g);
      const imports = new Set([...words(/`([\w-]+)`/g)].filter((name) => !types.has(name)));
      const room = { imports, types, everything: allowed === 'everything', pure: touch === 'nothing' };
      return [...names.matchAll(/`([\w-]+)`/g)].map((match) => [match[1]!, room] as const);
    }),
  );
}

type Import = { from: string; typeOnly: boolean };

function importsOf(text: string): Import[] {
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?([\w\s{},*$]*?)\s*from\s*'([^']+)'/gm);
  const bare = text.matchAll(/^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm);
  return [
    ...[...statements].map(([, type, names = '', from]) => {
      const listed = names
        .match(/^\{([\s\S]*)\}$/)?.[1]
        ?.split(',')
        .filter((name) => name.trim());
      return { from: from!, typeOnly: Boolean(type) || Boolean(listed?.every((name) => /^\s*type\s/.test(name))) };
    }),
    ...[...bare].map(([, from, dynamic]) => ({ from: (from ?? dynamic)!, typeOnly: false })),
  ];
}

/** Cross-room imports of a file that the table does not allow. */
function forbidden(path: string, text: string, rooms: Map<string, Room>): string[] {
  const room = rooms.get(roomOf(path));
  if (!room) return [`${path}: its room is not in the README`];
  return importsOf(text)
    .filter(({ from }) => from.startsWith('.'))
    .map((it) => ({ ...it, target: join(path, '..', it.from) }))
    .filter(({ target }) => target.startsWith('src/') && roomOf(target) !== roomOf(path))
    .filter(({ target, typeOnly }) => {
      const name = roomOf(target);
      return !(room.everything || room.imports.has(name) || (typeOnly && room.types.has(name)));
    })
    .map(({ target }) => `${path} imports ${target}`);
}

const rooms = roomsOf(readFileSync('README.md', 'utf8'));

test('the rule itself finds violations', () => {
  const say = (path: string, text: string) => forbidden(path, text, rooms).length;
  expect(say('src/plan/x.ts', `import { a } from '../store/db.ts';`)).toBe(1);
  expect(say('src/plan/x.ts', `import {\n  a,\n  b,\n} from '../cards/card.ts';`)).toBe(1);
  expect(say('src/bot/commands/x.ts', `import { q } from '../../jobs/queue.ts';`)).toBe(1);
  expect(say('src/admin.ts', `import type { Queue } from './jobs/queue.ts';`)).toBe(0);
  expect(say('src/admin.ts', `import { openQueue, type Queue } from './jobs/queue.ts';`)).toBe(1);
  expect(say('src/admin.ts', `import { type Queue } from './jobs/queue.ts';`)).toBe(0);
  expect(say('src/plan/x.ts', `export * from '../cards/card.ts';\nimport '../store/db.ts';`)).toBe(2);
  expect(say('src/sandbox/x.ts', `const a = await import('../lark/verify.ts');`)).toBe(1);
  expect(say('src/attic/x.ts', '')).toBe(1);
  expect(say('src/app.ts', `import { x } from './sandbox/server.ts';`)).toBe(1);
});

test('rooms import only what the README allows', () => {
  expect(source.length).toBeGreaterThan(0);
  expect(source.flatMap((path) => forbidden(path, code(path), rooms))).toEqual([]);
});

/** A way from a room through its imports, those of types as well, back to itself. */
function circleFrom(graph: Map<string, Set<string>>, start: string): string[] | undefined {
  const seen = new Set<string>();
  const way = (room: string): string[] | undefined => {
    for (const next of graph.get(room) ?? []) {
      if (next === start) return [room, start];
      if (seen.has(next)) continue;
      seen.add(next);
      const rest = way(next);
      if (rest) return [room, ...rest];
    }
    return undefined;
  };
  return way(start);
}

test('imports between rooms have no cycles', () => {
  // The doors are one room: each may open the others.
  const placeOf = (path: string) => (rooms.get(roomOf(path))?.everything ? 'doors' : roomOf(path));
  const graph = new Map<string, Set<string>>();
  for (const path of source)
    for (const { from } of importsOf(code(path)).filter((it) => it.from.startsWith('.'))) {
      const [room, other] = [placeOf(path), placeOf(join(path, '..', from))];
      if (room !== other) graph.set(room, (graph.get(room) ?? new Set()).add(other));
    }
  expect(
    circleFrom(
      new Map([
        ['a', new Set(['b'])],
        ['b', new Set(['a'])],
      ]),
      'a',
    ),
  ).toEqual(['a', 'b', 'a']);
  expect([...graph.keys()].flatMap((room) => circleFrom(graph, room)?.join(' → ') ?? [])).toEqual([]);
});

/** Rooms, and the rooms of `bot`: what belongs together may import each other. */
const placeIn = (path: string): string => (roomOf(path) === 'bot' ? dirname(path) : roomOf(path));

/** Files of several rooms that import each other in a circle, types as well; each circle once, by its files. */
function circlesOf(graph: Map<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (path: string) => {
    index.set(path, index.size);
    low.set(path, index.get(path)!);
    open.push(path);
    for (const next of graph.get(path) ?? []) {
      if (!index.has(next)) visit(next);
      if (open.includes(next)) low.set(path, Math.min(low.get(path)!, low.get(next)!));
    }
    if (low.get(path) !== index.get(path)) return;
    const circle = open.splice(open.indexOf(path)).sort();
    if (new Set(circle.map(placeIn)).size > 1) found.push(circle);
  };
  for (const path of graph.keys()) if (!index.has(path)) visit(path);
  return found;
}

test('no import cycle spans several rooms', () => {
  const small = new Map([
    ['src/bot/report/a.ts', ['src/bot/report/b.ts']],
    ['src/bot/report/b.ts', ['src/bot/report/a.ts', 'src/bot/people/c.ts']],
    ['src/bot/people/c.ts', []],
  ]);
  expect(circlesOf(small)).toEqual([]);
  expect(circlesOf(small.set('src/bot/people/c.ts', ['src/bot/report/a.ts']))).toEqual([[...small.keys()].sort()]);
  const graph = source.map((path): [string, string[]] => [
    path,
    importsOf(code(path)).flatMap(({ from }) => (from.startsWith('.') ? [join(path, '..', from)] : [])),
  ]);
  expect(circlesOf(new Map(graph))).toEqual([]);
});

/** The rooms of the reader, as its page lists them: each may import those before it, and its words and types. */
const READING = ['text', 'tokens', 'structure', 'judge', 'fields', 'answers', 'read'];
const readingRoom = (path: string) => path.split('/')[2]!.replace(/\.ts$/, '');

function upwardsIn(path: string, text: string): string[] {
  const place = (file: string) => READING.indexOf(readingRoom(file));
  const ownPlace = place(path);
  return importsOf(text)
    .map(({ from }) => join(path, '..', from))
    .filter((target) => target.startsWith('src/reading/') && readingRoom(target) !== readingRoom(path))
    .filter((target) => place(target) > ownPlace || (place(target) < 0 && !/\/(tables|types\.ts)/.test(target)))
    .map((target) => `${path} imports ${target}`);
}

test('each room of the reader imports only those before it', () => {
  const say = (path: string, from: string) => upwardsIn(path, `import { a } from '${from}';`).length;
  expect(say('src/reading/tokens/x.ts', '../structure/list.ts')).toBe(1);
  expect(say('src/reading/judge/x.ts', '../fields/who.ts')).toBe(1);
  expect(say('src/reading/tables/x.ts', '../text/normalise.ts')).toBe(1);
  expect(say('src/reading/fields/x.ts', '../attic/x.ts')).toBe(1);
  expect(say('src/reading/fields/x.ts', '../tables/school.ts')).toBe(0);
  expect(say('src/reading/fields/x.ts', '../judge/model.ts')).toBe(0);
  const files = source.filter((path) => path.startsWith('src/reading/'));
  expect([...new Set(files.map(readingRoom))].sort()).toEqual([...READING, 'tables', 'types'].sort());
  expect(files.flatMap((path) => upwardsIn(path, code(path)))).toEqual([]);
  const rooms = [...readFileSync('docs/reading.md', 'utf8').matchAll(/^- `(\w+)\/` /gm)].map((match) => match[1]!);
  expect(rooms).toEqual(READING.slice(0, 5));
});

test('every room of the README exists', () => {
  expect([...rooms.keys()].sort()).toEqual([...new Set(source.map(roomOf))].sort());
});

/** Who may break a rule, and the rule. */
const rules: { what: string; pattern: RegExp; where?: (path: string) => boolean; but?: (path: string) => boolean }[] = [
  {
    what: 'environment outside the doors',
    pattern: /\bprocess\.env\b|\bimport\.meta\.env\b/,
    but: (path) => /^src\/(main|cli)\.ts$/.test(path),
  },
  {
    what: 'a clock outside app/clock.ts',
    pattern: /\bDate\.now\b|\bnew Date\b|\bDate\(\)|\bTemporal\.Now\b/,
    but: (path) => path === 'src/app/clock.ts',
  },
  { what: 'chance outside app/clock.ts', pattern: /\bMath\.random\b/, but: (path) => path === 'src/app/clock.ts' },
  {
    what: 'what a place’s clocks show, outside plan/clock.ts',
    pattern: /\btoZonedDateTimeISO\b/,
    but: (path) => path === 'src/plan/clock.ts' || roomOf(path) === 'sandbox',
  },
  {
    what: 'SQL outside store',
    pattern: /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/,
    but: (path) => roomOf(path) === 'store',
  },
  { what: 'BullMQ outside queue.ts', pattern: /from 'bullmq/, but: (path) => path === 'src/jobs/queue.ts' },
  { what: 'the Feishu SDK outside lark', pattern: /from '@larksuiteoapi/, but: (path) => roomOf(path) === 'lark' },
  {
    what: 'a pure room that waits, reads, listens or speaks',
    pattern:
      /\bawait\b|\basync\b|\bfetch\(|\bset(Timeout|Interval|Immediate)\b|\bprocess\.|\bconsole\.|from 'node:(?!crypto')|\brandom(UUID|Bytes|Int)\b/,
    where: (path) => rooms.get(roomOf(path))?.pure ?? false,
  },
];

test.each(rules)('nowhere: $what', ({ pattern, where, but }) => {
  const broken = source
    .filter((path) => (where?.(path) ?? true) && !but?.(path))
    .flatMap((path) =>
      code(path)
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(broken).toEqual([]);
});

/** What must be in a literal map: every export of a member's type, by its own name. */
describe.each([
  { map: 'src/bot/commands.ts', dir: 'src/bot', member: /^export const (\w+): Command\b/gm },
  { map: 'src/bot/actions.ts', dir: 'src/bot', member: /^export const (\w+): Action\b/gm },
  { map: 'src/bot/chores.ts', dir: 'src/bot', member: /^export const (\w+): ChoreKind\b/gm },
  { map: 'src/jobs/index.ts', dir: 'src/jobs', member: /^export const (\w+): Job\b/gm },
])('$map', ({ map, dir, member }) => {
  test('names every member of its room', () => {
    const text = readFileSync(map, 'utf8');
    const listed = text.replace(/^import[\s\S]*?;$/gm, '');
    const members = filesIn(dir)
      .filter((path) => path.endsWith('.ts') && path !== map)
      .flatMap((path) => [...code(path).matchAll(member)].map((match) => ({ path, name: match[1]! })));
    expect(members.length).toBeGreaterThan(0);
    const missing = members.filter(({ path, name }) => {
      const from = `./${path.slice(map.lastIndexOf('/') + 1)}`;
      const imported = importsOf(text).some((it) => it.from === from);
      return !imported || !new RegExp(`\\b${name}\\b`).test(text) || listed.trim() === '';
    });
    expect(missing).toEqual([]);
  });
});

/** What a file exports, and from which relative files it takes which names; `*`: all of them. */
function namesOf(path: string, text: string): { exported: string[]; taken: { target: string; name: string }[] } {
  const listed = (braces: string, at: 0 | -1) =>
    braces
      .split(',')
      .map((one) => one.trim().replace(/^type\s+/, ''))
      .filter(Boolean)
      .map((one) => one.split(/\s+as\s+/).at(at)!);
  const declared = /^export\s+(?:async\s+)?(?:const|function\*?|class|interface|type|let)\s+([\w$]+)/gm;
  const braced = /^export\s+(?:type\s+)?\{([^}]*)\}/gm;
  const from = /^\s*(?:import|export)\s+(?:type\s+)?([\w\s{},*$]*?)\s*from\s*'(\.[^']+)'/gm;
  const dynamicImport = /\bimport\(\s*'(\.[^']+)'/g;
  return {
    exported: [
      ...[...text.matchAll(declared)].map((m) => m[1]!),
      ...[...text.matchAll(braced)].flatMap((m) => listed(m[1]!, -1)),
    ],
    taken: [
      ...[...text.matchAll(from)].flatMap(([, names, file]) => {
        const braces = names!.match(/\{([\s\S]*)\}/)?.[1];
        return (braces === undefined ? ['*'] : listed(braces, 0)).map((name) => ({
          target: join(path, '..', file!),
          name,
        }));
      }),
      ...[...text.matchAll(dynamicImport)].map((m) => ({ target: join(path, '..', m[1]!), name: '*' })),
    ],
  };
}

/** Exports that nothing in `files` uses: no other file, and not their own. */
function unused(files: Map<string, string>): string[] {
  const named = [...files].map(([path, text]) => ({ path, text, ...namesOf(path, text) }));
  const taken = new Set(named.flatMap((n) => n.taken.map(({ target, name }) => `${target} ${name}`)));
  return named.flatMap(({ path, text, exported }) =>
    [...new Set(exported)]
      .filter((name) => !taken.has(`${path} ${name}`) && !taken.has(`${path} *`))
      .filter(
        (name) => (text.match(new RegExp(`(?<![\\w$])${name.replace('$', '\\$')}(?![\\w$])`, 'g')) ?? []).length < 2,
      )
      .map((name) => `${path} ${name}`),
  );
}

test('the rule on exports finds violations', () => {
  const files = new Map([
    [
      'src/a.ts',
      `export const used = 1;\nexport const own = 2;\nexport const lone = own;\nexport { x } from './b.ts';`,
    ],
    ['src/b.ts', `import { used as u } from './a.ts';\nexport const x = u;\nexport type Y = string;`],
  ]);
  expect(unused(files)).toEqual(['src/a.ts lone', 'src/a.ts x', 'src/b.ts Y']);
});

/** What writes docs/plans.md and db/plans/schema.json, when a test finds them behind; what `npm run train` reads and writes. */
const WRITERS = [
  'src/plan/plan-file.ts planJsonSchema',
  'src/plan/plans-doc.ts plansDoc',
  'src/plan/plans-doc.ts carriedIds',
  'src/reading/judge/weights.ts rowOf',
  'src/reading/judge/weights.ts written',
];

test('nothing is exported that only tests use', () => {
  const found = unused(new Map(source.map((path) => [path, code(path)])));
  expect(found.filter((one) => !WRITERS.includes(one))).toEqual([]);
});

/** Names that several files declare as exports, with those files: one name has one meaning. */
function ambiguous(files: Map<string, string>): string[] {
  const declared =
    /^export\s+(?:async\s+)?(?:const|function\*?|class|interface|type|let)\s+([\w$]+)(: OperatorCommand\b)?/gm;
  const homes = new Map<string, Set<string>>();
  for (const [path, text] of files)
    for (const [, name, operator] of text.matchAll(declared)) {
      // What the operator types is a command's name, whatever it calls; the languages say the same things.
      if (operator) continue;
      homes.set(name!, (homes.get(name!) ?? new Set()).add(path.replace(/\.(zh-CN|en-US)(?=\.ts$)/, '')));
    }
  return [...homes].flatMap(([name, paths]) => (paths.size > 1 ? [`${name}: ${[...paths].join(', ')}`] : []));
}

test('an exported name has one meaning', () => {
  const say = (files: Record<string, string>) => ambiguous(new Map(Object.entries(files)));
  expect(say({ 'src/a.ts': 'export const one = 1;', 'src/b.ts': 'export function one() {}' })).toEqual([
    'one: src/a.ts, src/b.ts',
  ]);
  expect(say({ 'src/a.ts': 'export type One = 1;', 'src/b.ts': `export { type One } from './a.ts';` })).toEqual([]);
  expect(say({ 'src/a.ts': 'export function f(a: 1): 1;\nexport function f(a: 2): 2;' })).toEqual([]);
  expect(say({ 'src/x.zh-CN.ts': 'export const x = 1;', 'src/x.en-US.ts': 'export const x = 2;' })).toEqual([]);
  expect(say({ 'src/a.ts': 'export const a: OperatorCommand = {', 'src/b.ts': 'export const a = 1;' })).toEqual([]);
  expect(ambiguous(new Map(source.map((path) => [path, code(path)])))).toEqual([]);
});

test('no test is skipped or alone', () => {
  const marks = filesIn('test')
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /\b(test|it|describe)\.(only|skip|todo|fails)\b/.test(readFileSync(path, 'utf8')));
  expect(marks.filter((path) => path !== 'test/layout.test.ts')).toEqual([]);
});

test('no file names the place it was written in', () => {
  const top = readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.env'))
    .map((entry) => entry.name);
  const all = [...top, ...['src', 'test', 'db', 'bench', 'docs', 'scripts', '.ci'].flatMap(filesIn)];
  const text = all.filter((path) => /\.(ts|mjs|json|md|yaml|html|css|js)$|^Dockerfile$|\/run$/.test(path));
  const placed = text.filter((path) =>
    /(^|[\s"'`(=:])\/(work|home|root|Users|workspace)\/\w/m.test(readFileSync(path, 'utf8')),
  );
  expect(placed).toEqual([]);
});
