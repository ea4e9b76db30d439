/**
 * A county's programme file in the embedded store, on disk: the first import, the same file again, one teacher's leave, and the file with
 * one person changed; next to deriving its duties and bare inserts of the same rows, the lower bound of any import; and how long each
 * blocked the process at most. Medians of the rounds. `--quick`: a hundredth of a county.
 */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveObligations } from '../src/plan/obligations.ts';
import type { ProgrammeInput } from '../src/plan/programme-file.ts';
import { changeRoster } from '../src/store/change-roster.ts';
import { importProgramme } from '../src/store/import.ts';
import { listProgrammes, programmeReader } from '../src/store/programmes.ts';
import { inChunks, transact } from '../src/store/transaction.ts';
import { countyOf } from './support/county.ts';
import { holding } from './support/hold.ts';
import { median, printResult, rounded } from './support/print.ts';
import { emptyStore } from './support/scratch.ts';

const quick = process.argv.includes('--quick');
const SCALE = quick ? 0.01 : 1;
const ROUNDS = 3;
const TODAY = '2026-11-20';

type Step = 'derived' | 'bare' | 'first' | 'again' | 'read' | 'leave' | 'changed';
const NAMES: Record<Step, string> = {
  derived: 'its duties, derived only',
  bare: 'bare inserts of the same rows',
  first: 'first import',
  again: 'the same file again',
  read: 'the programme read',
  leave: 'leave of one teacher',
  changed: 'the file with one person changed',
};
type Taken = Awaited<ReturnType<typeof holding>>;
const took: Record<Step, Taken[]> = { derived: [], bare: [], first: [], again: [], read: [], leave: [], changed: [] };
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const store = await emptyStore(dir);
let duties = 0;
for (let round = 0; round < ROUNDS; round++) await once(`县${round}`);
await store.close();
rmSync(dir, { recursive: true });

const of = (step: Step, what: keyof Taken = 'ms') => median(took[step].map((one) => one[what]));
const rows = (Object.keys(NAMES) as Step[]).map((step) => ({
  what: NAMES[step],
  ms: Math.round(of(step)),
  'CPU ms': of(step, 'cpuMs'),
  'longest block ms': of(step, 'holdMs'),
  'of it CPU': of(step, 'holdCpuMs'),
  '÷ first import': rounded(of(step) / of('first'), 4),
}));
printResult('import', rows, {
  counties: SCALE,
  duties,
  rounds: ROUNDS,
  dutiesPerSecond: Math.round((duties * 1_000) / of('first')),
});

/** One county under a new name, in addition to those of earlier rounds. */
async function once(name: string): Promise<void> {
  const county = countyOf(SCALE);
  const { id, version, leaves, ...file } = county;
  const input: ProgrammeInput = { ...file, name, activities: [] };
  const at = { now: 0, today: TODAY, newId: randomUUIDv7 };
  const noted = async (step: Step, work: () => unknown) => {
    took[step].push(await holding(work));
  };
  const importing = (given: ProgrammeInput) => importProgramme(store.db, given, at);

  await noted('derived', () => {
    duties = deriveObligations(county, TODAY).length;
  });
  await noted('first', () => importing(input));
  await noteBare(name);
  await noted('again', () => importing(input));
  const { id: programmeId } = (await listProgrammes(store.db)).find((one) => one.name === name)!;
  const read = programmeReader();
  await noted('read', () => read(store.db, programmeId));
  const programme = await read(store.db, programmeId);
  const leave = { what: 'leave' as const, personId: programme.people[7]!.id, from: '2026-11-01', to: '2027-01-22' };
  await noted('leave', () =>
    transact(store.db, (trx) => changeRoster(trx, programme, [leave], { ...at, actor: 'administrator' })),
  );
  const people = input.people.map((p) => (p.id === 't7' ? { ...p, to: '2026-12-31' } : p));
  await noted('changed', () => importing({ ...input, people }));
}

/** Writes the rows of that import again with bare inserts, into a separate store. */
async function noteBare(name: string): Promise<void> {
  const { id } = (await listProgrammes(store.db)).find((one) => one.name === name)!;
  const tables = ['roster', 'obligation', 'obligation_feed', 'obligation_bearer', 'obligation_place'] as const;
  const rows = new Map<(typeof tables)[number], object[]>();
  for (const table of tables)
    rows.set(table, await store.db.selectFrom(table).selectAll().where('programme_id', '=', id).execute());
  const into = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  const other = await emptyStore(into);
  took.bare.push(
    await holding(() =>
      transact(other.db, async (trx) => {
        for (const [table, stored] of rows)
          for (const part of inChunks(stored))
            await trx
              .insertInto(table)
              .values(part as never)
              .execute();
      }),
    ),
  );
  await other.close();
  rmSync(into, { recursive: true });
}
