import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Inspection } from '../../plan/inspection.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { lockInspection } from '../../store/inspections.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import { permit } from '../intake/permit.ts';
import { cardOfInspection, mayInspect } from './card.ts';

/** Sends each of these people a card of the inspection as it stands. */
export async function informConcerned(
  trx: Trx,
  facts: Facts,
  inspection: Inspection,
  step: string,
  people: string[],
  circular = false,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const personId of people) {
    const person = rosterOf(facts.programme).person.get(personId);
    if (!person || personId === facts.me.id) continue;
    const reader = actingOn(person, facts.today);
    const card = await cardOfInspection(trx, { ...facts, group: false }, inspection, { reader, circular });
    changes.push({
      what: 'notify',
      identity: NOTICE.inspection(inspection.id, step, personId),
      kind: 'inspection',
      personId,
      card,
    });
  }
  return changes;
}

export const shows = (trx: Trx, facts: Facts, inspection: Inspection) => () => cardOfInspection(trx, facts, inspection);

/** The inspection a button refers to, locked, if the person who clicked may carry it on. Throws gone or not_allowed. */
export async function carriedOn(trx: Trx, facts: Facts, id: string): Promise<Inspection> {
  const inspection = await lockInspection(trx, facts.programme.id, id);
  if (!inspection) throw new UserError('gone');
  if (!mayInspect(facts.me, inspection, facts.programme)) permit(facts, 'inspect', { kind: 'programme' });
  return inspection;
}
