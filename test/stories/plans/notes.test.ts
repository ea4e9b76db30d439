import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { told } from '../../support/told.ts';
import { words, world } from '../../support/world.ts';
import { CASTS } from './casts.ts';

test('what was talked of is kept with the record, for the mentor to see', async () => {
  const w = await world({ programme: parse(CASTS['care-pupils']!) });
  const [card] = await w.says('周文', '今天找小杰谈话，了解了他在学习上的困难');
  expect(words(card)).toContain('了解了他在学习上的困难');
  expect(await told<{ note?: string }>(w)).toMatchObject([{ kind: 'talk', note: '了解了他在学习上的困难' }]);
  await w.close();
});

test('a district that is paired with an area as a whole owes its scheme alone', async () => {
  const w = await world({
    programme: parse(CASTS['city-county-2017']!.replace('{name: 东区}', '{name: 东区, helps: 第一片区}')),
  });
  const [scheme] = await w.says('区联', '今天定了本区与片区的一区一案实施方案');
  expect(words(scheme)).toMatch(/计入任务[\s\S]*一区一案[\s\S]*东区→第一片区/);
  await w.close();
});
