import { expect, test } from 'vitest';
import { CHECKS_ASKED } from '../../src/bot/insight/list-checks.ts';
import { askedIn } from '../../src/bot/insight/questions.ts';
import { SAID } from '../../src/bot/inspection/open.ts';

test.each(CHECKS_ASKED)('$says asks for $name', ({ says, when }) => expect(when.test(says)).toBe(true));
test.each(SAID)('$says opens an inspection', ({ says, when }) => expect(when.test(says)).toBe(true));

test.each([
  ['各结对学校一校一案交齐了没有', { see: 'unmet', about: '一校一案' }],
  ['各校协议签了没有', { see: 'unmet', about: '协议' }],
  ['各校支教到位情况', { see: 'duties', kind: 'secondment' }],
  ['各校进度', { see: 'schools' }],
])('%s', (text, asked) => expect(askedIn(text)).toEqual(asked));
