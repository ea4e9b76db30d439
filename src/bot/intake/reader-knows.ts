import { topicWords } from '../../plan/accepts.ts';
import type { Person } from '../../plan/people.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { ReaderKnows, Reading } from '../../reading/types.ts';
import type { StoredProgramme } from '../../store/programmes.ts';
import type { Facts, Mentioned } from './facts.ts';
import { wordsIn } from './in-post.ts';

/** Senders whose names are cached; the reader builds a sound index for each, which costs more than reading. */
const KEPT = 300;
const kept = new WeakMap<StoredProgramme, Map<string, ReaderKnows>>();

interface Reads {
  programme: StoredProgramme;
  me: Person;
  mentioned?: Mentioned[];
}

/** The names the reader may use for this sender: people of their school and of those paired with it, people mentioned, and every school. */
export function readerKnows({ programme, me, mentioned }: Reads): ReaderKnows {
  const ready = kept.get(programme) ?? new Map<string, ReaderKnows>();
  kept.set(programme, ready);
  const known = ready.get(me.id) ?? knowsOf(programme, me);
  // Map order makes this a least-recently-used cache.
  ready.delete(me.id);
  ready.set(me.id, known);
  if (ready.size > KEPT) ready.delete(ready.keys().next().value!);
  const names = new Set(known.people.map((p) => p.name));
  const far = (mentioned ?? []).filter(({ name }) => !names.has(name));
  if (far.length === 0) return known;
  return { ...known, people: [...known.people, ...far.map(({ name, person: { roles } }) => ({ name, roles }))] };
}

function knowsOf(programme: StoredProgramme, me: Person): ReaderKnows {
  const roster = rosterOf(programme);
  const school = (id?: string) => roster.schoolName(id);
  const ownPairings = me.schoolId ? (roster.pairingsOfSchool.get(me.schoolId) ?? []) : [];
  const near = new Set([me.schoolId, ...ownPairings.flatMap((p) => [p.supporterId, p.recipientId])]);
  const colleagues = new Set(
    programme.people.filter((p) => p.id === me.id || p.schoolId === me.schoolId).map((p) => p.id),
  );
  const people = me.schoolId ? programme.people.filter((p) => !p.schoolId || near.has(p.schoolId)) : programme.people;
  return {
    sender: { name: me.name, school: school(me.schoolId), roles: me.roles },
    schools: programme.schools.map(({ name, short }) => ({ name, short })),
    people: people.map((p) => ({ name: p.name, school: school(p.schoolId), roles: p.roles })),
    pairings: (ownPairings.length > 0 ? ownPairings : programme.pairings).map((p) => ({
      supporter: school(p.supporterId)!,
      recipient: school(p.recipientId)!,
    })),
    topics: topicWords(programme),
    care: programme.cares.flatMap((care) => {
      const mentor = colleagues.has(care.mentorId) && roster.person.get(care.mentorId);
      const pupil = mentor && roster.pupil.get(care.pupilId);
      if (!mentor || !pupil) return [];
      return [{ mentor: mentor.name, pupil: pupil.name, grade: pupil.grade, school: school(pupil.schoolId) }];
    }),
  };
}

/**
 * Splits a message that names things of several programmes: it is read with the names of all of them, and each post takes its own
 * readings; the first also takes those that name nothing.
 */
export function sharedAmong(posts: Facts[]): Facts[] {
  const all = posts.map(readerKnows);
  const [first] = all as [ReaderKnows];
  const once = <T>(list: T[]): T[] => [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
  const knows: ReaderKnows = {
    ...first,
    schools: once(all.flatMap((k) => k.schools)),
    people: once(all.flatMap((k) => k.people)),
    pairings: once(all.flatMap((k) => k.pairings)),
    care: once(all.flatMap((k) => k.care)),
  };
  const names = all.map(
    (k) =>
      new Set([
        ...k.schools.map((s) => s.name),
        ...k.people.filter((p) => p.name !== k.sender?.name).map((p) => p.name),
        ...k.care.map((c) => c.pupil),
      ]),
  );
  const only = (name: string, i: number) => names.every((set, j) => set.has(name) === (i === j));
  const owner = ({ place, to, partner, participants = [], pupils = [], teacher }: Reading): number => {
    const mentioned = [place, to, partner, ...participants, ...pupils, teacher].filter((name) => name !== undefined);
    return Math.max(
      0,
      posts.findIndex((_, i) => mentioned.some((name) => only(name, i))),
    );
  };
  return posts.map((facts, i) => ({
    ...facts,
    shared: {
      knows,
      own: (readings) =>
        readings.filter((r) => owner(r) === i).map((r) => inWords(r, (words) => wordsIn(words, facts))),
    },
  }));
}

/** A reading with its free text rewritten. */
const inWords = (reading: Reading, rewrite: (words: string) => string): Reading => ({
  ...reading,
  ...Object.fromEntries(
    (['note', 'topic', 'reason'] as const).flatMap((key) => (reading[key] ? [[key, rewrite(reading[key])]] : [])),
  ),
});
