import { describe, expect, it } from 'vitest';
import { casesIn, outcomeOf } from './corpus.ts';

const outcomes = casesIn().map(outcomeOf);
const told = (picked: typeof outcomes) =>
  picked.map(({ item, actual }) => `${item.id} ${item.text} → ${JSON.stringify(actual)}`);

describe('the corpus of messages', () => {
  it('holds at least 400 messages, 80 of them without a record', () => {
    const silent = outcomes.filter(({ item }) =>
      item.readings.every((reading) => reading.status !== 'done' && reading.status !== 'needs_detail'),
    );
    expect(outcomes.length).toBeGreaterThanOrEqual(400);
    expect(silent.length).toBeGreaterThanOrEqual(80);
  });

  it('names each message once', () => {
    expect(new Set(outcomes.map(({ item }) => item.id)).size).toBe(outcomes.length);
  });

  it('is read exactly in 98 of 100 cases', () => {
    const wrong = outcomes.filter((outcome) => !outcome.exact);
    expect(wrong.length / outcomes.length, told(wrong).join('\n')).toBeLessThanOrEqual(0.02);
  });

  it('makes no false record', () => {
    expect(told(outcomes.filter((outcome) => outcome.falseRecord))).toEqual([]);
  });

  it('dates no record wrongly', () => {
    expect(told(outcomes.filter((outcome) => outcome.wrongDate))).toEqual([]);
  });

  it('does not disturb 92 of 100 senders who report nothing', () => {
    const silent = outcomes.filter(({ item }) => item.readings.length === 0);
    expect(silent.filter((outcome) => outcome.bothered).length / silent.length).toBeLessThanOrEqual(0.08);
  });
});
