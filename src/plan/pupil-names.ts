/** The only source of pupils' names for cards, so that every name shown is checked and logged. */
import { type Actor, may } from './policy.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** The pupils named to each reader, for the audit log: pupil ids by reader id. */
export type Named = Map<string, Set<string>>;

/** A person who is about to read a card. */
export interface NameReader {
  programme: Programme;
  me: Actor;
  /** The reader, if it is not `me`. */
  reader?: Actor;
  /** The whole chat reads this, so it names no pupil. */
  group?: boolean;
  named: Named;
}

/** The name of a pupil, if the reader may see it. */
export function pupilName(
  pupilId: string,
  { programme, me, reader = me, group, named }: NameReader,
): string | undefined {
  const pupil = rosterOf(programme).pupil.get(pupilId);
  if (!pupil || group || !may(reader, 'pupils', { kind: 'pupil', id: pupilId }, programme)) return undefined;
  const shown = named.get(reader.id) ?? new Set();
  named.set(reader.id, shown.add(pupilId));
  return pupil.name;
}

export const BLANK = '○○';

interface Names {
  byName: Map<string, string[]>;
  /** Every length of a name or a given name. */
  lengths: number[];
}
const kept = new WeakMap<Programme, Names>();

/** Computed once per programme: a county has tens of thousands of pupils, and every card has words. */
function namesOf(programme: Programme): Names {
  const known = kept.get(programme);
  if (known) return known;
  const byName = new Map<string, string[]>();
  for (const { id, name } of programme.pupils) byName.set(name, [...(byName.get(name) ?? []), id]);
  const lengths = new Set([...byName.keys()].flatMap((name) => [name.length, name.length - 1]));
  const names = { byName, lengths: [...lengths].filter((n) => n > 0) };
  kept.set(programme, names);
  return names;
}

/**
 * Free words without the names that the reader may not see. For pupils in the writer's care, the given name is removed too, because
 * mentors use it alone.
 */
export function wordsShown<T extends string | undefined>(text: T, reader: NameReader, writerId?: string): T {
  return text ? (spelt(text, reader, writerId).shown as T) : text;
}

/** The pupils whose names a reader does not see in free words. */
export const pupilsBlanked = (text: string, reader: NameReader, writerId?: string): string[] =>
  spelt(text, reader, writerId).blanked;

function spelt(text: string, reader: NameReader, writerId?: string): { shown: string; blanked: string[] } {
  const { byName, lengths } = namesOf(reader.programme);
  const { caresOfMentor, pupil } = rosterOf(reader.programme);
  const cares = caresOfMentor.get(writerId ?? '') ?? [];
  const inCare = Map.groupBy(cares, (c) => pupil.get(c.pupilId)?.name ?? '');
  const given = Map.groupBy(cares, (c) => pupil.get(c.pupilId)?.name.slice(1) ?? '');
  /** The pupils that a match names: those in the writer's care take precedence over others of the same name. */
  const named = (match: string): string[] => {
    const fromCare = inCare.get(match) ?? (match.length > 1 ? given.get(match) : undefined);
    return fromCare?.map((c) => c.pupilId) ?? byName.get(match) ?? [];
  };
  const longestFirst = lengths.toSorted((a, b) => b - a);
  let shown = '';
  const blanked = new Set<string>();
  for (let at = 0; at < text.length; ) {
    const match = longestFirst.map((n) => text.slice(at, at + n)).find((part) => named(part).length > 0);
    const mayShow = match === undefined || named(match).some((id) => pupilName(id, reader) !== undefined);
    shown += mayShow ? (match ?? text[at]!) : BLANK;
    if (!mayShow) for (const id of named(match!)) blanked.add(id);
    at += match?.length ?? 1;
  }
  return { shown, blanked: [...blanked] };
}

/**
 * Words of one programme without the pupils of the writer's other programmes, whose names this programme cannot recognise. For
 * pupils in the writer's care, the given name is removed too.
 */
export function withoutOthers(
  text: string,
  current: Programme,
  others: { programme: Programme; me: { id: string } }[],
): string {
  const { byName } = namesOf(current);
  const given = new Set([...byName.keys()].map((name) => name.slice(1)));
  const names = others.flatMap(({ programme, me }) => {
    const { caresOfMentor, pupil } = rosterOf(programme);
    const inCare = (caresOfMentor.get(me.id) ?? []).flatMap((c) => pupil.get(c.pupilId)?.name.slice(1) ?? []);
    return [
      ...[...namesOf(programme).byName.keys()].filter((name) => !byName.has(name)),
      ...inCare.filter((name) => name.length > 1 && !given.has(name)),
    ];
  });
  const found = names.filter((name) => text.includes(name)).toSorted((a, b) => b.length - a.length);
  return found.reduce((words, name) => words.replaceAll(name, BLANK), text);
}

/** The names that the audit log records as shown. Mentors who look at their own pupils are not logged. */
export const namesToLog = (named: Named, programme: Programme): { reader: string; pupil: string }[] =>
  [...named].flatMap(([reader, pupils]) => {
    const inCare = new Set((rosterOf(programme).caresOfMentor.get(reader) ?? []).map((c) => c.pupilId));
    return [...pupils].filter((pupil) => !inCare.has(pupil)).map((pupil) => ({ reader, pupil }));
  });
