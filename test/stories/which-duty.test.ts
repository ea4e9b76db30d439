import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { words, world } from '../support/world.ts';
import { CASTS } from './plans/casts.ts';

test('a paper that says too little is asked about, and one tap counts it', async () => {
  const w = await world({ programme: parse(CASTS['county-compulsory']!) });
  const [asked] = await w.says('周文', '今天交了一份材料');
  expect(words(asked)).toContain('这是哪一项');
  expect(words(asked)).not.toContain('计入任务');
  await w.clicks('周文', '学年结对帮扶计划');
  expect(words(w.inbox('周文').at(-1))).toMatch(/计入任务[\s\S]*学年结对帮扶计划/);
  expect(words(w.inbox('周文').at(-1))).not.toContain('这是哪一项');
  await w.close();
});

test('a meeting without a topic fulfils no topic rule, and an internal one counts only for its school', async () => {
  const w = await world({ programme: parse(CASTS['yunxian-minzu']!) });
  const [seminar] = await w.says('周文', '今天两校开了会');
  expect(words(seminar)).not.toContain('计入任务');
  const [parents] = await w.says('丁兰', '今天开了家长会');
  expect(words(parents)).not.toContain('计入任务');
  expect(words(parents)).not.toContain('民族中学');
  await w.close();
});

test('different papers and gifts of one person on a day are two, without a question', async () => {
  const w = await world({ programme: parse(CASTS['five-middle-schools']!) });
  await w.says('周文', '今天给九合中学捐了20台电脑');
  const [second] = await w.says('周文', '今天给九合中学捐款3000元');
  expect(words(second)).toContain('已记录');
  await w.says('周文', '今天写了支教工作总结');
  const [paper] = await w.says('周文', '今天签了结对帮扶协议');
  expect(words(paper)).toContain('已记录');
  await w.close();
});

test('people of the bureau are not asked for a place', async () => {
  const w = await world({
    programme: parse(
      CASTS['kindergarten-pairs']!.replace('pairings:', `pairings:\n  - {supporter: 示范园, recipient: 西乡园}`)
        .replace('schools: [', 'schools: [{name: 西乡园, district: 东区}, ')
        .replace(
          'pairings:\n  - {supporter: 示范园, recipient: 西乡园} [',
          'pairings: [{supporter: 示范园, recipient: 西乡园}, ',
        ),
    ),
  });
  const [lecture] = await w.says('区联', '今天组织了区域专题讲座');
  expect(words(lecture)).toMatch(/计入任务[\s\S]*区域专题讲座/);
  await w.close();
});
