import { describe, expect, it } from 'vitest';
import { codeFrom, isCode } from '../../src/bot/people/first-code.ts';
import { personsOfProfile, similarPeople } from '../../src/bot/people/match-profile.ts';
import type { Person } from '../../src/plan/people.ts';
import type { Programme } from '../../src/plan/programme.ts';

const person = (name: string, more: Partial<Person> = {}): Person => ({ id: name, name, roles: ['teacher'], ...more });
const roster = (...people: Person[]) => ({ people }) as unknown as Programme;

describe('the person of a Feishu profile', () => {
  const programme = roster(
    person('白露', { mobile: '139 0000 0001' }),
    person('江一鸣', { email: ' Yiming@Example.edu ' }),
    person('甲', { mobile: '087100001' }),
    person('乙', { mobile: '087100001' }),
    person('秦岭', { id: 'old', mobile: '13900000003', to: '2026-01-31' }),
    person('秦岭', { id: 'new', mobile: '139 0000 0003' }),
  );
  it.each([
    ['13900000001', '白露'],
    ['+8613900000001', '白露'],
    ['+86 139-0000-0001', '白露'],
    ['8613900000001', '白露'],
    ['1390000001', undefined],
    ['', undefined],
    // Both rows of one person with two posts.
    ['13900000003', '秦岭'],
    // An office telephone identifies no one person.
    ['087100001', undefined],
  ])('mobile %s is %s', (mobile, name) => {
    expect(personsOfProfile(programme, { mobile, emails: [] })[0]?.name).toBe(name);
  });
  it.each([
    [['yiming@example.edu'], '江一鸣'],
    [['other@example.edu', 'YIMING@EXAMPLE.EDU'], '江一鸣'],
    [[''], undefined],
    [[], undefined],
  ])('mail %j is %s', (emails, name) => {
    expect(personsOfProfile(programme, { emails })[0]?.name).toBe(name);
  });
  it('matches no person if mobile and mail belong to two people', () => {
    expect(personsOfProfile(programme, { mobile: '13900000001', emails: ['yiming@example.edu'] })).toEqual([]);
  });
});

it.each([
  ['方晓', ['方晓']],
  ['方晓（青中）', ['方晓']],
  ['方老师', ['方晓', '方大同']],
  ['Fang', []],
  ['老师', []],
  ['', []],
])('somebody called 「%s」 may be %j', (name, expected) => {
  const people = [person('方晓'), person('方大同'), person('石磊')];
  expect(similarPeople(people, name).map((p) => p.name)).toEqual(expected);
});

it('makes codes that are recognised and never repeat', () => {
  const code = codeFrom(new Uint8Array([0, 31, 32, 63, 64, 95, 96, 127, 128, 159, 200, 255]));
  expect(isCode(code)).toBe(true);
  expect(isCode(` ${code.toLowerCase()} `)).toBe(true);
  for (const no of ['', 'JD', 'JD-2222-2222', `${code}-2222`, 'JD-O000-1111-IIII', '昨天听了一节课'])
    expect(isCode(no), no).toBe(false);
});
