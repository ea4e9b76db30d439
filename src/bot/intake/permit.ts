import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { changeableFrom } from '../../plan/new-year.ts';
import { may, type Right, realmOf, type Target, whomToAsk } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Realm } from '../../plan/summary.ts';
import type { Facts } from './facts.ts';

/** Asks the policy, again at every message and click. Throws not_allowed with the names of people who can help. */
export function permit(facts: Facts, right: Right, target: Target): void {
  if (!may(facts.me, right, target, facts.programme)) throw refusal(facts, right, target);
}

/** The largest thing that this person has `right` over. Throws not_allowed where that is nothing but oneself. */
export function permittedRealm(facts: Facts, right: Right): Realm {
  const realm = realmOf(facts.me, right, facts.programme);
  if (realm) return realm;
  const { schoolId } = facts.me;
  throw refusal(facts, right, schoolId ? { kind: 'school', id: schoolId } : { kind: 'programme' });
}

/** An archive; that of a pupil also tells the name, whatever its pages leave out. Throws not_allowed. */
export function permitArchive(facts: Facts, of: { kind: 'pairing' | 'pupil' | 'person'; id: string }): void {
  permit(facts, 'archive', of);
  if (of.kind === 'pupil') permit(facts, 'pupils', of);
}

/**
 * Records of a school year that was closed are history. Who arranges for the one who did it may still put one right. Throws
 * year_closed with the names of those people.
 */
export function permitYear(facts: Facts, { byId, date }: Pick<Activity, 'byId' | 'date'>): void {
  const { me, programme, today } = facts;
  const from = changeableFrom(programme, rosterOf(programme).person.get(byId)?.schoolId, today);
  const target: Target = { kind: 'person', id: byId };
  if (from === undefined || date >= from || may(me, 'arrange', target, programme)) return;
  throw new UserError('year_closed', helpers(facts, 'arrange', target));
}

const refusal = (facts: Facts, right: Right, target: Target): UserError =>
  new UserError('not_allowed', helpers(facts, right, target));

/** Whom to ask instead, as a sentence; undefined where nobody could. */
export function helpers({ me, programme, t }: Facts, right: Right, target: Target): string | undefined {
  const school = (id: string | undefined) => rosterOf(programme).schoolName(id) ?? '';
  const names = whomToAsk(me, right, target, programme).map((p) => `${school(p.schoolId)} ${p.name}`.trim());
  return names.length > 0 ? t.talk.ask(names.join(t.comma)) : undefined;
}
