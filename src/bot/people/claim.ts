import { examplesFor } from '../../cards/examples.ts';
import { claim, welcome } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Person } from '../../plan/people.ts';
import { rosterOf } from '../../plan/roster.ts';
import { isAdministrator } from '../../store/administrators.ts';
import { type ClaimRequest, lockClaim } from '../../store/claims.ts';
import { memberOf } from '../../store/members.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { strangerTexts } from '../intake/language.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { fullName, mayClaim } from './match-profile.ts';

/** 认领: binds this stranger to that roster person. People already bound cannot be chosen; a decided request shows its outcome. */
export const claimAction: Action<'claim'> = {
  name: 'claim',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const person = rosterOf(facts.programme).person.get(click.value.person);
    const request = await openRequest(trx, facts, click, person);
    if (request.state !== 'open') return { say: () => outcomeCard(facts, request) };
    if (!person) throw new UserError('gone');
    if (await memberOf(trx, facts.programme.id, person.id)) throw new UserError('stale');
    return claimed(facts, request, person);
  },
};

/** Binds the stranger to this person and welcomes them. */
export function claimed(facts: Facts, request: ClaimRequest, person: Person): Outcome {
  const school = rosterOf(facts.programme).schoolName(person.schoolId) ?? facts.programme.name;
  const t = strangerTexts();
  const examples = examplesFor({ programme: facts.programme, me: person, group: false }, t);
  const card = welcome({ name: person.name, school, bound: true, examples }, t);
  const identity = NOTICE.welcome(request.openId, facts.programme.id);
  return {
    do: [
      { what: 'claim', request, personId: person.id },
      { what: 'notify', identity, kind: 'welcome', personId: person.id, card, line: 'answers' },
    ],
    say: () => outcomeCard(facts, request, person),
  };
}

/** The request, locked. Throws gone, or not_allowed if the operator may not decide about this person (or anybody). */
export async function openRequest(
  trx: Trx,
  facts: Facts,
  { value }: { value: { request: string } },
  person: Person | undefined,
): Promise<ClaimRequest> {
  const { me, programme, openId } = facts;
  const allowed = (await isAdministrator(trx, openId)) || mayClaim(programme, me, person);
  if (!allowed) throw new UserError('not_allowed');
  const request = await lockClaim(trx, facts.programme.id, value.request);
  if (!request) throw new UserError('gone');
  return request;
}

export function outcomeCard(
  { programme, t }: Facts,
  { id, name, personId }: ClaimRequest,
  person: Person | undefined = rosterOf(programme).person.get(personId ?? ''),
) {
  const outcome = person ? { person: fullName(programme, person) } : ('rejected' as const);
  return claim({ request: id, name, candidates: [], outcome }, t);
}

/** 都不是: the stranger matches no roster entry. A later roster with their mobile number can still recognise them. */
export const claimNoneAction: Action<'claim_none'> = {
  name: 'claim_none',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const request = await openRequest(trx, facts, click, undefined);
    if (request.state !== 'open') return { say: () => outcomeCard(facts, request) };
    return { do: [{ what: 'claim', request }], say: () => outcomeCard(facts, { ...request, state: 'rejected' }) };
  },
};
