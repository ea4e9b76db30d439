import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a term that ended with open duties (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    const programme = lessonsProgramme(['吴一', '吴二', '吴三']);
    const terms = [
      { name: '第一学期', start: '2026-09-01', end: '2027-01-22' },
      { name: '第二学期', start: '2027-02-22', end: '2027-07-02' },
    ];
    w = await world({ backend, at: '2027-01-21T12:00', programme: { ...programme, terms }, overrides: unhurried });
    await w.says('吴三', '补报 11月10日到乙校上了两节七年级语文');
    for (let day = 0; day < 33; day++) await w.advance({ days: 1 });
  }, 120_000);
  afterAll(() => w.close());

  it('is asked about on the first school day, with a way to report it and a way to say no', async () => {
    const card = words(w.inbox('吴一').at(-1));
    expect(card).toContain('第一学期的送教上课没有记录。当时做了吗？');
    expect(card).toContain('补报');
    const answer = await w.clicks('吴一', '没做，不再提醒');
    expect(JSON.stringify(answer.card)).toContain('没做，不再提醒');
    expect(JSON.stringify(answer.card)).not.toContain('当时做了吗');
    const form = await w.clicks('吴二', '补报');
    expect(form.toast?.type).not.toBe('error');
    expect(words(w.inbox('吴二').at(-1))).toContain('送教');
  });

  it('is not asked about again, and people who did everything are not asked', async () => {
    for (let day = 0; day < 16; day++) await w.advance({ days: 1 });
    const reminders = await delivered(w);
    for (const name of ['吴一', '吴二'])
      expect(reminders[name]!.filter((line) => line.includes('lapsed'))).toHaveLength(1);
    expect((reminders.吴三 ?? []).filter((line) => line.includes('lapsed'))).toEqual([]);
  });
});
