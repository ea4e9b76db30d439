import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Plan } from '../../src/plan/plan.ts';
import { parsePlan } from '../../src/plan/plan-file.ts';

/** Every plan of db/plans by id; throws with all problems if one is bad. */
export const presets = (): Map<string, Plan> => {
  const files = readdirSync('db/plans')
    .filter((f) => f.endsWith('.yaml'))
    .sort();
  return new Map(
    files.map((f) => {
      const parsed = parsePlan(parse(readFileSync(`db/plans/${f}`, 'utf8')), `db/plans/${f}`, { preset: true });
      if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems, null, 1));
      if (`${parsed.plan.id}.yaml` !== f) throw new Error(`${f} has the id ${parsed.plan.id}`);
      return [parsed.plan.id, parsed.plan];
    }),
  );
};
