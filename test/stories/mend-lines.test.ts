import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowMeant } from '../../src/bot/report/mend-row.ts';
import type { Activity } from '../../src/plan/activity.ts';
import { recordsMade } from '../support/recorded.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

test.each([
  ['第2条删掉', { n: 2, what: 'drop' }],
  ['删掉第二条', { n: 2, what: 'drop' }],
  ['把第3项去掉吧', { n: 3, what: 'drop' }],
  ['第三条不要了', { n: 3, what: 'drop' }],
  ['第1条没做成', { n: 1, what: 'failed' }],
  ['第一条不对，是前天', { n: 1, what: 'change' }],
])('%s', (text, meant) => {
  expect(rowMeant(text)).toMatchObject(meant);
});
test.each(['今天是第2次家访', '第二小学听课', '删掉第二天的'])('%s names no line', (text) => {
  expect(rowMeant(text)).toBeUndefined();
});

describe.each(backends)('a line of the card shown last (%s)', (backend) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ backend });
  });
  afterEach(() => w.close());
  const answerTo = async (text: string) => {
    await w.move({ seconds: 20 });
    return words((await w.says('陈志远', text)).at(-1));
  };
  const records = async () =>
    (await recordsMade<Pick<Activity, 'id' | 'date' | 'pupilIds' | 'participantIds'>>(w)).map(
      (a) => `${a.kind} ${a.date} ${a.status} ${a.pupilIds.length} ${a.participantIds.length}`,
    );

  test('is withdrawn or corrected by its number, which it keeps', async () => {
    await answerTo('昨天家访了小杰，找小雨谈话，听了周丽华一节课');
    expect(await answerTo('第2条删掉')).toContain('已撤回');
    expect(await answerTo('第1条改成电访')).toContain('电话');
    expect(await answerTo('第三条不对，是前天')).toContain('11月18日');
    expect(await answerTo('第1条没做成')).toContain('没做成');
    expect(await answerTo('第5条删掉')).toContain('没有改动');
    expect(await records()).toEqual([
      'home_visit 2026-11-19 attempted 1 0',
      'talk 2026-11-19 withdrawn 1 0',
      'observe 2026-11-18 done 0 1',
    ]);
  });

  test('gains companions and pupils named afterwards, and loses them again', async () => {
    await answerTo('昨天去万佑上了一节七年级语文课');
    await answerTo('和李晓梅一起去的');
    await answerTo('赵思敏也去了');
    expect(await records()).toEqual(['demo_lesson 2026-11-19 done 0 2']);
    await answerTo('李晓梅没去');
    expect(await records()).toEqual(['demo_lesson 2026-11-19 done 0 1']);
    expect(await answerTo('去掉李晓梅')).toContain('没有 李晓梅');
    await answerTo('昨天找小杰谈话');
    await answerTo('加上小雨');
    expect((await records()).at(-1)).toBe('talk 2026-11-19 done 2 0');
    await answerTo('小雨没谈成');
    expect((await records()).at(-1)).toBe('talk 2026-11-19 done 1 0');
    await answerTo('去掉小杰');
    expect((await records()).at(-1)).toBe('talk 2026-11-19 withdrawn 1 0');
  });

  test('on a card that still waits is changed there; nothing is recorded before the tap', async () => {
    // Longer than a message that is recorded at once.
    const long =
      '昨天去小杰和小雨家里坐了一会儿，山路走了一个多钟头，还和村小学的老师聊了聊孩子的学习，天黑了才回来，鞋都湿透了，' +
      '不过孩子们都很高兴，家长也留我们吃饭，说下次来要提前讲一声，好杀只鸡，我们推了好半天才出门';
    expect(await answerTo(long)).toContain('是这样吗');
    const less = await answerTo('去掉小雨');
    expect(less).toContain('是这样吗');
    expect(less).not.toContain('小雨');
    expect(await records()).toEqual([]);
    await answerTo('对');
    expect(await records()).toEqual(['home_visit 2026-11-19 done 1 0']);
    await answerTo(long);
    await answerTo('第1条不要');
    await answerTo('对');
    expect(await records()).toEqual(['home_visit 2026-11-19 done 1 0']);
  });

  test('a failure of another day leaves a record as it stands', async () => {
    await answerTo('前天家访了小杰');
    await answerTo('昨天没去成');
    expect(await records()).toEqual(['home_visit 2026-11-18 done 1 0']);
    expect(await answerTo('昨天没打通')).not.toContain('已记录');
    expect(await records()).toEqual(['home_visit 2026-11-18 done 1 0']);
  });
});
