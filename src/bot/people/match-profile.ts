import { mobileOf } from '../../plan/accounts.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Person } from '../../plan/people.ts';
import { type Actor, allActingOn, may, realmOf } from '../../plan/policy.ts';
import type { Programme } from '../../plan/programme.ts';
import { rosterOf } from '../../plan/roster.ts';

/** What a Feishu profile says about its owner; users who talk to the bot cannot edit it. */
export interface Profile {
  name?: string;
  mobile?: string;
  emails: string[];
}

const digits = (mobile: string | undefined) => (mobile && mobileOf(mobile)) || undefined;

const mail = (email: string | undefined) => email?.trim().toLowerCase() || undefined;

/**
 * The roster rows of the one person who has the profile's mobile or mail: several if they changed school. A number shared by
 * people of different names (an office telephone) identifies none of them.
 */
export function personsOfProfile(programme: Programme, profile: Profile): Person[] {
  const mobile = digits(profile.mobile);
  const mails = new Set(profile.emails.map(mail));
  const found = programme.people.filter((p) => {
    if (mobile !== undefined && digits(p.mobile) === mobile) return true;
    return p.email !== undefined && mails.has(mail(p.email));
  });
  return new Set(found.map((p) => p.name)).size === 1 ? found : [];
}

/** Roster people a user of this name may be, likeliest first: the same name, a name inside a longer one, 「陈老师」. */
export function similarPeople(people: Person[], name: string): Person[] {
  const bare = name.replace(/[\s（(【[].*$/u, '').replace(/老师|校长|主任/u, '');
  const rank = (p: Person) => {
    if (p.name === name.trim() || p.name === bare) return 0;
    if (name.includes(p.name)) return 1;
    return bare.length > 0 && bare.length < p.name.length && p.name.startsWith(bare) ? 2 : undefined;
  };
  return people
    .flatMap((person) => {
      const r = rank(person);
      return r === undefined ? [] : [{ person, r }];
    })
    .toSorted((a, b) => a.r - b.r)
    .map(({ person }) => person);
}

/** Whether somebody may say that a stranger is this person; without one, whether they are asked at all. */
export const mayClaim = (programme: Programme, operator: Actor, as: Person | undefined): boolean =>
  as
    ? may(operator, 'people', { kind: 'person', id: as.id }, programme)
    : realmOf(operator, 'people', programme) !== undefined;

/** Coordinators to ask, each with the people they may choose. If no name is similar: the bureau's, or else all. */
export function askedCoordinators(
  programme: Programme,
  unbound: Person[],
  name: string,
  today: Ymd,
): { coordinator: Person; candidates: Person[] }[] {
  const similar = similarPeople(unbound, name);
  const all = allActingOn(programme.people, today).filter((p) => mayClaim(programme, p, undefined));
  const withCandidates = all
    .map((coordinator) => ({ coordinator, candidates: similar.filter((p) => mayClaim(programme, coordinator, p)) }))
    .filter(({ candidates }) => candidates.length > 0);
  if (withCandidates.length > 0) return withCandidates;
  const bureau = all.filter((p) => p.roles.includes('bureau_coordinator'));
  return (bureau.length > 0 ? bureau : all).map((coordinator) => ({ coordinator, candidates: [] }));
}

/** 「学校 姓名」, as coordinators tell people apart. */
export const fullName = (programme: Programme, p: Person): string =>
  [rosterOf(programme).schoolName(p.schoolId), p.name].filter(Boolean).join(' ');
