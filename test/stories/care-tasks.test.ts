import { afterAll, beforeAll, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

let w: World;
const tasks = async () => words((await w.says('陈志远', '我的任务'))[0]);
/** The lines of a requirement, each with its pupils in display order and the rest of its text. */
const lines = (text: string, title: string) =>
  text.split('\n').flatMap((line) => {
    const [, rest] = line.split(`**${title}** `);
    return rest === undefined ? [] : [rest.replaceAll(/<[^>]+>/g, '')];
  });

beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

it('lists the pupils who have waited longest first, a line for a duty', async () => {
  const visits = async () => lines(await tasks(), '家访或电访');
  expect(await visits()).toEqual([
    '小雨 · 0/2次 · 应于 11月11日 周三前',
    '小杰 · 1/2次 · 1月22日 周五前 · 上次 10月31日 周六',
  ]);
  await w.says('陈志远', '11月5日家访了小雨');
  expect(await visits()).toEqual(['小杰 1/2次、小雨 1/2次 · 1月22日 周五前']);
  await w.says('陈志远', '11月10日电话家访了小杰');
  // That was the second visit of the term to 小杰: no more are due.
  expect((await visits())[0]).toBe('小雨 · 1/2次 · 1月22日 周五前 · 上次 11月5日 周四');
});

it('counts each kind of contact separately, and only finished activities', async () => {
  await w.says('陈志远', '下周三打算家访小雨');
  expect(lines(await tasks(), '家访或电访')[0]).toBe('小雨 · 1/2次 · 1月22日 周五前 · 上次 11月5日 周四');
  expect(lines(await tasks(), '每学期谈话不少于十次')).toEqual([
    '小雨 · 5/10次 · 下周三前 · 上次 11月5日 周四',
    '小杰 · 6/10次 · 12月9日 周三前 · 上次 11月12日 周四',
  ]);
});
