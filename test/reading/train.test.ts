import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inputsHash } from '../../scripts/training/inputs.ts';
import { trained } from '../../scripts/training/trained.ts';
import { treesFitted } from '../../scripts/training/trees.ts';
import { voicesIn } from '../../scripts/training/voices.ts';
import type { DecisionTree } from '../../src/reading/judge/sure.ts';

const kept = () => readFileSync(new URL('../../src/reading/judge/weights.json', import.meta.url), 'utf8');

test('the kept weights were learned from the present messages by the present code: else `npm run train`', () => {
  expect(JSON.parse(kept()).from).toBe(inputsHash());
});

test('trees see how two traits go together', () => {
  const rows = ['', 'a', 'b', 'ab'].flatMap((said) =>
    Array.from({ length: said === '' ? 150 : 100 }, () => ({
      traits: new Map([...said].map((trait): [string, number] => [trait, 1])),
      right: said.length === 1,
    })),
  );
  const trees = treesFitted(rows);
  const leaf = (tree: DecisionTree, said: string): number =>
    typeof tree === 'number' ? tree : leaf(Number(said.includes(tree[0])) <= tree[1] ? tree[2] : tree[3], said);
  const right = ['', 'a', 'b', 'ab'].map((said) => trees.reduce<number>((sum, tree) => sum + leaf(tree, said), 0) > 0);
  expect(right).toEqual([false, true, true, false]);
});

test('the same voices give the same bytes', async () => {
  const few = () => voicesIn().filter(({ name }) => /^(?:ways|[tv]6-\w+)$/u.test(name));
  const once = await trained(few());
  expect(Object.keys(JSON.parse(once).rows).length).toBeGreaterThan(500);
  expect((await trained(few())) === once).toBe(true);
});

// More than ten minutes of one core, so only in the soak.
test.runIf(process.env.SOAK)(
  'training writes the weights that are kept, to the byte',
  { timeout: 1_800_000 },
  async () => {
    expect((await trained(voicesIn())) === kept()).toBe(true);
  },
);
