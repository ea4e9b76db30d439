import { expect, it } from 'vitest';
import { LOCALES, textsOf } from '../../src/cards/texts/index.ts';

/** Every path in the texts; functions and lists count as leaves. */
function paths(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return [path];
  return Object.entries(node).flatMap(([key, child]) => paths(child, path ? `${path}.${key}` : key));
}
/** An arrangement's wording is built from these together. */
const arranged = { who: 'A', by: 'B', on: '1', dates: '2', what: 'C', reason: 'D' };
const argsFor = (path: string): unknown[] => {
  if (/^arrange\.(titles|texts)\./.test(path)) return [arranged];
  return path === 'amount' ? [1, 'times'] : [1, 2, 3, '4'];
};
function leaf(node: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], node);
}

it('has every text in every language', () => {
  const zh = textsOf('zh-CN');
  for (const locale of LOCALES) {
    const texts = textsOf(locale);
    expect(paths(texts).toSorted()).toEqual(paths(zh).toSorted());
    // The type of the plan's codes ensures complete wording (reasons.test.ts).
    for (const path of paths(texts).filter((p) => !p.startsWith('reasons.'))) {
      const text = leaf(texts, path);
      const said =
        typeof text === 'function' ? String((text as (...args: unknown[]) => string)(...argsFor(path))) : text;
      expect(String(said).trim().length, path).toBeGreaterThan(0);
      expect(String(said), path).not.toMatch(/undefined|NaN/);
    }
  }
});

it('has no Chinese in the English texts', () => {
  const en = textsOf('en-US');
  const typed = [
    ...paths(en).filter((p) => p.startsWith('talk.examples.')),
    'talk.helpMore',
    ...paths(en).filter((p) => p.startsWith('talk.offices.')),
    'term.checkInText',
    'arrange.usage.reportFor',
  ];
  for (const path of paths(en).filter((p) => !typed.includes(p)))
    expect(String(leaf(en, path)), path).not.toMatch(/\p{Script=Han}/u);
});

it('writes dates short, with their weekday', () => {
  expect(textsOf('zh-CN').date(11, 19, 4)).toBe('11月19日 周四');
  expect(textsOf('en-US').date(11, 19, 4)).toBe('Thu 19 Nov');
  expect(Object.values(textsOf('en-US').states)).toEqual([
    'Waived',
    'Done',
    'Not started',
    'Missed',
    'Overdue',
    'Due soon',
    'Open',
  ]);
});
