import { afterAll, beforeAll, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

let w: World;
const tasks = async () => words((await w.says('陈志远', '我的任务'))[0]);
/** The pupils under a requirement, in the order in which they stand, with their last time. */
const order = (text: string, title: string) => {
  let under = '';
  return text.split('\n').flatMap((line) => {
    under = /^\*\*(.+?)\*\* · /.exec(line)?.[1] ?? under;
    const pupil = /^- (\S+) .*· (.+)$/.exec(line);
    return pupil && under === title ? [`${pupil[1]} ${pupil[2]}`] : [];
  });
};

beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

it('lists the pupils who have waited longest first', async () => {
  expect(order(await tasks(), '家访或电访')).toEqual(['小雨 还没有过', '小杰 上次 10月31日 周六']);
  await w.says('陈志远', '11月5日家访了小雨');
  expect(order(await tasks(), '家访或电访')).toEqual(['小杰 上次 10月31日 周六', '小雨 上次 11月5日 周四']);
  await w.says('陈志远', '11月10日电话家访了小杰');
  // That was the second of the term for 小杰: nobody waits for more.
  expect(order(await tasks(), '家访或电访')).toEqual(['小雨 上次 11月5日 周四']);
});

it('goes by each kind of contact on its own, and by what is done', async () => {
  await w.says('陈志远', '下周三打算家访小雨');
  expect(order(await tasks(), '家访或电访')[0]).toBe('小雨 上次 11月5日 周四');
  expect(order(await tasks(), '每学期谈话不少于十次')).toEqual(['小雨 上次 11月5日 周四', '小杰 上次 11月12日 周四']);
});
