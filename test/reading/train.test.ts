import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trained, voicesIn } from '../../scripts/training/voices.ts';

// More than a minute of one core when it has the core to itself, so it may take long beside the stories.
test('training again writes the weights that are kept, to the byte', { timeout: 400_000 }, () => {
  const kept = readFileSync(new URL('../../src/reading/judge/weights.json', import.meta.url), 'utf8');
  expect(trained(voicesIn()) === kept).toBe(true);
});
