import { homeOf } from '../structure/stand-in.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Telling } from './telling.ts';

// Whose act it was, where the role of a name alone does not say.

/** 在大朝山，高婷…, 到万佑和杨校长座谈: at the partner's school those who belong there receive, and do not visit. */
export function isAtTheirs({ having, before, own, kind, roster, script, activity }: Telling): boolean {
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

export const isOfGuest = ({ named }: Token, telling: Telling): boolean =>
  named?.people.length === 1 && isGuest(named.people[0]!, telling);

/** 李红周三到勐准做了讲座，下午跟字校长座谈: if the message is about one colleague only, that colleague did it all. */
export function isAboutOne({ kind, before, script, roster, each }: Telling): boolean {
  if (before?.direction === 'inbound' || kind === 'donation' || each) return false;
  const { sender, people } = roster.knows;
  const ours = script.tokens.flatMap(({ named }) =>
    named?.people.length === 1 && homeOf(named.people[0]!, people) === sender?.school ? named.people : [],
  );
  return ours.every((name) => name === before?.by) && !script.tokens.some((token) => has(token, 'me'));
}

/** 罗春梅代我去开的, 今天由段老师替我上: who stood in for the sender did it, and did not only come along. */
export const inMyPlace = ({ end }: Token, { script }: Telling): boolean =>
  /^[代替](?:了|着)?我(?!们?[报登填记交说问领])/u.test(script.text.slice(end));

/** 彭婷老师连着来了两天，上了…: the only visitor named, though nothing says what for. */
export function onlyGuest(telling: Telling): string[] {
  const { script, activity } = telling;
  const { pieces, tokens } = script;
  const guests = new Set<string>();
  for (let k = pieces[activity.span.lead]!.first; k < pieces[activity.span.to - 1]!.last; k += 1)
    if (isOfGuest(tokens[k]!, telling)) guests.add(tokens[k]!.named!.people[0]!);
  const [one] = guests;
  return guests.size === 1 && !telling.having('with').some((token) => token.named?.people.includes(one!)) ? [one!] : [];
}

/** Somebody of a partner school: what they did is a visit (reading.md, 16). */
export const isGuest = (name: string, { roster }: Telling): boolean =>
  roster.partners.includes(homeOf(name, roster.knows.people) ?? '');

/** 朱园长和彭老师来了，彭老师上了一节: of those who came, only the one named again with the act did it. */
export function namedAgain(named: Token[], { each, script, activity: { span } }: Telling): Token[] {
  const { tokens, pieces } = script;
  const { first, last } = pieces[span.main]!;
  const here = named.filter((token) => tokens.indexOf(token) >= first);
  const before = tokens.slice(pieces[span.lead]!.first, first);
  const isAgain = ({ named: own, text }: Token) =>
    own?.people.length === 1 &&
    !/^[他她]$/u.test(text) &&
    before.some((token) => token.named?.people.length === 1 && token.named.people[0] === own.people[0]);
  return !each && here.some((token) => tokens.indexOf(token) < last && isAgain(token)) ? here : named;
}

/** 李淑芬老师和我各上一节, 我和她各上一节: the sender is one of them, in the order of the words. */
export function withMe(doers: string[], sender: string, { text }: Telling): string[] {
  if (/[和跟与、及]我(?!们)/u.test(text) || /[他她][上听讲教].*我[上听讲教]/u.test(text)) return [...doers, sender];
  return /我[和跟与、及]|我[上听讲教].*[他她][上听讲教]/u.test(text) ? [sender, ...doers] : doers;
}
