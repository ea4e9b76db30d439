import { homeOf } from '../structure/stand-in.ts';
import { TITLE_ROLES } from '../tables/school.ts';
import { inARow } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { isBystander } from './bystanders.ts';
import type { Telling } from './telling.ts';
import { inMyPlace, isAboutOne, isAtTheirs, isGuest, isOfGuest, namedAgain, onlyGuest, withMe } from './whose.ts';

/** Who did it, with whom, and whose lesson it was; if a name fits several people, the bot asks. */
export function whoOf(
  telling: Telling,
): Pick<Reading, 'direction' | 'by' | 'on_behalf' | 'participants' | 'teacher'> & { doers: string[] } {
  const { having, pick, roster, before, kind, each, ask, offers, script } = telling;
  const { sender, people } = roster.knows;
  const there = isAtTheirs(telling);
  const hosts = there && kind !== 'demo_lesson' ? having('by').filter((token) => isOfGuest(token, telling)) : [];
  const standIns = having('with').filter((token) => inMyPlace(token, telling));
  const acting = having('by').filter((token) => !hosts.includes(token) && !isBystander(token, telling));
  const doing = namedAgain([...acting, ...standIns], telling);
  const inbound = !there && (doing.some((token) => isOfGuest(token, telling)) || pick('direction') === 'inbound');
  const named: string[] = [];
  for (const token of doing) {
    const names = meantBy(token, telling, !inbound);
    if (names.length > 1) {
      ask.push('by');
      offers.by = names;
    } else named.push(names[0] ?? token.text);
  }
  // 朱园长和彭婷, by 朱琳: the sender did it, and the other too.
  const mine = sender !== undefined && named.includes(sender.name);
  let doers = mine ? [] : [...new Set(named)];
  // Where the text is cut before 又, 我 belongs to the piece before it.
  const from = Math.min(script.pieces[telling.activity.span.lead]!.start, telling.start - 1);
  const iAct = [...script.text.matchAll(I_ACT)].some(({ index }) => from <= index && index < telling.end);
  const goesOn = () => !iAct && (isAboutOne(telling) || pick('by') === 'before');
  if (doing.length === 0 && before?.by && goesOn()) doers = [before.by];
  // A colleague of one's own school does not visit it, whatever the words around say.
  const ours = named[0] !== undefined && sender !== undefined && homeOf(named[0], people) === sender.school;
  const came = !ours && !there && (inbound || (doers[0] !== undefined && isGuest(doers[0], telling)));
  const together = [
    ...namedAgain(
      having('with').filter((token) => !standIns.includes(token)),
      telling,
    ),
    ...(kind === 'observe' ? [] : hosts),
  ].flatMap((token) => {
    const names = meantBy(token, telling, !inbound);
    return names.length === 1 ? names : [];
  });
  // 高婷和董海燕各上一节: each of those named in a row is a doer.
  if (each && doers.length === 1)
    for (const token of having('with')) {
      const listed = doing.some((one) => inARow(one, token, script.text));
      if (listed && token.named?.people.length === 1) doers = [...doers, token.named.people[0]!];
    }
  if (came && doers.length === 0) doers = onlyGuest(telling);
  const alone = each && doers.length > 1;
  const others = mine && !each ? named : [];
  const company = [...new Set([...(alone ? [] : doers.slice(1)), ...others, ...together])].filter(
    (name) => name !== doers[0] && name !== sender?.name && !(alone && doers.includes(name)),
  );
  const theirs = companyOf(before, sender?.name).filter((name) => name !== doers[0]);
  const shared = theirs.length > 0 && pick('with') === 'before' ? theirs : [];
  const teacher = kind === 'observe' ? teacherOf(telling, came, doers, hosts) : undefined;
  const heard = teacher?.split('、') ?? [];
  const all = [...new Set([...company, ...shared])].filter((name) => !heard.includes(name));
  return {
    direction: came ? 'inbound' : undefined,
    teacher,
    by: doers[0],
    on_behalf: !came && (doers.length > 0 || ask.includes('by')) ? true : undefined,
    participants: all.length > 0 ? all : undefined,
    doers: mine
      ? [...new Set(named)]
      : each && sender
        ? withMe(doers.length > 0 ? doers : company, sender.name, telling)
        : doers,
  };
}

/** 我又听了何俊一节, 我：今天听课一节: the sender is the subject, whoever did the previous activity. In 他听了我一节 the sender is not. */
const I_ACT =
  /(?<![了过给听看向跟和与同对把被让请叫找陪帮替代来由是等约喊])我(?::|[又也再还就先]{0,2}(?:[今昨前]天)?(?:去|到|在)?(?:[听讲评]|上(?![面次周个星礼午学])))/gu;

/** 他听了我一节，我们俩又一起备课: who did the activity before, or came along there. */
export const companyOf = (before: Partial<Reading> | undefined, sender: string | undefined): string[] =>
  [before?.by, ...(before?.participants ?? [])].filter((name) => name !== undefined && name !== sender) as string[];

/** Whose lesson it was. People do not observe themselves, so visitors observed somebody at the sender's school. */
function teacherOf(telling: Telling, inbound: boolean, doers: string[], hosts: Token[]): string | undefined {
  const { having, pick, roster, before } = telling;
  const told = having('teacher');
  const names = (told.length > 0 ? told : hosts).map((token) => {
    const people = meantBy(token, telling, inbound);
    return people.length === 1 ? people[0]! : people.length === 0 ? token.text : undefined;
  });
  const known = [...new Set(names.filter((name) => name !== undefined))];
  const heard = known.filter((name) => !doers.includes(name));
  if (known.length > 0 && heard.length === 0) return inbound ? roster.knows.sender?.name : undefined;
  if (names.length > 0) return heard.join('、') || undefined;
  const choice = pick('teacher');
  // People do not observe their own lessons.
  if (choice === 'me') return inbound || doers.length > 0 ? roster.knows.sender?.name : undefined;
  return choice === 'before' ? before?.teacher : undefined;
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
  const said = token.means ?? token.text;
  const title = Object.keys(TITLE_ROLES).find((word) => said.endsWith(word));
  if (!title || people.length < 2) return people;
  const fitting = people.filter((name) =>
    knows.people.some(
      (person) => person.name === name && person.roles?.some((role) => TITLE_ROLES[title]!.includes(role)),
    ),
  );
  return fitting.length > 0 ? fitting : people;
}
