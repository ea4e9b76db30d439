/** A county in the embedded store: the first import, the same file again, and a change of one person. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPresets } from '../src/files.ts';
import type { ProgrammeInput } from '../src/plan/programme-file.ts';
import { changeRoster } from '../src/store/change-roster.ts';
import { openEmbedded } from '../src/store/db.ts';
import { importProgramme } from '../src/store/import.ts';
import { migrate } from '../src/store/migrate.ts';
import { programmeReader } from '../src/store/programmes.ts';
import { transact } from '../src/store/transaction.ts';
import { countyProgramme } from './county.ts';

const presets = readPresets();
const { id, version, leaves, ...county } = countyProgramme([
  presets.get('yunxian-minzu')!,
  presets.get('care-pupils')!,
]);
const input: ProgrammeInput = { ...county, activities: [] };
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const store = await openEmbedded(dir);
await migrate(store.db);
let n = 0;
const newId = () => `00000000-0000-7000-8000-${String(++n).padStart(12, '0')}`;
const at = { now: 0, today: '2026-11-20', newId };

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  console.log(`${what}: ${Math.round(performance.now() - begun)} ms`);
  return result;
}

const { programmeId } = await timed('first import', () => transact(store.db, (trx) => importProgramme(trx, input, at)));
const { count } = await store.db
  .selectFrom('obligation')
  .select((eb) => eb.fn.countAll().as('count'))
  .executeTakeFirstOrThrow();
console.log(`${count} obligations`);
await timed('the same file again', () => transact(store.db, (trx) => importProgramme(trx, input, at)));
const read = programmeReader();
const programme = await timed('read the programme', () => read(store.db, programmeId));
const person = programme.people[500]!;
await timed('leave of one teacher', () =>
  transact(store.db, (trx) =>
    changeRoster(trx, programme, [{ what: 'leave', personId: person.id, from: '2026-11-01', to: '2027-01-22' }], {
      today: at.today,
      now: 0,
      actor: 'administrator',
      newId,
    }),
  ),
);
const edited = { ...input, people: input.people.map((p) => (p.id === 't7' ? { ...p, to: '2026-12-31' } : p)) };
await timed('the file with one person changed', () => transact(store.db, (trx) => importProgramme(trx, edited, at)));
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
await store.close();
rmSync(dir, { recursive: true });
