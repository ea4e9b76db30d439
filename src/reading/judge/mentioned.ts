import type { Segment } from '../structure/clauses.ts';
import { has, isHan, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadingStatus } from '../types.ts';
import type { ActivityDraft } from './drafts.ts';

/** The facts that the rules below use. */
interface Named {
  draft: ActivityDraft;
  status: ReadingStatus;
  /** The tokens of the clause that names the activity, and those of the name itself. */
  tokens: Token[];
  first: number;
  last: number;
  /** The text of the message after the name. */
  after: string;
  text: string;
  /** The share of the clause's characters that belong to no known word, name or number: 0 to 1. */
  unknown: number;
  /** A count, or 了 or 过 in the name: it is a report, however the clause goes on. */
  told: boolean;
  happened: boolean;
  dated: boolean;
}

/** 家访能改变一个孩子, 送教是好事: the activity in general. */
const AS_TOPIC =
  /^(?:真的?|确实|的确|其实|总是?|往往|一定|也|才|就)*(?:能|可以|是(?!.{0,3}[昨前今上周])|让|使|不仅|不是|不只|对|有助|离不开|贵在|关键)/u;
const AS_RULE =
  /^(?:一定|都|也|还|就)?要(?:带|提前|注意|先|认真|及时|按|写|填|拍|讲究)|^有(?:\S{1,3})?(?:要点|步骤|技巧|好处|意义|方法|讲究)/u;
const OF_IT = /^的(?:账号|凳子|仪式|群|公告|地址|电话|车|钱|路费|横幅|照片|衣服|材料|名单|通知)/u;
const REPORTED = /^[^。;]{0,12}(?<!一起|一并|一块|补|忘记?|漏|未|没有|没)(?:报过了?|登过了?|报了)(?![名吗]|没|一)/u;
const FIRM = /[打准计约定拟决预安说]|^[待等过一]会|^等下/u;

/** A way of mentioning an activity without reporting it. `says` is a message to which it applies. */
export interface Way {
  name: string;
  says: string;
  when: (named: Named) => boolean;
}

export const WAYS: readonly Way[] = [
  {
    name: 'a question about something of it',
    says: '捐款的账号是多少',
    when: ({ status, after }) => status === 'question' && OF_IT.test(after),
  },
  {
    name: 'the activity as such',
    says: '家访能改变一个孩子',
    when: ({ draft, first, last, after, dated }) =>
      first === last && AS_TOPIC.test(after) && !dated && !draft.tokens.some((token) => token.type === 'name'),
  },
  {
    name: 'how it is to be done',
    says: '家访要注意安全',
    when: ({ draft, tokens, first, text, dated }) =>
      !dated && AS_RULE.test(text.slice(tokens[first]!.end)) && !draft.tokens.some((token) => token.type === 'name'),
  },
  {
    name: 'praised',
    says: '送教活动真精彩',
    when: ({ tokens, first, told, last }) =>
      !told &&
      praised(tokens, last) &&
      !tokens.some(isPupil) &&
      !tokens.slice(0, first).some((token) => has(token, 'goto', 'to')),
  },
  {
    name: 'a duty, no plan for a day',
    says: '还要再家访一次',
    when: ({ draft, status, dated }) =>
      status === 'planned' &&
      !dated &&
      !draft.tokens.some((token) => firm(token) || has(token, 'afternoon') || /^打个|^去趟/u.test(token.text)),
  },
  {
    name: 'something of it',
    says: '捐款的经历',
    when: ({ draft, first, last, after, happened, dated }) =>
      first === last && after.startsWith('的') && !happened && !dated && !failed(draft),
  },
  {
    name: 'until when it is owed',
    says: '本周五前完成家访',
    when: ({ draft, happened, told, text }) => !happened && !told && draft.tokens.some((token) => isDue(token, text)),
  },
  {
    name: 'among more words than can be understood',
    says: '家访途中遇到下雨',
    when: ({ draft, status, unknown, dated, told }) => {
      const named = draft.tokens.some((token) => isSchool(token) || isPupil(token));
      const firmly = status === 'not_done' ? dated || named : (dated || told) && named;
      return !firmly && unknown > (dated ? UNDERSTOOD_OF_A_DAY : UNDERSTOOD);
    },
  },
  { name: 'nothing but its name', says: '大家家访', when: bare },
];

/** In a report, less than this share of a clause is unknown words, with a day and without; other talk often has more. */
const UNDERSTOOD_OF_A_DAY = 0.3;
const UNDERSTOOD = 0.2;

function unknownShare(main: Segment, text: string): number {
  const all = hanIn(text, main.start, main.end);
  const known = main.tokens.reduce((sum, { start, end }) => sum + hanIn(text, start, end), 0);
  return (all - known) / Math.max(1, all);
}

function hanIn(text: string, from: number, to: number): number {
  let signs = 0;
  for (let at = from; at < to; at += 1) if (isHan(text.charCodeAt(at))) signs += 1;
  return signs;
}

function isDue(token: Token, text: string): boolean {
  return token.date !== undefined && /^(?:之|以)?前(?![往去后])/u.test(text.slice(token.end, token.end + 3));
}

/**
 * The activity is mentioned, not reported: praise of a lesson, a rule, something in progress or wished for. A bare 「家访小雨」 is still a
 * report without a date; 「家访很重要」 is not.
 */
export function wayOf(draft: ActivityDraft, status: ReadingStatus, text: string): Way | undefined {
  const main = draft.segments.find(tellsCount) ?? draft.segments.find((segment) => segment.hit);
  if (!main?.hit) return undefined;
  const { first, last } = main.hit;
  const name = main.tokens.slice(first, last + 1);
  const named: Named = {
    draft,
    status,
    tokens: main.tokens,
    first,
    last,
    after: text.slice(main.tokens[last]!.end),
    text,
    unknown: unknownShare(main, text),
    told: name.some((token) => /[了过完]/u.test(token.text)) || main.tokens.some(counted),
    happened: draft.moods.some((mood) => mood.happened),
    dated: draft.tokens.some((token) => token.date),
  };
  const ways = status === 'question' ? WAYS.slice(0, 1) : WAYS.slice(1);
  return ways.find(({ when }) => when(named));
}

/** 周一的讲座上次报过了: mentioned only because it is recorded already. */
export function reportedBefore(draft: ActivityDraft, text: string): boolean {
  const main = draft.segments.findLast((segment) => segment.hit);
  return main?.hit !== undefined && REPORTED.test(text.slice(main.tokens[main.hit.last]!.end));
}

/** 昨天的送教很顺利, 我上了一节: the count follows after the activity was only named. */
function tellsCount({ tokens, hit }: Segment): boolean {
  return hit !== undefined && tokens.some(counted) && tokens.some((token) => /[了过]/u.test(token.text));
}

function praised(tokens: Token[], last: number): boolean {
  return tokens.some((token, k) => k > last && has(token, 'praise') && token.start - tokens[last]!.end <= 8);
}

function firm(token: Token): boolean {
  return has(token, 'replanned') || (has(token, 'tomorrow') && FIRM.test(token.text));
}

function failed(draft: ActivityDraft): boolean {
  return draft.moods.some((mood) => mood.failed);
}

/** Nothing but the name among other words: no day, number, place or person, and no sign that it happened. */
function bare({ draft, status, tokens, first, last, told, happened, dated }: Named): boolean {
  if (status !== 'done' || draft.before || dated || happened || told) return false;
  const main = draft.segments.find((segment) => segment.tokens === tokens)!;
  const length = tokens.slice(first, last + 1).reduce((sum, token) => sum + token.text.length, 0);
  return main.end - main.start - length > 1 && !draft.tokens.some((token) => isDetail(token, draft));
}

function isDetail(token: Token, draft: ActivityDraft): boolean {
  const ofDay = token.type === 'clock' || /^第.*[天日周]$/u.test(token.text);
  return (
    token.type === 'name' ||
    counted(token) ||
    has(token, 'partner') ||
    (ofDay && draft.kind === 'secondment') ||
    (has(token, 'goto') && token.text !== '来')
  );
}

const COUNTED: ReadonlySet<string | undefined> = new Set(
  'times lessons days weeks months money goods persons'.split(' '),
);

/** A number of countable things; not a class, clock or length. */
export function counted(token: Token): boolean {
  return token.type === 'count' && COUNTED.has(token.count!.unit);
}
