import { expect, test } from 'vitest';
import { planJsonSchema } from '../../src/plan/plan-file.ts';
import { carriedIds, plansDoc } from '../../src/plan/plans-doc.ts';
import { presets } from './presets.ts';

/** Rows of the catalogue of source documents, by part: 000-01 to 000-18 and so on. */
const ROWS: Record<string, [part: string, rows: number]> = {
  'city-county-2017': ['000', 18],
  'lingbi-huigou-2012': ['001', 23],
  'district-rotation': ['002', 10],
  'kindergarten-pairs': ['003', 14],
  'county-compulsory': ['004-1', 14],
  'yunxian-minzu': ['004-2', 8],
  'five-middle-schools': ['004-3', 7],
  'lagging-pupils': ['004-4', 6],
  'central-primary': ['004-5', 9],
  'care-pupils': ['004-6', 9],
};

test('the page on plans agrees with the presets', async () => {
  await expect(plansDoc([...presets().values()])).toMatchFileSnapshot('../../docs/plans.md');
});

test('the JSON Schema of a plan file is the validator’s', async () => {
  const schema = `${JSON.stringify(planJsonSchema(), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../db/plans/schema.json');
});

test('every row of every source document is in its preset', () => {
  const all = presets();
  expect([...all.keys()].sort()).toEqual(Object.keys(ROWS).sort());
  for (const [id, [part, rows]] of Object.entries(ROWS)) {
    const wanted = Array.from({ length: rows }, (_, i) => `${part}-${String(i + 1).padStart(2, '0')}`);
    expect(carriedIds(all.get(id)!)).toEqual(wanted);
  }
});

test('the paraphrase marks every figure that the plan itself adds', () => {
  for (const plan of presets().values())
    for (const r of plan.requirements) if (r.assumed) expect(`${plan.id} ${r.id} ${r.basis?.paraphrase}`).toMatch(/计/);
});
