/** The one question asked where a pupil's name is drawn: a card's model has it only from here, and what is shown is noted. */
import { type Actor, may } from './policy.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** Whose pupils were named to whom, for the log: pupils' ids by the id of who reads. */
export type Named = Map<string, Set<string>>;

/** Somebody who is about to read a card. */
export interface NameReader {
  programme: Programme;
  me: Actor;
  /** Who reads it, where it is not `me`. */
  reader?: Actor;
  /** Read by everybody in a chat: nobody is named. */
  group?: boolean;
  named: Named;
}

/** The name of a pupil where the reader may have it. */
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

const BLANK = '○○';

/**
 * Free words without the names that the reader may not have. Of pupils in the writer's care the given name is one too: that
 * is how a mentor writes of them.
 */
export function wordsShown<T extends string | undefined>(text: T, reader: NameReader, writerId?: string): T {
  if (!text) return text;
  const own = new Set((rosterOf(reader.programme).caresOfMentor.get(writerId ?? '') ?? []).map((c) => c.pupilId));
  const found = reader.programme.pupils
    .flatMap(({ id, name }) =>
      [name, ...(own.has(id) && name.length > 2 ? [name.slice(1)] : [])].map((said) => ({ id, said })),
    )
    .filter(({ said }) => text.includes(said))
    .toSorted((a, b) => b.said.length - a.said.length);
  const clean = found.reduce<string>(
    (rest, { id, said }) => (pupilName(id, reader) === undefined ? rest.replaceAll(said, BLANK) : rest),
    text,
  );
  return clean as T;
}

/** What the log is told of names that were shown; a mentor's look at the own pupil is no access to be told of. */
export const namesToLog = (named: Named, programme: Programme): { reader: string; pupil: string }[] =>
  [...named].flatMap(([reader, pupils]) => {
    const own = new Set((rosterOf(programme).caresOfMentor.get(reader) ?? []).map((c) => c.pupilId));
    return [...pupils].filter((pupil) => !own.has(pupil)).map((pupil) => ({ reader, pupil }));
  });
