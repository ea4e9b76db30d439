import { expect, test } from 'vitest';
import { CONCERNS } from '../../src/bot/report/concern.ts';

test.each(CONCERNS)('$name: 「$says」', ({ says, name }) => {
  expect(CONCERNS.filter((c) => c.when.test(says)).map((c) => c.name)).toEqual([name]);
});

test.each(['昨天给小雨家打了电话', '小杰打篮球扭了脚', '家长打来电话'])('%s is not', (text) => {
  expect(CONCERNS.some((c) => c.when.test(text))).toBe(false);
});
