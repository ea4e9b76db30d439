import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Overrides } from '../../src/app/core.ts';
import { jobs, runnable } from '../../src/jobs/index.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { recordChanges } from '../../src/store/record.ts';
import { transact } from '../../src/store/transaction.ts';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type Backend, backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const FEW = ['吴一', '吴二', '吴三'];
const MANY = Array.from({ length: 20 }, (_, i) => `陆${'一二三四五六七八九十'[i % 10]}${'甲乙'[Math.floor(i / 10)]}`);
const SOME = MANY.slice(0, 8);
const SEND = 'POST /open-apis/im/v1/messages$';

/** Each story has its own world, by default on the morning after a missed checkpoint. */
const within = async (
  backend: Backend,
  names: string[],
  story: (w: World) => Promise<void>,
  at = '2026-11-12T08:50',
  overrides: Overrides = {},
) => {
  const w = await world({ backend, at, programme: lessonsProgramme(names), overrides: { ...unhurried, ...overrides } });
  try {
    await story(w);
  } finally {
    await w.close();
  }
};
const stateOf = async (w: World, name: string) => {
  const row = await w.app.ctx.db
    .selectFrom('notice')
    .select(['state', 'reason'])
    .where('recipient', '=', w.openId(name))
    .where('kind', '=', 'morning')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && [row.state, row.reason].filter(Boolean).join(' ');
};
const cards = (w: World, names: string[]) => names.map((name) => w.inbox(name).length);
const waiting = async (w: World) =>
  (await w.app.ctx.db.selectFrom('notice').select('id').where('state', 'in', ['planned', 'claimed']).execute()).length;
/** Plans the morning without queueing it. */
const planOnly = async (w: World) => {
  await w.move({ minutes: 17 });
  await jobs.morning!.run({ ...w.app.ctx, deliver: async () => {} }, w.now());
};
const sweep = async (w: World) => {
  await w.app.sweep();
  await w.quiet();
};

/** Sweeps while the clock runs until nothing waits: claims from before a jump of the clock expire only with their lease. */
const untilSent = async (w: World) => {
  for (let i = 0; i < 100 && (await waiting(w)) > 0; i++) {
    await w.app.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await w.move({ seconds: 21 });
  }
};

describe.each(backends)('reminders on their way, on %s', (backend) => {
  it('are planned once by concurrent planners, and never again', () =>
    within(backend, SOME, async (w) => {
      await w.move({ minutes: 17 });
      await Promise.all([1, 2, 3].map(() => jobs.morning!.run(w.app.ctx, w.now())));
      await w.advance({ minutes: 1 });
      expect(cards(w, SOME)).toEqual(SOME.map(() => 1));
    }));

  it('reach everybody exactly once through 429, 500 and connections cut after the message was stored', () =>
    within(backend, MANY, async (w) => {
      // Of twenty calls two get 429, one gets 500 and one is cut off; exact counts ensure that each fault occurs.
      const faults = { rate429: 2, status500: 1, storeThenHangup: 1 };
      Object.assign(w.sandbox.faults.api, { match: SEND, ...faults });
      await planOnly(w);
      await untilSent(w);
      expect(await waiting(w)).toBe(0);
      expect(new Set(cards(w, MANY))).toEqual(new Set([1]));
      const struck = (fault: string) => w.sandbox.calls.filter((c) => c.fault === fault).length;
      expect(Object.keys(faults).map(struck)).toEqual(Object.values(faults));
    }));

  it('continue when Feishu rejects the token, with one new one for all', () =>
    within(
      backend,
      SOME,
      async (w) => {
        const calls = (path: string) => w.sandbox.calls.filter((c) => c.path.endsWith(path));
        await planOnly(w);
        await w.app.sweep();
        await expect.poll(() => calls('/im/v1/messages').length, { interval: 5 }).toBeGreaterThanOrEqual(3);
        const tokens = calls('/tenant_access_token/internal').length;
        w.sandbox.faults.api.expireToken = true;
        await w.quiet();
        expect(cards(w, SOME)).toEqual(SOME.map(() => 1));
        expect(calls('/im/v1/messages').map((c) => c.code)).toContain(99991663);
        expect(calls('/tenant_access_token/internal')).toHaveLength(tokens + 1);
        // No delay: the call was repeated at once.
        const attempts = await w.app.ctx.db.selectFrom('notice').select('attempt').execute();
        expect(new Set(attempts.map((n) => n.attempt))).toEqual(new Set([1]));
      },
      undefined,
      { paceLimits: { perSecond: 25, perMinute: 100_000, perChatPerSecond: 1_000 } },
    ));

  it('are delayed but not lost if the queue is emptied before they are sent', () =>
    within(backend, FEW, async (w) => {
      await planOnly(w);
      await w.app.queue.empty();
      expect(cards(w, FEW)).toEqual([0, 0, 0]);
      await sweep(w);
      expect(cards(w, FEW)).toEqual([1, 1, 1]);
    }));

  it('are dropped if the duty was done in the meantime, is no longer asked, or the day is over', () =>
    within(backend, FEW, async (w) => {
      await planOnly(w);
      await w.sandbox.says(w.openId('吴一'), '昨天到乙校上了两节七年级语文');
      await w.sandbox.says(w.openId('周联络'), '豁免 吴二 原因 借调');
      const preview = () => w.inbox('周联络').findLast((m) => JSON.stringify(m.card ?? '').includes('"确认"'));
      await expect.poll(preview).toBeDefined();
      await w.sandbox.clicks(w.openId('周联络'), preview()!.messageId, { text: '确认' });
      const duties = () => w.app.ctx.db.selectFrom('obligation').select(['done', 'waived']).execute();
      await expect.poll(async () => (await duties()).some((d) => d.done > 0)).toBe(true);
      await expect.poll(async () => (await duties()).some((d) => d.waived > 0)).toBe(true);
      await w.move({ hours: 12 });
      await sweep(w);
      expect(await stateOf(w, '吴三')).toBe('dropped void');
      // Missed notices go out the next morning, once; those that are done or no longer asked never do.
      await w.move({ hours: 12 });
      await planOnly(w);
      await sweep(w);
      const { 吴一, 吴二, 吴三 } = await delivered(w);
      expect([吴一, 吴二, 吴三]).toEqual([undefined, undefined, ['11-13 overdue']]);
    }));

  it('become uncertain, and are not repeated, after an hour without knowing whether they arrived', () =>
    within(backend, FEW, async (w) => {
      Object.assign(w.sandbox.faults.api, { match: SEND, storeThenHangup: true });
      await planOnly(w);
      await w.app.sweep();
      await expect.poll(() => cards(w, FEW), { timeout: 5_000 }).toEqual([1, 1, 1]);
      await expect.poll(() => w.sandbox.calls.filter((c) => c.fault).length).toBe(3);
      await w.move({ minutes: 51 });
      Object.assign(w.sandbox.faults.api, { storeThenHangup: false });
      await untilSent(w);
      expect(await Promise.all(FEW.map((name) => stateOf(w, name)))).toEqual(['uncertain', 'uncertain', 'uncertain']);
      expect(cards(w, FEW)).toEqual([1, 1, 1]);
    }));
});

describe('reminders', () => {
  it('follow a duty that is done: dropped with the reason before sending, or updated in place afterwards', () =>
    within('embedded', FEW, async (w) => {
      await planOnly(w);
      await w.sandbox.says(w.openId('吴一'), '昨天到乙校上了两节七年级语文');
      await w.app.sweep();
      await expect.poll(() => stateOf(w, '吴一')).toBe('dropped done');
      await expect.poll(() => stateOf(w, '吴二')).toBe('sent');
      const [card] = w.inbox('吴二');
      expect(words(card)).toContain('今天 1 件事');
      await w.says('吴二', '前天到乙校上了两节七年级语文');
      await w.advance({ seconds: 2 });
      expect(words(w.sandbox.message(card!.messageId))).toContain('都完成了');
    }));

  it('bring only the latest after days without the program', () =>
    within(
      'embedded',
      FEW,
      async (w) => {
        await w.advance({ days: 17, minutes: 20 });
        expect((await delivered(w)).吴一).toEqual(['11-19 check-in overdue']);
        expect(words(w.inbox('吴一')[0])).toContain('应于 11月11日');
      },
      '2026-11-02T08:50',
    ));

  it('wait only for the one busy receiver', () =>
    within('embedded', FEW, async (w) => {
      Object.assign(w.sandbox.faults.api, { match: SEND, refuse: { code: 230020, times: 1 } });
      await w.advance({ minutes: 20 });
      expect(cards(w, FEW).toSorted()).toEqual([0, 1, 1]);
      await w.move({ seconds: 2 });
      await sweep(w);
      expect(cards(w, FEW)).toEqual([1, 1, 1]);
    }));

  it('warn when the month is nearly used up, then spare card updates, then what is merely due soon, never an answer', () => {
    const warned: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => warned.push(JSON.parse(line).msg) });
    return within(
      'embedded',
      FEW,
      async (w) => {
        const { quota, db } = w.app.ctx;
        const use = async (calls: number) => {
          while (quota.used() < calls) quota.note('send');
          await quota.flush();
        };
        const redraws = async () => {
          await w.advance({ seconds: 2 });
          const rows = await db
            .selectFrom('notice')
            .select(['state', 'reason'])
            .where('kind', '=', 'redraw')
            .orderBy('id')
            .execute();
          return rows.map((n) => `${n.state} ${n.reason ?? ''}`.trim());
        };
        await w.says('周联络', '请假 吴三 11-09至11-09 原因 生病');
        await w.clicks('周联络', '确认');
        await use(7_990);
        expect(warned).toEqual([]);
        await use(8_000);
        await use(8_100);
        expect(warned).toEqual(['LARK_MONTHLY_QUOTA: more than 80 % of this month is used']);
        await use(9_600);
        await w.advance({ minutes: 20 });
        const soon = { 吴一: ['11-09 due-soon'], 吴二: ['11-09 due-soon'] };
        expect(await delivered(w)).toEqual(soon);
        expect(words((await w.says('吴一', '今天到乙校上了一节七年级语文'))[0])).toContain('已记录');
        expect(await redraws()).toEqual(['dropped quota']);
        await use(9_750);
        await w.advance({ days: 1 });
        expect(await delivered(w)).toEqual(soon);
        expect(words((await w.says('吴三', '今天到乙校上了一节七年级数学'))[0])).toContain('已记录');
      },
      '2026-11-09T08:50',
      { log },
    );
  });
});

describe('the other jobs of the clock', () => {
  it('can be previewed by person, with nothing sent or stored, and listed afterwards, only by coordinators', () =>
    within('embedded', FEW, async (w) => {
      const at = w.now() + 17 * 60_000;
      const lines = (await Array.fromAsync(runnable.morning!.preview!(w.app.ctx, at))).toSorted();
      expect(lines).toEqual(FEW.toSorted().map((name) => `2026-11-12T09:07\t甲校\t${name}\t逾期`));
      expect(await Array.fromAsync(runnable['due-soon']!.preview!(w.app.ctx, at))).toEqual([]);
      expect(await w.app.ctx.db.selectFrom('notice').select('id').execute()).toEqual([]);
      await w.says('吴三', 'English');
      const inEnglish = await Array.fromAsync(runnable.overdue!.preview!(w.app.ctx, at));
      expect(inEnglish).toContain('2026-11-12T09:07\t甲校\t吴三\toverdue');
      w.sandbox.person(w.openId('吴二')).blocked = true;
      await w.advance({ minutes: 20 });
      expect(words(w.inbox('吴三').at(-1))).toContain('1 thing to do today');
      expect(w.inbox('周联络').map(words).join()).toContain('甲校 吴二 收不到');
      const [list] = await w.says('周联络', '通知 吴二');
      expect(words(list)).toMatch(/未发送 \S+联系不上/);
      const [refused] = await w.says('吴一', '通知 吴二');
      expect(words(refused)).toContain('没有');
    }));

  it('ask people on secondment to check in each school day, by a tap or a word', () =>
    within('embedded', FEW, async (w) => {
      const { ctx } = w.app;
      const [one] = await listProgrammes(ctx.db);
      const programme = await ctx.programmeOf(ctx.db, one!.id);
      const id = (name: string) => programme.people.find((p) => p.name === name)!.id;
      const stay = { kind: 'secondment', status: 'done', date: '2026-11-02', dateTo: '2026-12-31' } as const;
      const activity = { id: ctx.newId(), programmeId: programme.id, byId: id('吴二'), reporterId: id('吴二') };
      const lists = { participantIds: [], pupilIds: [], placeId: programme.schools[1]!.id };
      await transact(ctx.db, (trx) =>
        recordChanges(trx, programme, [{ what: 'recorded', activity: { ...stay, ...activity, ...lists } }], {
          now: w.now(),
          today: '2026-11-12',
          byId: id('吴二'),
        }),
      );
      await w.advance({ minutes: 20 });
      expect(words(w.inbox('吴二')[0])).toContain('支教签到');
      expect(words(w.inbox('吴一')[0])).not.toContain('支教签到');
      await w.clicks('吴二', '在岗');
      await w.advance({ days: 1 });
      expect(words((await w.says('吴二', '到'))[0])).toContain('已签到');
      const days = await ctx.db.selectFrom('attendance').select(['day', 'answer', 'late']).orderBy('day').execute();
      expect(days.map((d) => `${d.day} ${d.answer} ${d.late}`)).toEqual([
        '2026-11-12 present 0',
        '2026-11-13 present 0',
      ]);
      expect(words((await w.says('吴一', '到'))[0])).not.toContain('已签到');
    }));

  it('send the weekly summary on Friday afternoon to its subscribers', () =>
    within('embedded', FEW, async (w) => {
      await w.says('郑校长', '订阅周报');
      await w.advance({ days: 1, hours: 8 });
      expect(words(w.inbox('郑校长').at(-1))).toContain('周报');
      expect((await delivered(w)).郑校长).toEqual(['11-13 weekly-summary']);
    }));
});

describe('催办', () => {
  it('is one card a day, updated by later nudges, at most once in two days per duty, and urgent only on request', () =>
    within(
      'embedded',
      FEW,
      async (w) => {
        await w.advance({ minutes: 20 });
        expect(words(w.inbox('周联络').at(-1))).toContain('3 人落后');
        expect((await w.clicks('周联络', '催办')).toast?.content).toBe('已催办 1 人');
        await w.clicks('周联络', '全部催办');
        expect(cards(w, FEW)).toEqual([2, 2, 2]);
        expect(words(w.inbox('吴一').at(-1))).toContain('周联络 请您留意');
        expect(w.sandbox.messages(w.openId('吴一')).some((m) => m.urgent)).toBe(false);
        Object.assign(w.sandbox.faults.api, { match: 'urgent_app', refuse: { code: 99991672, times: 1 } });
        expect((await w.clicks('周联络', '加急')).toast?.content).toBe('正在加急，发不出去会告诉您');
        expect(words(w.inbox('周联络').at(-1))).toMatch(/加急没有发出[\s\S]*权限管理/);
        expect(FEW.some((name) => w.inbox(name).some((m) => m.urgent))).toBe(false);
        await w.clicks('周联络', '加急');
        expect(FEW.filter((name) => w.inbox(name).some((m) => m.urgent))).toHaveLength(1);
        expect(words((await w.says('周联络', '催办 吴一'))[0])).toContain('两天内已经催办过');
        await w.advance({ days: 2 });
        expect(words((await w.says('周联络', '催办 吴一'))[0])).toContain('已催办 1 人');
        expect(words((await w.says('吴一', '催办 吴二'))[0])).not.toContain('已催办');
      },
      '2026-11-16T08:50',
    ));
});
