import { activityShown } from '../../cards/card-models.ts';
import { confirmActivity, type Texts } from '../../cards/index.ts';
import { confirmersOf } from '../../plan/confirm.ts';
import { NOTICE } from '../../plan/identities.ts';
import { allActingOn } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Recorded } from '../../store/record.ts';
import type { Notification } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';

/** The card that asks a recipient school whether an activity happened, or shows its answer. */
export function confirmationCard(facts: Facts, a: StoredActivity) {
  const { person, school } = rosterOf(facts.programme);
  const by = person.get(a.byId);
  return confirmActivity(
    {
      activity: a.id,
      v: a.version,
      by: by?.name ?? '',
      school: school.get(by?.schoolId ?? '')?.name ?? '',
      shown: { ...activityShown(a, facts), by: undefined, topic: undefined },
      ...(a.confirmation ? { answer: a.confirmation } : {}),
      ...(a.disputeReason ? { reason: wordsShown(a.disputeReason, facts) } : {}),
    },
    facts.t,
  );
}

/** Asks the recipient school's coordinators about a new or changed record. Once per version. */
export function confirmationsWanted(facts: Facts, recorded: Recorded[]): Notification[] {
  return recorded.flatMap(({ activity }) => {
    if (activity.confirmation) return [];
    const { peopleOfSchool } = rosterOf(facts.programme);
    const people = confirmersOf(facts.programme, activity).flatMap((id) => peopleOfSchool.get(id) ?? []);
    return allActingOn(people, facts.today)
      .filter((p) => p.roles.includes('coordinator'))
      .map((p) => ({
        identity: NOTICE.confirm(activity.id, activity.version, p.id),
        kind: 'confirm',
        personId: p.id,
        card: (t: Texts) => confirmationCard({ ...facts, t, reader: p, group: false }, activity),
      }));
  });
}
