/**
 * How MariaDB or MySQL executes the program's queries on a county: plays a day on 60 schools and 2,000 teachers and runs EXPLAIN
 * on each statement. `--quick`: a tenth of it. `--write` puts the table between the marks in docs/operations.md.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { pino } from 'pino';
import { openCore } from '../src/app/core.ts';
import { receive } from '../src/bot/intake/receive.ts';
import { readConfig } from '../src/config.ts';
import { jobs } from '../src/jobs/index.ts';
import { sweep } from '../src/jobs/sweep.ts';
import { tick } from '../src/jobs/tick.ts';
import { type Db, openMysql } from '../src/store/db.ts';
import { primaryKeys } from '../src/store/schema.ts';
import { mysqlUrl } from '../test/support/services.ts';
import { printResult } from './support/print.ts';
import { scratchDatabase, servicesMissing } from './support/scratch.ts';
import { fillTown, reportOf } from './support/town.ts';

const quick = process.argv.includes('--quick');
const TOWN = quick ? { schools: 20, teachers: 200, pupils: 150 } : { schools: 60, teachers: 2_000, pupils: 1_500 };
const REPORTS = quick ? 60 : 600;
const PAGE = 'docs/operations.md';

if (mysqlUrl) await play();
else servicesMissing('Query plans');

async function play(): Promise<void> {
  const { url, drop } = await scratchDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'jiedui-plans-'));
  try {
    const statements = new Map<string, readonly unknown[]>();
    let listening = false;
    const store = openMysql(url, (event) => {
      if (event.level === 'query' && listening) statements.set(event.query.sql, event.query.parameters);
    });
    const read = readConfig({ DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1', DATA_DIR: dataDir });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    let now = Temporal.ZonedDateTime.from('2026-11-18T15:00[Asia/Shanghai]').epochMilliseconds;
    const core = await openCore(read.config, { store, now: () => now, log: pino({ level: 'warn' }) });
    await fillTown(core, TOWN, '2026-09-01');

    const says = (openId: string, text: string) =>
      receive(core.ctx, message(openId, text, now), 'ou_bot').then(() => undefined);
    await tick(core.ctx, jobs);
    for (let n = 0; n < REPORTS; n++) await says(reportOf(n, TOWN).openId, reportOf(n, TOWN).text);
    for (const table of Object.keys(primaryKeys)) await sql`analyze table ${sql.table(table)}`.execute(store.db);

    listening = true;
    await says('ou_61', reportOf(REPORTS, TOWN).text);
    for (const text of ['我的任务', '我的记录', '为什么', '撤回']) await says('ou_61', text);
    for (const text of ['逾期', '进度', '周报', '催办']) await says('ou_1', text);
    await sweep(core.ctx);
    now += 25 * 3_600_000;
    await tick(core.ctx, jobs);
    listening = false;

    const ways = await explained(store.db, statements);
    const { rows } = await sql<{ n: number }>`select count(*) n from obligation`.execute(store.db);
    const version = (await sql<{ v: string }>`select version() v`.execute(store.db)).rows[0]!.v.split('-')[0];
    const duties = Number(rows[0]!.n);
    printResult('query-plans', ways, { town: TOWN, duties, reports: REPORTS, version, statements: statements.size });
    if (process.argv.includes('--write'))
      write(
        `${TOWN.schools} schools, ${figure(TOWN.teachers)} teachers, ${figure(duties)} duties, ${REPORTS} reports; ${version}, ${statements.size} statements.`,
        ways,
      );
    await core.close();
  } finally {
    await drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function write(head: string, ways: Way[]): void {
  const lines = ways.map(
    (way) => `| \`${way.table}\` | ${way.key} | ${way.by} | ${figure(way['most rows'])} | ${way.statements} |`,
  );
  const table = ['| table | key | by | most rows | statements |', '|---|---|---|---|---|', ...lines];
  const page = readFileSync(PAGE, 'utf8');
  const block = `<!-- query-plans: npm run bench -- query-plans --write -->\n${head}\n\n${table.join('\n')}\n<!-- /query-plans -->`;
  writeFileSync(
    PAGE,
    page.replace(/<!-- query-plans[\s\S]*?<!-- \/query-plans -->/, () => block),
  );
}

function figure(n: number): string {
  return n.toLocaleString('en-US');
}

function message(openId: string, text: string, at: number): Parameters<typeof receive>[1] {
  const header = {
    event_id: randomUUID(),
    event_type: 'im.message.receive_v1',
    create_time: String(at),
    app_id: 'cli_x',
  };
  return {
    header,
    event: {
      sender: { sender_id: { open_id: openId }, sender_type: 'user' },
      message: {
        message_id: `om_${randomUUID()}`,
        chat_id: 'oc_x',
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
        create_time: String(at),
      },
    },
  };
}

/** One access path to a table: the most rows that the server expects to read, and the number of statements. */
type Way = { table: string; key: string; by: string; 'most rows': number; statements: number };

async function explained(db: Db, statements: Map<string, readonly unknown[]>): Promise<Way[]> {
  type Step = {
    table: string | null;
    type: string | null;
    key: string | null;
    ref: string | null;
    rows: number | null;
  };
  type Key = { t: string; i: string; columns: string };
  const { rows: indexes } =
    await sql<Key>`select table_name t, index_name i, group_concat(column_name order by seq_in_index separator ', ') columns
    from information_schema.statistics where table_schema = database() group by table_name, index_name`.execute(db);
  const keys = new Map(indexes.map(({ t, i, columns }) => [`${t} ${i}`, columns]));
  const ways = new Map<string, { table: string; key: string; by: string; rows: number; statements: Set<string> }>();
  for (const [text, parameters] of statements) {
    if (!/^\s*(select|update|delete)\b/i.test(text) || !/ from | update /i.test(` ${text}`)) continue;
    const { rows } = await db.executeQuery<Step>(CompiledQuery.raw(`explain ${text}`, [...parameters]));
    // Aliases hide the table; a statement on a single table has none.
    const tables = [...text.matchAll(/(?:from|join|update) `(\w+)`(?: as `(\w+)`)?/g)];
    const named = new Map(tables.map(([, table, alias]) => [alias ?? table!, table!]));
    for (const { table, type, key, rows: most } of rows) {
      const real = named.get(table ?? '');
      if (!real) continue;
      // Two keys joined by a bar are both read and merged.
      const columns = (key ?? '').split('|').map((one) => keys.get(`${real} ${one}`));
      const by =
        type === 'ALL' ? 'read as a whole' : `${columns.join(' + ')}${type === 'index' ? ', read as a whole' : ''}`;
      const keyed = key === 'PRIMARY' ? 'primary' : (key ?? '–').replaceAll('|', ' + ');
      const way = `${real} ${keyed} ${by}`;
      const found = ways.get(way) ?? { table: real, key: keyed, by, rows: 0, statements: new Set<string>() };
      found.rows = Math.max(
        found.rows,
        ...String(most ?? 0)
          .split('|')
          .map((n) => Number.parseInt(n, 10)),
      );
      found.statements.add(text);
      ways.set(way, found);
    }
  }
  return [...ways]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { rows, statements, ...way }]) => ({ ...way, 'most rows': rows, statements: statements.size }));
}
