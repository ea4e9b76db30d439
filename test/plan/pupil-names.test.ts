import { expect, test } from 'vitest';
import { actingOn } from '../../src/plan/policy.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { namesToLog, pupilName, wordsShown } from '../../src/plan/pupil-names.ts';

const programme: Programme = {
  id: 'p',
  name: '帮扶',
  version: 1,
  terms: [],
  districts: [],
  schools: [
    { id: 'A', name: '甲校', short: [] },
    { id: 'B', name: '乙校', short: [] },
  ],
  people: [
    { id: 'mentor', name: '张三', schoolId: 'A', roles: ['teacher'] },
    { id: 'a', name: '李联', schoolId: 'A', roles: ['coordinator'] },
    { id: 'b', name: '钱联', schoolId: 'B', roles: ['coordinator'] },
  ],
  pairings: [],
  mentorships: [],
  pupils: [
    { id: 'one', name: '林小满', schoolId: 'A' },
    { id: 'long', name: '林小满儿', schoolId: 'B' },
  ],
  cares: [{ id: 'care', mentorId: 'mentor', pupilId: 'one' }],
  plans: [],
  waivers: [],
  leaves: [],
};
const reader = (id: string, group = false) => ({
  programme,
  me: actingOn(programme.people.find((p) => p.id === id)!, '2026-11-20'),
  group,
  named: new Map<string, Set<string>>(),
});

test.each([
  ['mentor', '林小满', undefined],
  ['a', '林小满', undefined],
  ['b', undefined, '林小满儿'],
])('%s reads only the names that they may see', (id, one, long) => {
  expect(pupilName('one', reader(id))).toBe(one);
  expect(pupilName('long', reader(id))).toBe(long);
  expect(pupilName('one', reader(id, true))).toBeUndefined();
});

test('text loses the names that the reader may not see, the longest first, including the mentor’s short forms', () => {
  const text = '小满和林小满儿、林小满';
  expect(wordsShown(text, reader('b'), 'mentor')).toBe('○○和林小满儿、○○');
  expect(wordsShown(text, reader('b'))).toBe('小满和林小满儿、○○');
  expect(wordsShown(text, reader('a'), 'mentor')).toBe('小满和○○、林小满');
  expect(wordsShown('小满没来', reader('b'), 'mentor')).toBe('○○没来');
  expect(wordsShown(undefined, reader('b'))).toBeUndefined();
});

test('names shown to people other than the mentor must be logged', () => {
  for (const id of ['mentor', 'a', 'b']) {
    const who = reader(id);
    pupilName('one', who);
    expect(namesToLog(who.named, programme)).toEqual(id === 'a' ? [{ reader: 'a', pupil: 'one' }] : []);
  }
});
