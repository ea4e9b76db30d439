import type { Person } from '../plan/people.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Texts } from './texts/zh-CN.ts';

const LEADERS = ['leader', 'principal', 'vice_principal', 'bureau_leader', 'bureau_coordinator'];
const COORDINATORS = ['coordinator', 'bureau_coordinator'];

/**
 * Sentences that this person could write: with their own partner school and, in private, their own pupil. They name no other pupil, so
 * help and welcome cards are safe to show to anybody.
 */
export function examplesFor(
  { programme, me, group }: { programme: Programme; me: Person; group: boolean },
  t: Texts,
): string[] {
  const x = t.talk.examples;
  const { school, pupil, pairingsOfSchool, caresOfMentor } = rosterOf(programme);
  const short = (id: string | undefined) => school.get(id ?? '')?.short[0] ?? school.get(id ?? '')?.name ?? '';
  const [pairing] = pairingsOfSchool.get(me.schoolId ?? '') ?? [];
  const helps = pairing?.supporterId === me.schoolId;
  const own = (caresOfMentor.get(me.id) ?? []).map((c) => pupil.get(c.pupilId)?.name ?? '').find((name) => name !== '');
  const hasRole = (roles: string[]) => me.roles.some((r) => roles.includes(r));
  return [
    ...(hasRole(LEADERS) ? [x.report] : []),
    ...(hasRole(COORDINATORS) ? [x.late] : []),
    ...(pairing && helps ? [x.lesson(short(pairing.recipientId)), x.observed] : []),
    ...(pairing && !helps ? [x.observedAt(short(pairing.supporterId))] : []),
    ...(own && !group ? [x.visit(own), x.owed] : [x.tasks]),
  ];
}
