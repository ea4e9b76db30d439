import { homeOf } from '../structure/stand-in.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { NOT_SUBJECT } from './along.ts';
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

/** 杨校长听了鲁老师一节，他还带来图书: in a report about a visitor, 他 is the visitor and not the host named last. */
export const isGuestsHost = ({ text, named }: Token, { before, roster }: Telling): boolean =>
  /^[他她]$/u.test(text) &&
  before?.direction === 'inbound' &&
  named?.people.length === 1 &&
  homeOf(named.people[0]!, roster.knows.people) === roster.knows.sender?.school;

/** 她给七年级上了一节，我坐最后一排听完的: the lesson told before. */
export const wasHeard = ({ before, own, text }: Telling): boolean =>
  before?.kind === 'demo_lesson' &&
  before.by !== undefined &&
  !own.some(({ date }) => date) &&
  /我[^,。;]{0,10}听(?!课?了?[\d一二两三四五六])|听完|都听|后面听/u.test(text) &&
  !/听[了过的]?的?(?:是)?我/u.test(text) &&
  !own.some(({ named }) => named && named.people.length > 0 && !named.people.includes(before.by!));

/** 李红周三到勐准做了讲座，下午跟字校长座谈: if the message is about one colleague only, that colleague did it all. */
export function goesOn({ kind, before, script, roster, each }: Telling): boolean {
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

/** 我们学校何志远老师: a colleague, though the roster does not know the name. */
export function isOurs(token: Token | undefined, { script }: Telling): boolean {
  const before = script.tokens.find(({ end }) => end === token?.start);
  return before !== undefined && has(before, 'own');
}

/** 我又听了何俊一节, 就我一个去了: the sender did this one, even if a colleague did the activity before. */
export function iAct({ own, script }: Telling): boolean {
  const after = own.filter(
    ({ text, type }) => type !== 'date' && !/^(?:又|也|再|还|就|先|才|接着|后来|自己)$/u.test(text),
  );
  return (
    /[就只剩]有?我(?:一个|一人|自己)/u.test(script.text) ||
    after.some((token, k) => token.text === '我' && acts(token, after[k + 1], after[k + 2], script.text))
  );
}

const acts = ({ start }: Token, next: Token | undefined, second: Token | undefined, text: string): boolean =>
  !NOT_SUBJECT.test(text.slice(0, start)) &&
  next !== undefined &&
  !/^[没不未]/u.test(next.text) &&
  ((next.verbs?.size ?? 0) > 0 ||
    has(next, 'goto') ||
    (/^(?:和|跟|找|给|同|与|对|把|叫|约)$/u.test(next.text) && second !== undefined && isPupil(second)) ||
    /^(?:替|代|帮|跟着)(?![他她]?\p{Script=Han}?[报登填])/u.test(text.slice(next.start)));

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

/** 周老师上了一节，他们学校还捐了图书: the school gave it, not the visitor. */
export const givenBySchool = ({ kind, own, roster, before }: Telling): boolean =>
  kind === 'donation' &&
  before?.direction === 'inbound' &&
  own.some(
    (token, k) =>
      (has(token, 'partner') || token.named?.schools.some((name) => roster.partners.includes(name))) &&
      !/^(?:给|向|到|往|代表|对)$/u.test(own[k - 1]?.text ?? '') &&
      own.slice(k + 1, k + 5).some(({ verbs, kind: word }) => verbs !== undefined || word === 'donation'),
  );

/** 王校长和赵主任亲自送来, 沙老师押的车: visitors who brought the gifts. */
export function broughtBy(telling: Telling): string[] {
  const { script, activity } = telling;
  const { pieces, tokens, text } = script;
  const until = pieces[activity.span.next]?.first ?? tokens.length;
  const near = tokens.slice(pieces[activity.span.lead]!.first, until).filter((token) => isOfGuest(token, telling));
  return near.some(({ end }) => BROUGHT.test(text.slice(end))) ? near.map(({ named }) => named!.people[0]!) : [];
}

const BROUGHT = /^.{0,2}(?:亲自|亲手|押|跟(?:的|着)?车)/u;

/** Somebody of a partner school: what they did is a visit (reading.md, 16). */
export const isGuest = (name: string, { roster }: Telling): boolean =>
  roster.partners.includes(homeOf(name, roster.knows.people) ?? '');
