import { readFileSync } from 'node:fs';
import { type LogEvent, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMysql } from '../../src/store/db.ts';
import { primaryKeys } from '../../src/store/schema.ts';
import { mysqlUrl, redisUrl } from '../support/services.ts';
import { type TestStore, testStore } from '../support/store.ts';
import { world } from '../support/world.ts';

/**
 * Statements that MySQL-compatible distributed engines refuse, have refused or make expensive. Follows TiDB's list of what it does not
 * support (docs.pingcap.com, "MySQL compatibility"), plus everything that needs one machine.
 */
const REFUSED: Record<string, RegExp> = {
  'locks on tables or by name': /\block tables?\b|\bget_lock\(|\brelease_lock\(/i,
  'skipping locked rows': /\bskip locked\b/i,
  'shared locks': /\block in share mode\b|\bfor share\b/i,
  'ids that the engine counts': /\blast_insert_id\b|\bauto_increment\b/i,
  'variables of the connection': /@\w/,
  'values that the engine makes, another on each machine': /\b(?:uuid|rand|now|current_timestamp|sysdate)\s*\(/i,
  'temporary tables': /\btemporary\b/i,
  'stored code': /\bcall\s|\btrigger\b|\bprocedure\b/i,
  'one statement that changes several tables':
    /^\s*(?:update|delete)\b[^(]*\bjoin\b|^\s*insert\b[^(]*\([^)]*\)\s*select\b/i,
  'distributed transactions by hand': /\bxa\s|\bsavepoint\b/i,
  'full-text search': /\bmatch\s*\(|\bagainst\s*\(/i,
};

/** Independent tables: looked up by an id that is unique everywhere, or small enough to be on every machine. */
const BY_ITS_OWN_ID: Record<string, string> = {
  store_fact: 'one row for each fact about the whole store',
  programme: 'is the shard key',
  inbox: 'by message or event id, before anybody knows whose it is',
  member: 'by open id: how a programme is found',
  notice: 'by its own id; a welcome belongs to no programme',
  reminder: 'by its identity, which holds the programme',
  chore: 'by its own id; a stranger belongs to no programme',
  claim: 'by its own id, from a button',
  upload: 'by its own id, from a button',
  audit: 'by its own id, in the order of time',
  api_call: 'one row for each month',
  administrator: 'a handful',
  run: 'one row for each job and time',
  api_token: 'by the hash of the token',
  hook: 'a handful',
  hook_delivery: 'by its own id, made of what happened',
};

/** Statements on the programmes' tables that do not name a programme, and why they may ask every machine. */
const EVERYWHERE: Record<string, string> = {
  'delete draft': 'what has been kept long enough, once a night',
  'delete arrangement': 'the same',
  'delete help_request': 'the same',
  'delete check_in': 'the same',
  'select activity': 'the record of a message that was recalled, by an index',
  'select calendar_event': 'what of the few who want it is due, by an index',
  'select evidence': 'the photos of a message that was recalled, by an index',
};

describe.runIf(mysqlUrl && redisUrl)('one database across many machines', () => {
  const statements = new Set<string>();
  let store: TestStore;
  beforeAll(async () => {
    const given = await testStore('services');
    const listening = openMysql(given.url!, (event: LogEvent) => {
      if (event.level === 'query') statements.add(event.query.sql);
    });
    store = {
      url: given.url,
      store: listening,
      drop: async () => {
        await listening.close();
        await given.drop();
      },
    };
    const w = await world({ backend: 'services', store, at: '2026-11-19T15:00' });
    // Filling the test's store does not count, and the operators' page covers the migrator's one named lock.
    statements.clear();
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('李晓梅', '上周三到万佑听了一节课，和周丽华一起教研');
    await w.clicks('陈志远', '修改');
    for (const text of ['我的任务', '我的记录', '为什么', '帮助', '撤回']) await w.says('陈志远', text);
    for (const text of ['周报', '逾期', '进度', '催办', '导出台账', '人员']) await w.says('王建业', text);
    await w.sandbox.says(w.openId('访客'), '你好');
    await w.sandbox.recalls(w.openId('李晓梅'), w.sandbox.messages(w.openId('李晓梅'))[0]!.messageId);
    await w.advance({ days: 1 });
    await w.advance({ days: 1, hours: 18 });
    await w.advance({ days: 25 });
    // Before the database is dropped with it.
    await schema();
    await w.close();
  });

  const found = { keys: {} as Record<string, string[]>, unique: [] as string[], foreign: 0, code: 0, counted: 0 };
  async function schema() {
    const { db } = store.store;
    type Index = { t: string; i: string; c: string; non_unique: number; place: number };
    const { rows } =
      await sql<Index>`select table_name t, index_name i, column_name c, non_unique, seq_in_index place from information_schema.statistics
      where table_schema = database() and table_name not like 'kysely%' order by table_name, index_name, seq_in_index`.execute(
        db,
      );
    for (const { t, i, c, non_unique, place } of rows) {
      if (i === 'PRIMARY') found.keys[t] = [...(found.keys[t] ?? []), c];
      else if (Number(non_unique) === 0 && Number(place) === 1) found.unique.push(`${t}.${c}`);
    }
    const count = async (query: ReturnType<typeof sql<{ n: number }>>) => Number((await query.execute(db)).rows[0]!.n);
    found.foreign = await count(
      sql`select count(*) n from information_schema.referential_constraints where constraint_schema = database()`,
    );
    found.code =
      await count(sql`select (select count(*) from information_schema.triggers where trigger_schema = database())
      + (select count(*) from information_schema.routines where routine_schema = database())
      + (select count(*) from information_schema.views where table_schema = database()) n`);
    found.counted = await count(
      sql`select count(*) n from information_schema.columns where table_schema = database() and extra <> '' and table_name not like 'kysely%'`,
    );
  }
  afterAll(() => expect(statements.size).toBeGreaterThan(60));

  it('needs no foreign keys, stored code, counted or generated columns', () => {
    expect(found).toMatchObject({ foreign: 0, code: 0, counted: 0 });
  });

  it('has a primary key in each table; it begins with the programme or is a globally unique id', () => {
    expect(found.keys).toEqual(primaryKeys);
    const others = Object.keys(found.keys).filter((table) => found.keys[table]![0] !== 'programme_id');
    expect(others.sort()).toEqual(Object.keys(BY_ITS_OWN_ID).sort());
  });

  it('requires uniqueness across all machines only if a message must not be sent or handled twice', () => {
    const others = found.unique.filter((key) => !key.endsWith('.programme_id'));
    expect(others.sort()).toEqual(['chore.identity', 'notice.identity', 'programme.name']);
  });

  it('uses nothing that such engines refuse', () => {
    const bad = [...statements].flatMap((text) =>
      Object.entries(REFUSED)
        .filter(([, sign]) => sign.test(text.replace(/'[^']*'/g, "''")))
        .map(([what]) => `${what}: ${text}`),
    );
    expect(bad).toEqual([]);
  });

  it('names the programme in every statement on a programme’s tables', () => {
    const programmeTables = Object.keys(primaryKeys).filter((table) => !(table in BY_ITS_OWN_ID));
    const shapes = [...statements].flatMap((text) => {
      const tables = [...text.matchAll(/(?:from|join|into|update) `(\w+)`/g)].map((m) => m[1]!);
      const concerned = tables.filter((table) => programmeTables.includes(table));
      const names = text.match(/`programme_id`/g)?.length ?? 0;
      return concerned.length > names ? [`${text.split(' ', 1)[0]} ${concerned.join(' ')}`] : [];
    });
    expect([...new Set(shapes)].sort()).toEqual(Object.keys(EVERYWHERE).sort());
  });

  it('is documented in the operators’ page', () => {
    const page = readFileSync('docs/operations.md', 'utf8');
    for (const table of ['inbox', 'notice', 'chore', 'member']) expect(page).toContain(`\`${table}\``);
  });
});
