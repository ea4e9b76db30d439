import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { words, world } from '../support/world.ts';
import { CASTS } from './plans/casts.ts';

const last = (list: { card?: unknown }[]) => list.findLast((m) => m.card !== undefined);

test('each school’s sentence about one visit confirms the other’s, and both cards say so', async () => {
  const w = await world({ programme: parse(CASTS['yunxian-minzu']!) });
  const [first] = await w.says('周文', '今天到万佑学校听课评课，听了两节课');
  expect(words(first)).not.toContain('互相印证');
  const [second] = await w.says('丁兰', '今天民族中学的老师来我校听课评课');
  expect(words(second)).toContain('双方学校都已报，互相印证');
  await w.advance({ minutes: 1 });
  expect(words(last(w.inbox('周文')) as never)).toContain('互相印证');
  await w.close();
});

test('reports from one school confirm nothing, and a visit on another day is another occasion', async () => {
  const w = await world({ programme: parse(CASTS['yunxian-minzu']!) });
  await w.says('周文', '昨天到万佑学校听课评课，听了两节课');
  const [colleague] = await w.says('罗国强', '昨天到万佑学校听课评课');
  expect(words(colleague)).not.toContain('互相印证');
  const [other] = await w.says('丁兰', '今天民族中学的老师来我校听课评课');
  expect(words(other)).not.toContain('互相印证');
  await w.close();
});
