import { expect, test } from 'vitest';
import { ASKED_AROUND } from '../../src/bot/insight/ask-around.ts';
import { countsAsked } from '../../src/bot/insight/what-counts.ts';

test.each(ASKED_AROUND)('$says asks about $topic', ({ says, when, topic }) => {
  expect(ASKED_AROUND.find((rule) => rule.when.test(says))?.topic).toBe(topic);
  expect(when.test(says)).toBe(true);
});

test.each(['联络员通知下周开会', '材料交了', '照片发给小雨家长了', '找谁谈话都行', '谁管饭'])('%s does not', (text) => {
  expect(ASKED_AROUND.some(({ when }) => when.test(text))).toBe(false);
});

test.each([
  ['算家访吗', { kind: 'home_visit' }],
  ['电话算家访吗', { kind: 'home_visit', way: 'phone' }],
  ['家访能不能用电话', { kind: 'home_visit', way: 'phone' }],
  ['微信视频算不算家访', { kind: 'home_visit', way: 'online' }],
  ['怎么才算送教', { kind: 'demo_lesson' }],
  ['这条算谈话吗', { last: true }],
  ['这个为什么没算', { last: true }],
  ['今年的计划怎么还没算上', { kind: 'document' }],
])('%s asks what counts', (text, asked) => expect(countsAsked(text)).toEqual(asked));

test.each(['昨天算是家访了小雨', '算了', '今天打算去家访', '数学计算题讲了两节', '昨天去家访，小杰爸爸不算热情吗'])(
  '%s does not',
  (text) => expect(countsAsked(text)).toBeUndefined(),
);
