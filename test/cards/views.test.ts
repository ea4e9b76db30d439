import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { cardText } from '../../src/cards/card-text.ts';
import { nearDate, shortDate, shortRange } from '../../src/cards/dates.ts';
import * as cards from '../../src/cards/index.ts';
import { checkLimits } from '../../src/cards/limits.ts';
import { checkCard } from '../../src/sandbox/card-check.ts';
import { samples } from './samples.ts';

const zh = cards.textsOf('zh-CN');
const en = cards.textsOf('en-US');
const views = Object.keys(cards).filter((name) => !/^(card|text|check)|^[A-Z]/.test(name));

describe.each(Object.entries(samples))('%s', (name, view) => {
  it('looks as approved', async () => {
    await expect(`${JSON.stringify(view(zh), null, 1)}\n`).toMatchFileSnapshot(`__snapshots__/${name}.zh-CN.snap`);
  });

  it.each(cards.LOCALES)('is accepted by the platform and reads as text in %s', (locale) => {
    const card = view(cards.textsOf(locale));
    expect(checkLimits(card)).toEqual([]);
    expect(checkCard(card)).toEqual([]);
    const text = cardText(card);
    expect(text.length).toBeGreaterThan(4);
    expect(text).not.toMatch(/&#|<font|\*\*|undefined|NaN|\[object/);
  });

  it('shows English readers no Chinese except names and words to type', async () => {
    const text = cardText(view(en));
    await expect(`${text}\n`).toMatchFileSnapshot(`__snapshots__/${name}.en-US.txt`);
  });
});

it('has a sample for every view', async () => {
  const source = await import('node:fs/promises').then((fs) =>
    fs.readFile(new URL('./samples.ts', import.meta.url), 'utf8'),
  );
  expect(views.filter((view) => !source.includes(`cards.${view}(`))).toEqual([]);
});

/** Every button's callback value in a card. */
function values(card: Card): Record<string, unknown>[] {
  return [...JSON.stringify(card).matchAll(/"behaviors":\[\{"type":"callback","value":(\{.*?\})\}\]/g)].map((m) =>
    JSON.parse(m[1]!),
  );
}

describe('buttons', () => {
  it('carry an action, the ids and the version', () => {
    const { recorded, 'same-occasion': same, 'form-draft': draft } = samples;
    expect(values(recorded!(zh))).toEqual([
      { action: 'edit', activity: 'a1', v: 1 },
      { action: 'withdraw', activity: 'a1', v: 1 },
    ]);
    expect(values(same!(zh))).toEqual([
      { action: 'another_time', draft: 'd1' },
      { action: 'change_earlier', draft: 'd1' },
      { action: 'discard_draft', draft: 'd1', v: 1 },
    ]);
    expect(values(draft!(zh)).map((v) => v.action)).toEqual(['complete_draft', 'discard_draft']);
  });

  it.each(Object.entries(samples))('of %s all name an action', (_name, view) => {
    for (const value of values(view(zh))) expect(value.action).toMatch(/^[a-z_]+$/);
  });
});

describe('privacy', () => {
  it('names no pupil where a group reads', () => {
    const group = JSON.stringify(samples['recorded-group']!(zh));
    expect(group).not.toMatch(/云朵|石头/);
    expect(group).toContain('2 名学生');
  });

  it('names no pupil to the confirming school', () => {
    const shown = { kind: 'talk' as const, date: '2026-11-10', pupils: ['云朵'] };
    const card = cards.confirmActivity({ activity: 'a', v: 1, by: '甲', school: '乙', shown }, zh);
    expect(JSON.stringify(card)).not.toContain('云朵');
  });
});

describe('my tasks', () => {
  it('has one line per duty with its pupils, the longest unvisited first, and folds what is not pressing', () => {
    const text = cardText(samples.tasks!(zh));
    expect(text.split('\n')).toContain('● 家访 石头 0/2次、云朵 0/2次 · 应于 11月13日 周五前');
    const parts = ['逾期 1 项', '两周内 2 项', '以后 1 项', '学校与结对的任务 1 项', '已完成 1 项', '已过期 1 项'];
    const places = parts.map((part) => text.indexOf(`\n${part}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it('sorts by date, never as text', () => {
    const task = (week: number, ends: string) => ({
      obligation: `o${week}`,
      title: '谈话',
      state: 'met' as const,
      done: 1,
      target: 1,
      measure: 'times' as const,
      period: { kind: 'fortnight' as const, term: '第一学期', weeks: [week, week + 1] as [number, number] },
      ends,
      requirement: 'own/talk',
      kind: 'talk' as const,
    });
    const tasks = [task(11, '2026-11-22'), task(3, '2026-09-27'), task(9, '2026-11-08')];
    const text = cardText(cards.myTasks({ tasks, page: 1, group: false }, zh));
    expect([...text.matchAll(/第(\d+)–/g)].map((m) => m[1])).toEqual(['3', '9', '11']);
  });
});

describe('dates', () => {
  const at = (date: string) => nearDate(date, zh, '2026-11-18');
  it('are written as people say them', () => {
    expect(['2026-11-18', '2026-11-19', '2026-11-22', '2026-11-25', '2026-12-04'].map(at)).toEqual([
      '今天',
      '明天',
      '本周日',
      '下周三',
      '12月4日 周五',
    ]);
  });

  it('of a single day are not written as a range', () => {
    expect(shortRange('2026-11-23', '2026-11-27', zh)).toBe('11月23日 周一 – 11月27日 周五');
    expect(shortRange('2026-11-23', '2026-11-23', zh)).toBe('11月23日 周一');
  });

  it('of another school year include the year', () => {
    expect(shortDate('2026-07-01', zh, '2026-09-10')).toBe('2026年7月1日 周三');
    expect(shortDate('2027-07-01', zh, '2026-09-10')).toBe('7月1日 周四');
  });
});
