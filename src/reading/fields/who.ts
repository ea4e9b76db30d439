import { homeOf } from '../structure/stand-in.ts';
import { TITLE_ROLES } from '../tables/school.ts';
import { has, inARow } from '../tokens/is.ts';
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
  const there = isAtTheirs(telling);
  const hosts = there && kind !== 'demo_lesson' ? having('by').filter((token) => isOfGuest(token, telling)) : [];
  const beside = having('by').filter((token) => isBesideMe(token, telling));
  const doing = having('by').filter(
    (token) => !hosts.includes(token) && !beside.includes(token) && !isReceiver(token, telling),
  );
  const inbound = !there && (doing.some((token) => isOfGuest(token, telling)) || pick('direction') === 'inbound');
  const named: string[] = [];
  for (const token of doing) {
    const names = meantBy(token, telling, !inbound);
    if (names.length > 1) {
      ask.push('by');
      offers.by = names;
    } else named.push(names[0] ?? token.text);
  }
  let doers = named.includes(sender ?? '') ? [] : [...new Set(named)];
  if (doing.length === 0 && beside.length === 0 && before?.by && (goesOn(telling) || pick('by') === 'before'))
    doers = [before.by];
  const home = named[0] && homeOf(named[0], roster.knows.people);
  // A colleague of one's own school does not visit it, whatever the words around say.
  const ours = home === undefined ? isOurs(doing[0], telling) : home === roster.knows.sender?.school;
  const came = !ours && !there && (inbound || (doers[0] !== undefined && isGuest(doers[0], telling)));
  const together = [...having('with'), ...beside, ...(kind === 'observe' ? [] : hosts)].flatMap((token) => {
    const names = meantBy(token, telling, !inbound);
    return names.length === 1 ? names : [];
  });
  // 高婷和董海燕各上一节: each of those named in a row is a doer.
  if (telling.each && doers.length === 1)
    for (const token of having('with')) {
      const beside = doing.some((one) => inARow(one, token, telling.script.text));
      if (beside && token.named?.people.length === 1) doers = [...doers, token.named.people[0]!];
    }
  if (came && doers.length === 0 && kind !== 'donation') doers = onlyGuest(telling);
  const alone = telling.each && doers.length > 1;
  const company = [...new Set([...(alone ? [] : doers.slice(1)), ...together])].filter(
    (name) => name !== doers[0] && name !== sender && !(alone && doers.includes(name)),
  );
  const theirs = companyOf(before, sender).filter((name) => name !== doers[0]);
  const shared = theirs.length > 0 && pick('with') === 'before' ? theirs : [];
  const all = [...new Set([...company, ...shared])];
  const participants = all.length > 0 ? all : undefined;
  return {
    direction: came ? 'inbound' : undefined,
    teacher: kind === 'observe' ? teacherOf(telling, came, came ? doers : [], hosts) : undefined,
    by: doers[0],
    on_behalf: !came && (doers.length > 0 || ask.includes('by')) ? true : undefined,
    participants,
    doers: telling.each && sender ? withMe(doers.length > 0 ? doers : company, sender, telling) : doers,
  };
}

/** 在大朝山，高婷…, 到万佑和杨校长座谈: at the partner's school those who belong there receive, and do not visit. */
function isAtTheirs({ having, before, own, kind, roster, script, activity }: Telling): boolean {
  const theirs = (school: string | undefined) => school !== undefined && roster.partners.includes(school);
  const led = script.tokens.slice(script.pieces[activity.span.lead]!.first, script.pieces[activity.span.to - 1]!.last);
  const said = led.some(
    (token, k) =>
      token.named?.schools.length === 1 && theirs(token.named.schools[0]) && GONE.test(led[k - 1]?.text ?? ''),
  );
  if (said) return true;
  const stayed =
    before?.direction === undefined && before?.by === undefined && before?.status === 'done' && theirs(before.place);
  return (
    stayed &&
    kind === 'meeting' &&
    having('place').length === 0 &&
    !own.some(({ date, text }) => date || /来/u.test(text))
  );
}

/** Words that lead to where the sender's side went. */
const GONE = /^(?:在|到|去|赴|往|前往|到了|去了|至|赶到|回到|跑到|抵达)$/u;

const isOfGuest = ({ named }: Token, telling: Telling): boolean =>
  named?.people.length === 1 && isGuest(named.people[0]!, telling);

/** 教学反思交给王校长了: who gets a paper did not write it. */
const isReceiver = ({ start }: Token, { kind, script }: Telling): boolean =>
  kind === 'document' && /(?:交给了?|交到|发给了?|报给|递给|呈给?|给|交)$/u.test(script.text.slice(0, start));

/** 石校长和我去听课, 王校长带队，我上了一节: the sender did it, and the other came along. */
function isBesideMe(token: Token, { each, own, script: { text } }: Telling): boolean {
  if (each || token.named?.people.length !== 1) return false;
  if (/^[和跟与同、]我(?!们|[校园这])/u.test(text.slice(token.end))) return true;
  const after = own.findIndex(({ start }) => start >= token.end);
  return (
    after >= 0 &&
    own
      .slice(after)
      .some(
        ({ text: word, start }, k, rest) =>
          word === '我' &&
          /[,，;；。\s]$/u.test(text.slice(0, start)) &&
          rest[k + 1]?.start === start + 1 &&
          ((rest[k + 1]!.verbs?.size ?? 0) > 0 || rest[k + 1]!.kind !== undefined),
      )
  );
}

/** 李红周三到勐准做了讲座，下午跟字校长座谈: if the message is about one colleague only, that colleague did it all. */
function goesOn({ kind, before, script, roster, each }: Telling): boolean {
  if (before?.direction === 'inbound' || kind === 'donation' || each) return false;
  const { sender, people } = roster.knows;
  const ours = script.tokens.flatMap(({ named }) =>
    named?.people.length === 1 && homeOf(named.people[0]!, people) === sender?.school ? named.people : [],
  );
  return ours.every((name) => name === before?.by) && !script.tokens.some((token) => has(token, 'me'));
}

/** 我们学校何志远老师: a colleague, though the roster does not know the name. */
function isOurs(token: Token | undefined, { script }: Telling): boolean {
  const before = script.tokens.find(({ end }) => end === token?.start);
  return before !== undefined && has(before, 'own');
}

/** 李淑芬老师和我各上一节, 我和她各上一节: the sender is one of them, in the order of the words. */
function withMe(doers: string[], sender: string, { text }: Telling): string[] {
  if (/[和跟与、及]我(?!们)/u.test(text)) return [...doers, sender];
  return /我[和跟与、及]/u.test(text) ? [sender, ...doers] : doers;
}

/** 他听了我一节，我们俩又一起备课: who did the activity before, or came along there. */
export const companyOf = (before: Partial<Reading> | undefined, sender: string | undefined): string[] =>
  [before?.by, ...(before?.participants ?? [])].filter((name) => name !== undefined && name !== sender) as string[];

/** 彭婷老师连着来了两天，上了…: the only visitor named, though nothing says what for. */
function onlyGuest(telling: Telling): string[] {
  const { script, activity } = telling;
  const { pieces, tokens } = script;
  const guests = new Set<string>();
  for (let k = pieces[activity.span.lead]!.first; k < pieces[activity.span.to - 1]!.last; k += 1)
    if (isOfGuest(tokens[k]!, telling)) guests.add(tokens[k]!.named!.people[0]!);
  const [one] = guests;
  return guests.size === 1 && !telling.having('with').some((token) => token.named?.people.includes(one!)) ? [one!] : [];
}

/** Somebody of a partner school: what they did is a visit (reading.md, 16). */
const isGuest = (name: string, { roster }: Telling): boolean =>
  roster.partners.includes(homeOf(name, roster.knows.people) ?? '');

/** Whose lesson it was. Visitors hear a lesson of the sender's school, never their own. */
function teacherOf(telling: Telling, inbound: boolean, visitors: string[], hosts: Token[]): string | undefined {
  const { having, pick, roster, before } = telling;
  const told = having('teacher');
  const names = (told.length > 0 ? told : hosts).map((token) => {
    const people = meantBy(token, telling, inbound);
    return people.length === 1 ? people[0]! : people.length === 0 ? token.text : undefined;
  });
  const known = [...new Set(names.filter((name) => name !== undefined))];
  const heard = known.filter((name) => !visitors.includes(name));
  if (known.length > 0 && heard.length === 0) return roster.knows.sender?.name;
  if (names.length > 0) return heard.join('、') || undefined;
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
