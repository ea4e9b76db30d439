import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import type { RosterChange } from '../../src/plan/roster-change.ts';
import { changeRoster } from '../../src/store/change-roster.ts';
import { importProgramme } from '../../src/store/import.ts';
import type { ImportedRow } from '../../src/store/import-rows.ts';
import { programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { followHandovers } from '../../src/store/sync.ts';
import { type Trx, transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

let n = 0;
const newId = () => `id${String(++n).padStart(6, '0')}`;
const FIRST = [
  { name: '上学期', start: '2025-09-01', end: '2026-01-23' },
  { name: '下学期', start: '2026-02-23', end: '2026-07-10' },
];
const SECOND = [
  { name: '上学期', start: '2026-09-01', end: '2027-01-22' },
  { name: '下学期', start: '2027-02-22', end: '2027-07-09' },
];
const asks = (id: string, activity: string, subject: string, period: string, count = 1) => ({
  id,
  title: id,
  activity,
  subject,
  period,
  count,
  measure: 'times',
});
/** 甲校 helps 乙校; 张 cares for 小一. All people are invented. */
const file = (name: string, changes: object = {}) => ({
  name,
  terms: FIRST,
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张师', school: '甲校' },
    { name: '王师', school: '甲校' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', from: '2025-09-01', to: '2026-07-10' }],
  care: [{ mentor: '张师', pupil: '小一', from: '2025-09-01', to: '2026-07-10' }],
  plans: [
    {
      id: 'own',
      title: '自定',
      requirements: [
        asks('talk', 'talk', 'care', 'term'),
        asks('visit', 'demo_lesson', 'pairing', 'term'),
        asks('once', 'exam', 'school', 'once'),
        asks('meet', 'meeting', 'district', 'term'),
      ],
    },
  ],
  ...changes,
});

describe.each(backends)('spells and terms (%s)', (backend) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await testStore(backend);
  });
  afterAll(() => test.drop());

  const within = <T>(work: (trx: Trx) => Promise<T>) => transact(test.store.db, work);
  const imported = async (value: object, today: string): Promise<{ p: StoredProgramme; rows: ImportedRow[] }> => {
    const parsed = parseProgramme(value, 'test', new Map());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    return within(async (trx) => {
      const { programmeId, rows } = await importProgramme(trx, parsed.programme, { now: 0, today, newId });
      return { p: await programmeReader()(trx, programmeId), rows };
    });
  };
  const record = (
    p: StoredProgramme,
    by: string,
    date: string,
    kind: Activity['kind'],
    more: Partial<Activity> = {},
  ) => {
    const byId = p.people.find((x) => x.name === by)!.id;
    const who = { byId, reporterId: byId, participantIds: [], pupilIds: [] };
    const activity = { id: newId(), programmeId: p.id, kind, status: 'done' as const, date, ...who, ...more };
    return within((trx) => recordChanges(trx, p, [{ what: 'recorded', activity }], { now: 0, today: date, byId }));
  };
  const change = (p: StoredProgramme, today: string, ...changes: RosterChange[]) =>
    within(
      async (trx) => (await changeRoster(trx, p, changes, { today, now: 7, actor: 'administrator', newId })).programme,
    );
  /** `requirement bearer start..end kept=recounted/target`, in order. */
  const duties = async (p: StoredProgramme, requirement: string, day = '2028-01-01'): Promise<string[]> => {
    const { db } = test.store;
    const rows = await db.selectFrom('obligation').select(['id', 'done']).where('programme_id', '=', p.id).execute();
    const kept = new Map(rows.map((r) => [r.id, Number(r.done)]));
    const names = new Map(p.people.map((x) => [x.id, x.name]));
    const found: string[] = [];
    for await (const page of obligationsOn(db, p, { start: '2000-01-01', end: '2100-01-01' }, day))
      for (const { obligation: o, done } of page)
        if (o.requirement.id === requirement) {
          expect(kept.get(o.id)).toBe(done);
          const { start, end } = o.period;
          found.push(`${start}..${end} ${o.bearerIds.map((b) => names.get(b)).join()} ${done}/${o.target}`);
        }
    return found.sort();
  };
  const pupil = (p: StoredProgramme) => ({ pupilIds: [p.pupils[0]!.id] });

  it('a list renewed for another school year begins a spell and leaves last year’s counts', async () => {
    const { p } = await imported(file('续期'), '2025-09-01');
    await record(p, '张师', '2025-10-10', 'talk', pupil(p));
    await record(p, '张师', '2025-10-10', 'demo_lesson', { placeId: p.schools.find((s) => s.name === '乙校')!.id });
    const year = [...(await duties(p, 'talk')), ...(await duties(p, 'visit'))];
    expect(year.map((d) => d.split(' ').at(-1))).toEqual(['1/1', '0/1', '1/1', '0/1']);
    const lists = {
      terms: SECOND,
      care: [{ mentor: '张师', pupil: '小一', from: '2026-09-01', to: '2027-07-09' }],
      pairings: [{ supporter: '甲校', recipient: '乙校', from: '2026-09-01' }],
    };
    const { p: next, rows } = await imported(file('续期', lists), '2026-08-28');
    expect(rows.filter((r) => r.list === 'terms').map((r) => r.outcome)).toEqual(['kept', 'kept', 'new', 'new']);
    expect(next.cares).toMatchObject([{ from: '2026-09-01', earlier: [{ from: '2025-09-01', to: '2026-07-10' }] }]);
    const both = [...(await duties(next, 'talk')), ...(await duties(next, 'visit'))];
    expect(both.slice(0, 2)).toEqual(year.slice(0, 2));
    expect(both.slice(4, 6)).toEqual(year.slice(2, 4));
    await record(next, '张师', '2026-09-20', 'talk', pupil(next));
    await record(next, '张师', '2026-08-10', 'talk', pupil(next));
    expect((await duties(next, 'talk')).map((d) => d.split(' ').at(-1))).toEqual(['1/1', '0/1', '1/1', '0/1']);
    expect((await imported(file('续期', lists), '2026-09-30')).rows.every((r) => r.outcome !== 'changed')).toBe(true);
  });

  it('an open spell ends the day before a later year renews it; within its year it is corrected', async () => {
    const open = (from: string) => ({ care: [{ mentor: '张师', pupil: '小一', from }] });
    await imported(file('未写止', open('2025-09-01')), '2025-09-01');
    const { p } = await imported(file('未写止', open('2025-09-08')), '2025-09-09');
    expect(p.cares).toMatchObject([{ from: '2025-09-08' }]);
    const { p: next } = await imported(file('未写止', open('2026-09-01')), '2026-09-02');
    expect(next.cares).toMatchObject([{ from: '2026-09-01', earlier: [{ from: '2025-09-08', to: '2026-08-31' }] }]);
  });

  it('two spells of one pair in one file are valid unless they share a day', async () => {
    const care = (from: string, to?: string) => ({ mentor: '张师', pupil: '小一', from, ...(to && { to }) });
    const { p } = await imported(
      file('两段', { care: [care('2026-03-01'), care('2025-09-01', '2025-11-30')] }),
      '2025-09-01',
    );
    expect(p.cares).toMatchObject([{ from: '2026-03-01', earlier: [{ from: '2025-09-01', to: '2025-11-30' }] }]);
    const clash = parseProgramme(file('两段', { care: [care('2025-09-01'), care('2026-03-01')] }), 'test', new Map());
    expect(clash).toMatchObject({ problems: [{ path: 'care[1]' }] });
  });

  it('terms added or corrected later move no duty of another term', async () => {
    const { p } = await imported(file('学期', { terms: [FIRST[1]] }), '2026-02-23');
    await record(p, '张师', '2026-03-10', 'talk', pupil(p));
    const short = { name: '小学期', start: '2026-02-01', end: '2026-02-20' };
    const { p: more } = await imported(
      file('学期', { terms: [FIRST[0], { ...FIRST[1]!, start: '2026-02-24' }, short] }),
      '2026-03-20',
    );
    expect((await duties(more, 'talk')).map((d) => d.split(' ')[0])).toEqual(['2026-02-23..2026-07-10']);
    // A met duty stays as it was met; the two terms before had ended when they became known.
    expect((await duties(more, 'talk'))[0]).toContain('1/1');
    expect((await duties(more, 'visit')).map((d) => d.split(' ')[0])).toEqual(['2026-02-24..2026-07-10']);
    await expect(
      imported(file('学期', { terms: [{ name: '合并', start: '2026-01-10', end: '2026-03-01' }] }), '2026-03-21'),
    ).rejects.toThrow('overlaps two stored terms');
  });

  it('a one-off duty continues when another school year becomes known, even after its end had passed', async () => {
    const { p } = await imported(file('一次'), '2025-09-01');
    expect(await duties(p, 'once', '2026-09-10')).toEqual([expect.stringContaining('2025-09-01..2026-08-31')]);
    const { p: next } = await imported(
      file('一次', { terms: SECOND, pairings: [{ supporter: '甲校', recipient: '乙校', from: '2025-09-01' }] }),
      '2026-09-10',
    );
    expect((await duties(next, 'once')).map((d) => d.split(' ')[0])).toEqual(['2025-09-01..2027-08-31']);
  });

  it('a school that gets its district later counts for it from then on, including its earlier records', async () => {
    const { p } = await imported(file('区县', { districts: [{ name: '东区' }] }), '2025-09-01');
    await record(p, '张师', '2025-10-10', 'meeting');
    const schools = [{ name: '甲校', district: '东区' }, { name: '乙校' }];
    const { p: next } = await imported(file('区县', { districts: [{ name: '东区' }], schools }), '2025-10-11');
    expect((await duties(next, 'meet')).map((d) => d.split(' ').at(-1))).toEqual(['1/1', '0/1']);
  });

  it('a care that is handed over keeps its whole period; ended duties stay, future ones wait for their day', async () => {
    const { p } = await imported(
      file('接替', { care: [{ mentor: '张师', pupil: '小一', from: '2025-09-01' }] }),
      '2025-09-01',
    );
    const [old, other] = ['张师', '王师'].map((name) => p.people.find((x) => x.name === name)!.id) as [string, string];
    await record(p, '张师', '2025-09-10', 'talk', pupil(p));
    const on = '2026-03-20';
    const next = await change(p, '2026-03-10', { what: 'replace', fromId: old, toId: other, on });
    const talks = async (q: StoredProgramme) => (await duties(q, 'talk')).map((d) => d.split(' ').slice(1).join(' '));
    expect(await talks(next)).toEqual(['张师 1/1', '张师 0/1']);
    await record(next, '张师', '2026-03-19', 'talk', pupil(next));
    expect(await talks(next)).toEqual(['张师 1/1', '张师 1/1']);
    await within((trx) => followHandovers(trx, next, on));
    expect(await talks(next)).toEqual(['张师 1/1', '王师 1/1']);
    const back = await change(next, '2026-05-01', { what: 'replace', fromId: other, toId: old, on: '2026-05-02' });
    expect(back.cares.find((c) => c.mentorId === old)).toMatchObject({
      from: '2026-05-02',
      earlier: [{ from: '2025-09-01', to: '2026-03-19' }],
    });
    await record(back, '王师', '2026-04-10', 'talk', pupil(back));
    expect(await duties(back, 'talk')).toHaveLength(2);
  });
});
