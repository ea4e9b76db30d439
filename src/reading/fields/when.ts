import { eachDay } from '../../plan/dates.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { type Dates, datesOf } from '../tokens/when.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** Kinds that last: a span of days is one record, not as many visits. */
const LASTING: ReadonlySet<string> = new Set(['secondment', 'training', 'exam', 'exchange', 'research', 'meeting']);

/** 周四的送教取消, 周三去不了: what is called off may lie ahead, unlike 周三没去成. */
const MOVED = /取消|改[到期在]|挪|推[迟到后]|延[期后到]|[去来上开办]不[了成]|不[去来上开]/u;

/** The days an activity names itself. */
export function saidDates(telling: Telling): Dates {
  const { script, at, status, kind, own } = telling;
  const said = ownDays(telling);
  const days = said.filter((token) => !isWriting(token, script.text));
  const failed =
    status === 'not_done' && said.every(({ date }) => date!.said === 'weekday') && !MOVED.test(script.text);
  const over = status === 'done' || failed;
  const tense = status === 'planned' ? 'future' : over ? 'past' : 'open';
  const dates = datesOf(days.length > 0 ? days : said, script.text, at.today, tense);
  const { from, to } = dates;
  if (!dates.spanned || !from || !to || LASTING.has(kind) || dates.days.length > 0) return dates;
  // 16日至18日连续三天, 每天两节: each of those days.
  const each = eachDay({ start: from, end: to });
  const daily = own.some(
    ({ text, count }) =>
      /^(?:每天|天天|每日|连续|连着)$/u.test(text) || (count?.unit === 'days' && count.n === each.length),
  );
  return daily && each.length <= 14 ? { days: each, given: true } : dates;
}

/** 12日、13日在勐准：12日上课一节，13日听课两节: of days named in advance, an activity takes only the one that it names again. */
function ownDays({ having, script: { pieces, of, tokens, text }, activity: { span }, at }: Telling): Token[] {
  const said = having('when');
  const pieceOf = (token: Token) => of[tokens.indexOf(token)]!;
  const own = said.filter((token) => pieceOf(token) === span.main);
  const ahead = said.filter((token) => pieceOf(token) < span.main);
  const acts = ahead.some((token) => pieces[pieceOf(token)]!.tags.some((tag) => tag[0] === 'K' || tag[0] === 'V'));
  if (own.length === 0 || acts || own.length + ahead.length < said.length) return said;
  const days = (list: Token[]) => datesOf(list, text, at.today, 'past').days;
  const [all, again] = [days(ahead), days(own)];
  // 七号和十四号都是礼拜六: a weekday beside dates explains them.
  const explains = own[0]!.date!.said === 'weekday' && ahead.every(({ date }) => date!.said !== 'weekday');
  return all.length > 1 && again.length === 1 && all.includes(again[0]!) && !explains ? own : said;
}

/** When it was: its own days, those of the reading before it, or the day of the message (reading.md, conventions 1, 2 and 6). */
export function whenOf(telling: Telling, dates: Dates): Partial<Reading> {
  const { status, before, own, ask } = telling;
  const { today } = telling.at;
  const done = status === 'done';
  if (dates.clash) ask.push('dates');
  if (dates.days.length === 1) return { date: dates.days[0] };
  const [first, last] = [dates.days[0]!, dates.days.at(-1)!];
  // 22、23号请假两天: one absence.
  if (
    telling.kind === 'secondment' &&
    dates.days.length > 1 &&
    dates.days.length === eachDay({ start: first, end: last }).length
  )
    return { date_from: first, date_to: last };
  if (dates.days.length > 1) return { dates: dates.days };
  if (done && dates.to !== undefined && dates.to > today) {
    ask.push('dates');
    return {};
  }
  if (dates.from) {
    if (done && !(dates.spanned && LASTING.has(telling.kind)) && telling.kind !== 'secondment') ask.push('dates');
    return { date_from: dates.from, date_to: dates.to };
  }
  if (dates.given) {
    if (done) ask.push('dates');
    return {};
  }
  // 没谈成 alone is about a record shown before, on whatever day.
  if (status === 'not_done' && !before && DENIAL.test(telling.script.text)) return {};
  const choice = telling.pick('day');
  if (choice === 'before' && before && before.date_given !== false) {
    if (before.ask?.includes('dates') && done) ask.push('dates');
    const { date, dates: days, date_from, date_to } = before;
    return { date, dates: days, date_from, date_to };
  }
  if (choice === 'after') telling.open.push('day');
  if (status === 'not_done' && choice === 'before' && before?.date) return { date: before.date, date_given: false };
  if (!done) return choice === 'today' ? { date: today } : {};
  if (choice === 'ask' || isBare(telling) || UNKNOWN_DAY.test(untilNext(telling))) {
    ask.push('dates');
    return {};
  }
  return own.some((token) => has(token, 'afternoon')) ? { date: today } : { date: today, date_given: false };
}

/** Its text, and what follows it up to the next activity. */
const untilNext = ({ script: { text, pieces }, start, activity }: Telling): string =>
  text.slice(start, pieces[activity.span.next]?.start);

/** 哪天我真想不起了, 没记日子: the sender does not know the day. */
const UNKNOWN_DAY =
  /(?:哪一?[天日]|几号|[周期拜]几|日子|日期|什么时候|啥时候)[^,。;!?\n]{0,10}(?:[想记][也真都]?不|没记|忘|不记得|搞不|不知道|认不)|哪[一几]?[天日][^,。;!?\n]{0,8}[翻查对]|日子[^,。;]{0,3}糊|翻了?翻?.{0,3}(?:本子|日历|记录)|(?:[想记]不[起清得到]|没记|忘了)[^,。;!?\n]{0,6}(?:哪一?[天日]|几号|[周期拜]几|日子|日期)/u;

const DENIAL = /^[没未]\p{Script=Han}{1,2}成了?$/u;

/** 家访: a bare word, which may as well be a question; with anything else it is a report of today (reading.md, 6). */
const isBare = ({ script, kind }: Telling): boolean =>
  script.tokens.length < 2 && kind !== 'donation' && kind !== 'secondment' && !script.tokens.some(({ count }) => count);

/** 12月30日听课一节, 今天补登: the day of writing. */
const isWriting = ({ date, end }: Token, text: string): boolean =>
  date?.said === 'day' &&
  date.offset === 0 &&
  /^(?:才|再|来|一并|一起|现)?(?:补|登|写|录入|填|(?<=才)[说报讲])/u.test(text.slice(end).trimStart());
