import { weekdayOf, type Ymd } from '../../plan/dates.ts';
import { resolve, type Tense, type When } from './calendar.ts';
import type { DateSaid } from './dates.ts';
import type { Token } from './tokens.ts';

/** The dates of a draft combined. `spanned` distinguishes 「1号到5号」 from 「这周」. */
export interface Dates extends When {
  given: boolean;
  spanned?: boolean;
  several?: boolean;
  /** Two expressions of one date that contradict each other (周三 and 11.17). */
  clash?: Ymd[];
}

/** Reads all date expressions among the tokens, each in the context of those before it. */
export function datesOf(tokens: Token[], text: string, today: Ymd, tense: Tense): Dates {
  const said = joined(
    tokens.filter((token) => token.date !== undefined),
    text,
  );
  const out: Dates = { days: [], given: said.length > 0 };
  let context: DateSaid | undefined;
  for (const { date, aside, token } of said) {
    const full = inContext(date, context);
    const when = upToNow(resolve(full, today, tense), token, text, today);
    if (aside && out.days.length > 0) {
      explain(out, full, when.days[0]);
      continue;
    }
    context = keeps(full) ? full : context;
    out.days.push(...when.days);
    // 2日到6日、9日到13日: two ranges do not make one.
    if (when.from && out.from && out.spanned && full.said === 'span') out.vague = out.several = true;
    if (when.from && !out.from) Object.assign(out, { from: when.from, to: when.to, spanned: full.said === 'span' });
    out.vague ||= when.vague;
    out.later ||= when.later;
  }
  if (out.several) Object.assign(out, { from: undefined, to: undefined });
  out.days = [...new Set(out.days)].sort();
  return out;
}

/** 10月到现在: the range ends today. */
function upToNow(when: When, token: Token, text: string, today: Ymd): When {
  const open = when.from && when.to && when.to < today && /^份?(?:到|至)(?:现在|目前|今)/u.test(text.slice(token.end));
  return open ? { ...when, to: today } : when;
}

/** 11.18（周三）: the weekday must match the date. 周三（11.11）: the date decides which Wednesday. */
function explain(out: Dates, said: DateSaid, other: Ymd | undefined): void {
  const first = out.days.at(-1)!;
  if (!other || out.days.includes(other)) return;
  if (said.said === 'weekday') {
    if (weekdayOf(first) !== said.weekday) out.clash = [first, other];
    return;
  }
  out.days[out.days.length - 1] = other;
  if (weekdayOf(first) !== weekdayOf(other)) out.clash = [first, other];
}

interface Said {
  date: DateSaid;
  token: Token;
  /** Directly beside another date: it names the same day again. */
  aside: boolean;
}

/** Joins 「3号」「到」「5号」, and finds weekdays that only explain the date beside them. */
function joined(tokens: Token[], text: string): Said[] {
  const out: Said[] = [];
  for (let k = 0; k < tokens.length; k += 1) {
    const token = tokens[k]!;
    const next = tokens[k + 1];
    const between = next ? text.slice(token.end, next.start).trim() : '';
    // 这学期到今天: the end of a period, not a day of its own.
    if (next && /^(?:开学)?(?:到|至|截至|截止到)$/u.test(between) && next.date!.said === 'day' && long(token.date!)) {
      out.push({ date: token.date!, token, aside: false });
      k += 1;
      continue;
    }
    if (next && /^,?(?:到|至|-|~|一直到|直到)$/u.test(between) && single(token.date!) && single(next.date!)) {
      out.push({ date: { said: 'span', from: token.date!, to: next.date! }, token: next, aside: false });
      k += 1;
      continue;
    }
    // 10月送教补报:⏎10月14日: the heading of the days below it.
    const heads = long(token.date!) && /^[^\d,。;:\n]{0,12}[:\n]/u.test(text.slice(token.end));
    if (heads && tokens.slice(k + 1).some(({ date }) => single(date!) || date!.said === 'list')) continue;
    // 截至今天: the day up to which was counted, not a day of its own.
    if (
      /(?:截至|截止到?)$/u.test(text.slice(0, token.start)) &&
      tokens.length > 1 &&
      tokens.some(({ date }) => long(date!))
    )
      continue;
    // 第12周周三: a day of a week in the school's calendar, which the reader does not have.
    if (
      next &&
      between === '' &&
      token.date!.said === 'vague' &&
      token.text.startsWith('第') &&
      next.date!.said === 'weekday'
    ) {
      out.push({ date: token.date!, token, aside: false });
      k += 1;
      continue;
    }
    const before = tokens[k - 1];
    const gap = before ? text.slice(before.end, token.start) : '-';
    const twoDays = token.date!.said === 'day' && before?.date?.said === 'day';
    // 上周二 上周四: two days.
    const weekdays = [token.date!.said, before?.date?.said].filter((said) => said === 'weekday').length;
    const weekdayBeside = weekdays === 1 || (weekdays === 0 && before?.date?.said === 'day');
    out.push({
      date: token.date!,
      token,
      aside:
        before !== undefined &&
        /^(?:[( ,也就是即]{0,4}|那[天日]是个?|都是|那天正好是)$/u.test(gap) &&
        weekdayBeside &&
        !twoDays &&
        single(token.date!) &&
        single(before.date!) &&
        !/[,]/u.test(gap),
    });
  }
  return out;
}

function long(date: DateSaid): boolean {
  return /^(?:term|vague|month|week)$/u.test(date.said);
}

const SINGLE: ReadonlySet<DateSaid['said']> = new Set(['day', 'month_day', 'day_of_month', 'weekday', 'after']);
const single = (date: DateSaid): boolean => SINGLE.has(date.said);

function keeps(date: DateSaid): boolean {
  return (
    date.said === 'month_day' ||
    date.said === 'week' ||
    date.said === 'month' ||
    (date.said === 'weekday' && date.weeksAway !== undefined) ||
    (date.said === 'day_of_month' && date.monthsAway !== undefined) ||
    date.said === 'list'
  );
}

/** 上周一和周三: both in last week. 11月3号和10号: both in November. */
function inContext(date: DateSaid, context: DateSaid | undefined): DateSaid {
  const of = context?.said === 'list' ? context.parts.at(-1) : context;
  if (date.said === 'list') return { ...date, parts: date.parts.map((part) => inContext(part, of)) };
  if (date.said === 'weekday' && date.weeksAway === undefined && (of?.said === 'weekday' || of?.said === 'week'))
    return { ...date, weeksAway: of.weeksAway };
  if (date.said !== 'day_of_month' || date.monthsAway !== undefined || !of) return date;
  if (of.said === 'month_day')
    return date.day >= of.day ? { said: 'month_day', month: of.month, day: date.day, year: of.year } : date;
  if (of.said === 'day_of_month' || of.said === 'month') {
    return of.said === 'month' && of.month !== undefined
      ? { said: 'month_day', month: of.month, day: date.day }
      : { ...date, monthsAway: of.monthsAway };
  }
  return date;
}

/**
 * 11月22日(周日), 8号那天是星期天: the weekday only explains the date beside it and is left out, unless it does not fall on it
 * (reading.md, 13).
 */
export function explained(tokens: Token[], text: string, today: Ymd): Token[] {
  return tokens.filter((token, k) => {
    const before = tokens[k - 1];
    if (token.date?.said !== 'weekday' || !before?.date || !single(before.date) || before.date.said === 'weekday')
      return true;
    if (!/^(?:那天)?(?:也?就?是)?(?:那个?|这个)?[(]?$/u.test(text.slice(before.end, token.start).replace(/[ ,]/gu, '')))
      return true;
    const { weekday } = token.date;
    return !(['past', 'open', 'future'] as const).some((tense) =>
      resolve(before.date!, today, tense).days.some((day) => weekdayOf(day) === weekday),
    );
  });
}

/** Words for a day by the day said before it. 第二天 only at the beginning of a clause: 跟岗第二天 is no day. */
const DAYS_AFTER: Record<string, number> = { 当天: 0, 当日: 0, 那天: 0, 次日: 1, 隔天: 1, 第二天: 1 };

/**
 * Gives each date what the dates before it in the sentence say for it too: in 「上周: 周一…, 周三…」 both days are of last
 * week, and in 「11号听课，次日评课」 the second is the 12th. A heading with a colon holds for the whole message.
 */
export function inOrder(tokens: Token[]): Token[] {
  let heading: DateSaid | undefined;
  let context: DateSaid | undefined;
  let day: DateSaid | undefined;
  return tokens.map((token, k) => {
    if (token.type === 'stop') context = heading;
    const days = DAYS_AFTER[token.text];
    const begins = token.date !== undefined || tokens[k - 1]?.type === 'comma' || tokens[k - 1]?.type === 'stop';
    if (days !== undefined && day !== undefined && begins) {
      day = { said: 'after', day, days };
      return { ...token, type: 'date', date: day };
    }
    if (!token.date) return token;
    const date = inContext(token.date, context);
    if (date.said === 'list') day = date.parts.at(-1);
    else if (single(date)) day = date;
    if (keeps(date)) context = date;
    if (keeps(date) && tokens[k + 1]?.text === ':') heading = date;
    return date === token.date ? token : { ...token, date };
  });
}
