import { describe, expect, test } from 'vitest';
import { LIKELY } from '../../src/reading/answers/likely-kinds.ts';
import { SMALL_TALK } from '../../src/reading/answers/small-talk.ts';
import { YES_NO, yesOrNo } from '../../src/reading/answers/yes-no.ts';
import { statusOf } from '../../src/reading/fields/status.ts';
import { draftsOf } from '../../src/reading/judge/drafts.ts';
import { REASONS } from '../../src/reading/judge/foreign.ts';
import { WAYS, wayOf } from '../../src/reading/judge/mentioned.ts';
import { HEARD_STATUSES } from '../../src/reading/judge/model.ts';
import { silenceOf } from '../../src/reading/judge/mood.ts';
import { GUARANTEES, OF_OTHERS, ofOthers, possible } from '../../src/reading/judge/rules.ts';
import { read, whyOf } from '../../src/reading/read.ts';
import { segmentsOf } from '../../src/reading/structure/clauses.ts';
import { normalise } from '../../src/reading/text/normalise.ts';
import { nameRosterOf } from '../../src/reading/tokens/roster.ts';
import { tokenise } from '../../src/reading/tokens/tokens.ts';
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
  const today = '2026-11-20';
  const tokensOf = (text: string) => tokenise(normalise(text), nameRosterOf(knownBy(undefined)));
  /** The question mark, which `normalise` keeps, closes the clause. */
  const draftOf = (text: string) => draftsOf(segmentsOf(tokensOf(text), normalise(text).length), today)[0]!;
  const readingsIn = (text: string) => read(text, { today, time: '18:00' }, knownBy(undefined));

  test.each(GUARANTEES.map((rule) => [rule.name, rule] as const))('%s', (_name, { says, when, only, never }) => {
    const draft = draftOf(says);
    expect(when(draft, today)).toBe(true);
    const allowed = HEARD_STATUSES.filter((status) => (only ? only.includes(status) : status !== never));
    for (const status of HEARD_STATUSES)
      if (!allowed.includes(status)) expect(possible(status, draft, today)).toBe(false);
    for (const { status } of readingsIn(says)) expect(only ? 'done' : never).not.toBe(status);
  });

  test.each(REASONS.map((rule) => [rule.name, rule] as const))('%s: no report', (name, { says }) => {
    const reasons = segmentsOf(tokensOf(says), normalise(says).length).map((segment) => {
      return silenceOf(segment, today);
    });
    expect(reasons).toContain(name);
  });

  test.each(WAYS.map((rule) => [rule.name, rule] as const))('%s: only spoken of', (name, { says }) => {
    const draft = draftOf(says);
    expect(wayOf(draft, statusOf(draft, { today }), normalise(says))?.name).toBe(name);
    expect(readingsIn(says).filter(({ status, act }) => status === 'done' && act === 'record')).toEqual([]);
  });

  test.each(OF_OTHERS.map((rule) => [rule.name, rule] as const))('%s: not a report', (_name, { says, tag }) => {
    expect(tokensOf(says).some((token) => token.tags?.has(tag) && ofOthers(token))).toBe(true);
    expect(readingsIn(says).filter(({ status, act }) => status === 'done' && act === 'record')).toEqual([]);
  });
});

test('why: what weighed most, and which rule kept silent', () => {
  const why = (text: string) => whyOf(text, { today: '2026-11-20' }, knownBy(undefined));
  expect(why('昨天到万佑送教一节')).toEqual([
    expect.stringMatching(/^demo_lesson done record 0\.9\d+: .*「送教」 \+/u),
  ]);
  expect(why('昨天到万佑送教一节').join()).not.toMatch(/bias|len\d/u);
  expect(why('听说万佑昨天送教了')).toEqual([
    expect.stringMatching(/^nothing; nearest \w+ 0\.0/u),
    'silent: heard, cheered or urged',
  ]);
});
