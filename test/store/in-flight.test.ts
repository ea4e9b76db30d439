import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { changeRoster } from '../../src/store/change-roster.ts';
import { importProgramme } from '../../src/store/import.ts';
import { programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { type Trx, transact } from '../../src/store/transaction.ts';
import { type TestStore, testStore } from '../support/store.ts';

const TODAY = '2026-11-20';
const requirement = { title: '谈话', activity: 'talk', measure: 'times', count: 9, period: 'term' };
const file = (name: string, plans: string[]) => ({
  name,
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }],
  people: [
    { name: '张师', school: '甲校' },
    { name: '王师', school: '甲校' },
  ],
  care: [{ mentor: '张师', pupil: '小一' }],
  plans: plans.map((id) => ({ id, title: id, requirements: [{ ...requirement, id, subject: 'care' }] })),
});

// The embedded store runs one transaction at a time.
describe('reports while a programme changes (services)', () => {
  let test: TestStore;
  let n = 0;
  const newId = () => `id${++n}`;
  beforeAll(async () => {
    test = await testStore('services');
  });
  afterAll(() => test.drop());

  const read = programmeReader();
  const within = <T>(work: (trx: Trx) => Promise<T>) => transact(test.store.db, work);
  const send = async (trx: Trx, name: string, plans: string[]): Promise<StoredProgramme> => {
    const parsed = parseProgramme(file(name, plans), 'test', new Map());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const { programmeId } = await importProgramme(trx, parsed.programme, { now: 0, today: TODAY, newId });
    return programmeReader()(trx, programmeId);
  };
  const report = async (trx: Trx, id: string, by: string): Promise<void> => {
    const p = await read(trx, id);
    const byId = p.people.find((x) => x.name === by)!.id;
    const who = { byId, reporterId: byId, participantIds: [], pupilIds: [p.pupils[0]!.id] };
    const activity = {
      id: newId(),
      programmeId: id,
      kind: 'talk' as const,
      status: 'done' as const,
      date: TODAY,
      ...who,
    };
    await recordChanges(trx, p, [{ what: 'recorded', activity }], { now: 0, today: TODAY, byId });
  };
  const counts = async (id: string) => {
    const rows = await test.store.db
      .selectFrom('obligation')
      .select(['requirement', 'done'])
      .where('programme_id', '=', id)
      .execute();
    return Object.fromEntries(rows.map((r) => [r.requirement, Number(r.done)]));
  };
  /** Runs the first up to its commit, then the second concurrently for a while, then lets the first commit. */
  const beside = async (first: (trx: Trx) => Promise<unknown>, second: (trx: Trx) => Promise<unknown>) => {
    const [ready, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const one = within(async (trx) => {
      await first(trx);
      ready.resolve();
      await go.promise;
    });
    await ready.promise;
    const two = within(second);
    await new Promise((resolve) => setTimeout(resolve, 300));
    go.resolve();
    await Promise.all([one, two]);
  };

  it('a report that begins while a plan is being added counts for it', async () => {
    const { id } = await within((trx) => send(trx, '先导入', ['a']));
    await beside(
      (trx) => send(trx, '先导入', ['a', 'b']),
      (trx) => report(trx, id, '张师'),
    );
    expect(await counts(id)).toEqual({ 'a/a': 1, 'b/b': 1 });
  });

  it('a report that is not committed when a plan is added counts for it', async () => {
    const { id } = await within((trx) => send(trx, '先填报', ['a']));
    await beside(
      (trx) => report(trx, id, '张师'),
      (trx) => send(trx, '先填报', ['a', 'b']),
    );
    expect(await counts(id)).toEqual({ 'a/a': 1, 'b/b': 1 });
  });

  it('a new mentor’s report that is not committed when the care is handed over counts for the duty', async () => {
    const p = await within((trx) => send(trx, '换人', ['a']));
    const [fromId, toId] = ['张师', '王师'].map((name) => p.people.find((x) => x.name === name)!.id) as [
      string,
      string,
    ];
    const change = { what: 'replace', fromId, toId, on: '2026-11-01' } as const;
    await beside(
      (trx) => report(trx, p.id, '王师'),
      (trx) => changeRoster(trx, p, [change], { today: TODAY, now: 0, actor: 'administrator', newId }),
    );
    expect(await counts(p.id)).toEqual({ 'a/a': 1 });
  });
});
