/** The sensible rows of a file as a programme, and every other row with its reason. */
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../plan/problems.ts';
import { type ProgrammeInput, parseProgramme } from '../plan/programme-file.ts';
import { type Fitting, fitRows } from './fit.ts';
import type { FileRow, FileRows } from './read.ts';
import { SHEETS } from './sheets.ts';

export interface Taking extends Fitting {
  presets: Map<string, Plan>;
  /** The programme a file is for that does not name one. */
  name?: string;
}
export interface Taken {
  /** Absent where the file as a whole is refused, or no row is left. */
  programme?: ProgrammeInput;
  /** Rows that were taken. */
  rows: FileRow[];
  problems: Problem[];
}

/** A row that is refused takes those with it that name what it would have brought: each round finds them. */
const MOST_ROUNDS = 12;

/** `refused` are rows that somebody who knows more has refused already, each with its reason. */
function takeRows(found: FileRows, about: Taking, refused: Map<FileRow, string> = new Map()): Taken {
  const { file } = found;
  const name = found.name ?? about.name;
  const problems = [...found.problems];
  const whole = (path: string, message: string) => ({ rows: [], problems: [...problems, { file, path, message }] });
  if (name === undefined) return whole('项目', '缺少项目名称：请写在“项目”表里，或用 --programme (which programme?)');
  const refuse = (row: FileRow, message: string) => problems.push({ file, path: row.at, message });
  let rows = found.rows.filter((row) => {
    const why = refused.get(row);
    if (why !== undefined) refuse(row, why);
    return why === undefined;
  });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const values: Record<string, unknown>[] = [];
    const left: FileRow[] = [];
    for (const [i, fitted] of fitRows(rows, about).entries()) {
      if ('problem' in fitted) refuse(rows[i]!, fitted.problem);
      else {
        values.push(fitted.value);
        left.push(rows[i]!);
      }
    }
    rows = left;
    if (rows.length === 0) return { rows, problems };
    const lists = listsOf(rows, values, about.presets);
    const known = (other: string) => (about.stored && other === name ? about.stored : undefined);
    const parsed = parseProgramme({ name, ...lists.value }, file, about.presets, known);
    if ('programme' in parsed) return { programme: parsed.programme, rows, problems };
    const bad = new Set<FileRow>();
    for (const problem of parsed.problems) {
      const at = placeOf(problem, lists.rows);
      if (!at) return whole(problem.path, problem.message);
      bad.add(at.row);
      refuse(at.row, at.message);
    }
    rows = rows.filter((row) => !bad.has(row));
  }
  return whole('', '问题太多，请先改好再导入 (too many problems)');
}

/** Each list's values, with the rows they come from in the same order. */
function listsOf(rows: FileRow[], values: Record<string, unknown>[], presets: Map<string, Plan>) {
  const value: Record<string, unknown[]> = {};
  const of: Record<string, FileRow[]> = {};
  for (const [i, row] of rows.entries()) {
    value[row.list] ??= [];
    value[row.list]!.push(row.list === 'plans' ? planUse(values[i]!, presets) : values[i]!);
    of[row.list] ??= [];
    of[row.list]!.push(row);
  }
  return { value, rows: of };
}

/** `people[3].school` → its row, with the column's title before the message. */
function placeOf(
  { path, message }: Problem,
  rows: Record<string, FileRow[]>,
): { row: FileRow; message: string } | undefined {
  const [, list = '', i, key = ''] = /^(\w+)\[(\d+)\](?:\.([\w.]+))?/.exec(path) ?? [];
  const row = rows[list]?.[Number(i)];
  if (!row) return undefined;
  const field = key.replace(/\.\d+$/, '');
  const title = row.titles[field] ?? SHEETS.find((s) => s.list === list)?.columns.find((c) => c.key === field)?.zh;
  return { row, message: title ? `${title}：${message}` : message };
}

function planUse(row: Record<string, unknown>, presets: Map<string, Plan>): unknown {
  const { use, pairings, ...rest } = row as { use?: string; pairings?: string[] };
  const named = [...presets.values()].find((plan) => plan.id === use || plan.title === use);
  const listed = pairings?.map((pair) => {
    const [supporter = '', recipient = ''] = pair.split(/\s*(?:→|->|－>)\s*/);
    return { supporter, recipient };
  });
  const all = pairings?.length === 1 && ['全部', '所有', 'all'].includes(pairings[0]!);
  return { ...rest, use: named?.id ?? use, ...(listed ? { pairings: all ? 'all' : listed } : {}) };
}

/**
 * Takes rows until `judge`, who knows what is stored and who sends them, has nothing against any that is left. It is given what
 * was taken and a way to find the row behind a path (`people[3]`) or a key of a list (`甲校/张三`).
 */
export async function agreedRows(
  found: FileRows,
  about: Taking,
  judge: (programme: ProgrammeInput, rowOf: RowOf) => Promise<Map<FileRow, string>>,
): Promise<Taken> {
  const refused = new Map<FileRow, string>();
  for (let round = 0; ; round++) {
    const taken = takeRows(found, about, refused);
    if (!taken.programme) return { ...taken, problems: inOrder(taken.problems) };
    const more = await judge(taken.programme, rowFinder(taken.programme, taken.rows));
    if (more.size === 0) return { ...taken, problems: inOrder(taken.problems) };
    if (round === MOST_ROUNDS) throw new Error('the rows of a file never come to rest');
    for (const [row, why] of more) refused.set(row, why);
  }
}

/** Sheet by sheet as they stand in the file, row by row. */
function inOrder(problems: Problem[]): Problem[] {
  const place = ({ path }: Problem) => /^(.*)!(\d+)$/.exec(path);
  const sheets = [...new Set(problems.map((p) => place(p)?.[1] ?? ''))];
  const key = (p: Problem) => [sheets.indexOf(place(p)?.[1] ?? ''), Number(place(p)?.[2] ?? 0)] as const;
  return problems.toSorted((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
}

export type RowOf = (list: string, keyOrIndex: string | number) => FileRow | undefined;

/** Lists come out in the order in which they went in; a row of the ledger with several days comes out as so many activities. */
function rowFinder(programme: ProgrammeInput, rows: FileRow[]): RowOf {
  const found = new Map<string, FileRow>();
  const of = (list: string) => rows.filter((row) => row.list === list);
  const pair = (list: string, keys: string[], source: FileRow[]) => {
    for (const [i, key] of keys.entries()) if (source[i]) found.set(`${list} ${key}`, source[i]!);
    for (const [i, row] of source.entries()) found.set(`${list} ${i}`, row);
  };
  const ids = (all: { id: string }[]) => all.map((one) => one.id);
  for (const list of ['districts', 'schools', 'people', 'pairings', 'mentorships', 'waivers'] as const)
    pair(list, ids(programme[list]), of(list));
  const care = of('care');
  const pupils = programme.cares.map((c) => c.pupilId);
  pair('pupils', pupils, care);
  pair('cares', ids(programme.cares), care);
  pair('care', [], care);
  const names = (all: { name: string }[]) => all.map((one) => one.name);
  pair('terms', names(programme.terms), of('terms'));
  const plans = programme.plans.map((use) => use.plan.id);
  pair('plans', plans, of('plans'));
  const days = of('activities').flatMap((row) => Array<FileRow>((row.value.dates as unknown[])?.length ?? 1).fill(row));
  pair('activities', ids(programme.activities), days);
  return (list, key) => found.get(`${list} ${key}`);
}

/** Refusals of rows by their path, as a store tells them. */
export const refusedAt = (problems: Problem[], rowOf: RowOf): Map<FileRow, string> =>
  new Map(
    problems.flatMap(({ path, message }) => {
      const [, list = '', i] = /^(\w+)\[(\d+)\]/.exec(path) ?? [];
      const row = rowOf(list, Number(i));
      return row ? [[row, message] as const] : [];
    }),
  );
