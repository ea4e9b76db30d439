import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inputsHash } from '../../scripts/training/inputs.ts';
import { trained, voicesIn } from '../../scripts/training/voices.ts';

const kept = () => readFileSync(new URL('../../src/reading/judge/weights.json', import.meta.url), 'utf8');

test('the kept weights were learned from the present messages by the present code: else `npm run train`', () => {
  expect(JSON.parse(kept()).from).toBe(inputsHash());
});

test('the same voices give the same bytes', () => {
  const few = () => voicesIn().filter(({ name }) => /^(?:ways|[tv]6-\w+)$/u.test(name));
  const once = trained(few());
  expect(Object.keys(JSON.parse(once).rows).length).toBeGreaterThan(1000);
  expect(trained(few()) === once).toBe(true);
});

// More than five minutes of one core, so only in the soak.
test.runIf(process.env.SOAK)('training writes the weights that are kept, to the byte', { timeout: 600_000 }, () => {
  expect(trained(voicesIn()) === kept()).toBe(true);
});
