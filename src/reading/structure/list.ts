import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { labelOf, type Stretch } from './form.ts';
import { linesIn, type TextLine, withoutLine } from './lines.ts';

/** Whose people and schools the names of a list are. */
export interface Sides {
  /** A person of another school than the sender's. */
  isHost: (token: Token) => boolean;
  /** The sender's own school. */
  isOwn: (token: Token) => boolean;
}

/** What a heading states for the lines below it. */
interface Heading {
  kind?: string;
  date?: string;
  /** 上, 本 or 下, for the weekdays below it. */
  week?: string;
  place?: string;
  person?: string;
  ahead: boolean;
  late: boolean;
  /** 段玉梅, alone on its line: the lines below are hers. */
  leader?: string;
  /** 12月来访: people of the other school came. */
  inbound: boolean;
}

const PAPER =
  /(?:记录|登记|汇总|统计|小结|总结|简报|安排|安排表|计划|情况|周报|月报|半月报|台账|一览|大事记|日志|纪实|动态|简讯|快讯|预告|表|报送|通报|明细|清单|汇报|报名|回顾|反馈|如下|进度|本周|上周)(?:\(.{0,20}\))?[:：]?$/u;
/** 教师: 周文博: the person of the lines below. */
const LEADER = /^(?:教师|姓名|老师|帮扶教师|辅导教师|家访人|谈话人|听课人|执教)[:：]/u;
/** Signatures and remarks at the end of a list. */
const tail = (text: string) =>
  text.length <= 3 ||
  /^(?:其他|备注|说明|本期|共印|附|以上|\(|填报|报送|拟稿|审核)/u.test(text) ||
  /^\p{Script=Han}{2,3}$/u.test(text);
const LATE = /补报|补登|补录|补记|漏报|漏了|忘了/u;
const AHEAD = /安排|计划|预告|报名|下周|拟|明天|明日|即将/u;
const COME = /来(?:校|园|访|听课|送教|上课|授课|交流|指导|讲学)|到访|来我们?[校园]|到我们?[校园]/u;
const MODE = /电话|视频|微信|入户|上门|走访/u;
const CONTENT = /^(?:内容(?:为|是)?|主要|了解|沟通|反映|商量|疏导|因|关于|就|家长|谈|聊|问|说)/u;

/**
 * A heading with lines below it, each a report of its own that shares the heading's facts: 「万佑送教接龙 (11月18日) ⏎ 周文博 语文1节 ⏎
 * 陈思远 数学1节」. Undefined if the lines are prose.
 */
export function listOf(plain: string, tokens: Token[], sides: Sides): Stretch[] | undefined {
  const lines = plain.includes('\n') ? nested(linesIn(plain, tokens), plain, tokens) : itemsOf(plain, tokens);
  if (!lines || lines.length < 2) return undefined;
  const rows = lines.map((line, k) => ({ line, role: roleOf(line, k, lines.length) }));
  const entries = rows.filter(({ role }) => role === 'entry');
  if (entries.length < 2 || rows.some(({ role }) => role === 'prose')) return undefined;
  const shared = rows.filter(({ role, line }) => role === 'shared' && rows.at(-1)!.line === line);
  if (!entries.every(({ line }) => line.named !== undefined) && !headed(rows)) return undefined;
  let heading: Heading = { ahead: false, late: false, inbound: false };
  const out: Stretch[] = [];
  for (const { line, role } of rows) {
    if (role === 'heading' || role === 'shared') heading = under(heading, line, sides);
    else
      out.push(
        entryOf(
          line,
          withShared(
            heading,
            shared.map((row) => row.line),
            sides,
          ),
          sides,
        ),
      );
  }
  return out;
}

/** 送教: 11.4 万佑1节; 11.11 万佑2节 as one line of several: its heading, and each of its items. */
function nested(lines: TextLine[], plain: string, tokens: Token[]): TextLine[] {
  return lines.flatMap((line) => {
    const colon = line.text.indexOf(':');
    if (
      colon < 2 ||
      colon > 8 ||
      !line.text.includes(';') ||
      line.word === undefined ||
      !line.text.slice(0, colon).includes(line.word)
    )
      return [line];
    const end = line.start + line.text.length;
    const [heading] = linesIn(
      plain.slice(0, line.start + colon),
      tokens.filter((token) => token.end <= line.start + colon),
      line.start,
    );
    const items = linesIn(
      plain.slice(0, end),
      tokens.filter((token) => token.end <= end),
      line.start + colon + 1,
      true,
    );
    return heading && items.every((item) => item.dates.length > 0) ? [heading, ...items] : [line];
  });
}

/** 送教: 陈思远 …; 王晓琳 …: the items of a single line after its heading. */
function itemsOf(plain: string, tokens: Token[]): TextLine[] | undefined {
  const colon = /^【?([^:;。,】]{2,24})(?::|】)/u.exec(plain);
  if (!colon) return undefined;
  const all = linesIn(plain, tokens, colon[0].length, true);
  // …两位先生加起来一百多岁: a last remark that reports nothing.
  const last = all.at(-1);
  const remark = last && last.named === undefined && last.dates.length + last.people.length + last.pupils.length === 0;
  const items = remark ? all.slice(0, -1) : all;
  if (items.length < 2) return undefined;
  const [heading] = linesIn(
    `${colon[0].slice(0, -1)}:`,
    tokens.filter((token) => token.end < colon[0].length),
  );
  return heading &&
    heading.word !== undefined &&
    items.every((item) => item.people.length + item.pupils.length + item.schools.length > 0 && item.dates.length > 0)
    ? [heading, ...items]
    : undefined;
}

/** 方明:11号送教1节。李红:12号送教2节。我:听课1节: the speaker of each sentence; undefined if a sentence has no such name. */
export function speakersOf(plain: string, tokens: Token[], sides: Sides): Stretch[] | undefined {
  const lines = linesIn(plain, tokens, 0, true);
  const spoken = lines.flatMap((line): Stretch[] => {
    const [who, colon] = line.tokens;
    const speaks =
      who !== undefined && colon?.text === ':' && (line.people[0] === who ? !sides.isHost(who) : has(who, 'me'));
    return speaks && who.start === line.start ? [{ text: line.text.replace(':', '') }] : [];
  });
  return lines.length > 1 && spoken.length === lines.length ? spoken : undefined;
}

type Role = 'heading' | 'entry' | 'shared' | 'prose';

function roleOf(line: TextLine, k: number, length: number): Role {
  const { text, named, people, pupils, dates, schools, counted } = line;
  const [first] = line.tokens;
  if (/^(?:合计|共计|总计)/u.test(text) || (people[0] === first && /^[\p{Script=Han}]{2,4}[\s:]*[-—无]+$/u.test(text)))
    return 'heading';
  if (
    k === 0 &&
    text.split(/\s+/u).length > 2 &&
    text.split(/\s+/u).every((word) => labelOf(word) || /^(?:序号|编号|备注|内容)$/u.test(word))
  )
    return 'heading';
  const short = text.length <= 24;
  const bare = people.length + pupils.length === 0 && !counted;
  if (LEADER.test(text) && people.length > 0) return 'heading';
  if (k === 0 && named === undefined && bare && dates.length === 0 && pupils.length === 0 && LATE.test(text))
    return 'heading';
  if (named === undefined && dates.length === 0 && pupils.length === 0 && tail(text)) return 'heading';
  if (
    k === 0 &&
    short &&
    (!counted || /[次条节个]\p{Script=Han}{0,4}:$/u.test(text)) &&
    (PAPER.test(left(line, dates)) || PAPER.test(bareOf(text)) || /:$/u.test(text) || /^【/u.test(text))
  )
    return 'heading';
  if (
    k === 0 &&
    short &&
    !counted &&
    pupils.length === 0 &&
    dates.length + schools.length > 0 &&
    named !== undefined &&
    bareOf(text).length < 16
  )
    return 'heading';
  if (bare && named !== undefined && dates.length === 0 && text.length <= 8) return 'heading';
  if (bare && named === undefined && short && dates.length > 0 && left(line, [...dates, ...schools]).length <= 4)
    return k === length - 1 ? 'shared' : 'heading';
  if (k === length - 1 && bare && named === undefined && schools.length > 0 && /均|都/u.test(text)) return 'shared';
  if (k === length - 1 && bare && named === undefined && dates.length + schools.length === 0 && line.word === undefined)
    return 'heading';
  if (k === length - 1 && /^(?:合计|共计?|总计|以上|特此|请|填报|报送|[\p{Script=Han}]{0,6}办公室)/u.test(text))
    return 'heading';
  const opens =
    kindFirst(line) !== undefined ||
    (first !== undefined &&
      first.start - line.start <= 1 &&
      (opensEntry(first) || (pupils.length > 0 && dates.length > 0)));
  const told =
    named !== undefined ||
    counted ||
    pupils.length > 0 ||
    dates.length > 0 ||
    line.tokens.some((token) => token.subject || has(token, 'negation', 'failed'));
  return opens && told ? 'entry' : 'prose';
}

/** 送教: 晓琳10.14 1节: a line that begins with its kind, followed by the person. */
function kindFirst({ tokens, word, people }: TextLine): string | undefined {
  const [first, colon] = tokens;
  return first?.kind &&
    first.text === word &&
    colon?.text === ':' &&
    tokens[2] !== undefined &&
    (people[0] === tokens[2] || has(tokens[2], 'me'))
    ? word
    : undefined;
}

function opensEntry(token: Token): boolean {
  return token.type === 'name' || token.type === 'date' || token.type === 'clock' || has(token, 'afternoon', 'me');
}

function left(line: TextLine, gone: Token[]): string {
  return withoutLine(line, gone).replace(/[\s,:()、\-—~至到]/gu, '');
}

/** 听课统计(周文博), 送教报名(时间:11月27日): a heading without what it adds in brackets. */
const bareOf = (text: string): string => text.replace(/[(（][^()（）]*[)）]:?$/u, '').trim();

function headed(rows: { line: TextLine; role: Role }[]): boolean {
  return rows.some(({ line, role }) => role === 'heading' && (line.word !== undefined || MODE.test(line.text)));
}

function under(above: Heading, line: TextLine, { isOwn }: Sides): Heading {
  const late = line.tokens.some((token) => has(token, 'late'));
  return {
    kind:
      (line.word ?? line.named)
        ?.replace(/^听课?评课$|^听课评课$/u, '听课')
        .replace(/(?<=谈话|家访|辅导|听课)(?:记录|登记|台账)$/u, '') ??
      (MODE.test(line.text) && /家访|联系|家长/u.test(line.text) ? line.text : above.kind),
    date:
      line.dates.length > 0
        ? line.text.slice(line.dates[0]!.start - line.start, line.dates.at(-1)!.end - line.start)
        : above.date,
    week: /[上本下这](?=个?(?:周|星期|礼拜))/u.exec(line.text)?.[0] ?? above.week,
    // 三中-新华帮扶台账: of the two, the other school.
    place:
      (line.schools.find((school) => !isOwn(school)) ?? (above.place ? undefined : line.schools[0]))?.text ??
      above.place,
    person: line.people.length === 1 ? line.people[0]!.text : above.person,
    leader: line.people.length === 1 && line.people[0]!.text === line.text ? line.text : above.leader,
    ahead: above.ahead || AHEAD.test(line.text),
    late: above.late || late,
    inbound: above.inbound || COME.test(line.text),
  };
}

function withShared(heading: Heading, lines: TextLine[], sides: Sides): Heading {
  return lines.reduce((all, line) => under(all, line, sides), heading);
}

/** A line with the heading's facts, as one sentence: who, when, where, what. */
function entryOf(line: TextLine, heading: Heading, sides: Sides): Stretch {
  const { text, note } = sentence(line, heading, sides);
  const bare =
    heading.week && line.dates.length === 1 && line.dates[0]!.date!.said === 'weekday' ? line.dates[0]!.text : '';
  return {
    text: bare && /^[周星礼]/u.test(bare) ? text.replace(bare, `${heading.week}${bare}`) : text,
    note,
    row: true,
  };
}

function sentence(line: TextLine, heading: Heading, sides: Sides): Stretch {
  const { tokens, people, pupils, dates, schools, named } = line;
  const doer = people[0] !== undefined && !sides.isHost(people[0]) ? people[0] : undefined;
  const kindAhead = doer && kindFirst(line);
  const dateAhead =
    tokens[0] !== undefined &&
    (tokens[0].date !== undefined || has(tokens[0], 'afternoon')) &&
    tokens.find((token) => !token.date && token.type !== 'comma' && !has(token, 'afternoon')) === doer;
  const opening = doer && (tokens[0] === doer || kindAhead || dateAhead) ? doer : undefined;
  const led = people.every(sides.isHost) ? heading.leader : undefined;
  const person = opening?.text ?? (people.length === 0 && !named ? heading.person : led) ?? '';
  const date = dates.length === 0 && heading.date ? `${heading.date}` : '';
  const place = schools.length === 0 && heading.place ? `在${heading.place}` : '';
  const own = named !== undefined;
  const told = pupilRow(line, heading.kind);
  if (told)
    return {
      text: `${person}${lead0(heading)}${dates.map(({ text }) => text).join('、') || date}${heading.kind} ${told.pupils}`,
      note: told.note,
    };
  const guest = heading.inbound ? people.find(sides.isHost) : undefined;
  if (guest && own)
    return { text: line.text.replace(guest.text, `${guest.text}来我校`) + (dates.length === 0 ? date : '') };
  const lead = `${heading.late ? '补报' : ''}${heading.ahead && !own ? '计划' : ''}`;
  const rest = withoutLine(line, opening ? [opening] : []).replace(/^[\s,:、]+/u, '');
  if (kindAhead) return { text: `${person}${lead}${date}${place}${rest.replace(':', '')}` };
  if (own) return { text: `${person}${lead}${heading.ahead ? '计划' : ''}${date}${place} ${rest}`.trim() };
  const { said, note } = split(rest, line);
  const moved = pupils.length > 0 && /电话|视频|微信/u.test(said);
  // 听课记录: 11月9日 罗春梅 语文 1节: a teacher of the other school was observed.
  const heard =
    /听课|观摩|观课/u.test(heading.kind ?? '') && people[0] !== undefined && sides.isHost(people[0])
      ? people[0].text
      : '';
  const kind = heard ? `听${heard}` : (heading.kind ?? (moved ? '家访' : ''));
  const when = dates.map((token) => token.text).join('、') || date;
  const where = schools[0] ? `在${schools[0].text}` : place;
  const gone = said
    .replace(heard || '\u0000', ' ')
    .replace(when, ' ')
    .replace(schools[0]?.text ?? '\u0000', ' ');
  const body =
    dates.length < 2 && schools.length < 2
      ? `${when}${where}${kind} ${gone.replace(/^[\s,]+/u, '')}`
      : `${kind} ${said}`;
  return { text: `${person}${lead}${body}`.replace(/[\s,]*,[\s,]*/gu, ',').trim(), note };
}

const lead0 = ({ late, ahead }: Heading): string => `${late ? '补报' : ''}${ahead ? '计划' : ''}`;

/** 谈话记录⏎9月18日 段小刚 没再迟到，表扬: in a list of talks or visits, what follows the pupil is what was said. */
function pupilRow(
  { tokens, pupils, word, text, start }: TextLine,
  kind = '',
): { pupils: string; note: string } | undefined {
  const last = pupils.at(-1);
  if (!last || word !== undefined || !/谈话|家访|走访|辅导|指导/u.test(kind)) return undefined;
  const behind = tokens.filter((token) => token.start >= last.end);
  if (
    behind.some(
      (token) =>
        token.date ||
        token.count ||
        token.subject ||
        token.type === 'name' ||
        has(token, 'failed', 'late') ||
        MODE.test(token.text),
    )
  )
    return undefined;
  const note = text.slice(last.end - start).replace(/^[\s,，:：、]+/u, '');
  return note.length < 2 ? undefined : { pupils: pupils.map((token) => token.text).join('、'), note };
}

/** The note of a line: its last part, if that holds no name, date, number or other field. */
function split(rest: string, line: TextLine): { said: string; note?: string } {
  if (line.pupils.length === 0) return { said: rest };
  const parts = rest.split(/[,，]| (?=\p{Script=Han}{3,}$)/u);
  const last = parts.at(-1)!.trim();
  const bare = !line.tokens.some(
    (token) =>
      last.includes(token.text) &&
      (token.type === 'name' || token.date || token.count?.unit === 'lessons' || token.count?.unit === 'times'),
  );
  if (
    parts.length < 2 ||
    !bare ||
    last.length < 3 ||
    MODE.test(last.slice(0, 3)) ||
    !(CONTENT.test(last) || last.length > 3)
  )
    return { said: rest };
  return { said: parts.slice(0, -1).join(','), note: last.replace(/^内容(?:为|是)?/u, '') };
}
