/** What a file says of terms, holidays and plans, which are not rows of the roster. */
import type { Plan, Requirement } from '../plan/plan.ts';
import type { PlanUse, Term } from '../plan/programme.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import type { IdOf, ImportedRow } from './import-rows.ts';
import { type ProgrammeSettings, requirementKey, type StoredProgramme } from './programmes.ts';

/** Terms and plans of the file, and those it no longer has; a term that another now stands in the place of goes. */
export const settingsOf = (
  input: ProgrammeInput,
  before: StoredProgramme | undefined,
  idOf: IdOf,
): ProgrammeSettings => {
  const replaced = (t: Term) => input.terms.some((x) => x.name === t.name || (x.start <= t.end && t.start <= x.end));
  const used = new Set(input.plans.map((use) => use.plan.id));
  const given = input.plans.map((use) => ({
    ...use,
    ...(use.pairingIds && { pairingIds: use.pairingIds.map((name) => idOf('pairings', name)!) }),
  }));
  const plans = [...given, ...(before?.plans ?? []).filter((use) => !used.has(use.plan.id))];
  return {
    terms: [...input.terms, ...(before?.terms ?? []).filter((t) => !replaced(t))].sort((a, b) =>
      a.start < b.start ? -1 : 1,
    ),
    holidays: input.holidays ?? before?.holidays,
    plans,
    retired: retire(
      before,
      plans.map((use) => use.plan),
    ),
  };
};

/** What becomes of terms and plans, which are not rows of the roster. */
export function settingRows(
  input: ProgrammeInput,
  now: ProgrammeSettings,
  before: StoredProgramme | undefined,
): ImportedRow[] {
  const rows = <T>(list: 'terms' | 'plans', all: T[], old: T[], nameOf: (item: T) => string, given: Set<string>) =>
    [...new Set(all.map(nameOf))].map((name): ImportedRow => {
      const text = (items: T[]) => JSON.stringify(items.filter((item) => nameOf(item) === name));
      if (!given.has(name)) return { list, name, outcome: 'kept' };
      if (!old.some((item) => nameOf(item) === name)) return { list, name, outcome: 'new' };
      return { list, name, outcome: text(all) === text(old) ? 'same' : 'changed' };
    });
  const term = (t: Term) => t.name;
  const plan = (use: PlanUse) => use.plan.id;
  return [
    ...rows('terms', now.terms, before?.terms ?? [], term, new Set(input.terms.map(term))),
    ...rows('plans', now.plans, before?.plans ?? [], plan, new Set(input.plans.map(plan))),
  ];
}

/** Requirements that the old settings had and the new plans do not: stored obligations may still name them. */
const retire = (
  before: { plans: { plan: Plan }[]; retired: Record<string, Requirement> } | undefined,
  plans: Plan[],
): Record<string, Requirement> => {
  const all = (list: Plan[]) =>
    list.flatMap((p) => p.requirements.map((r) => [requirementKey(p.id, r.id), r] as const));
  const old = { ...before?.retired, ...Object.fromEntries(all(before?.plans.map((use) => use.plan) ?? [])) };
  for (const [key] of all(plans)) delete old[key];
  return old;
};
