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
