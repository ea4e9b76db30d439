import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourIn } from '../../src/bot/reminders/own-hour.ts';
import { lessonsProgramme, unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

it.each([
  ['以后下午提醒我', '14:07'],
  ['早上提醒', '07:37'],
  ['请以后每天下午四点半提醒我', '16:30'],
  ['以后下午四点提醒我', '16:00'],
  ['四点半提醒我', '16:30'],
  ['7点半提醒我', '07:30'],
  ['以后不要早上提醒我', '14:07'],
  ['恢复早上提醒', '07:37'],
  ['以后16:20提醒我吧', '16:20'],
  ['每天晚上七点提醒我', '19:00'],
  ['按默认时间提醒', undefined],
])('%s means %s', (sentence, hour) => {
  expect(hourIn(sentence)).toEqual(hour === undefined ? {} : { hour });
});

it.each(['提醒我', '下午提醒陈老师', '3天后再提醒', '昨天下午四点家访了小雨', '以后25点提醒我'])(
  '%s is about something else',
  (sentence) => {
    expect(hourIn(sentence)).toBeUndefined();
  },
);

describe.each(backends)('the hour of reminders (%s)', (backend) => {
  let w: World;
  // The checkpoint of 11 November has passed: on the 12th everybody gets a reminder.
  const programme = {
    ...(lessonsProgramme(['吴一', '吴二', '吴三']) as object),
    reminders: { at: '10:07', quiet: { from: '18:00', to: '08:00' } },
  };
  const reminders = (name: string) => w.inbox(name).filter((m) => words(m).startsWith('今天 1 件事')).length;
  const at = (time: string) => {
    const then = Temporal.PlainDateTime.from(`2026-11-12T${time}`).toZonedDateTime('Asia/Shanghai').epochMilliseconds;
    return w.advance({ seconds: (then - w.now()) / 1_000 });
  };
  beforeAll(async () => {
    w = await world({ backend, at: '2026-11-11T17:00', programme: programme as never, overrides: unhurried });
    expect(words((await w.says('吴二', '以后下午提醒我'))[0])).toContain('以后 14:07 提醒您');
    expect(words((await w.says('吴三', '以后早上提醒我'))[0])).toMatch(/07:37|静默/);
    await w.says('吴三', '以后早上8点10分提醒我');
    expect(words((await w.says('吴一', '每天晚上七点提醒我'))[0])).toContain('18:00 到 08:00 是静默时间');
  });
  afterAll(() => w.close());

  it("is the programme’s, or the person's own choice, once a day", async () => {
    await at('07:45');
    expect(['吴一', '吴二', '吴三'].map(reminders)).toEqual([0, 0, 0]);
    await at('08:20');
    expect(['吴一', '吴二', '吴三'].map(reminders)).toEqual([0, 0, 1]);
    await at('09:30');
    expect(['吴一', '吴二', '吴三'].map(reminders)).toEqual([0, 0, 1]);
    await at('10:20');
    expect(['吴一', '吴二', '吴三'].map(reminders)).toEqual([1, 0, 1]);
    await at('14:20');
    expect(['吴一', '吴二', '吴三'].map(reminders)).toEqual([1, 1, 1]);
  });

  it('shows the state at that hour: nothing if it is done by then', async () => {
    await w.advance({ days: 6, hours: 20 });
    await w.says('吴二', '今天到乙校上了两节七年级语文');
    const before = w.inbox('吴二').length;
    await w.advance({ hours: 8 });
    expect(w.inbox('吴二')).toHaveLength(before);
  });

  it('is that of a summary too, with the figures of that hour', async () => {
    const other = await world({ backend, at: '2026-11-12T17:00', programme: programme as never, overrides: unhurried });
    const leaders = ['郑校长', '周联络'];
    for (const name of leaders) await other.says(name, '订阅周报');
    await other.says('周联络', '以后下午提醒我');
    const summaries = (name: string) =>
      other
        .inbox(name)
        .filter((m) => words(m).startsWith('进度'))
        .map(words);
    const until = (time: string) => {
      const then = Temporal.PlainDateTime.from(`2026-11-13T${time}`).toZonedDateTime('Asia/Shanghai').epochMilliseconds;
      return other.advance({ seconds: (then - other.now()) / 1_000 });
    };
    await until('09:30');
    expect(leaders.map((name) => summaries(name).length)).toEqual([0, 0]);
    await until('10:20');
    expect(leaders.map((name) => summaries(name).length)).toEqual([1, 0]);
    expect(summaries('郑校长')[0]).toContain('本周活动 0 次');
    await other.says('吴一', '今天到乙校上了两节七年级语文');
    await until('14:20');
    expect(summaries('周联络')[0]).toContain('本周活动 1 次');
    await until('17:00');
    expect(leaders.map((name) => summaries(name).length)).toEqual([1, 1]);
    await other.close();
  });
});
