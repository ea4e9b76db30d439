/**
 * Warnings on a roster: what a plan says about structure, roles and eligibility that the lists do not (yet) fulfil, each with
 * what to do. Warnings never block anything.
 */
import { CHECKS, type PlanFinding, someoneAt } from './checks.ts';
import type { RosterCheck } from './plan.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export interface RosterWarning extends PlanFinding {
  planId?: string;
  check: RosterCheck | 'no_coordinator' | 'no_bureau_coordinator' | 'departed_mentor';
}

/** Pupils whose mentor has left, and schools that owe something but have nobody to remind. */
function general(programme: Programme): RosterWarning[] {
  const paired = new Set(programme.pairings.flatMap((p) => [p.supporterId, p.recipientId]));
  const silent = programme.schools.filter(
    (s) => paired.has(s.id) && !someoneAt(s.id, programme, (p) => p.roles.includes('coordinator')),
  );
  const asksDistricts = programme.plans.some((use) => use.plan.requirements.some((r) => r.subject === 'district'));
  const hasBureau = programme.people.some((p) => p.roles.includes('bureau_coordinator'));
  const { person, caresOfMentor } = rosterOf(programme);
  const departed = [...caresOfMentor].flatMap(([id, cares]): RosterWarning[] => {
    const mentor = person.get(id);
    const left = cares.filter((c) => mentor?.to && (!c.to || c.to > mentor.to)).length;
    if (left === 0) return [];
    const text = `${mentor?.name} ${mentor?.to} 起不在岗，名下还有 ${left} 名帮扶学生`;
    return [{ check: 'departed_mentor', text, todo: '请为这些学生换一名帮扶教师' }];
  });
  return [
    ...departed,
    ...silent.map(
      (s): RosterWarning => ({
        check: 'no_coordinator',
        text: `${s.name}没有联络员，学校的任务无人提醒`,
        todo: '请给一名教师加上 coordinator',
      }),
    ),
    ...(asksDistricts && !hasBureau
      ? [
          {
            check: 'no_bureau_coordinator' as const,
            text: '没有教育局联络员，区县的任务无人提醒',
            todo: '请加一名 bureau_coordinator',
          },
        ]
      : []),
  ];
}

/** Every warning of a programme's plans, plan by plan, then those that hold whatever the plan. */
export const rosterWarnings = (programme: Programme): RosterWarning[] => [
  ...programme.plans.flatMap((use) =>
    use.plan.provisions.flatMap(({ check, limits = {} }) =>
      check ? CHECKS[check](programme, use, limits).map((w) => ({ planId: use.plan.id, check, ...w })) : [],
    ),
  ),
  ...general(programme),
];
