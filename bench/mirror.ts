/**
 * Mirrors a county's lists into a Feishu Base: N activities and a year's duties, at the program's pace (5 calls a second to
 * one table, 500 rows each), then a comparison without changes, and with a thousand changed rows. The sandbox is a separate process, so that
 * the memory is the program's. `--quick`: a fiftieth. `--activities=N`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { openCore, SANDBOX_APP_ID } from '../src/app/core.ts';
import { readConfig } from '../src/config.ts';
import { mirrorAll, mirrorNightly } from '../src/mirror/mirror.ts';
import { startSandbox } from '../src/sandbox/server.ts';
import { openEmbedded } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { MIRRORED, saveMirror } from '../src/store/mirror.ts';
import { markItems } from '../src/store/mirror-marks.ts';
import { insertRoster, type RosterList, rosterLists, saveProgramme } from '../src/store/programmes.ts';
import { transact } from '../src/store/transaction.ts';
import { fillCounty, sizeOf, TODAY } from './support/county-store.ts';
import { heldBeyond } from './support/memory.ts';
import { printResult, type Row, rounded } from './support/print.ts';

const SECRETS = { appSecret: 'bench', encryptKey: 'bench', verificationToken: 'bench' };
/** The figures that the far side reports. */
interface Figures {
  rows: number;
  twice: number;
  calls: number;
  refused: number;
}

async function beFeishu(): Promise<void> {
  const people = [{ openId: 'ou_bench', name: '刘局' }];
  const about = { appId: SANDBOX_APP_ID, ...SECRETS, now: Date.now, newId: randomUUID, people, baseRows: 1_000_000 };
  const sandbox = await startSandbox(about);
  process.send!(sandbox.url);
  process.on('message', () => {
    const rows = sandbox.bases().flatMap((b) => [...b.tables.values()].flatMap((t) => [...t.rows.values()]));
    const ids = rows.flatMap((r) => r.fields.编号 ?? []);
    const calls = sandbox.calls.filter((c) => c.path.includes('/bitable/'));
    const figures: Figures = {
      rows: ids.length,
      twice: ids.length - new Set(ids).size,
      calls: calls.length,
      refused: calls.filter((c) => c.code !== 0).length,
    };
    process.send!(figures);
  });
}

const nextMessage = <T>(child: ChildProcess) => new Promise<T>((resolve) => child.once('message', resolve as never));

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, activities: { type: 'string' } },
  });
  const activities = Number(values.activities ?? (values.quick ? 4_000 : 200_000));
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-mirror-'));
  const child = fork(import.meta.filename, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const url = await nextMessage<string>(child);
  const store = await openEmbedded(dir);
  await migrate(store.db);
  const programme = await fillCounty(store.db, activities / 200_000, activities);
  const { id: programmeId, name, terms, plans, retired } = programme;
  await transact(store.db, async (trx) => {
    await saveProgramme(trx, { id: programmeId, name, settings: { terms, plans, retired } });
    const lists = Object.keys(rosterLists) as RosterList[];
    const all = lists.flatMap((list) => programme[list].map((value) => ({ list, name: value.id, value })));
    await insertRoster(trx, programmeId, all);
  });
  console.log(await sizeOf(store.db));
  const read = readConfig({ DATA_DIR: dir, LARK_MONTHLY_QUOTA: '0' });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  let now = Temporal.PlainDateTime.from(`${TODAY}T10:00`).toZonedDateTime('Asia/Shanghai').epochMilliseconds;
  const log = pino({ level: 'error' });
  const { ctx } = await openCore(read.config, { store, log, now: () => now, sandbox: { url, ...SECRETS } });
  await transact(ctx.db, (trx) => saveMirror(trx, { programmeId, state: 'wanted', byId: 'nobody' }));
  const rows: Row[] = [];
  let before = 0;
  const round = async (what: string, work: () => Promise<unknown>) => {
    const begun = performance.now();
    const { moreMb, beforeMb } = await heldBeyond(work);
    const seconds = (performance.now() - begun) / 1_000;
    child.send('figures');
    const figures = await nextMessage<Figures>(child);
    const calls = figures.calls - before;
    before = figures.calls;
    const { rows: inBase, twice, refused } = figures;
    rows.push({ what, inBase, twice, refused, seconds: rounded(seconds), calls, memoryMb: beforeMb, moreMb });
  };
  await round('everything, for the first time', () => mirrorAll(ctx));
  now += 1_000;
  await round('a night without changes', () => mirrorNightly(ctx));
  for (const kind of MIRRORED) {
    const some = await ctx.db.selectFrom('mirror_row').select('item_id').where('kind', '=', kind).limit(500).execute();
    await transact(ctx.db, async (trx) => {
      await trx
        .updateTable('mirror_row')
        .set({ checksum: '' })
        .where(
          'item_id',
          'in',
          some.map((r) => r.item_id),
        )
        .execute();
      await markItems(
        trx,
        programmeId,
        kind,
        some.map((r) => r.item_id),
      );
    });
  }
  await round('500 rows of each list, changed', () => mirrorAll(ctx));
  printResult('mirror', rows, { activities });
  child.disconnect();
  child.kill();
  await store.close();
  rmSync(dir, { recursive: true });
}

if (process.send) await beFeishu();
else await measure();
