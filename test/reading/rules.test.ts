import { expect, test } from 'vitest';
import { LIKELY } from '../../src/reading/answers/likely-kinds.ts';
import { SMALL_TALK } from '../../src/reading/answers/small-talk.ts';
import { YES_NO, yesOrNo } from '../../src/reading/answers/yes-no.ts';

test.each([...YES_NO, ...SMALL_TALK, ...LIKELY].map((rule) => [rule.says, rule] as const))('%s', (says, { when }) => {
  expect(says).toMatch(when);
});

test.each(['对', '对的', '嗯', '是的', '没错', '是这样', '记录', '可以', '好的', 'yes'])('%s is a yes', (text) =>
  expect(yesOrNo(text)).toBe('yes'),
);
test.each(['不是', '不对', '不是的', '算了', '先不记', '不用记了', 'no'])('%s is a no', (text) =>
  expect(yesOrNo(text)).toBe('no'),
);
test.each(['对了，明天开会', '好的老师在吗', '不是周二，是周三', '今天没去', '是谁', '可以吗', '可以去万佑吗'])(
  '%s is neither',
  (text) => expect(yesOrNo(text)).toBeUndefined(),
);
