import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Dates } from '../tokens/when.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** Kinds that are counted in lessons. */
const LESSONS: ReadonlySet<string> = new Set(['demo_lesson', 'observe', 'study_guidance']);

/** Occasions, lessons, and occasions for each pupil (reading.md, conventions 4, 5 and 17). */
export function countsOf(
  telling: Telling,
  reading: Reading,
  dates: Dates,
  doers: string[],
): Pick<Reading, 'times' | 'lessons' | 'per_pupil_times'> {
  const { kind, status, having, own, ask } = telling;
  const each = telling.each || ONE_FOR_A_CLASS.test(telling.text);
  if (kind === 'secondment' || kind === 'donation' || kind === 'same_as_last') return {};
  if (status === 'not_done') return LESSONS.has(kind) ? { lessons: added(ownNumbers(telling), own) } : {};
  const days = Math.max(1, dates.days.length);
  const trips = dates.days.length === 1 && telling.script.tokens.filter(({ date }) => date !== undefined).length > 1;
  // 跑了两趟实小，周二…，周四…: the days that follow already count the trips.
  const occasions = having('times');
  const said = added(
    occasions.filter((token) => !(trips && isTrips(token, telling)) && !isWayThere(token, occasions)),
    own,
  );
  // 听了好几次: how many is asked.
  if (said === undefined && status === 'done' && own.some(isVague))
    if (!ask.includes('dates'))
      // If the dates are asked for, they also answer how many; and several times without a day were not all today.
      ask.push(reading.date_given === false ? 'dates' : 'times');
  const whole = own.some((token) => has(token, 'total'));
  const counted = ownNumbers(telling);
  const [first, ...more] = counted.map(({ count }) => count!.n!);
  // 一共四次，每次一节: next to a total, only the number right after 每 is multiplied.
  const led = ({ end }: Token) =>
    !whole || (more.length === 0 && counted.some(({ start }) => EACH_TIME.test(telling.script.text.slice(end, start))));
  const every = own.some((token) => /^每(?:次|天|日|回|趟|场)|^一(?:天|次|趟)$/u.test(token.text) && led(token));
  let lessons = LESSONS.has(kind) ? (totalOf(own) ?? added(counted, own)) : undefined;
  const groups = Math.max(
    groupsIn(own, doers.length, reading.by === undefined || (kind === 'observe' && !reading.teacher)),
    reading.teacher?.split('、').length ?? 0,
    classesIn(telling.text),
    days,
  );
  const addsUp = days > 1 && !whole && counted.length === days;
  const inAll = more.length === 0 && first !== undefined && first > 1 && ONE_EACH.test(telling.text);
  // 听了三节，语文数学体育各一节, 两节物理，周二和周四各一节: the first number is already the total.
  if (
    (each || every) &&
    (inAll || (more.length === 1 && more[0] === 1)) &&
    first === Math.max(each ? groups : 0, days, said ?? 1)
  )
    lessons = first;
  else if (
    days > 1 &&
    ONE_EACH_TIME.test(telling.text) &&
    (first === 1 || first === days) &&
    more.every((n) => n === 1)
  )
    lessons = days;
  else if (lessons === 1 && each) lessons = groups;
  // 各听两节: multiplied here, and divided again when each person gets a reading.
  else if (lessons !== undefined && each && doers.length > 1 && !whole) lessons *= doers.length;
  else if (lessons !== undefined && !addsUp && (every || (each && days > 1 && !whole)))
    lessons *= Math.max(days, said ?? 1);
  // 听了他那节课, 第三节听课.
  if (kind === 'observe' && lessons === undefined && /(?:[那这]|第.)[节堂]/u.test(telling.text)) lessons = 1;
  if (status === 'planned') return { times: said, lessons };
  if ((ask.includes('dates') || ask.includes('times')) && said === undefined) return { lessons };
  const times =
    each && said !== undefined && days > 1 && !whole && said !== days
      ? Math.max(said * days, days)
      : Math.max(said ?? 1, days);
  if (!PUPIL_KINDS.has(kind)) return { times, lessons };
  const pupils = reading.pupils?.length ?? (reading.all_assigned ? (reading.pupil_count ?? 1) : 1);
  const per = pupils > 1 && times === pupils && !each ? 1 : times;
  return { times: pupils > 1 && (each || kind === 'home_visit') ? per * pupils : per, per_pupil_times: per, lessons };
}

/** 七年级两个班，一班一节. */
const ONE_FOR_A_CLASS = /(?<![年级一二三四五六七八九\d])[一每]个?(?:班|年级)[都各上讲带教]*了?一[节堂]/u;

/** 4号、11号、18号来听课，次次一节. */
const ONE_EACH_TIME =
  /(?:次次|回回|趟趟|轮轮|天天|场场|(?<!第)[一每](?:次|回|趟|轮|天|场))[都就各也上讲听来]*了?一[节堂]/u;

/** 送教2节（10.14、10.21各1节）. */
const ONE_EACH = /各(?:上|讲|听)?了?[一1][节堂]/u;

/** 今天两节，我数学一节，段玉梅语文一节: its own number, rather than one said before all of them. */
function ownNumbers({ having, start, activity }: Telling): Token[] {
  const all = having('lessons');
  const own = activity.span.index > 0 ? all.filter((token) => token.start >= start) : all;
  return own.length > 0 ? own : all;
}

/** 每次都听了他一节, unlike 每天两节，共四节: what stands between. */
const EACH_TIME = /^[^,，。;；共总\d]{0,8}$/u;

/** 跑了两趟, 来过两次: how often somebody came or went. */
const isTrips = ({ count, start, end }: Token, { script }: Telling): boolean =>
  count!.measure === '趟' ||
  /[来去跑到下][过了]?$/u.test(script.text.slice(0, start)) ||
  /^次?(?:到|去|来|下)(?!.{0,8}[听上谈])/u.test(script.text.slice(end));

/** 去小雪家跑了一趟，算一次家访: the trip is not another occasion beside the visit. */
const isWayThere = ({ count }: Token, occasions: Token[]): boolean =>
  count!.measure === '趟' && count!.n === 1 && occasions.some((other) => other.count!.measure !== '趟');

const isVague = ({ count }: Token): boolean =>
  (count?.unit === 'times' || count?.unit === 'lessons') && count.n === undefined;

/** The sum of the numbers; 一共 before one, or the sum of the others, makes it the total. */
export function added(counts: Token[], own: Token[]): number | undefined {
  if (counts.length === 0) return undefined;
  const total = counts.find(({ start }) =>
    own.some((token) => has(token, 'total') && token.end <= start && start - token.end <= 2),
  );
  if (total) return total.count!.n;
  const sum = counts.reduce((all, { count }) => all + count!.n!, 0);
  return counts.length > 2 && counts[0]!.count!.n! * 2 === sum ? counts[0]!.count!.n : sum;
}

/** 听了两节，一节是小班的，一节是中班的: the first number is the sum of the others. */
function totalOf(own: Token[]): number | undefined {
  const [first, ...rest] = own.flatMap(({ count }) => (count?.unit === 'lessons' ? [count.n] : []));
  const sum = rest.reduce<number>((all, n) => all + (n ?? Number.NaN), 0);
  return rest.length > 1 && sum === first ? first : undefined;
}

/** 七1七2, 四(1)、四(2)班, 七年级(1)班和(2)班; 上午下午各一节. */
function classesIn(text: string): number {
  const run = /(?:[一二三四五六七八九]\(?\d{1,2}\)?班?[、和,]?){2,}/u.exec(text)?.[0] ?? '';
  const classes = run.match(/\d{1,2}/gu)?.length ?? text.match(/\(\d{1,2}\)班/gu)?.length ?? 0;
  return Math.max(classes, /上午[、和]?下午各/u.test(text) ? 2 : 0);
}

/** How many classes, subjects or people had one lesson each. */
function groupsIn(tokens: Token[], doers: number, unnamed: boolean): number {
  const distinct = (values: (string | undefined)[]) => new Set(values.filter((value) => value !== undefined)).size;
  const grades = tokens.filter(({ type }) => type === 'grade');
  const said = tokens.flatMap(({ count }) => (/^个?班/u.test(count?.measure ?? '') ? [count!] : []));
  // 七年级两个班、八年级三个班，一班一节: the numbers of classes, or each class by its name.
  const many = said.reduce((sum, { measure, n = 0 }) => sum + (measure !== '班' && n > 1 ? n : 0), 0);
  const classes = many > 0 ? many : said.length;
  // 我上数学，三个人一人一节: of those the sender is one.
  const open = unnamed && !tokens.some(({ text }) => text === '我');
  const guests = open
    ? tokens.find(({ count }) => count?.unit === 'persons' && /^[位名人个]/u.test(count.measure ?? ''))
    : undefined;
  return Math.max(
    distinct(grades.flatMap(({ value }) => value!.split('、'))),
    distinct(grades.filter(({ text }) => /[班)\d]$/u.test(text)).map(({ text }) => text)),
    classes,
    distinct(tokens.filter(({ subject }) => subject).map(({ value }) => value)),
    doers,
    guests?.count?.n ?? 0,
  );
}
