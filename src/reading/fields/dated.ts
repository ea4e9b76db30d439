import { eachDay, type Ymd } from '../../plan/dates.ts';
import type { ActivityDraft } from '../judge/drafts.ts';
import type { Segment } from '../structure/clauses.ts';
import type { Tag } from '../tables/words.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading, ReadingStatus } from '../types.ts';
import type { Dates } from './when.ts';

/** Kinds that last: a span of days is one record, not as many visits. */
const LASTING: ReadonlySet<string> = new Set(['secondment', 'training', 'exam', 'exchange', 'research', 'meeting']);

/** 16日至18日连续三天, 每天两节: each of those days. */
export function dayByDay(dates: Dates, draft: ActivityDraft): Dates {
  if (!dates.spanned || LASTING.has(draft.kind) || dates.days.length > 0) return dates;
  const days = eachDay({ start: dates.from!, end: dates.to! });
  const said = draft.tokens.some(
    (token) =>
      /^(?:每天|天天|每日|连续|连着)$/u.test(token.text) ||
      (token.count?.unit === 'days' && token.count.n === days.length),
  );
  if (!said || days.length > 14) return dates;
  return { days, given: true };
}

/** Words of a clause that only says when, where, who or how often. */
const BESIDE: readonly Tag[] = [
  'goto',
  'afternoon',
  'all',
  'me',
  'next',
  'total',
  'together',
  'late',
  'aspect',
  'own',
  'partner',
];

/**
 * 和小雨谈话, 今天嗓子没了; 孩子承诺周一返校: the day of a clause about something else is not the activity's, if the activity has a day of
 * its own. 当天 is the day named before.
 */
export function ofItsDays(draft: ActivityDraft, text: string): ActivityDraft {
  const main = draft.segments.findIndex((segment) => segment.hit);
  const strange = new Set<Token>();
  const dated = (token: Token) =>
    token.date !== undefined && !/^(?:vague|term|later|week|month)$/u.test(token.date.said) && !strange.has(token);
  draft.segments.forEach((segment, k) => {
    const own = segment.tokens.filter((token) => token.date);
    if (own.length === 0) return;
    const before = draft.tokens.some((token) => dated(token) && token.start < segment.start);
    for (const token of own) if (before && /^当[天日晚]$/u.test(token.text)) strange.add(token);
    const told = before || draft.moods[Math.max(0, main)]!.happened;
    if (
      k > main &&
      main >= 0 &&
      !segment.hit &&
      told &&
      !beside(segment, text) &&
      (before || !whenItWas(segment, text))
    )
      for (const token of own) strange.add(token);
    // 平安夜还在山上, 上周三上了三节: the day of writing, if the activity has its own.
    const main0 = draft.segments[main];
    if (k < main && main0!.tokens.some(dated) && !segment.hit && !beside(segment, text))
      for (const token of own) strange.add(token);
  });
  const counted = draft.segments[main]?.tokens.some(({ count }) => count?.unit === 'times');
  // 教研了一次, 网卡了八百回: how often something else happened.
  for (const [k, segment] of draft.segments.entries())
    if (
      (counted || strangeCount(segment, text)) &&
      k > main &&
      !segment.hit &&
      said(segment, text).length > 1 &&
      !segment.tokens.some((token) => token.date || token.named)
    )
      for (const token of segment.tokens) if (token.count?.unit === 'times') strange.add(token);
  // 12月30日听课一节, 今天补登; 昨天的事, 今天写: the day of writing.
  for (const [k, token] of draft.tokens.entries())
    if (
      isToday(token) &&
      writes(draft.tokens, k, text) &&
      draft.tokens.some((other) => dated(other) && !isToday(other))
    )
      strange.add(token);
  // 本学期帮扶进展情况已上报, 2026-2027学年计划已制定: the period that a paper is about.
  if (draft.kind === 'document')
    for (const token of draft.tokens)
      if (token.date && /^(?:vague|term)$/u.test(token.date.said) && /学期|学年|年度|今年|年$/u.test(token.text))
        strange.add(token);
  // 和万佑备了下个月的主题课, 今天下午备的: the date belongs to the thing, not to the activity.
  if (draft.tokens.some(dated))
    for (const token of draft.tokens)
      if (token.date && /^(?:vague|later|month)$/u.test(token.date.said) && text[token.end] === '的')
        strange.add(token);
  const left = draft.tokens.filter((token) => !strange.has(token));
  return strange.size > 0 ? { ...draft, tokens: left } : draft;
}

/** 20套桌椅，昨天拉过去的: 是…的 tells when it was. */
const whenItWas = ({ tokens: [first], start, end }: Segment, text: string): boolean =>
  first?.date !== undefined && end - start < 12 && /的[了吧啊]?$/u.test(text.slice(start, end).trimEnd());

/** 中间停电两次: a word outside the tables right before the number. */
function strangeCount({ tokens }: Segment, text: string): boolean {
  const at = tokens.findIndex(({ count }) => count?.unit === 'times');
  const from = tokens[at - 1]?.end;
  return at > 0 && from !== undefined && /\p{Script=Han}{2}$/u.test(text.slice(from, tokens[at]!.start));
}

const isToday = ({ date }: Token) => date?.said === 'day' && date.offset === 0;

/** 今天补登, 今日补记, 今天才写. */
const writes = (tokens: Token[], k: number, text: string): boolean =>
  /^(?:才|再|来|一并|一起|现|统一)?(?:补|登记?|写|记(?!者)|上?报(?!名|告)|录入|填)/u.test(
    text.slice(tokens[k]!.end).trimStart(),
  );

/** Whether almost nothing of a clause is left without its days, places, names and numbers. */
function beside(segment: Segment, text: string): boolean {
  const counted = segment.tokens.some(
    (token) => has(token, 'replanned') || token.count?.unit === 'times' || token.count?.unit === 'lessons',
  );
  return counted || said(segment, text).length < 2;
}

/** The words of a clause beside its days, places, names and numbers. */
function said({ tokens, start, end }: Segment, text: string): string {
  let rest = '';
  let at = start;
  for (const token of tokens) {
    rest += text.slice(at, token.start);
    const plain =
      (token.date && !(token.text === '开学' && tokens.some((other) => other.date && other !== token))) ||
      token.type === 'count' ||
      token.type === 'ordinal' ||
      token.type === 'name' ||
      /^(?:时间|日期|地点|说话|对象)$/u.test(token.text) ||
      has(token, ...BESIDE);
    if (!plain) rest += token.text;
    at = token.end;
  }
  rest += text.slice(at, end);
  return rest.replace(/[^\p{Script=Han}]|时间|日期|大概|好像|记得|应该|[的了吧呢啊嘛呀哈嗯又也还再就是那]/gu, '');
}

/** 3月18日同卷检测。我那天听了一节: the day that was said before. */
export const sameDay = (tokens: Token[], earlier: Reading | undefined): Token[] =>
  earlier?.date === undefined ? tokens : tokens.filter(({ text }) => !/^(?:那天|那日|那一天|当天|当日)$/u.test(text));

/** After 改到, the dates before it no longer hold. */
export function afterReplan(draft: ActivityDraft, status: ReadingStatus) {
  const word = draft.tokens.findLast((token) => has(token, 'replanned'));
  if (status !== 'planned' || !word) return draft.tokens;
  const after = draft.tokens.filter((token) => token.start >= word.start || !token.date);
  return after.some((token) => token.date) ? after : draft.tokens;
}

/** Facts of the previous reading also hold for the next one unless it says otherwise: 昨天上了一节课，还听了两节. */
export function inherit(
  dates: Dates,
  draft: ActivityDraft,
  status: ReadingStatus,
  earlier: Reading | undefined,
): Dates {
  if (dates.given || !earlier || !draft.before || earlier.date_given === false) return dates;
  if ((earlier.status === 'planned') !== (status === 'planned')) return dates;
  const days = earlier.dates ?? (earlier.date ? [earlier.date] : []);
  if (days.length === 0 && !earlier.date_from && !earlier.ask?.includes('dates')) return dates;
  return {
    days: [...days],
    from: earlier.date_from,
    to: earlier.date_to,
    given: true,
    vague: earlier.ask?.includes('dates'),
  };
}

export function dateFields(
  dates: Dates,
  draft: ActivityDraft,
  status: ReadingStatus,
  today: Ymd,
  ask: string[],
): Partial<Reading> {
  if (status === 'done' && [...dates.days, dates.to ?? today].some((day) => day > today)) {
    ask.push('dates');
    return {};
  }
  if (dates.clash) ask.push('dates');
  if (dates.days.length === 1) return { date: dates.days[0] };
  if (dates.days.length > 1) return { dates: dates.days };
  if (dates.from) {
    const open = status === 'done' && (!dates.spanned || !LASTING.has(draft.kind)) && !(draft.kind === 'secondment');
    if (open) ask.push('dates');
    return { date_from: dates.from, date_to: dates.to };
  }
  const soon = draft.tokens.some(
    (token) => has(token, 'afternoon') || /^(?:[待等过一]会儿?|等下|马上要?)$/u.test(token.text),
  );
  const thisDay = status === 'planned' && !dates.given && soon;
  if (thisDay) return { date: today, date_given: false };
  if (status !== 'done') return {};
  if (dates.given || sayable(draft)) {
    ask.push('dates');
    return {};
  }
  // 上午在万佑上了一节: a part of a day without a day is today's.
  const sameDay = draft.tokens.some((token) => has(token, 'afternoon'));
  return sameDay ? { date: today } : { date: today, date_given: false };
}

/** 家访: a bare word, which may as well be a question; with anything else it is a report of today (reading.md, 6). */
function sayable({ tokens, kind }: ActivityDraft): boolean {
  return (
    tokens.length < 2 && kind !== 'donation' && kind !== 'secondment' && !tokens.some(({ type }) => type === 'count')
  );
}
