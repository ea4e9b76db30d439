import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { onMessage } from '../../src/bot/intake/on-message.ts';
import type { Ctx } from '../../src/context.ts';
import { createSender } from '../../src/jobs/sender.ts';
import type { MessageEvent } from '../../src/lark/event.ts';
import { lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type Backend, backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const REPORT = '昨天到乙校上了一节七年级语文';

const within = async (backend: Backend, story: (w: World) => Promise<void>, overrides = unhurried) => {
  const w = await world({ backend, programme: lessonsProgramme(['吴一', '吴二']), overrides });
  try {
    // After the day's reminders.
    await w.advance({ seconds: 1 });
    await story(w);
  } finally {
    await w.close();
  }
};

const answers = async ({ core }: World) =>
  core.ctx.db
    .selectFrom('notice')
    .select(['id', 'state', 'attempt', 'claimed_at', 'lease_until', 'message_id'])
    .where('kind', '=', 'answer')
    .orderBy('id')
    .execute();
const answersTo = (w: World, name: string) => w.inbox(name).length;

let serial = 0;
/** A parsed message, for tests that supply their own context. */
const message = (w: World, name: string, messageId: string, text: string): MessageEvent => ({
  type: 'message',
  eventId: `ev_own_${++serial}`,
  createTime: w.now(),
  messageId,
  chatId: `oc_${w.openId(name)}`,
  chatType: 'p2p',
  sender: { openId: w.openId(name), bot: false },
  sentAt: w.now(),
  content: { kind: 'text', text },
  mentions: [],
  mentionsBot: false,
});
/** Messages in the chat that did not reach the program, because their pushes had a wrong signature. */
const undelivered = async (w: World, name: string, texts: string[]): Promise<MessageEvent[]> => {
  w.sandbox.faults.badSignature = true;
  const known = w.sandbox.messages(w.openId(name)).length;
  await Promise.all(texts.map((text) => w.sandbox.says(w.openId(name), text)));
  w.sandbox.faults.badSignature = false;
  return w.sandbox
    .messages(w.openId(name))
    .slice(known)
    .map(({ messageId }, i) => message(w, name, messageId, texts[i]!));
};
const oneUndelivered = async (w: World, name: string): Promise<MessageEvent> =>
  (await undelivered(w, name, [REPORT]))[0]!;
/** The lease of a dead process runs out, and the sweep takes over. */
const later = async (w: World) => {
  await w.move({ seconds: 21 });
  await w.app.sweep();
  await w.quiet();
};

describe.each(backends)('an answer goes out from the memory of the process that made it (%s)', (backend) => {
  it('at the first attempt, with a claim made together with the record, without the queue', () =>
    within(backend, async (w) => {
      const queued: string[] = [];
      const deliver: Ctx['deliver'] = (hints, claimed) => {
        queued.push(...hints.map((h) => h.id).filter((id) => !claimed?.some((n) => n.id === id)));
        return w.app.ctx.deliver(hints, claimed);
      };
      await onMessage({ ...w.app.ctx, deliver }, await oneUndelivered(w, '吴一'));
      await w.quiet();
      const [answer] = await answers(w);
      expect(answer).toMatchObject({ state: 'sent', attempt: 1 });
      expect(queued).not.toContain(answer!.id);
      expect(answersTo(w, '吴一')).toBe(1);
    }));

  it('also if time passes between taking a message in and deciding its answer', () =>
    within(backend, async (w) => {
      const claimed: string[] = [];
      let passed = 0;
      const now = () => w.now() + passed++;
      const deliver: Ctx['deliver'] = (hints, mine = []) => {
        claimed.push(...mine.map((notice) => notice.id));
        return w.app.ctx.deliver(hints, mine);
      };
      await onMessage({ ...w.app.ctx, now, deliver }, await oneUndelivered(w, '吴一'));
      await w.quiet();
      expect(claimed).toEqual((await answers(w)).map((a) => a.id));
      // Due some milliseconds after the world's clock, so `quiet` does not wait for it.
      await expect.poll(() => answersTo(w, '吴一')).toBe(1);
    }));

  it('is sent once if the process dies after the commit', () =>
    within(backend, async (w) => {
      await onMessage({ ...w.app.ctx, deliver: async () => {} }, await oneUndelivered(w, '吴一'));
      expect((await answers(w)).map((a) => a.state)).toEqual(['claimed']);
      await w.app.sweep();
      expect(answersTo(w, '吴一')).toBe(0);
      await later(w);
      expect(answersTo(w, '吴一')).toBe(1);
      expect(await answers(w)).toMatchObject([{ state: 'sent', attempt: 2 }]);
    }));

  it('is sent once if the process dies while it waits, or between the call and its mark', () =>
    within(backend, async (w) => {
      const { lark, pace } = w.app.ctx;
      const never = () => new Promise<never>(() => {});
      const waits: Partial<Ctx> = { pace: { ...pace, turn: never } };
      const reply: typeof lark.reply = async (message) => {
        await lark.reply(message);
        return never();
      };
      const unmarked: Partial<Ctx> = { lark: { ...lark, reply } };
      for (const [name, death] of [
        ['吴一', waits],
        ['吴二', unmarked],
      ] as const) {
        const dying: Ctx = { ...w.app.ctx, ...death, deliver: (...made) => sender.deliver(...made) };
        const sender = createSender(w.app.queue, () => dying);
        await onMessage(dying, await oneUndelivered(w, name));
        if (death === unmarked) await expect.poll(() => answersTo(w, name)).toBe(1);
      }
      await later(w);
      expect([answersTo(w, '吴一'), answersTo(w, '吴二')]).toEqual([1, 1]);
      expect((await answers(w)).map((a) => `${a.state} ${a.attempt}`)).toEqual(['sent 2', 'sent 2']);
    }));

  it('is left to another process that has taken it meanwhile', () =>
    within(backend, async (w) => {
      await w.app.ctx.pace.hold('reply', 600);
      await w.sandbox.says(w.openId('吴一'), REPORT);
      await w.core.ctx.db
        .updateTable('notice')
        .set({ attempt: 2, lease_until: w.now() + 60_000 })
        .where('kind', '=', 'answer')
        .execute();
      await w.move({ seconds: 15 });
      await new Promise((resolve) => setTimeout(resolve, 900));
      expect(answersTo(w, '吴一')).toBe(0);
      expect(await answers(w)).toMatchObject([{ state: 'claimed', attempt: 2 }]);
      await w.move({ seconds: 46 });
      await w.app.sweep();
      await w.quiet();
      expect(answersTo(w, '吴一')).toBe(1);
    }));

  it('keeps its claim while it waits, and the hour of its uuid begins with the call', () =>
    within(backend, async (w) => {
      await w.app.ctx.pace.hold('reply', 600);
      await w.sandbox.says(w.openId('吴一'), REPORT);
      const [made] = await answers(w);
      await w.move({ minutes: 55 });
      await w.quiet();
      const [sent] = await answers(w);
      expect(sent).toMatchObject({ state: 'sent', attempt: 1 });
      expect(Number(sent!.claimed_at) - Number(made!.claimed_at)).toBe(55 * 60_000);
      expect(answersTo(w, '吴一')).toBe(1);
    }));

  it('retries under the same uuid if its delivery is uncertain', () =>
    within(backend, async (w) => {
      Object.assign(w.sandbox.faults.api, { match: '/reply$', storeThenHangup: 1 });
      await w.sandbox.says(w.openId('吴一'), REPORT);
      await expect.poll(() => w.sandbox.calls.filter((c) => c.fault === 'storeThenHangup').length).toBe(1);
      await later(w);
      expect(answersTo(w, '吴一')).toBe(1);
      expect(await answers(w)).toMatchObject([{ state: 'sent', attempt: 2 }]);
    }));

  it(
    'waits with at most 200 others; the rest is planned, and all arrive',
    () =>
      within(backend, async (w) => {
        const MANY = 205;
        const texts = Array.from({ length: MANY }, () => '帮助');
        const shut = Promise.withResolvers<void>();
        const { pace } = w.app.ctx;
        const turn: typeof pace.turn = (...call) => shut.promise.then(() => pace.turn(...call));
        const slow: Ctx = {
          ...w.app.ctx,
          pace: { ...pace, turn },
          room: () => sender.room(),
          deliver: (...made) => sender.deliver(...made),
        };
        const sender = createSender(w.app.queue, () => slow);
        for (const event of await undelivered(w, '吴一', texts)) await onMessage(slow, event);
        // The queue is full: 200 wait here.
        expect(slow.room()).toBe(0);
        shut.resolve();
        await w.quiet();
        expect(w.inbox('吴一')).toHaveLength(MANY);
      }),
    60_000,
  );

  it('is handed back if the program ends before its turn', () =>
    within(backend, async (w) => {
      const slow: Ctx = {
        ...w.app.ctx,
        pace: { ...w.app.ctx.pace, turn: () => new Promise<never>(() => {}) },
        deliver: (...made) => sender.deliver(...made),
      };
      const sender = createSender(w.app.queue, () => slow);
      await onMessage(slow, await oneUndelivered(w, '吴一'));
      await sender.close();
      expect(await answers(w)).toMatchObject([{ state: 'planned', lease_until: 0, claimed_at: null }]);
      await w.app.sweep();
      await w.quiet();
      expect(answersTo(w, '吴一')).toBe(1);
    }));
});

describe.runIf(backends.includes('services'))('a process that only takes in', () => {
  it('answers even if no worker runs', () =>
    within('services', async (w) => {
      await w.app.queue.close();
      const web = await createApp({ ...w.core.ctx.config, role: 'web' }, w.twin());
      w.sandbox.setWebhookUrl(`${web.url}/webhook`);
      await w.sandbox.says(w.openId('吴一'), REPORT);
      await expect.poll(() => answersTo(w, '吴一')).toBe(1);
      await expect.poll(async () => (await answers(w)).map((a) => a.state)).toEqual(['sent']);
      await web.stop();
    }));
});
