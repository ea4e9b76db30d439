import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { changeableFrom } from '../../plan/new-year.ts';
import { may, type Right, realmOf, type Target, whomToAsk } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Realm } from '../../plan/summary.ts';
import type { Facts } from './facts.ts';

/** Checks the policy again at every message and click. Throws not_allowed with the names of people who can help. */
export function permit(facts: Facts, right: Right, target: Target): void {
  if (!may(facts.me, right, target, facts.programme)) throw refusal(facts, right, target);
}

/** The largest scope over which this person has `right`. Throws not_allowed if that covers only themselves. */
export function permittedRealm(facts: Facts, right: Right): Realm {
  const realm = realmOf(facts.me, right, facts.programme);
  if (realm) return realm;
  const { schoolId } = facts.me;
  throw refusal(facts, right, schoolId ? { kind: 'school', id: schoolId } : { kind: 'programme' });
}

/** An archive; a pupil's also needs the right to the name, whatever its pages leave out. Throws not_allowed. */
export function permitArchive(facts: Facts, of: { kind: 'pairing' | 'pupil' | 'person'; id: string }): void {
  permit(facts, 'archive', of);
  if (of.kind === 'pupil') permit(facts, 'pupils', of);
}

/**
 * Records of a closed school year are history: only people with the right to arrange for the person who did it may correct one.
 * Throws year_closed with their names.
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

/** A sentence that names somebody with the right to do it; undefined if there is no such person. */
export function helpers({ me, programme, t }: Facts, right: Right, target: Target): string | undefined {
  const school = (id: string | undefined) => rosterOf(programme).schoolName(id) ?? '';
  const names = whomToAsk(me, right, target, programme).map((p) => `${school(p.schoolId)} ${p.name}`.trim());
  return names.length > 0 ? t.talk.ask(names.join(t.comma)) : undefined;
}
