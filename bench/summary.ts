/**
 * The leaders' summary on a county of 60 schools with 200,000 activities and two years of obligations, and again with ten times
 * the history: how long a card takes from the store to its JSON. Embedded store; `DATABASE_URL=mysql://…/<empty database>`
 * measures MySQL instead.
 */
import { readFileSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { parse } from 'yaml';
import { textsOf } from '../src/cards/index.ts';
import { summaryCard } from '../src/cards/summary.ts';
import { deriveObligations } from '../src/plan/obligations.ts';
import { parsePlan } from '../src/plan/plan-file.ts';
import { GROUPINGS, type Realm } from '../src/plan/summary.ts';
import type { Plan } from '../src/plan/types.ts';
import { openEmbedded, openMysql } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { insertObligations } from '../src/store/obligations.ts';
import type { StoredProgramme } from '../src/store/programmes.ts';
import { readSummary } from '../src/store/summary.ts';
import { transact } from '../src/store/transaction.ts';
import { countyProgramme } from './county.ts';

const preset = (id: string): Plan => {
  const parsed = parsePlan(parse(readFileSync(`db/plans/${id}.yaml`, 'utf8')), id, { preset: true });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
};
/** A smaller county by the first argument, e.g. 0.1: the ratio shows at any size, and 20 years of a whole one take their time. */
const SCALE = Number(process.argv[2] ?? 1);
const ACTIVITIES = 200_000 * SCALE;
const YEARS = 2;
const RUNS = 40;
const TODAY = '2027-01-08';

const url = process.env.DATABASE_URL;
const store = url ? openMysql(url) : await openEmbedded(undefined);
const { db } = store;
await migrate(db);
const county = countyProgramme([preset('yunxian-minzu'), preset('care-pupils')], {
  schools: 60,
  teachers: 2000 * SCALE,
  pupils: 1500 * SCALE,
});
const programme: StoredProgramme = { ...county, retired: {} };
const obligations = deriveObligations(programme, TODAY);
await transact(db, (trx) =>
  insertObligations(trx, programme, obligations, (id) => ({ done: id < 'V' ? 1 : 0, since: null })),
);
// Activities of the current year, spread over its days and people.
const perYear = ACTIVITIES / YEARS;
for (let at = 0; at < perYear; at += 1_000) {
  const rows = Array.from({ length: 1_000 }, (_, k) => {
    const i = at + k;
    const day = Temporal.PlainDate.from('2026-09-01')
      .add({ days: i % 130 })
      .toString();
    const by = `t${i % (2000 * SCALE)}`;
    const body = JSON.stringify({
      id: `a${i}`,
      programmeId: 'county',
      kind: 'talk',
      status: 'done',
      date: day,
      byId: by,
      reporterId: by,
      participantIds: [],
      pupilIds: [],
    });
    return {
      programme_id: 'county',
      id: `a${i}`,
      version: 1,
      kind: 'talk',
      status: 'done',
      date: day,
      by_id: by,
      reporter_id: by,
      recorded_at: i,
      cause: null,
      body,
    };
  });
  await db.insertInto('activity').values(rows).execute();
}
let years = 1;
await grow(YEARS);
const small = await measure(`${YEARS} years`);
await grow(YEARS * 10);
const large = await measure(`${YEARS * 10} years`);
for (const [what, ms] of large)
  console.log(`10 times the history, ${what}: ${(ms / small.get(what)!).toFixed(2)} times`);
await store.close();

/** Copies the current year's rows into earlier years, inside the database. */
async function grow(to: number): Promise<void> {
  const earlier = (column: string, by: number) =>
    sql.raw(
      `concat(cast(cast(substr(${column}, 1, 4) as ${url ? 'signed' : 'integer'}) - ${by} as char(4)), substr(${column}, 5))`,
    );
  for (; years < to; years++) {
    const mark = sql.raw(`'-${years}'`);
    await sql`insert into obligation (programme_id, id, requirement, activity_kind, subject_kind, subject_id, range_start, range_end, target, done, waived, body, next_checkpoint, met_on)
      select programme_id, concat(id, ${mark}), requirement, activity_kind, subject_kind, subject_id, ${earlier('range_start', years)}, ${earlier('range_end', years)}, target, done, waived, body, ${earlier('next_checkpoint', years)}, met_on
      from obligation where length(id) = 27`.execute(db as Kysely<unknown>);
    await sql`insert into obligation_place (programme_id, place, obligation_id, range_end)
      select programme_id, place, concat(obligation_id, ${mark}), ${earlier('range_end', years)} from obligation_place where length(obligation_id) = 27`.execute(
      db,
    );
    await sql`insert into activity (programme_id, id, version, kind, status, date, by_id, reporter_id, recorded_at, cause, body)
      select programme_id, concat(id, ${mark}), version, kind, status, ${earlier('date', years)}, by_id, reporter_id, recorded_at, cause, body
      from activity where id not like '%-%'`.execute(db);
  }
  if (url) await sql`analyze table obligation, obligation_place, activity`.execute(db);
  else await sql`vacuum analyze`.execute(db);
}

async function measure(label: string): Promise<Map<string, number>> {
  const count = async (table: 'obligation' | 'activity') =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  console.log(`${label}: ${await count('obligation')} obligations, ${await count('activity')} activities`);
  const realms: [string, Realm][] = [
    ['the programme', { kind: 'programme' }],
    ['one school', { kind: 'school', id: 's1' }],
  ];
  const p95s = new Map<string, number>();
  for (const [name, realm] of realms)
    for (const by of GROUPINGS) {
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const start = performance.now();
        const figures = await readSummary(db, programme, { realm, span: 'week', by, today: TODAY });
        JSON.stringify(summaryCard(figures!, programme, 1, textsOf('zh-CN')));
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      const p95 = times[Math.ceil(RUNS * 0.95) - 1]!;
      p95s.set(`${name} by ${by}`, p95);
      console.log(`  ${name} by ${by}: p50 ${Math.round(times[RUNS / 2]!)} ms, p95 ${Math.round(p95)} ms`);
    }
  return p95s;
}
