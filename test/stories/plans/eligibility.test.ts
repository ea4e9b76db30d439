import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { words, world } from '../../support/world.ts';
import { CASTS } from './casts.ts';

const cast = (more: string) =>
  parse(
    CASTS['central-primary']!.replace(
      'roles: [teacher, coordinator]}',
      `roles: [teacher, coordinator], sex: 女, born: 1980-05-01${more}}`,
    ),
  );

test('the answer warns about a subject that the school does not lack, and lists those it lacks on request', async () => {
  const programme = parse(
    CASTS['central-primary']!.replace('{name: 崔庄中心小学,', '{name: 崔庄中心小学, lacks: [美术, 音乐],'),
  );
  const w = await world({ programme });
  expect(words((await w.says('周文', '今天起到崔庄中心小学支教，教数学'))[0])).toContain('缺的是美术、音乐教师');
  await w.clicks('周文', '修改');
  expect(JSON.stringify(await w.clicks('周文', '保存', { subject: '美术' }))).not.toContain('缺的是');
  expect(words((await w.says('罗国强', '周文符合支教条件吗'))[0])).toContain('崔庄中心小学缺的学科：美术、音乐');
  await w.close();
});

test('a teacher above the plan’s age limit is pointed out when sent to teach, unless they volunteer', async () => {
  const w = await world({ programme: cast('') });
  const [answer] = await w.says('周文', '今天起到崔庄中心小学支教，教美术');
  expect(words(answer)).toContain('支教要求女未满 40 岁');
  await w.close();
  const other = await world({ programme: cast(', volunteer: true') });
  const [free] = await other.says('周文', '今天起到崔庄中心小学支教，教美术');
  expect(words(free)).toContain('已记录');
  expect(words(free)).not.toContain('未满 40 岁');
  await other.close();
});
