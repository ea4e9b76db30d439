import { expect, test } from 'vitest';
import { FAILURES, HARDLY_DONE } from '../../src/reading/judge/hardly-done.ts';
import { readMessage } from '../../src/reading/read.ts';
import { knownBy } from './corpus.ts';

const at = { today: '2026-11-20', time: '18:00' };

test.each([...HARDLY_DONE, ...FAILURES])('$name: 「$says」', ({ says, when }) => expect(says).toMatch(when));

/** Each way of speaking with each kind of activity: nothing is recorded at once. */
test.each([
  ['昨天差点去X'],
  ['昨天本该X'],
  ['昨天打算X结果开会去了'],
  ['昨天忘了去X'],
  ['昨天想X来着'],
  ['昨天该X，我给忘了'],
  ['准备了昨天X的材料'],
])('%s records nothing by itself', (shape) => {
  for (const activity of ['家访小杰', '和小雨谈话', '到万佑上一节语文课', '到万佑听课']) {
    const { readings } = readMessage(shape.replace('X', activity), at, knownBy(undefined));
    expect(readings.filter((r) => r.status === 'done' && r.act === 'record')).toEqual([]);
  }
});

test.each(['忘了报，昨天和小杰谈了话', '昨天和小杰谈了话，忘了登记', '补报：昨天家访了小杰'])(
  '%s is a late report all the same',
  (text) => {
    const { readings } = readMessage(text, at, knownBy(undefined));
    expect(readings.map((r) => [r.status, r.act])).toEqual([['done', 'record']]);
  },
);
