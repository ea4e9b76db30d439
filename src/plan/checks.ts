/** The checks on a roster that a plan may ask for, one function per name. */
import type { Pairing, Person, Role } from './people.ts';
import { yearLabel } from './periods.ts';
import type { RosterCheck } from './plan.ts';
import type { PlanUse, Programme } from './programme.ts';
import { rosterOf } from './roster.ts';
import { pairingsOf } from './who-is-asked.ts';

/** What a check found. */
export interface PlanFinding {
  /** What is wrong, with names of schools and persons; pupils only as numbers. */
  text: string;
  /** What to do about it. */
  todo: string;
}
type Limits = Record<string, number>;

const LEADERS: Role[] = ['leader', 'principal', 'vice_principal', 'middle_manager'];
const isLeader = (p: Person): boolean => p.roles.some((role) => LEADERS.includes(role));

function pairName(programme: Programme, p: Pairing): string {
  const { school } = rosterOf(programme);
  return `${school.get(p.supporterId)?.name}→${school.get(p.recipientId)?.name}`;
}

const perPairing =
  (bad: (p: Pairing, programme: Programme) => boolean, text: string, todo: string) =>
  (programme: Programme, use: PlanUse): PlanFinding[] =>
    pairingsOf(programme, use)
      .filter((p) => bad(p, programme))
      .map((p) => ({ text: `${pairName(programme, p)}：${text}`, todo }));

function schoolIdsOf(programme: Programme, use: PlanUse): string[] {
  const paired = new Set(pairingsOf(programme, use).flatMap((p) => [p.supporterId, p.recipientId]));
  return programme.schools.filter((s) => paired.has(s.id)).map((s) => s.id);
}

const perSchool =
  (bad: (schoolId: string, programme: Programme) => boolean, text: string, todo: string) =>
  (programme: Programme, use: PlanUse): PlanFinding[] =>
    schoolIdsOf(programme, use)
      .filter((id) => bad(id, programme))
      .map((id) => ({ text: `${rosterOf(programme).school.get(id)?.name}：${text}`, todo }));

function hasMentorship(p: Pairing, programme: Programme): boolean {
  const { person } = rosterOf(programme);
  return programme.mentorships.some(
    (m) => person.get(m.mentorId)?.schoolId === p.supporterId && person.get(m.menteeId)?.schoolId === p.recipientId,
  );
}

export const someoneAt = (schoolId: string, programme: Programme, fits: (p: Person) => boolean): boolean =>
  (rosterOf(programme).peopleOfSchool.get(schoolId) ?? []).some(fits);

/** Pupils of each person's care, several kinds together, for persons that `who` picks. */
function careNumbers(
  programme: Programme,
  who: (p: Person) => boolean,
  { min = 0, max = Number.POSITIVE_INFINITY }: Limits,
): PlanFinding[] {
  const { caresOfMentor } = rosterOf(programme);
  return programme.people.filter(who).flatMap((p): PlanFinding[] => {
    const n = new Set((caresOfMentor.get(p.id) ?? []).map((c) => c.pupilId)).size;
    if (n < min) return [{ text: `${p.name}帮扶 ${n} 名学生，至少应为 ${min} 名`, todo: '请为其安排帮扶学生' }];
    if (n > max) return [{ text: `${p.name}帮扶 ${n} 名学生，至多应为 ${max} 名`, todo: '请把部分学生调给其他教师' }];
    return [];
  });
}

/** Whole years from a date or year of birth to the first day of the first term, when a volunteer would set out. */
function ageOf(programme: Programme, born: string): number | undefined {
  const start = programme.terms.map((t) => t.start).sort()[0];
  if (!start || !/^\d{4}/.test(born)) return undefined;
  const years = Number(start.slice(0, 4)) - Number(born.slice(0, 4));
  return born.length >= 10 && start.slice(5) < born.slice(5, 10) ? years - 1 : years;
}

function volunteers(programme: Programme, use: PlanUse, limits: Limits): PlanFinding[] {
  const supporters = new Set(pairingsOf(programme, use).map((p) => p.supporterId));
  return programme.people
    .filter((p) => p.schoolId && supporters.has(p.schoolId) && p.roles.includes('teacher'))
    .flatMap((p): PlanFinding[] => {
      const todo = '本人自愿的不受此限，否则请另选支教教师';
      const found: PlanFinding[] = [];
      const age = p.born === undefined ? undefined : ageOf(programme, p.born);
      const limit = p.sex === '女' ? limits.female_age : p.sex === '男' ? limits.male_age : undefined;
      if (age !== undefined && limit !== undefined && age >= limit)
        found.push({ text: `${p.name} ${age} 岁，支教要求${p.sex}未满 ${limit} 岁`, todo });
      if (limits.rural_years !== undefined && (p.ruralYears ?? 0) > limits.rural_years)
        found.push({
          text: `${p.name}已有 ${p.ruralYears} 年农村教学经历，支教优先选 ${limits.rural_years} 年以下的`,
          todo,
        });
      return found;
    });
}

const recipients = (
  programme: Programme,
  use: PlanUse,
  { min = 0, max = Number.POSITIVE_INFINITY }: Limits,
): PlanFinding[] =>
  [...Map.groupBy(pairingsOf(programme, use), (p) => p.supporterId)].flatMap(([id, list]): PlanFinding[] => {
    const n = new Set(list.map((p) => p.recipientId)).size;
    if (n >= min && n <= max) return [];
    const text = `${rosterOf(programme).school.get(id)?.name}帮扶 ${n} 所，应为 ${min}–${max} 所`;
    return [{ text, todo: n > max ? '请把其中几所调给其他学校' : '请补充受援学校' }];
  });

function bureau(programme: Programme): PlanFinding[] {
  const has = (role: Role): boolean => programme.people.some((p) => p.roles.includes(role));
  return [
    ...(has('bureau_leader') ? [] : [{ text: '名单里没有教育局分管领导', todo: '请加一名 bureau_leader' }]),
    ...(has('bureau_coordinator') ? [] : [{ text: '名单里没有教育局联络员', todo: '请加一名 bureau_coordinator' }]),
  ];
}

export const CHECKS: Record<RosterCheck, (programme: Programme, use: PlanUse, limits: Limits) => PlanFinding[]> = {
  agreement: perPairing((p) => !p.agreement, '没有结对协议', '请签协议并在名单里写上 agreement'),
  team: perPairing((p) => p.team.length === 0, '没有写领导小组（team）', '请写上小组成员，任务将由他们承担'),
  mentorships: perPairing((p, programme) => !hasMentorship(p, programme), '没有师徒结对', '请安排一对一师徒'),
  support_kinds: perPairing((p) => p.kinds.length === 0, '没有写帮扶类别', '请写明 staff、funds、goods 等'),
  unpaired_schools: (programme) => {
    const { pairingsOfSchool } = rosterOf(programme);
    return programme.schools
      .filter((s) => !pairingsOfSchool.has(s.id))
      .map((s) => ({ text: `${s.name}没有结对学校`, todo: '请安排结对，或从名单中去掉' }));
  },
  recipients_per_supporter: recipients,
  cycle_length: (programme, use, { years = 2 }) => {
    const latest = programme.terms
      .map((t) => yearLabel(t.start))
      .sort()
      .at(-1);
    return pairingsOf(programme, use)
      .filter(
        (p) =>
          p.from &&
          latest !== undefined &&
          latest - yearLabel(p.from) >= years &&
          (!p.to || yearLabel(p.to) - yearLabel(p.from) >= years),
      )
      .map((p) => ({ text: `${pairName(programme, p)}：结对已满 ${years} 学年`, todo: '周期结束后请重新分组' }));
  },
  care_per_teacher: (programme, _use, limits) =>
    careNumbers(programme, (p) => p.roles.includes('teacher') && !isLeader(p), limits),
  care_per_leader: (programme, _use, limits) => careNumbers(programme, isLeader, limits),
  volunteer_eligibility: volunteers,
  school_kinds: perSchool(
    (id, programme) => !rosterOf(programme).school.get(id)?.kind,
    '没有写学校类型',
    '请写 kind，分类型的任务才会下达',
  ),
  districts: perSchool(
    (id, programme) => !rosterOf(programme).school.get(id)?.districtId,
    '没有写所属区县',
    '请写 district',
  ),
  bureau,
  school_leader: perSchool(
    (id, programme) => !someoneAt(id, programme, isLeader),
    '没有负责结对工作的校领导',
    '请在名单里加一名校领导',
  ),
};
