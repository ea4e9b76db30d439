import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/plan/dates.ts';
import type { Obligation } from '../../src/plan/obligation.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { rosterOf } from '../../src/plan/roster.ts';
import type { RosterChange } from '../../src/plan/roster-change.ts';
import { alive } from '../../src/plan/spells.ts';
import { lockActivity } from '../../src/store/activities.ts';
import { changeRoster } from '../../src/store/change-roster.ts';
import { importProgramme } from '../../src/store/import.ts';
import { membersOf } from '../../src/store/members.ts';
import { programmeReader, type StoredProgramme } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { dueRecounts, obligationsOn, recount } from '../../src/store/recount.ts';
import { followHandovers } from '../../src/store/sync.ts';
import { type Trx, transact } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';
import { seeded, soak } from './soak.ts';
import { type Act, AUTUMN, BEGINS, ENDS, Lists, PUPILS, roll, SPRING, TEACHERS, Truth } from './two-years.ts';

/** Days between two checks, and acts per programme at each. */
const [STEP, ACTS] = soak ? [1, 4] : [10, 4];
const WHOLE = { start: '2000-01-01', end: '2100-01-01' };

/** One programme and the truth about it. */
interface Played {
  name: string;
  lists: Lists;
  truth: Truth;
  p: StoredProgramme;
  /** Duties that have ended, by id. */
  over: Map<string, string>;
}

describe.each(backends)('two school years of two programmes (%s)', (backend) => {
  let test: TestStore;
  let n = 0;
  const newId = () => `id${String(++n).padStart(7, '0')}`;
  const random = seeded(20_251_001);
  beforeAll(async () => {
    test = await testStore(backend);
  });
  afterAll(() => test.drop());

  const within = <T>(work: (trx: Trx) => Promise<T>) => transact(test.store.db, work);
  const read = programmeReader();
  const send = async (x: Pick<Played, 'name' | 'lists' | 'truth'>, today: string): Promise<StoredProgramme> => {
    const parsed = parseProgramme(x.lists.file(x.name), 'test', new Map());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    x.truth.renew(x.lists);
    return within(async (trx) => {
      const { programmeId } = await importProgramme(trx, parsed.programme, { now: 0, today, newId });
      return read(trx, programmeId);
    });
  };
  /** 赵八 is 赵八改 from the second autumn on. */
  const RENAMED = ['甲校/赵八', '甲校/赵八改'] as const;
  const personId = (p: StoredProgramme, fullName: string): string => {
    const isNow = fullName === RENAMED[0] && p.people.some((x) => x.name === '赵八改');
    const [school, name] = (isNow ? RENAMED[1] : fullName).split('/');
    const { school: schools } = rosterOf(p);
    return p.people.find((x) => x.name === name && schools.get(x.schoolId!)?.name === school)!.id;
  };
  const arrange = async (x: Played, today: string, change: RosterChange) => {
    const at = { today, now: 0, actor: 'administrator', newId };
    x.p = await within(async (trx) => (await changeRoster(trx, x.p, [change], at)).programme);
  };
  const replaced = async (x: Played, today: string, from: string, to: string, on: string, pupil?: string) => {
    const pupilId = x.p.pupils.find((c) => c.name === pupil)?.id;
    const change = { what: 'replace' as const, fromId: personId(x.p, from), toId: personId(x.p, to), on };
    await arrange(x, today, { ...change, ...(pupilId && { pupilId }) });
    x.truth.replace('care', from, to, on, pupil);
    if (!pupil) x.truth.replace('mentors', from, to, on);
  };
  const record = async (x: Played, act: Act, today: string) => {
    const byId = personId(x.p, act.by);
    const { kind, date, lessons, separate } = act;
    const activity = {
      ...{
        id: act.id,
        programmeId: x.p.id,
        kind: kind as 'talk',
        status: 'done' as const,
        date,
        byId,
        reporterId: byId,
      },
      participantIds: act.with.map((who) => personId(x.p, who)),
      pupilIds: x.p.pupils.filter((c) => c.name === act.pupil).map((c) => c.id),
      ...(act.place && { placeId: x.p.schools.find((s) => s.name === act.place)!.id }),
      ...(lessons && { lessons }),
      ...(separate && { separate }),
    };
    const at = { now: 0, today, byId };
    await within((trx) => recordChanges(trx, x.p, [{ what: 'recorded', activity }], at));
    x.truth.acts.push(act);
  };
  const takenBack = async (x: Played, act: Act, today: string) => {
    const byId = personId(x.p, act.by);
    await within(async (trx) => {
      const before = (await lockActivity(trx, x.p.id, act.id))!;
      const activity = { ...before, status: 'withdrawn' as const };
      await recordChanges(trx, x.p, [{ what: 'withdrawn', before, activity }], { now: 0, today, byId });
    });
    act.withdrawn = true;
  };
  const night = (x: Played, today: string) =>
    within(async (trx) => {
      await recount(trx, x.p, await dueRecounts(trx, x.p.id, today), today);
      await followHandovers(trx, x.p, today);
    });

  /** The subject of a duty, as the truth names it. */
  const about = (p: StoredProgramme, { subject: { kind, id, name } }: Obligation): string => {
    const { care, mentorship, pairing, person, pupil, school } = rosterOf(p);
    const full = (who: string) => {
      const now = `${school.get(person.get(who)!.schoolId!)!.name}/${person.get(who)!.name}`;
      return now === RENAMED[1] ? RENAMED[0] : now;
    };
    if (kind === 'care') return pupil.get(care.get(id)!.pupilId)!.name;
    if (kind === 'mentorship') return full(mentorship.get(id)!.menteeId);
    if (kind === 'pairing') return school.get(pairing.get(id)!.recipientId)!.name;
    return kind === 'teacher' ? full(id) : name;
  };

  /** Checks that stored, recounted and independent figures agree, nothing is asked twice or lost, and each duty has the bearer of the day. */
  async function look(x: Played, today: string): Promise<number> {
    const { db } = test.store;
    const rows = await db.selectFrom('obligation').select(['id', 'done']).where('programme_id', '=', x.p.id).execute();
    const stored = new Map(rows.map((r) => [r.id, Number(r.done)]));
    const wrong: string[] = [];
    const spans = new Map<string, Obligation['period'][]>();
    for await (const page of obligationsOn(db, x.p, WHOLE, today))
      for (const { obligation: o, done } of page) {
        const of = about(x.p, o);
        const line = `${today} ${x.name} ${o.requirement.id} ${of} ${o.period.start}..${o.period.end}`;
        const apart = x.truth.worth(o.requirement.id, of, o.period, today);
        if (stored.get(o.id) !== done || done !== apart)
          wrong.push(`${line}: ${stored.get(o.id)} stored, ${done} recounted, ${apart} apart`);
        const before = spans.get(`${o.requirement.id} ${of}`) ?? [];
        if (before.some((s) => s.start <= o.period.end && o.period.start <= s.end)) wrong.push(`${line}: asked twice`);
        spans.set(`${o.requirement.id} ${of}`, [...before, o.period]);
        const running = o.period.start <= today && today <= o.period.end;
        const holder = o.subject.kind === 'care' && running ? x.truth.holder('care', of, today) : undefined;
        if (holder && o.bearerIds.join() !== personId(x.p, holder)) wrong.push(`${line}: not borne by ${holder}`);
        if (o.period.end < today) x.over.set(o.id, line.slice(11));
      }
    for (const [id, line] of x.over) if (!stored.has(id)) wrong.push(`${today} ${line}: lost`);
    for (const pupil of PUPILS) {
      const due = (spans.get(`talk ${pupil}`) ?? []).some((s) => s.start <= today && today <= s.end);
      const inTerm = x.lists.terms.some((t) => t.start <= today && today <= t.end);
      const cared = x.truth.holder('care', pupil, today) !== undefined;
      if (inTerm && cared && !due && !WEEKS_TOO_FEW.has(today.slice(0, 7)))
        wrong.push(`${today} ${x.name} ${pupil}: not due`);
    }
    expect(wrong).toEqual([]);
    // Posts follow the account by date: the person who moved holds one post in each programme, and the coordinator keeps both.
    for (const openId of ['ou_zhao5', 'ou_li']) {
      const held = (await membersOf(db, openId))
        .filter((m) => m.programmeId === x.p.id)
        .map((m) => rosterOf(x.p).person.get(m.personId)!)
        .filter((who) => alive(who, today));
      const at = openId === 'ou_zhao5' && x.lists.moved && x.lists.moved <= today ? '乙校' : '甲校';
      expect(held.map((who) => rosterOf(x.p).schoolName(who.schoolId))).toEqual([at]);
    }
    return stored.size;
  }
  /** Months in which a term leaves fewer than ten school days, so that nothing is due. */
  const WEEKS_TOO_FEW = new Set(['2026-02', '2027-02', '2026-07', '2027-07']);

  /** What happens at the first check on or after a day. */
  const EVENTS: [day: string, does: (x: Played, today: string) => Promise<void>][] = [
    [
      '2025-10-05',
      async (x, today) => {
        x.lists.district = true;
        x.p = await send(x, today);
      },
    ],
    ['2025-10-15', (x, today) => replaced(x, today, TEACHERS[0]!, TEACHERS[1]!, addDays(today, 5), PUPILS[0])],
    ['2025-11-20', (x, today) => replaced(x, today, TEACHERS[2]!, TEACHERS[3]!, addDays(today, 10))],
    [
      '2025-11-27',
      async (x, today) => {
        const last = addDays(today, 6);
        await arrange(x, today, { what: 'person_leaves', personId: personId(x.p, TEACHERS[2]!), on: last });
        x.truth.gone.set(TEACHERS[2]!, last);
        for (const key of ['care', 'mentors'] as const) x.truth.end(key, (s) => s.who === TEACHERS[2], last);
      },
    ],
    [
      '2025-12-10',
      async (x, today) => {
        await arrange(x, today, {
          what: 'pupil_leaves',
          pupilId: x.p.pupils.find((c) => c.name === '小六')!.id,
          on: today,
        });
        x.truth.end('care', (s) => s.of === '小六', today);
      },
    ],
    [
      '2026-03-10',
      async (x, today) => {
        x.lists.terms.push(SPRING[0]);
        x.p = await send(x, today);
      },
    ],
    [
      '2026-03-25',
      async (x, today) => {
        x.lists.moved = today;
        x.p = await send(x, today);
        x.truth.gone.set('甲校/赵五', addDays(today, -1));
        x.truth.arrived.set('乙校/赵五', today);
      },
    ],
    ['2026-04-10', (x, today) => replaced(x, today, TEACHERS[5]!, TEACHERS[6]!, addDays(today, -2))],
    [
      '2026-06-05',
      async (x, today) => {
        const last = addDays(today, 20);
        const of = x.p.schools.find((s) => s.name === '丙校')!.id;
        const pairingId = x.p.pairings.find((q) => q.recipientId === of)!.id;
        await arrange(x, today, { what: 'pairing_ends', pairingId, on: last });
        x.truth.end('pairs', (s) => s.of === '丙校', last);
        x.lists.pairs = x.lists.pairs.filter((s) => s.of !== '丙校');
      },
    ],
    [
      '2026-08-25',
      async (x, today) => {
        const again = (s: { who: string; of: string }) => ({ who: s.who, of: s.of, from: BEGINS[1], to: ENDS[1] });
        const last = (key: 'care' | 'mentors') => x.truth[key].filter((s) => s.to === ENDS[0] && s.who !== '甲校/赵五');
        x.lists.care = last('care').map(again);
        x.lists.mentors = last('mentors').map(again);
        x.lists.pairs = [{ who: '甲校', of: '乙校', from: BEGINS[1], to: ENDS[1] }];
        x.lists.terms = [AUTUMN[1]];
        x.p = await send(x, today);
        x.lists.terms = [AUTUMN[0], SPRING[0], AUTUMN[1]];
      },
    ],
    [
      '2026-10-05',
      async (x, today) => {
        const id = personId(x.p, RENAMED[0]);
        x.lists.called.set(...RENAMED);
        x.p = await send(x, today);
        expect(personId(x.p, RENAMED[0])).toBe(id);
        expect(x.p.people.filter((p) => p.name.startsWith('赵八')).map((p) => p.name)).toEqual(['赵八改']);
      },
    ],
    ['2026-11-05', (x, today) => replaced(x, today, TEACHERS[1]!, TEACHERS[3]!, addDays(today, 3), PUPILS[0])],
    ['2026-12-01', (x, today) => replaced(x, today, TEACHERS[3]!, TEACHERS[1]!, addDays(today, 1), PUPILS[0])],
    [
      '2027-03-05',
      async (x, today) => {
        x.lists.terms.push(SPRING[1]);
        x.p = await send(x, today);
      },
    ],
  ];

  it('at the end of each month, the stored, recounted and independent figures agree', {
    timeout: 1_200_000,
  }, async () => {
    const played: Played[] = [];
    for (const name of ['东区结对', '西区结对']) {
      const x = { name, lists: new Lists(), truth: new Truth() };
      x.truth.arrived.set('乙校/赵五', '9');
      played.push({ ...x, p: await send(x, BEGINS[0]), over: new Map() });
    }
    const done = new Set<number>();
    let [looks, duties] = [0, 0];
    for (let today: string = BEGINS[0]; today < '2027-08-01'; today = addDays(today, STEP)) {
      for (const x of played) {
        x.p = await read(test.store.db, x.p.id);
        await night(x, today);
        for (const [i, [day, happen]] of EVENTS.entries()) {
          if (day > today || done.has(i * 2 + played.indexOf(x))) continue;
          done.add(i * 2 + played.indexOf(x));
          await happen(x, today);
        }
        for (let i = 0; i < ACTS; i++) {
          const act = roll(x.truth, today, random, newId());
          if (act) await record(x, act, today);
        }
        const back = x.truth.acts.at(-Math.floor(1 + random() * 12));
        if (back && !back.withdrawn && random() < 0.2) await takenBack(x, back, today);
        if (addDays(today, STEP).slice(0, 7) === today.slice(0, 7)) continue;
        duties += await look(x, today);
        looks++;
      }
    }
    expect(looks).toBe(2 * 23);
    expect(duties).toBeGreaterThan(2_000);
  });
});
