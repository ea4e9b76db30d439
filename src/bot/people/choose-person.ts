import { claim } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../plan/people.ts';
import { may, mayGive } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { isAdministrator } from '../../store/administrators.ts';
import type { ClaimRequest } from '../../store/claims.ts';
import { openIdsOf } from '../../store/members.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { claimed, openRequest, outcomeCard } from './claim.ts';
import { fullName, mayClaim, similarPeople } from './match-profile.ts';

/** 从名册选，或加进名册: for a stranger who is none of the people offered. */
export const claimChooseAction: Action<'claim_choose'> = {
  name: 'claim_choose',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const request = await openRequest(trx, facts, click, undefined);
    return request.state === 'open'
      ? { say: () => choosing(trx, facts, request) }
      : { say: () => outcomeCard(facts, request) };
  },
};

/** The people without a Feishu user, similar names first, and the schools to which somebody can be added. */
async function choosing(trx: Trx, facts: Facts, request: ClaimRequest, problem?: string) {
  const { programme, me, openId, t } = facts;
  const any = await isAdministrator(trx, openId);
  const bound = await openIdsOf(trx, programme.id);
  const open = programme.people.filter((p) => !bound.has(p.id) && (any || mayClaim(programme, me, p)));
  const similar = similarPeople(open, request.name);
  const people = [...similar, ...open.filter((p) => !similar.includes(p))];
  const schools = programme.schools.filter((s) => any || mayAdd(facts, s.id));
  const choose = {
    people: people.map((p) => ({ value: p.id, label: fullName(programme, p) })),
    schools: schools.map((s) => ({ value: s.id, label: s.name })),
    ...(problem && { problem }),
  };
  return claim({ request: request.id, name: request.name, candidates: [], choose }, t);
}

const mayAdd = ({ me, programme }: Facts, schoolId: string): boolean =>
  may(me, 'arrange', { kind: 'school', id: schoolId }, programme) && mayGive(me, 'teacher', schoolId, programme);

/** 就是这位, chosen from the roster. */
export const claimPickAction: Action<'claim_pick'> = {
  name: 'claim_pick',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const person = rosterOf(facts.programme).person.get(String(click.form.person ?? ''));
    const request = await openRequest(trx, facts, click, person);
    if (request.state !== 'open') return { say: () => outcomeCard(facts, request) };
    if (!person) return { say: () => choosing(trx, facts, request, facts.t.claim.person) };
    if ((await openIdsOf(trx, facts.programme.id)).has(person.id)) throw new UserError('stale');
    return claimed(facts, request, person);
  },
};

/** 加进名册: adds a teacher to a school the coordinator answers for. */
export const claimAddAction: Action<'claim_add'> = {
  name: 'claim_add',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const request = await openRequest(trx, facts, click, undefined);
    if (request.state !== 'open') return { say: () => outcomeCard(facts, request) };
    const { programme, openId, newId, t } = facts;
    const schoolId = String(click.form.school ?? '');
    const name = String(click.form.name ?? '')
      .trim()
      .normalize('NFC');
    if (!rosterOf(programme).school.has(schoolId) || name === '' || name.length > 20)
      return { say: () => choosing(trx, facts, request, `${t.claim.name}${t.comma}${t.claim.school}`) };
    if (!(await isAdministrator(trx, openId)) && !mayAdd(facts, schoolId)) throw new UserError('not_allowed');
    if (programme.people.some((p) => p.name === name && p.schoolId === schoolId))
      return { say: () => choosing(trx, facts, request, t.claim.known(name)) };
    const person: Person = { id: newId(), name, schoolId, roles: ['teacher'] };
    const bound = claimed(facts, request, person);
    return { ...bound, do: [{ what: 'add_person', personId: person.id, name, schoolId }, ...(bound.do ?? [])] };
  },
};
