import type { Segment } from '../structure/clauses.ts';
import { has, isHan, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadingStatus } from '../types.ts';
import { attendsElse } from './attendance.ts';
import type { Draft } from './drafts.ts';

/** What the rules below look at. */
interface Named {
  draft: Draft;
  status: ReadingStatus;
  /** The tokens of the clause that names the activity, and those of the name itself. */
  tokens: Token[];
  first: number;
  last: number;
  /** What stands in the message behind the name. */
  after: string;
  text: string;
  /** How much of the clause is made of signs that no word, name or number accounts for: 0 to 1. */
  unknown: number;
  /** A count, or 了 or 过 in the name: it is told of, wherever the clause leads. */
  told: boolean;
  happened: boolean;
  dated: boolean;
}

/** 家访能改变一个孩子, 送教是好事: the activity as such. */
const AS_TOPIC =
  /^(?:真的?|确实|的确|其实|总是?|往往|一定|也|才|就)*(?:能|可以|是(?!.{0,3}[昨前今上周])|让|使|不仅|不是|不只|对|有助|离不开|贵在|关键)/u;
const AS_RULE =
  /^(?:一定|都|也|还|就)?要(?:带|提前|注意|先|认真|及时|按|写|填|拍|讲究)|^有(?:\S{1,3})?(?:要点|步骤|技巧|好处|意义|方法|讲究)/u;
/** 家访表, 听课本: things named after an activity. */
const NAMED_AFTER = /^(?:表(?![扬示达演])|簿|册|本(?![周学月人])|桌|室|证(?!书|明)|服|简报|新闻稿|通讯稿)/u;
const ITS_PAPERS = /^的(?:通知|时间|事|安排|照片|材料|总结|计划|方案|记录|费用|钱|车)/u;
const OF_IT = /^的(?:账号|凳子|仪式|群|公告|地址|电话|车|钱|路费|横幅|照片|衣服|材料|名单|通知)/u;
const FIRM = /[打准计约定拟决预安说]|^[待等过一]会|^等下/u;

// Each line is a way of speaking of an activity without reporting it.
const WAYS: ((named: Named) => boolean)[] = [
  // 每周三家访: a habit.
  ({ draft, tokens, happened }) => tokens.some(habitual) && !happened && !draft.tokens.some(isPupil),
  ({ draft, status }) =>
    status === 'planned' && draft.tokens.some((token) => token.date) && dates(draft).every(habitual),
  // 第3周谈话: a timetable.
  ({ draft, happened, dated }) =>
    dated &&
    !happened &&
    draft.kind !== 'secondment' &&
    dates(draft).every((token) => token.date!.said === 'vague' && token.text.startsWith('第')),
  ({ draft, first, last, after, dated }) =>
    first === last && AS_TOPIC.test(after) && !dated && !draft.tokens.some((token) => token.type === 'name'),
  ({ draft, tokens, first, text, dated }) =>
    !dated && AS_RULE.test(text.slice(tokens[first]!.end)) && !draft.tokens.some((token) => token.type === 'name'),
  // 听课去了: gone there, and not back.
  ({ told, after, dated }) => !told && !dated && /^去了$/u.test(after),
  ({ tokens, first, told, last }) =>
    !told &&
    praised(tokens, last) &&
    !tokens.some(isPupil) &&
    !tokens.slice(0, first).some((token) => has(token, 'goto', 'to')),
  // 还要再家访一次: a duty, no plan for a day.
  ({ draft, status, dated }) =>
    status === 'planned' &&
    !dated &&
    !draft.tokens.some((token) => firm(token) || has(token, 'afternoon') || /^打个|^去趟/u.test(token.text)),
  ({ draft, status }) => status === 'planned' && draft.tokens.some((token) => deadline(token)),
  ({ tokens, status, told }) => status === 'done' && !told && tokens.some((token) => has(token, 'now')),
  ({ tokens, status, dated }) => status === 'planned' && !dated && tokens.some((token) => /^想要?$/u.test(token.text)),
  ({ draft, first, last, after, happened, dated }) =>
    first === last && after.startsWith('的') && !happened && !dated && !failed(draft),
  ({ after, dated, told }) => !dated && !told && /^的(?:时候|路上|途中)/u.test(after),
  ({ draft, after }) => ITS_PAPERS.test(after) && !failed(draft),
  ({ tokens, last, told }) => !told && tokens[last + 1]?.text === '被',
  ({ tokens, first }) => adjoins(tokens, first),
  ({ after, told }) => !told && NAMED_AFTER.test(after),
  // 周三前交: until when it is owed, where nothing says that it happened.
  ({ draft, happened, told, text }) => !happened && !told && draft.tokens.some((token) => isDue(token, text)),
  // More words than can be understood: 爱心捐款的二维码过期了.
  ({ draft, status, unknown, dated, told }) => {
    const named = draft.tokens.some((token) => isSchool(token) || isPupil(token));
    const firmly = status === 'not_done' ? dated || named : (dated || told) && named;
    return !firmly && unknown > (dated ? UNDERSTOOD_OF_A_DAY : UNDERSTOOD);
  },
  bare,
];

/** Of what teachers report, less than this share of a clause is unknown words, with a day and without; of other talk often more. */
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
 * The activity is spoken of, not reported: praise of somebody's lesson, a rule, a thing that is going on or wished for.
 * A bare 「家访小雨」 still is a report that lacks its date; 「家访很重要」 is none.
 */
export function onlyMentioned(draft: Draft, status: ReadingStatus, text: string): boolean {
  const main = draft.segments.find(tellsCount) ?? draft.segments.find((segment) => segment.hit);
  if (!main?.hit) return false;
  // 捐款的账号是多少 asks about something of it.
  if (status === 'question') return OF_IT.test(text.slice(main.tokens[main.hit.last]!.end));
  if (attendsElse(draft, text)) return true;
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
  return WAYS.some((way) => way(named));
}

/** 昨天的送教很顺利, 我上了一节: what counts is told after it was only named. */
function tellsCount({ tokens, hit }: Segment): boolean {
  return hit !== undefined && tokens.some(counted) && tokens.some((token) => /[了过]/u.test(token.text));
}

function dates(draft: Draft): Token[] {
  return draft.tokens.filter((token) => token.date);
}

function habitual(token: Token): boolean {
  return token.date?.said === 'vague' && token.text.startsWith('每');
}

/** 月底要家访, 期末前要家访: by when it is owed. */
function deadline(token: Token): boolean {
  return /^月[底末]$/u.test(token.text) || (token.date?.said === 'later' && token.text.endsWith('前'));
}

function praised(tokens: Token[], last: number): boolean {
  return tokens.some((token, k) => k > last && has(token, 'praise') && token.start - tokens[last]!.end <= 8);
}

function firm(token: Token): boolean {
  return has(token, 'replanned') || (has(token, 'tomorrow') && FIRM.test(token.text));
}

function failed(draft: Draft): boolean {
  return draft.moods.some((mood) => mood.failed);
}

/** 在听课: going on right now. */
function adjoins(tokens: Token[], first: number): boolean {
  const before = tokens[first - 1];
  const hit = tokens[first]!;
  const now = before?.text === '在' && before.end === hit.start && hit.text.length === 2;
  return now && !tokens.some((token) => /[了过]/u.test(token.text));
}

/** Nothing but the name among other words: no day, number, place or person, and no sign that it happened. */
function bare({ draft, status, tokens, first, last, told, happened, dated }: Named): boolean {
  if (status !== 'done' || draft.before || dated || happened || told) return false;
  const main = draft.segments.find((segment) => segment.tokens === tokens)!;
  const length = tokens.slice(first, last + 1).reduce((sum, token) => sum + token.text.length, 0);
  return main.end - main.start - length > 1 && !draft.tokens.some((token) => isDetail(token, draft));
}

function isDetail(token: Token, draft: Draft): boolean {
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

/** A number of something that counts, and no class, clock or length. */
export function counted(token: Token): boolean {
  return token.type === 'count' && COUNTED.has(token.count!.unit);
}
