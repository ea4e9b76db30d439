import type { Script } from '../structure/pieces.ts';
import { homeOf } from '../structure/stand-in.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Telling } from './telling.ts';

// Who came along with the sender, where the role of a name alone does not say.

/** 石校长和我: named in one breath with the sender. */
export const isLinked = ({ end }: Token, { script }: Telling): boolean =>
  /^[和跟与同、]我(?!们|[校园这])/u.test(script.text.slice(end));

/** 我跟石校长下三中, 随王校长赴万佑: the sender went, with somebody. */
const WENT_WITH = /(?:我[和跟与同随]|^和|(?:同行|同去|同往|随行)[人者有:：]*|(?:^|[,。;\s天午日])(?:随|跟着?|同))$/u;

/** 我跟罗兰、鲁家福: where a row of names begins. */
function rowStart({ start }: Token, { tokens, text }: Pick<Script, 'tokens' | 'text'>): number {
  const last = tokens.findLast(({ type, end }) => type === 'name' && end <= start);
  const beside = last && /^(?:、|和|跟|还有|老师|校长|以及)*$/u.test(text.slice(last.end, start));
  return beside ? rowStart(last, { tokens, text }) : start;
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
  if (NOT_SUBJECT.test(text.slice(0, start)) || next?.start !== end) return false;
  return (
    (next.verbs?.size ?? 0) > 0 || next.kind !== undefined || (next.text === '给' && !/^忘/u.test(text.slice(next.end)))
  );
}

/** After these 我 is not who did it. */
export const NOT_SUBJECT = /[了过给听看向跟和与同对把被让请叫找来陪帮替代教说问拉喊约等是]$/u;

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

/** 我跟段玉梅去勐准，我上了一节，她上了一节，我们俩又听了罗兰一节: so many colleagues were named before. */
export function allOfUs(
  { kind, text, script: { tokens }, start, roster }: Telling,
  sender: string | undefined,
): string[] {
  const n = kind === 'joint_prep' || kind === 'meeting' ? 0 : US.findIndex((words) => words.test(text));
  const { people } = roster.knows;
  const ours = tokens.flatMap(({ named, start: at }) =>
    at < start && named?.people.length === 1 && homeOf(named.people[0]!, people) === roster.knows.sender?.school
      ? named.people
      : [],
  );
  const named = [...new Set(ours)].filter((name) => name !== sender);
  return n > 0 && named.length === n ? named : [];
}
/** By how many others. */
const US = [/^$/u, /(?:我们?|咱们?)俩|我们两个|咱们?两个/u, /(?:我们?|咱们?)仨|我们三个|咱们?三个/u];

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
