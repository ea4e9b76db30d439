import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { cardText } from '../../src/cards/card-text.ts';
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

  it('says nothing in Chinese to English readers but names and what one types', async () => {
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
  it('lists pupils of one duty together, the longest unvisited first, the shared last', () => {
    const text = cardText(samples.tasks!(zh));
    const at = (word: string) => text.indexOf(word);
    expect(at('石头')).toBeLessThan(at('云朵'));
    expect(at('云朵')).toBeLessThan(at('听课评课'));
    expect(at('听课评课')).toBeLessThan(at('学校与结对的任务'));
    expect(text.match(/已逾期/g)).toHaveLength(1);
  });
});
