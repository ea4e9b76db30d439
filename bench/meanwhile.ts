/**
 * Reports during the import of a county's file that adds a plan: how long each takes, and whether the store still answers, in one process
 * that does both; before that, the same reports alone. Then every stored count is compared with a recount. Embedded on disk, and MariaDB.
 * `--quick`: a twentieth of a county.
 */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Core, openCore } from '../src/app/core.ts';
import { receive } from '../src/bot/intake/receive.ts';
import { readConfig } from '../src/config.ts';
import { readPresets } from '../src/files.ts';
import type { Envelope } from '../src/lark/verify.ts';
import { parseProgramme } from '../src/plan/programme-file.ts';
import { importProgramme } from '../src/store/import.ts';
import { listProgrammes } from '../src/store/programmes.ts';
import { obligationsOn } from '../src/store/recount.ts';
import { mysqlUrl } from '../test/support/services.ts';
import { countySize } from './support/county.ts';
import { envelopeOf, messageEvent } from './support/feishu.ts';
import { summed, type Went } from './support/load.ts';
import { printResult, type Row, rounded } from './support/print.ts';
import { type Backend, emptyStore, scratchStore, servicesMissing } from './support/scratch.ts';
import { reportOf, townFile } from './support/town.ts';

const quick = process.argv.includes('--quick');
const TOWN = countySize(quick ? 0.05 : 1);
const TODAY = '2026-11-20';
const NOW = Temporal.ZonedDateTime.from(`${TODAY}T15:00[Asia/Shanghai]`).epochMilliseconds;
const PER_SECOND = 10;
const ALONE = quick ? 20 : 100;

const rows: Row[] = [];
for (const backend of ['embedded', ...(mysqlUrl ? ['services'] : [])] as Backend[]) rows.push(...(await on(backend)));
if (!mysqlUrl) servicesMissing('MariaDB');
printResult('meanwhile', rows, { ...TOWN, perSecond: PER_SECOND });

async function on(backend: Backend): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  const store = backend === 'embedded' ? await emptyStore(dir) : await scratchStore(backend);
  const config = readConfig({ DATA_DIR: dir });
  if ('problems' in config) throw new Error(config.problems.join('\n'));
  const core = await openCore(config.config, { store, now: () => NOW, log: pino({ level: 'silent' }) });
  const { db } = core.ctx;
  const importing = (plans: string[]) => {
    const file = { ...townFile(TOWN), plans: plans.map((use) => ({ use })) };
    const parsed = parseProgramme(file, 'town', readPresets());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems.slice(0, 5)));
    return importProgramme(db, parsed.programme, { now: NOW, today: TODAY, newId: randomUUIDv7, clock: Date.now });
  };
  await importing(['yunxian-minzu']);
  const ready = { asked: 0, not: 0 };
  const reporter = createReporter(core);
  const alone = await reporter.while(new Promise((resolve) => setTimeout(resolve, (ALONE / PER_SECOND) * 1_000)));
  const watch = setInterval(async () => {
    ready.asked++;
    if (!(await store.ready())) ready.not++;
  }, 200);
  const begun = performance.now();
  const during = await reporter.while(importing(['yunxian-minzu', 'care-pupils']));
  const seconds = (performance.now() - begun) / 1_000;
  clearInterval(watch);
  const { duties, wrong } = await recounted(core);
  const records = Number((await db.selectFrom('activity').select(db.fn.countAll().as('n')).executeTakeFirst())!.n);
  await core.close();
  rmSync(dir, { recursive: true });
  return [
    { where: backend, what: 'reports alone', ...alone },
    {
      where: backend,
      what: 'while a plan is added',
      ...during,
      importSeconds: rounded(seconds, 1),
      readyAsked: ready.asked,
      notReady: ready.not,
      duties,
      records: `${records} of ${reporter.sent()}`,
      wrongCounts: wrong,
    },
  ];
}

/** Reports at a fixed pace, whether or not earlier ones are answered; refused ones are sent again, as Feishu does. */
function createReporter({ ctx }: Core) {
  let next = 0;
  return {
    sent: () => next,
    async while(work: Promise<unknown>): Promise<Went & { most: number }> {
      const took: number[] = [];
      const all: Promise<void>[] = [];
      let refused = 0;
      const one = async () => {
        const { openId, text } = reportOf(next++, TOWN);
        const inside = envelopeOf(messageEvent(openId, text, NOW), NOW) as unknown as Envelope;
        const begun = performance.now();
        for (;;) {
          try {
            await receive(ctx, inside, undefined);
            break;
          } catch {
            refused++;
            await new Promise((resolve) => setTimeout(resolve, 1_000));
          }
        }
        took.push(performance.now() - begun);
      };
      const begun = performance.now();
      const due = setInterval(() => void all.push(one()), 1_000 / PER_SECOND);
      await work;
      clearInterval(due);
      await Promise.all(all);
      return { ...summed(took, performance.now() - begun, refused), most: Math.round(Math.max(...took)) };
    },
  };
}

/** How many stored counts differ from a recount of the ledger. */
async function recounted({ ctx }: Core): Promise<{ duties: number; wrong: number }> {
  const [one] = await listProgrammes(ctx.db);
  const programme = await ctx.programmeOf(ctx.db, one!.id);
  const stored = new Map<string, number>();
  for (let after = ''; ; ) {
    const page = await ctx.db
      .selectFrom('obligation')
      .select(['id', 'done'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(5_000)
      .execute();
    for (const { id, done } of page) stored.set(id, Number(done));
    if (page.length < 5_000) break;
    after = page.at(-1)!.id;
  }
  let wrong = 0;
  for await (const page of obligationsOn(ctx.db, programme, { start: '2026-08-01', end: '2027-07-31' }, TODAY))
    for (const { obligation, done } of page) if (stored.get(obligation.id) !== done) wrong++;
  return { duties: stored.size, wrong };
}
