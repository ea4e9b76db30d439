import { describe, expect, it } from 'vitest';
import { casesIn, outcomeOf } from './corpus.ts';

const outcomes = casesIn().map(outcomeOf);
const told = (picked: typeof outcomes) =>
  picked.map(({ item, actual }) => `${item.id} ${item.text} → ${JSON.stringify(actual)}`);

// The judge has learned from these messages, so how many it reads exactly says nothing (docs/reading.md): a change must not break them.
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

  it('makes a false record of at most 1 message in 200, and dates as many wrongly', () => {
    const wrong = told(outcomes.filter((outcome) => outcome.falseRecord));
    expect(wrong.length / outcomes.length, wrong.join('\n')).toBeLessThanOrEqual(0.005);
    const dated = told(outcomes.filter((outcome) => outcome.wrongDate));
    expect(dated.length / outcomes.length, dated.join('\n')).toBeLessThanOrEqual(0.005);
  });

  it('does not disturb 92 of 100 senders who report nothing', () => {
    const silent = outcomes.filter(({ item }) => item.readings.length === 0);
    expect(silent.filter((outcome) => outcome.bothered).length / silent.length).toBeLessThanOrEqual(0.08);
  });
});
