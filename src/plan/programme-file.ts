/** The programme file of DESIGN section 7: a whole programme with names resolved, or every problem found. */
import { rowsOf } from './activity-rows.ts';
import { type Known, namesOf, pairingKey, personKey, pupilKey } from './names.ts';
import { parsePlan } from './plan-file.ts';
import { type Problem, pathText, problemsOf, tidy } from './problems.ts';
import { type ProgrammeFile, planUseSchema, programmeSchema } from './programme-schema.ts';
import { rosterOf } from './roster.ts';
import type { Activity, Plan, PlanUse, Programme, Waiver } from './types.ts';

/** An activity of an existing ledger. `id` is its identity in the programme: the file's own id, or what makes it one record. */
export type ActivityInput = Omit<Activity, 'programmeId'>;

/**
 * A programme shaped like `Programme`, where every id is a local key made of names: the same file gives the same keys, so a
 * store can find again what it already knows. school, district: name · person: `学校/姓名` · pupil: `学校/姓名` or
 * `学校/姓名#学号` · pairing, mentorship, care: `A→B` of the two keys · waiver: its fields · activity: see ActivityInput.
 */
export interface ProgrammeInput extends Omit<Programme, 'id' | 'version' | 'leaves'> {
  activities: ActivityInput[];
}

type Found = { path: PropertyKey[]; message: string };

const ordered = (file: ProgrammeFile): Found[] => {
  const found: Found[] = [];
  const later = (path: PropertyKey[], a?: string, b?: string) => {
    if (a && b && b < a) found.push({ path, message: `结束早于开始 ${a} (ends before it starts)` });
  };
  for (const list of ['terms', 'holidays'] as const)
    file[list]?.forEach((row, i) => {
      later([list, i, 'end'], row.start, row.end);
    });
  for (const list of ['people', 'pairings', 'mentorships', 'care', 'waivers'] as const)
    file[list].forEach((row, i) => {
      later([list, i, 'to'], row.from, row.to);
    });
  const terms = file.terms.map((t, i) => ({ ...t, i })).sort((a, b) => (a.start < b.start ? -1 : 1));
  terms.forEach((term, i) => {
    const before = terms[i - 1];
    if (before && term.start <= before.end)
      found.push({ path: ['terms', term.i, 'start'], message: `与${before.name}重叠 (terms overlap)` });
  });
  return found;
};

const duplicates = (what: string, list: string, keys: string[]): Found[] => {
  const seen = new Set<string>();
  return keys.flatMap((key, i) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: [list, i], message: `${what}重复：${key} (duplicate)` }];
  });
};

const planUse = (
  row: Record<string, unknown>,
  i: number,
  file: string,
  presets: Map<string, Plan>,
  pairing: (p: { supporter: string; recipient: string }, path: PropertyKey[]) => string,
): { use: PlanUse } | { problems: Problem[] } => {
  const { use, pairings, options, ...own } = row;
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
    const extra = Object.keys(own);
    if (extra.length > 0) return problem(`写了 use 就不能再写 ${extra.join('、')} (use excludes other keys)`);
    const plan = presets.get(parsed.data.use);
    return plan
      ? { use: { plan, ...rest } }
      : problem(`没有预置方案“${parsed.data.use}”，有：${[...presets.keys()].join('、')} (unknown preset)`);
  }
  const plan = parsePlan(own, file);
  if ('plan' in plan) return { use: { plan: plan.plan, ...rest } };
  return { problems: plan.problems.map((p) => ({ ...p, path: p.path ? `plans[${i}].${p.path}` : `plans[${i}]` })) };
};

/** What the names of a file may also refer to: the rows and requirements of the programme as it is stored. */
const knownOf = (programme: Programme): Known & { requirements: string[] } => {
  const { school, person, pupil } = rosterOf(programme);
  const schoolName = (id: string | undefined): string | undefined => school.get(id ?? '')?.name;
  const personName = (id: string): string =>
    personKey(schoolName(person.get(id)?.schoolId), person.get(id)?.name ?? '');
  return {
    ...programme,
    people: programme.people.map((p) => ({ name: p.name, school: schoolName(p.schoolId) })),
    pairings: programme.pairings.map((p) => ({
      supporter: schoolName(p.supporterId) ?? '',
      recipient: schoolName(p.recipientId) ?? '',
    })),
    care: programme.cares.map((c) => {
      const { name = '', code, schoolId } = pupil.get(c.pupilId) ?? {};
      return { mentor: personName(c.mentorId), pupil: { name, code, school: schoolName(schoolId) } };
    }),
    requirements: programme.plans.flatMap((use) => use.plan.requirements.map((r) => r.id)),
  };
};

/**
 * A programme from a parsed YAML value (or the same shape made from sheets). `presets` are the plans that `use` may name;
 * `storedOf` gives the stored programme of a name, whose rows a file that is only a part may refer to.
 * All problems are told together and nothing is half-parsed.
 */
export const parseProgramme = (
  value: unknown,
  file: string,
  presets: Map<string, Plan>,
  storedOf: (name: string) => Programme | undefined = () => undefined,
): { programme: ProgrammeInput } | { problems: Problem[] } => {
  const parsed = programmeSchema.safeParse(tidy(value));
  if (!parsed.success) return { problems: problemsOf(parsed.error.issues, file) };
  const f = parsed.data;
  const found = ordered(f);
  const before = storedOf(f.name);
  const known = before && knownOf(before);
  const names = namesOf(f, found, known);
  const life = ({ from, to }: { from?: string; to?: string }) => ({ ...(from && { from }), ...(to && { to }) });

  const schools = f.schools.map(({ district, ...s }, i) => ({
    ...s,
    id: s.name,
    ...(district && { districtId: names.district(district, ['schools', i, 'district']) }),
  }));
  const people = f.people.map(({ school, district, open_id, rural_years, ...p }, i) => {
    const schoolId = school === undefined ? undefined : names.school(school, ['people', i, 'school']);
    return {
      ...p,
      id: personKey(schoolId, p.name),
      ...(schoolId && { schoolId }),
      ...(district && { districtId: names.district(district, ['people', i, 'district']) }),
      ...(open_id && { openId: open_id }),
      ...(rural_years !== undefined && { ruralYears: rural_years }),
    };
  });
  const pairings = f.pairings.map((p, i) => {
    const supporterId = names.school(p.supporter, ['pairings', i, 'supporter']);
    const recipientId = names.school(p.recipient, ['pairings', i, 'recipient']);
    if (supporterId === recipientId)
      found.push({ path: ['pairings', i], message: '支援学校和受援学校相同 (a school cannot pair with itself)' });
    return {
      id: pairingKey(supporterId, recipientId),
      supporterId,
      recipientId,
      kinds: p.kinds,
      ...life(p),
      team: p.team.map((name, k) => names.person(name, ['pairings', i, 'team', k])),
      ...(p.agreement && p.agreement !== 'false' && { agreement: p.agreement }),
    };
  });
  const mentorships = f.mentorships.map((m, i) => {
    const mentorId = names.person(m.mentor, ['mentorships', i, 'mentor']);
    const menteeId = names.person(m.mentee, ['mentorships', i, 'mentee']);
    return { id: `${mentorId}→${menteeId}`, mentorId, menteeId, ...life(m) };
  });
  const pupils = new Map<string, ProgrammeInput['pupils'][number]>();
  const cares = f.care.map((c, i) => {
    const mentorId = names.person(c.mentor, ['care', i, 'mentor']);
    const { name, grade, code, school } = c.pupil;
    const schoolId = school
      ? names.school(school, ['care', i, 'pupil', 'school'])
      : // A mentor's key begins with the school.
        mentorId.slice(0, Math.max(0, mentorId.lastIndexOf('/'))) || undefined;
    const id = pupilKey(schoolId, name, code);
    const extra = { ...(grade && { grade }), ...(code && { code }), ...(schoolId && { schoolId }) };
    pupils.set(id, { ...pupils.get(id), id, name, ...extra });
    return { id: `${mentorId}→${id}`, mentorId, pupilId: id, ...(c.kind && { kind: c.kind }), ...life(c) };
  });
  const waivers = f.waivers.map((w, i): Waiver => {
    const at = (key: string) => ['waivers', i, key];
    const refs = {
      ...(w.person && { personId: names.person(w.person, at('person')) }),
      ...(w.school && { schoolId: names.school(w.school, at('school')) }),
      ...(w.pairing && { pairingId: pairingOf(w.pairing, at('pairing')) }),
      ...(w.pupil && { pupilId: names.pupil(w.pupil, at('pupil')) }),
    };
    if (Object.keys(refs).length === 0)
      found.push({
        path: ['waivers', i],
        message: '要写 person、school、pairing 或 pupil 之一 (whom does it excuse?)',
      });
    const range = { ...(w.from && { start: w.from }), ...(w.to && { end: w.to }) };
    const id = [...Object.values(refs), w.requirement ?? '*', w.from ?? '', w.to ?? ''].join('|');
    return { id, ...refs, ...(w.requirement && { requirementId: w.requirement }), ...range, reason: w.reason };
  });
  function pairingOf(text: string | { supporter: string; recipient: string }, path: PropertyKey[]): string {
    if (typeof text !== 'string') return names.pairing(text.supporter, text.recipient, path);
    const [supporter, recipient] = text.split(/\s*(?:→|->)\s*/);
    return names.pairing(supporter ?? '', recipient ?? '', path);
  }
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
    ...duplicates(
      '人员',
      'people',
      people.map((p) => p.id),
    ),
    ...duplicates(
      '结对',
      'pairings',
      pairings.map((p) => p.id),
    ),
    ...duplicates(
      '师徒',
      'mentorships',
      mentorships.map((m) => m.id),
    ),
    ...duplicates(
      '帮扶关系',
      'care',
      cares.map((c) => c.id),
    ),
    ...duplicates(
      '学期',
      'terms',
      f.terms.map((t) => t.name),
    ),
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
      districts: f.districts.map((d) => ({ id: d.name, name: d.name })),
      schools,
      people,
      pairings,
      mentorships,
      pupils: [...pupils.values()],
      cares,
      plans: uses.flatMap((u) => ('use' in u ? [u.use] : [])),
      waivers,
      activities,
    },
  };
};
