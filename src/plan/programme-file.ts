/** The programme file of DESIGN section 7: a whole programme with names resolved, or every problem found. */
import type { Activity } from './activity.ts';
import { rowsOf } from './activity-rows.ts';
import { namesOf } from './file-names.ts';
import { knownOf } from './known-names.ts';
import type { Plan } from './plan.ts';
import { planUse } from './plan-use.ts';
import { type Problem, problemsOf, tidy } from './problems.ts';
import type { Programme, YearBegun } from './programme.ts';
import { duplicates, ordered, sameSpell } from './programme-checks.ts';
import { programmeSchema } from './programme-schema.ts';
import { rosterRows } from './roster-rows.ts';
import { joined, type Spelled } from './spells.ts';

/** An activity of an existing ledger. `id` is its identity in the programme: the file's own id, or one derived from its fields. */
export type ActivityInput = Omit<Activity, 'programmeId'>;

/**
 * A programme in which every id is a key built from names, so that a store recognises its rows: a school's name, `学校/姓名`,
 * `学校/姓名#学号` of a pupil, `A→B` of a pairing, mentorship or care, a waiver's fields; of an activity see ActivityInput.
 */
export interface ProgrammeInput extends Omit<Programme, 'id' | 'version' | 'leaves'> {
  activities: ActivityInput[];
  /** The change to a school year, if the rows are one. */
  yearBegun?: YearBegun;
}

/**
 * A programme from a parsed YAML value (or the same shape from sheets), or all its problems. `presets` are the plans that `use` may
 * name; `storedOf` returns the stored programme with a name, whose rows a partial file may refer to.
 */
export function parseProgramme(
  value: unknown,
  file: string,
  presets: Map<string, Plan>,
  storedOf: (name: string) => Programme | undefined = () => undefined,
): { programme: ProgrammeInput } | { problems: Problem[] } {
  const parsed = programmeSchema.safeParse(tidy(value));
  if (!parsed.success) return { problems: problemsOf(parsed.error.issues, file) };
  const f = parsed.data;
  const found = ordered(f);
  const before = storedOf(f.name);
  const known = before && knownOf(before);
  const names = namesOf(f, found, known);
  const roster = rosterRows(f, names, found);
  const uses = f.plans.map((row, i) =>
    planUse(row, i, file, presets, (p, path) => names.pairing(p.supporter, p.recipient, path)),
  );
  const activities = rowsOf(f.activities, names, found);
  found.push(
    ...duplicates(
      '学校',
      'schools',
      f.schools.map((s) => s.name),
    ),
    ...duplicates(
      '区县',
      'districts',
      f.districts.map((d) => d.name),
    ),
    ...sameSpell('人员', 'people', roster.people),
    ...sameSpell('结对', 'pairings', roster.pairings),
    ...sameSpell('师徒', 'mentorships', roster.mentorships),
    ...sameSpell('帮扶关系', 'care', roster.cares),
    ...duplicates(
      '活动编号',
      'activities',
      f.activities.map((a, i) => a.id ?? `\n${i}`),
    ),
  );
  const requirementIds = new Set([
    ...uses.flatMap((u) => ('use' in u ? u.use.plan.requirements.map((r) => r.id) : [])),
    ...(known?.requirements ?? []),
  ]);
  f.waivers.forEach((w, i) => {
    if (w.requirement && !requirementIds.has(w.requirement))
      found.push({
        path: ['waivers', i, 'requirement'],
        message: `没有任务要求“${w.requirement}” (unknown requirement)`,
      });
  });
  const problems = [...problemsOf(found, file), ...uses.flatMap((u) => ('problems' in u ? u.problems : []))];
  if (problems.length > 0) return { problems };
  return {
    programme: {
      name: f.name,
      terms: f.terms,
      ...(f.holidays && { holidays: f.holidays }),
      ...(f.reminders && { reminders: f.reminders }),
      districts: f.districts.map((d) => ({ id: d.name, ...d })),
      ...roster,
      people: inSpells(roster.people),
      pairings: inSpells(roster.pairings),
      mentorships: inSpells(roster.mentorships),
      cares: inSpells(roster.cares),
      plans: uses.flatMap((u) => ('use' in u ? [u.use] : [])),
      activities,
    },
  };
}

/** Rows with one identity are its spells. */
const inSpells = <T extends { id: string } & Spelled>(rows: T[]): T[] =>
  [...Map.groupBy(rows, (row) => row.id).values()].map(joined);
