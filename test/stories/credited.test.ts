import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import { recordsMade } from '../support/recorded.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a participant in somebody else’s record (%s)', (backend) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ backend, at: '2026-11-19T15:00' });
    const [recorded] = await w.says('陈志远', '昨天和李晓梅到万佑听了周丽华一节课');
    expect(words(recorded)).toMatch(/授课 周丽华.*同行 李晓梅/);
  });
  afterEach(() => w.close());
  const mornings = async (days: number) => {
    for (let i = 0; i < days * 12; i++) await w.advance({ hours: 2 });
  };
  const records = () => recordsMade<Pick<Activity, 'participantIds' | 'byId'>>(w);
  const about = (name: string) => w.inbox(name).filter((m) => words(m).includes('记录里有您'));

  test('is notified once in the next morning card, and leaves it with one tap; the reporter is notified', async () => {
    await mornings(1);
    expect(words(about('周丽华')[0])).toMatch(/1 条记录里有您.*听课评课.*陈志远 报的/s);
    await w.clicks('周丽华', '不是我');
    expect((await records())[0]!.participantIds).toHaveLength(1);
    expect(words(about('周丽华')[0])).toContain('已把您从这条记录里去掉');
    expect(words(w.inbox('陈志远').at(-1))).toContain('周丽华 说没有参加 11月18日');
    await mornings(5);
    expect(about('周丽华')).toHaveLength(1);
    expect(about('陈志远')).toEqual([]);
  });

  test('gets the notice alone, some days later, if there is no other', async () => {
    await mornings(1);
    expect(about('李晓梅')).toEqual([]);
    await mornings(4);
    expect(about('李晓梅')).toHaveLength(1);
  });

  test('withdraws the record as its only doer', async () => {
    await w.says('赵思敏', '代报 陈志远 昨天到万佑上了一节七年级语文');
    await mornings(1);
    await w.clicks('陈志远', '不是我');
    expect((await records()).map((a) => a.status)).toEqual(['done', 'withdrawn']);
    expect(words(w.inbox('赵思敏').at(-1))).toContain('已撤回');
  });

  test('is not notified of a record withdrawn in the meantime', async () => {
    await w.says('陈志远', '撤回');
    await mornings(5);
    expect(about('周丽华')).toEqual([]);
    expect(about('李晓梅')).toEqual([]);
  });
});
