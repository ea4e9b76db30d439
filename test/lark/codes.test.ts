import { expect, it } from 'vitest';
import { CODES, type Code } from '../../src/lark/codes.ts';
import { LarkRefused, retryOf } from '../../src/lark/refusal.ts';

const GROUPS: { title: string; says: string; is: (code: Code) => boolean }[] = [
  {
    title: 'The app needs a change',
    says: 'Answers are sent again every 5 minutes for 3 days, reminders for 12 hours; `doctor` says how many wait. A mark of urgency is not repeated: the person who pressed the button is notified.',
    is: (c) => c.retry === 'app',
  },
  {
    title: 'Too fast, or not ready',
    says: 'Nothing was done. All calls of that method wait for the time that Feishu names, otherwise for the time given here.',
    is: (c) => c.retry === 'after',
  },
  {
    title: 'One chat is busy',
    says: 'Only that message is sent again after 1.5 s; so is the update of a card in use (230099 with “card action is lock”), until it succeeds.',
    is: (c) => c.retry === 'receiver',
  },
  {
    title: 'Perhaps done',
    says: 'The same bytes are sent again under the same uuid. After the hour for which Feishu remembers it, an answer says that it may be a second copy.',
    is: (c) => c.retry === 'unknown_outcome',
  },
  {
    title: 'The person cannot be reached',
    says: 'Final. Their reminders end, and the coordinators of the school are notified once.',
    is: (c) => c.about === 'person',
  },
  { title: 'The card', says: 'The same words are sent as text.', is: (c) => c.about === 'card' },
  {
    title: 'The words',
    says: 'A neutral sentence is sent: it says that there was an answer and where to ask for it.',
    is: (c) => c.about === 'content',
  },
  { title: 'Final', says: 'Logged with the advice below, not sent again.', is: (c) => c.retry === 'never' && !c.about },
];

it('docs/lark-codes.md groups each code by its consequence', async () => {
  const lines = [
    '# What follows from Feishu’s codes',
    '',
    'From the pages of the calls that the bot makes, and the general list. Written by `test/lark/codes.test.ts` from',
    '`src/lark/codes.ts`; `vitest -u` writes it again. A code that is not listed is final, and HTTP 5xx is “perhaps done”.',
  ];
  for (const { title, says, is } of GROUPS) {
    lines.push('', `## ${title}`, '', says, '', '| code | what to do |', '|---|---|');
    for (const [code, known] of Object.entries(CODES))
      if (is(known)) lines.push(`| ${code}${known.seconds ? ` (${known.seconds} s)` : ''} | ${known.advice} |`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../docs/lark-codes.md');
});

it('each code belongs to one group', () => {
  for (const [code, known] of Object.entries(CODES))
    expect([code, GROUPS.filter(({ is }) => is(known)).length]).toEqual([code, 1]);
});

it('a card in use does not count as a bad card', () => {
  const msg = 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ';
  const refusal = new LarkRefused({ method: 'patchCard', code: 230099, status: 400, ...retryOf(230099, 400, '', msg) });
  expect(refusal).toMatchObject({ retry: 'receiver', badCard: false });
  expect(retryOf(230099, 400, '', 'ErrCode: 200621')).toEqual({ retry: 'never' });
});
