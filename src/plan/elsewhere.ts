/** A record of one programme translated into another: the same schools, people and pupils by their names. */
import type { Activity } from './activity.ts';
import type { Person } from './people.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** A person with posts in both programmes. */
interface In {
  programme: Programme;
  me: Person;
}

/**
 * The activity with the ids of the other programme. Undefined if it names a school, a person or a pupil that the other programme
 * does not have.
 */
export function elsewhere(a: Activity, from: In, to: In): Activity | undefined {
  let lost = false;
  const found = <T>(name: string | undefined, find: (name: string) => T | undefined): T | undefined => {
    const there = name === undefined ? undefined : find(name);
    if (name !== undefined && there === undefined) lost = true;
    return there;
  };
  const [source, target] = [rosterOf(from.programme), rosterOf(to.programme)];
  const byDefault = onlyPartner(from);
  // If a school has a single partner, the reader takes it as the place that was not mentioned; so the same applies there.
  const school = (id: string | undefined) =>
    found(source.schoolName(id), (name) => {
      const same = to.programme.schools.find((s) => s.name === name)?.id;
      return same ?? (id === byDefault ? onlyPartner(to) : undefined);
    });
  const person = (id: string) => {
    if (id === from.me.id) return to.me.id;
    const who = source.person.get(id);
    const home = source.schoolName(who?.schoolId);
    return found(who?.name, (name) => {
      const named = to.programme.people.filter((p) => p.name === name);
      const same = named.find((p) => target.schoolName(p.schoolId) === home);
      return (same ?? (named.length === 1 ? named[0] : undefined))?.id;
    });
  };
  const pupil = (id: string) => {
    const home = source.schoolName(source.pupil.get(id)?.schoolId);
    return found(source.pupil.get(id)?.name, (name) => {
      const named = to.programme.pupils.filter((p) => p.name === name);
      return named.find((p) => target.schoolName(p.schoolId) === home)?.id;
    });
  };
  const { confirmation: _, disputeReason: __, separate: ___, ...rest } = a;
  const moved = {
    ...rest,
    programmeId: to.programme.id,
    byId: person(a.byId) ?? to.me.id,
    reporterId: to.me.id,
    participantIds: a.participantIds.flatMap((id) => person(id) ?? []),
    pupilIds: a.pupilIds.flatMap((id) => pupil(id) ?? []),
    ...(a.placeId && { placeId: school(a.placeId) }),
    ...(a.toId && { toId: school(a.toId) }),
    ...(a.partnerId && { partnerId: school(a.partnerId) }),
  };
  return lost ? undefined : moved;
}

/** The partner school, if a person's school has exactly one pairing. */
function onlyPartner({ programme, me }: In): string | undefined {
  const [pairing, ...others] = rosterOf(programme).pairingsOfSchool.get(me.schoolId ?? '') ?? [];
  if (!pairing || others.length > 0) return undefined;
  return pairing.supporterId === me.schoolId ? pairing.recipientId : pairing.supporterId;
}
