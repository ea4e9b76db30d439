import { describe, expect, it } from 'vitest';
import { pairingsCalled, peopleCalled, pupilsCalled, schoolsCalled, wholeName } from '../../src/plan/called.ts';
import { planOf, programmeOf } from './programme.ts';

const base = programmeOf(planOf({ id: 'r' }));
const person = (id: string, name: string, schoolId?: string) => ({ id, name, schoolId, roles: ['teacher' as const] });
const programme = {
  ...base,
  schools: [
    { id: 's1', name: '城关小学', short: ['城关', '一小'] },
    { id: 's2', name: '一小', short: [] },
    { id: 's3', name: '山口中学', short: ['山口', '中学'] },
    { id: 's4', name: '河东中学', short: ['中学'] },
  ],
  people: [
    person('p1', '张三', 's1'),
    person('p2', '张三', 's3'),
    person('p3', '李', 's1'),
    person('p4', '李老师', 's3'),
    person('p5', '王校长', 's1'),
    person('p6', '局联'),
  ],
  pupils: [
    { id: 'u1', name: '小雨', code: 'A1', schoolId: 's1' },
    { id: 'u2', name: '小雨', code: 'A2', schoolId: 's3' },
    { id: 'u3', name: '学生会', schoolId: 's3' },
  ],
  pairings: [
    { id: 'x1', supporterId: 's1', recipientId: 's3', kinds: [], team: [] },
    { id: 'x2', supporterId: 's2', recipientId: 's3', kinds: [], team: [] },
  ],
};
const ids = (found: { id: string }[]) => found.map((one) => one.id).join(' ');

describe('a name refers to', () => {
  it.each([
    ['城关小学', 's1'],
    ['城关', 's1'],
    [' 城关 ', 's1'],
    ['一小', 's2'],
    ['中学', 's3 s4'],
    ['小学', ''],
    ['', ''],
  ])('the school %s: %s', (called, expected) => expect(ids(schoolsCalled(programme, called))).toBe(expected));

  it.each([
    ['张三', 'p1 p2'],
    ['城关小学/张三', 'p1'],
    ['城关/张三', 'p1'],
    ['张三·山口中学', 'p2'],
    ['张三·山口', 'p2'],
    ['河东中学/张三', ''],
    ['张三老师', 'p1 p2'],
    ['城关/张三老师', 'p1'],
    ['李老师', 'p4'],
    ['李', 'p3'],
    ['王校长', 'p5'],
    ['/局联', 'p6'],
    ['局联', 'p6'],
    ['老师', ''],
    ['', ''],
  ])('the person %s: %s', (called, expected) => expect(ids(peopleCalled(programme, called))).toBe(expected));

  it.each([
    ['小雨', 'u1 u2'],
    ['学生小雨', 'u1 u2'],
    ['小雨同学', 'u1 u2'],
    ['山口/小雨', 'u2'],
    ['A1', 'u1'],
    ['学生会', 'u3'],
    ['张三', ''],
  ])('the pupil %s: %s', (called, expected) => expect(ids(pupilsCalled(programme, called))).toBe(expected));

  it.each([
    ['城关小学→山口中学', 'x1'],
    ['城关 -> 山口', 'x1'],
    ['一小=>山口', 'x2'],
    ['山口→城关', ''],
    ['城关', ''],
  ])('the pairing %s: %s', (called, expected) => expect(ids(pairingsCalled(programme, called))).toBe(expected));
});

it('the full name refers to the same one again', () => {
  for (const p of programme.people) expect(ids(peopleCalled(programme, wholeName(programme, p)))).toBe(p.id);
});
