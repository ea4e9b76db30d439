/** The file's terms, holidays and plans, which are not rows of the roster. */

import { keyedTerms } from '../plan/periods.ts';
import type { Plan, Requirement } from '../plan/plan.ts';
import type { Problem } from '../plan/problems.ts';
import type { PlanUse, Term } from '../plan/programme.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import type { IdOf, ImportedRow } from './import-rows.ts';
import { type ProgrammeSettings, requirementKey, type StoredProgramme } from './programmes.ts';

/**
 * The file's terms and plans, with stored ones that it no longer has. A term that overlaps a stored one corrects it; one of the same name
 * in another year is new, and the old one stays.
 */
export function settingsOf(input: ProgrammeInput, before: StoredProgramme | undefined, idOf: IdOf): ProgrammeSettings {
  const stored = keyedTerms(before?.terms ?? []);
  const kept = stored.filter((t) => !input.terms.some((x) => overlap(x, t)));
  const fileTerms = input.terms.map((t) => ({ ...t, ...keyOf(stored.find((x) => overlap(x, t))) }));
  const used = new Set(input.plans.map((use) => use.plan.id));
  const given = input.plans.map((use) => ({
    ...use,
    ...(use.pairingIds && { pairingIds: use.pairingIds.map((name) => idOf('pairings', name)!) }),
  }));
  const plans = [...given, ...(before?.plans ?? []).filter((use) => !used.has(use.plan.id))];
  return {
    terms: keyedTerms([...fileTerms, ...kept]),
    holidays: input.holidays ?? before?.holidays,
    reminders: input.reminders ?? before?.reminders,
    plans,
    retired: retire(
      before,
      plans.map((use) => use.plan),
    ),
    ...begunBy(input, before, idOf),
  };
}

/** The school years that schools have begun. */
function begunBy(
  { yearBegun }: ProgrammeInput,
  before: StoredProgramme | undefined,
  idOf: IdOf,
): Pick<ProgrammeSettings, 'yearsBegun'> {
  const now = yearBegun && { ...yearBegun, schoolId: idOf('schools', yearBegun.schoolId)! };
  const all = [...(before?.yearsBegun ?? []), ...(now ? [now] : [])];
  return all.length > 0 ? { yearsBegun: all } : {};
}

const keyOf = (term: Term | undefined): Pick<Term, 'key'> => (term?.key ? { key: term.key } : {});

const overlap = (a: Term, b: Term): boolean => a.start <= b.end && b.start <= a.end;

/** A term that overlaps two stored ones corrects neither: it would be unclear which duties stay. */
export const unclearTerms = (input: ProgrammeInput, before: StoredProgramme | undefined): Problem[] =>
  input.terms.flatMap((term, i) => {
    const [first, second] = (before?.terms ?? []).filter((t) => overlap(t, term));
    if (!first || !second) return [];
    const message = `与已有的两个学期重叠：${daysOf(first)}、${daysOf(second)} (overlaps two stored terms)`;
    return [{ file: '', path: `terms[${i}]`, message }];
  });

const daysOf = (t: Term): string => `${t.name} ${t.start}..${t.end}`;

/** The outcome for terms and plans, which are not rows of the roster. */
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
  const plan = (use: PlanUse) => use.plan.id;
  return [
    ...now.terms.map((t) =>
      termRow(
        t,
        input.terms.some((x) => daysOf(x) === daysOf(t)),
        before?.terms ?? [],
      ),
    ),
    ...rows('plans', now.plans, before?.plans ?? [], plan, new Set(input.plans.map(plan))),
  ];
}

function termRow(term: Term, given: boolean, stored: Term[]): ImportedRow {
  const old = stored.find((t) => overlap(t, term));
  if (!given) return { list: 'terms', name: term.name, outcome: 'kept' };
  if (!old) return { list: 'terms', name: term.name, outcome: 'new' };
  const same = daysOf(old) === daysOf(term);
  return {
    list: 'terms',
    name: same ? term.name : `${daysOf(old)} → ${daysOf(term)}`,
    outcome: same ? 'same' : 'changed',
  };
}

/** Requirements of the old settings that the new plans lack: stored obligations may still name them. */
function retire(
  before: { plans: { plan: Plan }[]; retired: Record<string, Requirement> } | undefined,
  plans: Plan[],
): Record<string, Requirement> {
  const all = (list: Plan[]) =>
    list.flatMap((p) => p.requirements.map((r) => [requirementKey(p.id, r.id), r] as const));
  const old = { ...before?.retired, ...Object.fromEntries(all(before?.plans.map((use) => use.plan) ?? [])) };
  for (const [key] of all(plans)) delete old[key];
  return old;
}
