import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trained, voicesIn } from '../../scripts/training/examples.ts';

test('training again writes the weights that are kept, to the byte', () => {
  const kept = readFileSync(new URL('../../src/reading/judge/weights.json', import.meta.url), 'utf8');
  expect(trained(voicesIn()) === kept).toBe(true);
});
