/** Takes the valid rows of a file as a programme, and reports every other row with the reason. */
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../plan/problems.ts';
import { type ProgrammeInput, parseProgramme } from '../plan/programme-file.ts';
import { type Fitting, fitRows } from './fit.ts';
import type { FileRow, FileRows } from './read.ts';
import { SHEETS } from './sheets.ts';

export interface Taking extends Fitting {
  presets: Map<string, Plan>;
  /** The programme to use if the file names none. */
  name?: string;
}
export interface Taken {
  /** Absent if the whole file is refused or no row is left. */
  programme?: ProgrammeInput;
  /** Rows that were taken. */
  rows: FileRow[];
  problems: Problem[];
}
type Row = Record<string, unknown>;
/** The rows taken, with their values for the programme file. */
interface Kept {
  rows: FileRow[];
  values: Row[];
}

/** Refusing a row also makes rows that refer to it invalid; each round finds more of them. */
const MOST_ROUNDS = 12;

/** `refused`: rows that the caller has already refused, with the reason. */
function takeRows(found: FileRows, about: Taking, refused: Map<FileRow, string>): Taken & Kept {
  const { file } = found;
  const name = found.name ?? about.name;
  const problems = [...found.problems];
  const refuseFile = (path: string, message: string) => ({
    rows: [],
    values: [],
    problems: [...problems, { file, path, message }],
  });
  if (name === undefined)
    return refuseFile('项目', '缺少项目名称：请写在“项目”表里，或用 --programme (which programme?)');
  const refuse = (row: FileRow, message: string) => problems.push({ file, path: row.at, message });
  let rows = found.rows.filter((row) => {
    const why = refused.get(row);
    if (why !== undefined) refuse(row, why);
    return why === undefined;
  });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const values: Row[] = [];
    const fittedRows: FileRow[] = [];
    for (const [i, fitted] of fitRows(rows, about).entries()) {
      if ('problem' in fitted) refuse(rows[i]!, fitted.problem);
      else {
        values.push(fitted.value);
        fittedRows.push(rows[i]!);
      }
    }
    rows = fittedRows;
    if (rows.length === 0) return { rows, values: [], problems };
    const lists = listsOf(rows, values, about.presets);
    const known = (other: string) => (about.stored && other === name ? about.stored : undefined);
    const parsed = parseProgramme({ name, ...lists.value }, file, about.presets, known);
    if ('programme' in parsed) return { programme: parsed.programme, rows, values, problems };
    const bad = new Set<FileRow>();
    for (const problem of parsed.problems) {
      const at = placeOf(problem, lists.rows);
      if (!at) return refuseFile(problem.path, problem.message);
      bad.add(at.row);
      refuse(at.row, at.message);
    }
    rows = rows.filter((row) => !bad.has(row));
  }
  return refuseFile('', '问题太多，请先改好再导入 (too many problems)');
}

/** The values of each list, and their rows in the same order. */
function listsOf(rows: FileRow[], values: Row[], presets: Map<string, Plan>) {
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

function planUse(row: Row, presets: Map<string, Plan>): unknown {
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
 * Removes rows until `judge`, which knows the store and the sender, accepts all that are left. It receives what was taken, and a
 * function that finds the rows behind a path (`people[3]`) or a key (`甲校/张三`).
 */
export async function agreedRows(
  found: FileRows,
  about: Taking,
  judge: (programme: ProgrammeInput, rowsOf: RowsOf) => Promise<Map<FileRow, string>>,
): Promise<Taken> {
  const refused = new Map<FileRow, string>();
  for (let round = 0; ; round++) {
    const taken = takeRows(found, about, refused);
    if (!taken.programme) return { ...only(taken), problems: inOrder(taken.problems) };
    const more = await judge(taken.programme, rowsBehind(taken.programme, taken));
    if (more.size === 0) return { ...only(taken), problems: inOrder(taken.problems) };
    if (round === MOST_ROUNDS) throw new Error('the rows of a file never come to rest');
    for (const [row, why] of more) refused.set(row, why);
  }
}

const only = ({ programme, rows }: Taken) => ({ ...(programme && { programme }), rows });

/** Sorts problems in the order of the file. */
function inOrder(problems: Problem[]): Problem[] {
  const place = ({ path }: Problem) => /^(.*)!(\d+)$/.exec(path);
  const sheets = [...new Set(problems.map((p) => place(p)?.[1] ?? ''))];
  const key = (p: Problem) => [sheets.indexOf(place(p)?.[1] ?? ''), Number(place(p)?.[2] ?? 0)] as const;
  return problems.toSorted((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
}

/** The rows behind an entry of a list, by its index or key; all rows of the list if it is unknown. */
export type RowsOf = (list: string, keyOrIndex: string | number) => FileRow[];

/** Parsing keeps the order of a list, joins the spells of one identity, and splits rows with several days. */
function rowsBehind(programme: ProgrammeInput, { rows, values }: Kept): RowsOf {
  const found = new Map<string, FileRow[]>();
  const all = Map.groupBy(rows, (row) => row.list);
  const pair = (list: string, keys: string[], groups: FileRow[][]) => {
    if (keys.length !== groups.length) return;
    for (const [i, key] of keys.entries()) found.set(`${list} ${key}`, groups[i]!).set(`${list} ${i}`, groups[i]!);
  };
  const ids = (entries: { id: string }[]) => entries.map((one) => one.id);
  const each = (list: string) => (all.get(list) ?? []).map((row) => [row]);
  const spells = (list: string, fields: (value: Row) => unknown) => {
    const of = rows.flatMap((row, i) => (row.list === list ? [{ row, key: JSON.stringify(fields(values[i]!)) }] : []));
    return [...Map.groupBy(of, ({ key }) => key).values()].map((group) => group.map(({ row }) => row));
  };
  for (const list of ['districts', 'schools', 'waivers'] as const) pair(list, ids(programme[list]), each(list));
  pair(
    'people',
    ids(programme.people),
    spells('people', (v) => [v.school, v.name]),
  );
  pair(
    'pairings',
    ids(programme.pairings),
    spells('pairings', (v) => [v.supporter, v.recipient]),
  );
  pair(
    'mentorships',
    ids(programme.mentorships),
    spells('mentorships', (v) => [v.mentor, v.mentee]),
  );
  const care = spells('care', ({ mentor, pupil }) => {
    const { name, code, school } = pupil as Row;
    return [mentor, name, code, school];
  });
  pair('cares', ids(programme.cares), care);
  pair('care', ids(programme.cares), care);
  if (care.length === programme.cares.length)
    for (const [i, { pupilId }] of programme.cares.entries())
      found.set(`pupils ${pupilId}`, [...(found.get(`pupils ${pupilId}`) ?? []), ...care[i]!]);
  pair(
    'terms',
    programme.terms.map((term) => term.name),
    each('terms'),
  );
  pair(
    'plans',
    programme.plans.map((use) => use.plan.id),
    each('plans'),
  );
  const days = (all.get('activities') ?? []).flatMap((row) =>
    Array<FileRow[]>((row.value.dates as unknown[])?.length ?? 1).fill([row]),
  );
  pair('activities', ids(programme.activities), days);
  const fileList: Record<string, string> = { cares: 'care', pupils: 'care' };
  return (list, key) => found.get(`${list} ${key}`) ?? all.get(fileList[list] ?? list) ?? [];
}

/** The rows behind a store's problems, with their messages. */
export const refusedAt = (problems: Problem[], rowsOf: RowsOf): Map<FileRow, string> =>
  new Map(
    problems.flatMap(({ path, message }) => {
      const [, list = '', i] = /^(\w+)\[(\d+)\]/.exec(path) ?? [];
      return rowsOf(list, Number(i)).map((row) => [row, message] as const);
    }),
  );
