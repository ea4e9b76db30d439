import { describe, expect, test } from 'vitest';
import { LIKELY } from '../../src/reading/answers/likely-kinds.ts';
import { SMALL_TALK, YES_NO, yesOrNo } from '../../src/reading/answers/yes-no.ts';
import { decided, judged } from '../../src/reading/judge/judge.ts';
import { GUARANTEES, isOfOthers, OF_OTHERS, statusOf } from '../../src/reading/judge/rules.ts';
import { WEIGHTS } from '../../src/reading/judge/weights.ts';
import { read, saidIn, whyOf } from '../../src/reading/read.ts';
import type { Heard } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

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

describe('whatever the judge has learned', () => {
  const AT = { today: '2026-11-20', time: '12:30' };
  const KNOWS = knownBy(undefined);
  /** Whatever the message says of it, the activity is heard. */
  const HEARD: Heard[] = [{ kind: 'demo_lesson', status: 'done', quote: '送教' }];
  test.each(GUARANTEES.map((rule) => [rule.name, rule] as const))('%s', (_name, { says, becomes }) => {
    const { script } = saidIn(says, AT, KNOWS);
    const [span] = judged(script, WEIGHTS, HEARD).ways[0]!.spans;
    expect(span).toBeDefined();
    const activity = decided(script, span!, WEIGHTS);
    const wrong = becomes === 'done' ? 'planned' : 'done';
    const heard = { ...activity, choices: { ...activity.choices, status: { value: wrong, p: 1 } } };
    expect(statusOf(heard, script, AT)).toBe(becomes);
  });

  test.each(OF_OTHERS.map((rule) => [rule.name, rule] as const))(
    '%s: never recorded at once',
    (_name, { says, tag }) => {
      const { script } = saidIn(says, AT, KNOWS);
      expect(script.tokens.some((token) => token.tags?.has(tag))).toBe(true);
      for (const span of judged(script, WEIGHTS).ways[0]!.spans)
        expect(isOfOthers(decided(script, span, WEIGHTS), script)).toBe(true);
      expect(read(says, AT, KNOWS).filter(({ status, act }) => status === 'done' && act === 'record')).toEqual([]);
    },
  );
});

test('why: what weighed most for each reading, or for the nearest kind', () => {
  const why = (text: string) => whyOf(text, { today: '2026-11-20' }, knownBy(undefined));
  expect(why('昨天到万佑送教一节')).toEqual([
    expect.stringMatching(/^demo_lesson done record 0\.9\d+: .*「.*教.*」 \+/u),
  ]);
  expect(why('听说万佑昨天送教了')).toEqual([expect.stringMatching(/^nothing; nearest \w+ 0\.\d+: /u)]);
});
