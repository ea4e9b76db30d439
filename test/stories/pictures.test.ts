import { afterEach, describe, expect, it } from 'vitest';
import { jobs } from '../../src/jobs/index.ts';
import { lockCard, postPicture } from '../../src/store/pictures.ts';
import { transact } from '../../src/store/transaction.ts';
import { lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type Backend, backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const PATCH = 'PATCH /open-apis/im/v1/messages/';
const SEND = 'POST /open-apis/im/v1/messages$';

let w: World;
afterEach(() => w.close());

const begin = async (backend: Backend, at = '2026-11-12T08:50') => {
  w = await world({ backend, at, programme: lessonsProgramme(['吴一', '吴二']), overrides: unhurried });
};
/** Advances the clock and sweeps until nothing waits. */
const settle = async () => {
  for (let i = 0; i < 4; i++) await w.advance({ seconds: 21 });
};
const redraws = async () =>
  (
    await w.core.ctx.db
      .selectFrom('notice')
      .select(['state', 'reason', 'picture'])
      .where('kind', '=', 'redraw')
      .orderBy('id')
      .execute()
  ).map((n) => [n.picture, n.state, n.reason].filter((part) => part !== null).join(' '));
const patches = () => w.sandbox.calls.filter((c) => c.method === 'PATCH').length;

describe.each(backends)('an older picture of a card, on %s', (backend) => {
  it('is not sent again once a newer one is planned, even if its delivery is uncertain', async () => {
    await begin(backend);
    const [card] = await w.says('吴一', '昨天到乙校上了一节七年级语文');
    Object.assign(w.sandbox.faults.api, { match: PATCH, status500: 1 });
    await w.says('吴一', '改成三节');
    await w.move({ seconds: 2 });
    await w.app.sweep();
    await expect.poll(patches).toBe(1);
    await w.sandbox.says(w.openId('吴一'), '改成四节');
    await settle();
    expect(words(w.sandbox.message(card!.messageId))).toContain('4节');
    expect(await redraws()).toEqual(['1 dropped a newer redraw exists', '2 sent']);
    expect(patches()).toBe(2);
  });

  it('does not replace the answer to a click', async () => {
    await begin(backend);
    const [card] = await w.says('吴一', '昨天到乙校上了一节七年级语文');
    Object.assign(w.sandbox.faults.api, { match: PATCH, status500: 1 });
    await w.says('吴一', '改成三节');
    await w.move({ seconds: 2 });
    await w.app.sweep();
    await expect.poll(patches).toBe(1);
    await w.sandbox.clicks(w.openId('吴一'), card!.messageId, { text: '撤回' });
    await settle();
    expect(words(w.sandbox.message(card!.messageId))).toContain('已撤回');
    expect(await redraws()).toEqual(['1 dropped a newer redraw exists', '2 sent']);
  });

  it('is dropped if it has not begun when the card is pressed', async () => {
    await begin(backend);
    const [card] = await w.says('吴一', '昨天到乙校上了一节七年级语文');
    await w.says('吴一', '改成三节');
    // The card is old: the answer shows the current state.
    await w.sandbox.clicks(w.openId('吴一'), card!.messageId, { text: '撤回' });
    expect(words(w.sandbox.message(card!.messageId))).toContain('3节');
    await settle();
    expect(await redraws()).toEqual(['1 dropped a newer redraw exists']);
    expect(patches()).toBe(0);
  });

  it('is not sent again for a reminder either, and a refused one is redrawn', async () => {
    await begin(backend);
    await w.app.tick();
    await w.advance({ minutes: 20 });
    const [card] = w.inbox('吴一');
    expect(words(card)).toContain('0/2');
    Object.assign(w.sandbox.faults.api, { match: PATCH, status500: 1 });
    await w.says('吴一', '11月2日到乙校上了一节七年级语文');
    await w.move({ seconds: 2 });
    await w.app.sweep();
    await expect.poll(patches).toBe(1);
    await w.sandbox.says(w.openId('吴一'), '11月3日到乙校上了一节七年级语文');
    await settle();
    expect(words(w.sandbox.message(card!.messageId))).toContain('都完成了');
    expect(await redraws()).toEqual(['1 dropped a newer redraw exists', '2 sent']);
  });
});

// The embedded store runs one transaction at a time.
describe.skipIf(!backends.includes('services'))('who draws a card (services)', () => {
  it('waits for a concurrent redraw, and shows its changes', async () => {
    await begin('services');
    const [card] = await w.says('吴一', '昨天到乙校上了一节七年级语文');
    const { db } = w.core.ctx;
    const facts = { now: w.now(), newId: w.core.ctx.newId };
    const draw = async (by: string, meanwhile: () => Promise<void>) =>
      transact(db, async (trx) => {
        await lockCard(trx, card!.messageId);
        const { reason } = await trx
          .selectFrom('notice')
          .select('reason')
          .where('message_id', '=', card!.messageId)
          .executeTakeFirstOrThrow();
        await trx.updateTable('notice').set({ reason: by }).where('message_id', '=', card!.messageId).execute();
        await meanwhile();
        await postPicture(trx, facts, { messageId: card!.messageId, by, to: w.openId('吴一'), card: {}, text: '' });
        return reason;
      });
    const [drawing, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = draw('one', async () => {
      drawing.resolve();
      await go.promise;
    });
    await drawing.promise;
    const second = draw('two', async () => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    go.resolve();
    expect(await Promise.all([first, second])).toEqual([null, 'one']);
    expect(await redraws()).toEqual(['1 dropped a newer redraw exists', '2 planned']);
  });
});

describe.each(backends)('a reminder that was refused for now, on %s', (backend) => {
  /** Feishu refuses everything at 09:07, and accepts it at 09:30. */
  const refusedAt = async (meanwhile: () => Promise<unknown>) => {
    await begin(backend);
    await w.app.tick();
    await w.move({ minutes: 17 });
    Object.assign(w.sandbox.faults.api, { match: SEND, refuse: { code: 230020, times: 2 } });
    await jobs.morning!.run(w.app.ctx, w.now());
    await expect.poll(() => w.sandbox.calls.filter((c) => c.code === 230020).length).toBe(2);
    await expect.poll(async () => (await morning()).every((n) => n.state === 'planned')).toBe(true);
    await meanwhile();
    await w.advance({ minutes: 20 });
  };
  const morning = () =>
    w.core.ctx.db.selectFrom('notice').select(['recipient', 'state', 'reason']).where('kind', '=', 'morning').execute();

  it('shows the state at the time it is sent', async () => {
    await refusedAt(() => w.says('吴一', '今天到乙校上了一节七年级语文'));
    const card = w.inbox('吴一').find((m) => words(m).includes('提醒'));
    expect(words(card)).toContain('1/2');
    expect(w.inbox('吴二').map(words).join()).toContain('0/2');
  });

  it('is not sent if its duty is done', async () => {
    await refusedAt(() => w.says('吴一', '11月2日到乙校上了两节七年级语文'));
    expect(w.inbox('吴一').filter((m) => words(m).includes('提醒'))).toEqual([]);
    const notice = (await morning()).find((n) => n.recipient === w.openId('吴一'));
    expect([notice?.state, notice?.reason]).toEqual(['dropped', 'done']);
  });
});
