import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { recordsMade } from '../../support/recorded.ts';
import { words, world } from '../../support/world.ts';
import { CASTS } from './casts.ts';

test('the topic of a talk is kept with the record, for the mentor to see', async () => {
  const w = await world({ programme: parse(CASTS['care-pupils']!) });
  const [card] = await w.says('周文', '今天找小杰谈话，了解了他在学习上的困难');
  expect(words(card)).toContain('了解了他在学习上的困难');
  expect(await recordsMade<{ note?: string }>(w)).toMatchObject([{ kind: 'talk', note: '了解了他在学习上的困难' }]);
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

test('an activity outside a clause is not credited to it', async () => {
  const children = await world({ programme: parse(CASTS['kindergarten-pairs']!) });
  const drawings = words((await children.says('周文', '今天我园和东乡园的小朋友互赠书画'))[0]);
  expect(drawings).toContain('已记录');
  expect(drawings).not.toContain('计入任务');
  expect(words((await children.says('周文', '为什么'))[0])).toContain('写的是小朋友');
  expect(words((await children.says('周文', '昨天派老师到东乡园指导交流'))[0])).toMatch(/计入任务[\s\S]*派员指导/);
  await children.close();

  const gifts = await world({ programme: parse(CASTS['five-middle-schools']!) });
  const computers = words((await gifts.says('罗国强', '支援九合中学的8000元电脑装备今天送到了'))[0]);
  expect(computers).toMatch(/计入任务[\s\S]*8000 元/);
  expect(computers).not.toContain('师生捐款捐物');
  await gifts.close();
});

test('a paper that says what it is gets no question about other papers, and schools get none about papers of the bureau', async () => {
  const lingbi = await world({ programme: parse(CASTS['lingbi-huigou-2012']!), at: '2026-11-06T16:00' });
  const summary = words((await lingbi.says('周文', '今天报送了帮扶工作总结，一式两份'))[0]);
  expect(summary).toMatch(/工作总结 · 1份\n.*没有任务要求/);
  await lingbi.close();

  const city = await world({ programme: parse(CASTS['city-county-2017']!), at: '2026-11-06T16:00' });
  const filed = words((await city.says('周文', '今天把月考情况报教育局备案了'))[0]);
  expect(filed).not.toContain('一区一案');
  await city.close();

  const care = await world({ programme: parse(CASTS['care-pupils']!), at: '2026-11-06T16:00' });
  expect(words((await care.says('周文', '今天交了一份教学计划'))[0])).not.toContain('计入任务**');
  expect(words((await care.says('周文', '今天写了听课反思'))[0])).toContain('写的是听课');
  await care.close();
});

test('guidance at a rural kindergarten is no observing, and filing an activity’s papers is no yearly summary', async () => {
  const w = await world({ programme: parse(CASTS['kindergarten-pairs']!), at: '2026-11-04T16:00' });
  const guided = words((await w.says('周文', '今天派老师到东乡园指导交流'))[0]);
  expect(guided).toContain('派员指导');
  expect(guided).not.toContain('观摩、跟班');
  const followed = words((await w.says('丁兰', '今天我园三位老师到示范园跟班学习'))[0]);
  expect(followed).toContain('观摩、跟班');
  expect(followed).not.toContain('派员指导');
  expect(words((await w.says('区联', '今天组织了片区优秀活动展示'))[0])).not.toContain('周期总结');
  await w.close();
});
