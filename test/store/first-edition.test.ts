import { expect, test } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import type { PeriodName } from '../../src/plan/obligation.ts';
import type { Excuse } from '../../src/plan/reasons.ts';
import { excusesOfSentence, periodOfLabel, withNewColumns } from '../../src/store/first-edition.ts';

const { reasons } = textsOf('zh-CN');

test.each<PeriodName & { kind: Exclude<PeriodName['kind'], 'week'> }>([
  { kind: 'term', term: '2026-2027学年第一学期' },
  { kind: 'fortnight', term: '2026-2027学年第一学期', weeks: [11, 12] },
  { kind: 'month', month: '2026-09' },
  { kind: 'calendar_month', month: '2026-10' },
  { kind: 'school_year', year: 2026 },
  { kind: 'cycle', year: 2026 },
  { kind: 'window', year: 2026, from: '10-01', to: '01-31' },
  { kind: 'due', by: '2027-08-31' },
  { kind: 'once' },
])('a label that the first edition stored is read back: %j', (name) => {
  expect(periodOfLabel({ kind: name.kind, label: reasons.period(name) })).toEqual(name);
});

test.each<{ by: Excuse[] }>([
  { by: [{ code: 'short_service' }] },
  { by: [{ code: 'no_school_day' }] },
  { by: [{ code: 'leave' }, { code: 'leave', words: '生病' }, { code: 'waiver', words: '请假条在校办' }] },
])('a sentence of the first edition is read back: %j', ({ by }) =>
  expect(excusesOfSentence(reasons.excuses(by))).toEqual(by),
);

test('a row gets its missing columns from its text', () => {
  const settings = JSON.stringify({ weekly: true, locale: 'en-US' });
  expect(withNewColumns('member', { settings })).toEqual({ settings, weekly: 1, monthly: null, termly: null });
  const body = JSON.stringify({ confirmation: 'disputed' });
  expect(withNewColumns('activity', { body })).toEqual({ body, confirmation: 'disputed' });
  expect(withNewColumns('activity', { body: '{}' })).toEqual({ body: '{}', confirmation: null });
});
