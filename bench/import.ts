/**
 * A county's programme file in the embedded store, on disk: the first import, the same file again, one teacher's leave, the file with one
 * person changed; beside deriving its duties, below which no import can get. Medians of the rounds. `--quick`: a hundredth of a county.
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
import { transact } from '../src/store/transaction.ts';
import { countyOf } from './support/county.ts';
import { emptyStore } from './support/scratch.ts';
import { median, rounded, tell, timed } from './support/tell.ts';

const quick = process.argv.includes('--quick');
const SCALE = quick ? 0.01 : 1;
const ROUNDS = 3;
const TODAY = '2026-11-20';

type Step = 'derived' | 'first' | 'again' | 'read' | 'leave' | 'changed';
const NAMES: Record<Step, string> = {
  derived: 'its duties, derived only',
  first: 'first import',
  again: 'the same file again',
  read: 'the programme read',
  leave: 'leave of one teacher',
  changed: 'the file with one person changed',
};
const took: Record<Step, number[]> = { derived: [], first: [], again: [], read: [], leave: [], changed: [] };
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const store = await emptyStore(dir);
let duties = 0;
for (let round = 0; round < ROUNDS; round++) await once(`县${round}`);
await store.close();
rmSync(dir, { recursive: true });

const of = (step: Step) => median(took[step]);
const rows = (Object.keys(NAMES) as Step[]).map((step) => ({
  what: NAMES[step],
  ms: Math.round(of(step)),
  '÷ first import': rounded(of(step) / of('first'), 4),
}));
tell('import', rows, {
  counties: SCALE,
  duties,
  rounds: ROUNDS,
  dutiesPerSecond: Math.round((duties * 1_000) / of('first')),
});

/** One county under its own name: beside those of earlier rounds, not over them. */
async function once(name: string): Promise<void> {
  const county = countyOf(SCALE);
  const { id, version, leaves, ...file } = county;
  const input: ProgrammeInput = { ...file, name, activities: [] };
  const at = { now: 0, today: TODAY, newId: randomUUIDv7 };
  const noted = async (step: Step, work: () => unknown) => {
    took[step].push(await timed(work));
  };
  const importing = (given: ProgrammeInput) => transact(store.db, (trx) => importProgramme(trx, given, at));

  await noted('derived', () => {
    duties = deriveObligations(county, TODAY).length;
  });
  await noted('first', () => importing(input));
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
