import type { Plan } from './plan.ts';
import { parsePlan } from './plan-file.ts';
import { type Problem, pathText, problemsOf } from './problems.ts';
import type { PlanUse } from './programme.ts';
import { planUseSchema } from './programme-schema.ts';

/** Row `i` of a programme file's `plans`: a preset, or an inline plan. */
export function planUse(
  row: Record<string, unknown>,
  i: number,
  file: string,
  presets: Map<string, Plan>,
  pairing: (p: { supporter: string; recipient: string }, path: PropertyKey[]) => string,
): { use: PlanUse } | { problems: Problem[] } {
  const { use, pairings, options, ...inline } = row;
  const parsed = planUseSchema.safeParse({ use, pairings, options });
  if (!parsed.success)
    return {
      problems: problemsOf(
        parsed.error.issues.map((p) => ({ ...p, path: ['plans', i, ...p.path] })),
        file,
      ),
    };
  const problem = (message: string): { problems: Problem[] } => ({
    problems: [{ file, path: pathText(['plans', i, 'use']), message }],
  });
  const listed = parsed.data.pairings;
  const pairingIds = Array.isArray(listed) ? listed.map((p, k) => pairing(p, ['plans', i, 'pairings', k])) : undefined;
  const rest = { ...(pairingIds && { pairingIds }), options: parsed.data.options };
  if (parsed.data.use !== undefined) {
    const extra = Object.keys(inline);
    if (extra.length > 0) return problem(`写了 use 就不能再写 ${extra.join('、')} (use excludes other keys)`);
    const plan = presets.get(parsed.data.use);
    return plan
      ? { use: { plan, ...rest } }
      : problem(`没有预置方案“${parsed.data.use}”，有：${[...presets.keys()].join('、')} (unknown preset)`);
  }
  const plan = parsePlan(inline, file);
  if ('plan' in plan) return { use: { plan: plan.plan, ...rest } };
  return { problems: plan.problems.map((p) => ({ ...p, path: p.path ? `plans[${i}].${p.path}` : `plans[${i}]` })) };
}
