import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/sandbox/traffic.ts';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type World, words, world } from '../support/world.ts';
import { soak } from './soak.ts';

/** Just under the three seconds that Feishu itself allows. */
const SLOW_MS = 2_900;
const WAVES = soak ? 7 : 1;
const REPORTS = WAVES * 6;
const TEACHERS = ['陆甲', '陆乙', '陆丙', '陆丁', '陆戊'];

describe('every call to Feishu takes 2.9 s', () => {
  let w: World;
  beforeAll(async () => {
    w = await world({ programme: lessonsProgramme(TEACHERS), at: '2026-11-12T08:00', overrides: unhurried });
    // The first day of an installation sends no reminders; the next one has the overdue lessons.
    await w.app.tick();
    await w.says('陆甲', '今天到乙校上了两节语文');
    w.sandbox.faults.api.delayMs = SLOW_MS;
  });
  afterAll(() => w.close());

  it('still accepts pushes at once, and answers each once', async () => {
    const deliveries: Delivery[] = [];
    // Six at a time; other tests cover larger bursts.
    for (let wave = 0; wave < WAVES; wave++) {
      const sent = Array.from({ length: 6 }, (_, i) => {
        const day = Temporal.PlainDate.from('2026-09-01').add({ days: wave * 6 + i });
        return w.sandbox.says(w.openId(TEACHERS[i % 3]!), `${day.month}月${day.day}日到乙校上了一节语文`);
      });
      deliveries.push(...(await Promise.all(sent)));
    }
    expect(deliveries.map((d) => d.attempts.length)).toEqual(deliveries.map(() => 1));
    // Waiting for a single call would take longer.
    expect(Math.max(...deliveries.map((d) => d.attempts[0]!.ms))).toBeLessThan(SLOW_MS);
    await w.quiet();
    const answers = TEACHERS.flatMap(w.inbox).slice(1);
    expect(answers).toHaveLength(REPORTS);
    expect(new Set(answers.map((m) => m.parentId)).size).toBe(REPORTS);
  });

  it('answers a click within the three seconds, and redraws the card once', async () => {
    const result = await w.sandbox.clicks(w.openId('陆甲'), w.inbox('陆甲')[0]!.messageId, { text: '撤回' });
    expect(result.clientError).toBeUndefined();
    expect(result.ms).toBeLessThan(SLOW_MS);
    expect(words(w.inbox('陆甲')[0])).toContain('已撤回');
  });

  it('reminds everybody once', async () => {
    const late = w.sandbox.calls.length;
    await w.advance({ hours: 25, minutes: 15 });
    const reminders = await delivered(w);
    expect(Object.keys(reminders)).toEqual(expect.arrayContaining(['陆丁', '陆戊']));
    for (const [name, days] of Object.entries(reminders)) expect([name, days.length]).toEqual([name, 1]);
    const uuids = w.sandbox.calls.slice(late).flatMap((call) => (call.uuid ? [call.uuid] : []));
    expect(new Set(uuids).size).toBe(uuids.length);
  });
});
