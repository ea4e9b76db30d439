import { homeOf } from '../structure/stand-in.ts';
import { TITLE_ROLES } from '../tables/school.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** Who did it, with whom, and whose lesson it was; if a name fits several people, the bot asks. */
export function whoOf(
  telling: Telling,
): Pick<Reading, 'direction' | 'by' | 'on_behalf' | 'participants' | 'teacher'> & { doers: string[] } {
  const { having, pick, roster, before, kind, ask, offers } = telling;
  const sender = roster.knows.sender?.name;
  const doing = having('by');
  const guests = doing.some(({ named: found }) => found?.people.length === 1 && isGuest(found.people[0]!, telling));
  const inbound = guests || pick('direction') === 'inbound';
  const named: string[] = [];
  for (const token of doing) {
    const names = meantBy(token, telling, !inbound);
    if (names.length > 1) {
      ask.push('by');
      offers.by = names;
    } else named.push(names[0] ?? token.text);
  }
  let doers = named.includes(sender ?? '') ? [] : [...new Set(named)];
  if (doing.length === 0 && pick('by') === 'before' && before?.by) doers = [before.by];
  const home = named[0] && homeOf(named[0], roster.knows.people);
  // A colleague of one's own school does not visit it, whatever the words around say.
  const ours = home !== undefined && home === roster.knows.sender?.school;
  const came = !ours && (inbound || (doers[0] !== undefined && isGuest(doers[0], telling)));
  const together = having('with').flatMap((token) => {
    const names = meantBy(token, telling, !inbound);
    return names.length === 1 ? names : [];
  });
  const alone = telling.each && doers.length > 1;
  const company = [...new Set([...(alone ? [] : doers.slice(1)), ...together])].filter(
    (name) => name !== doers[0] && name !== sender,
  );
  const theirs = companyOf(before, sender).filter((name) => name !== doers[0]);
  const participants =
    company.length > 0 ? company : theirs.length > 0 && pick('with') === 'before' ? theirs : undefined;
  return {
    direction: came ? 'inbound' : undefined,
    teacher: kind === 'observe' ? teacherOf(telling, came) : undefined,
    by: doers[0],
    on_behalf: !came && (doers.length > 0 || ask.includes('by')) ? true : undefined,
    participants,
    doers,
  };
}

/** 他听了我一节，我们俩又一起备课: who did the activity before, or came along there. */
export const companyOf = (before: Partial<Reading> | undefined, sender: string | undefined): string[] =>
  [before?.by, ...(before?.participants ?? [])].filter((name) => name !== undefined && name !== sender) as string[];

/** Somebody of a partner school: what they did is a visit (reading.md, 16). */
const isGuest = (name: string, { roster }: Telling): boolean =>
  roster.partners.includes(homeOf(name, roster.knows.people) ?? '');

function teacherOf(telling: Telling, inbound: boolean): string | undefined {
  const { having, pick, roster, before } = telling;
  const names = having('teacher').map((token) => {
    const people = meantBy(token, telling, inbound);
    return people.length === 1 ? people[0]! : people.length === 0 ? token.text : undefined;
  });
  const known = [...new Set(names.filter((name) => name !== undefined))];
  if (names.length > 0) return known.join('、') || undefined;
  const choice = pick('teacher');
  return choice === 'me' ? roster.knows.sender?.name : choice === 'before' ? before?.teacher : undefined;
}

/** The people a name can mean: by its title, by the side they are expected on, by a full name elsewhere in the message. */
function meantBy(token: Token, { roster, script }: Telling, ours: boolean): string[] {
  const all = inOffice(token, roster);
  if (all.length < 2) return all;
  const home = roster.knows.sender?.school;
  const side = all.filter((name) => {
    const school = homeOf(name, roster.knows.people);
    return ours ? school === home : school !== undefined && roster.partners.includes(school);
  });
  const near = side.length > 0 ? side : all;
  const full = near.filter((name) =>
    script.tokens.some(({ named }) => named?.people.length === 1 && named.people[0] === name),
  );
  return full.length === 1 ? full : near;
}

/** Without those whose office the title excludes: 王校长 is no teacher. */
function inOffice(token: Token, { knows }: NameRoster): string[] {
  const people = token.named?.people ?? [];
  const title = Object.keys(TITLE_ROLES).find((word) => token.text.endsWith(word));
  if (!title || people.length < 2) return people;
  const fitting = people.filter((name) =>
    knows.people.some(
      (person) => person.name === name && person.roles?.some((role) => TITLE_ROLES[title]!.includes(role)),
    ),
  );
  return fitting.length > 0 ? fitting : people;
}
