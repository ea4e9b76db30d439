import { expect, test } from 'vitest';
import { answerIn } from '../../src/bot/planned-in-words.ts';

test.each([
  '去了',
  '去了，上了两节',
  '嗯，已经去过了',
  '是的 做了',
  '昨天没去成，下雨了',
  '没去',
  '取消了',
  '改到下周三',
  '都完成了',
])('%s may answer whether a plan was kept', (text) => {
  expect(answerIn(text)).toMatch(/^\p{Script=Han}/u);
});

test.each(['谢谢', '好的', '收到', '还没去', '周末愉快', '我的任务', '明天去', '辛苦了', '嗯嗯'])(
  '%s answers nothing',
  (text) => {
    expect(answerIn(text)).toBeUndefined();
  },
);
