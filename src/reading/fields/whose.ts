import { homeOf } from '../structure/stand-in.ts';
import type { Script } from '../structure/pieces.ts';
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

/** 杨校长听了鲁老师一节，他还带来图书: where visitors act, a pronoun means them, not whom they visited. */
export const isGuestsHost = ({ text, named }: Token, { before, roster }: Telling): boolean =>
  /^[他她]$/u.test(text) &&
  before?.direction === 'inbound' &&
  named?.people.length === 1 &&
  homeOf(named.people[0]!, roster.knows.people) === roster.knows.sender?.school;

/** A way in which a name stands beside an activity without having acted. */
interface Bystander {
  name: string;
  says: string;
  before?: RegExp;
  after?: RegExp;
  kind?: string;
}

export const BYSTANDERS: readonly Bystander[] = [
  {
    name: 'who gets a paper did not write it',
    says: '教学反思交给王校长了',
    before: /(?:交给了?|交到|发给了?|报给|递给|呈给?|给|交)$/u,
    kind: 'document',
  },
  { name: 'who asked for it', says: '受李淑芬老师之托找张婷婷谈话', after: /^(?:老师)?(?:托的事|之托(?!.{0,3}[报登填]))/u },
  {
    name: 'in whose place it was done',
    says: '替周文博家访了小杰',
    before: /(?:替|代替|代)$/u,
    after: /^(?:老师|主任|校长)?(?!.{0,3}[报登填录记补])/u,
  },
  { name: 'who is addressed', says: '小杰的事周老师你放心，今天谈了', after: /^[你您](?!们)/u },
  { name: 'whose vehicle it was', says: '骑鲁老师的摩托去阿木家', after: /^的(?:摩托|电动车|车|班车|面包车)/u },
];

export const isBystander = ({ start, end }: Token, { kind, script: { text } }: Telling): boolean =>
  BYSTANDERS.some(
    (one) =>
      (one.kind === undefined || one.kind === kind) &&
      (one.before?.test(text.slice(0, start)) ?? true) &&
      (one.after?.test(text.slice(end)) ?? true),
  );

/** 她给七年级上了一节，我坐最后一排听完的: the lesson told before. */
export const wasHeard = ({ before, own, text }: Telling): boolean =>
  before?.kind === 'demo_lesson' &&
  before.by !== undefined &&
  !own.some(({ date }) => date) &&
  /我[^,。;]{0,10}听(?!课?了?[\d一二两三四五六])|听完|都听|后面听/u.test(text) &&
  !/听[了过的]?的?(?:是)?我/u.test(text) &&
  !own.some(({ named }) => named && named.people.length > 0 && !named.people.includes(before.by!));

/** 石校长和我: named in one breath with the sender. */
export const isLinked = ({ end }: Token, { script }: Telling): boolean =>
  /^[和跟与同、]我(?!们|[校园这])/u.test(script.text.slice(end));

/** 我跟石校长下三中, 随王校长赴万佑: the sender went, with somebody. */
const WENT_WITH = /(?:我[和跟与同随]|^和|(?:^|[,。;\s天午日])(?:随|跟着?|同))$/u;

/** 我和海燕去一小开会: a colleague who went along, though nothing else is said of them. */
export function companions(telling: Telling): Token[] {
  const { script, activity, each } = telling;
  if (each || activity.span.index > 0) return [];
  return [...activity.roles].flatMap(([k, { value }]) => {
    const token = script.tokens[k]!;
    const along = /我[和跟与同]$/u.test(script.text.slice(0, token.start)) && GOES.test(script.text.slice(token.end));
    return value === 'none' && token.named?.people.length === 1 && along ? [token] : [];
  });
}

const GOES = /^(?:老师|校长|主任|两个|一起|一道|今天|昨天|前天|上午|下午){0,3}(?:去|到|赴|下|上|参加)/u;

/** 我跟罗兰、鲁家福: where a row of names begins. */
function rowStart({ start }: Token, { tokens, text }: Script): number {
  const last = tokens.findLast(({ type, end }) => type === 'name' && end <= start);
  const beside = last && /^(?:、|和|跟|还有|老师|校长|以及)*$/u.test(text.slice(last.end, start));
  return beside ? rowStart(last, { tokens, text } as Script) : start;
}

/** 石校长和我去听课, 王校长带队，我上了一节: the sender did it, and the other came along. */
export function isBesideMe(token: Token, telling: Telling): boolean {
  const { each, own, script } = telling;
  if (each || token.named?.people.length !== 1) return false;
  const after = own.filter(({ start }) => start >= token.end);
  return (
    isLinked(token, telling) ||
    (WENT_WITH.test(script.text.slice(0, rowStart(token, script))) && !/^[都各]/u.test(script.text.slice(token.end))) ||
    after.some((word, k) => word.text === '我' && isDoer(word, after[k + 1], script.text))
  );
}

/** 我上了一节, 我给他们上了一节; not 听了我一节. */
function isDoer({ start, end }: Token, next: Token | undefined, text: string): boolean {
  if (OBJECT.test(text.slice(0, start)) || next?.start !== end) return false;
  return (next.verbs?.size ?? 0) > 0 || next.kind !== undefined || (next.text === '给' && !/^忘/u.test(text.slice(next.end)));
}

/** After these 我 is not who did it. */
const OBJECT = /[了过给听看向跟和与同对把被让请叫找来陪帮教说问拉喊约等是]$/u;

/** 李红周三到勐准做了讲座，下午跟字校长座谈: if the message is about one colleague only, that colleague did it all. */
export function goesOn({ kind, before, script, roster, each }: Telling): boolean {
  if (before?.direction === 'inbound' || kind === 'donation' || each) return false;
  const { sender, people } = roster.knows;
  const ours = script.tokens.flatMap(({ named }) =>
    named?.people.length === 1 && homeOf(named.people[0]!, people) === sender?.school ? named.people : [],
  );
  return ours.every((name) => name === before?.by) && !script.tokens.some((token) => has(token, 'me'));
}

/** 我们学校何志远老师: a colleague, though the roster does not know the name. */
export function isOurs(token: Token | undefined, { script }: Telling): boolean {
  const before = script.tokens.find(({ end }) => end === token?.start);
  return before !== undefined && has(before, 'own');
}

/** 听了高老师一节，又一起备了课: with the teacher whose lesson was heard, unless a group is named. */
export const withHost = ({ kind, before, text }: Telling): boolean =>
  (kind === 'joint_prep' || kind === 'meeting') &&
  before?.kind === 'observe' &&
  before.status === 'done' &&
  before.direction === undefined &&
  before.teacher !== undefined &&
  /一起|一块|[我们]俩|两个?人|[跟和与同][她他](?!们)/u.test(text) &&
  !/组|们[语数英物化生]|老师|两校|大家|集体|学校|全/u.test(text);

/** 李淑芬老师和我各上一节, 我和她各上一节: the sender is one of them, in the order of the words. */
export function withMe(doers: string[], sender: string, { text }: Telling): string[] {
  if (/[和跟与、及]我(?!们)/u.test(text) || /[他她][上听讲教].*我[上听讲教]/u.test(text)) return [...doers, sender];
  return /我[和跟与、及]|我[上听讲教].*[他她][上听讲教]/u.test(text) ? [sender, ...doers] : doers;
}

/** 我又听了何俊一节, 就我一个去了: the sender acts, whoever acted before. */
export function iAct({ own, script }: Telling): boolean {
  const after = own.filter(({ text, type }) => type !== 'date' && !/^(?:又|也|再|还|就|先|才|接着|后来|自己)$/u.test(text));
  return (
    /[就只剩]有?我(?:一个|一人|自己)/u.test(script.text) ||
    after.some((token, k) => token.text === '我' && acts(token, after[k + 1], script.text))
  );
}

const acts = ({ start }: Token, next: Token | undefined, text: string): boolean =>
  !OBJECT.test(text.slice(0, start)) && next !== undefined && !/^[没不未]/u.test(next.text) && ((next.verbs?.size ?? 0) > 0 || has(next, 'goto') || /^(?:替|代|帮|跟着)(?![他她]?\p{Script=Han}?[报登填])/u.test(text.slice(next.start)));

/** 我开车去接她: a pronoun after such a verb is not who did it. */
export const isObject = ({ text, start }: Token, { script }: Telling): boolean =>
  /^[他她]$/u.test(text) && /[接送]$|(?<!了)[给找问叫等陪帮]$/u.test(script.text.slice(0, start));

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
