import { addDays, type Ymd } from '../../plan/dates.ts';
import { added } from '../fields/counts.ts';
import { modeOf } from '../fields/words.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import { type Token, tokenise } from '../tokens/tokens.ts';
import { datesOf } from '../tokens/when.ts';
import type { ReadAt, Reading } from '../types.ts';
import { isBare } from './bare.ts';

/** How the teacher reached a family, as `modeOf` reads it. */
const MODE = /上门|登门|入户|走访|家访|当面|电话|通话|视频|微信|语音|^打[的了]?$/u;
/** Which tokens can answer each question. */
const ANSWERED_BY: Record<string, (token: Token) => boolean> = {
  dates: (token) => token.date !== undefined,
  pupils: (token) => isPupil(token) || has(token, 'everyone', 'all') || token.count !== undefined,
  place: isSchool,
  to: isSchool,
  by: (token) => isPerson(token) || has(token, 'me'),
  times: (token) => token.type === 'count',
  mode: (token) => has(token, 'online') || MODE.test(token.text),
};

/** The open draft completed by `text`; undefined if the text answers nothing, holds more than the answer or reports something else. */
export function completed(
  { act, p: _p, ...draft }: Reading,
  text: string,
  at: ReadAt,
  roster: NameRoster,
): Reading | undefined {
  if (act === 'confirm' && draft.status === 'done') return YES.test(text) ? draft : undefined;
  const tokens = tokenise(text, roster);
  const other = tokens.some(({ kind }) => kind !== undefined && kind !== draft.kind);
  if (other || !draft.ask || tokens.some((token) => token.text === '?' || has(token, 'ask', 'condition')))
    return undefined;
  const fits = draft.ask.flatMap((field) => ANSWERED_BY[field] ?? []);
  const used = tokens.filter((token) => fits.some((answers) => answers(token)) || repeats(token, draft));
  if (!isBare(text, used, draft.kind)) return undefined;
  const out: Reading = { ...draft };
  const left = draft.ask.filter((field) => !ANSWERS[field]?.(out, tokens, text, at, roster));
  if (left.length === draft.ask.length) return undefined;
  if (left.length > 0) return { ...out, ask: left };
  delete out.ask;
  delete out.choices;
  return withCounts({ ...out, status: 'done' }, tokens);
}

/** Says that a reading is right as it stands. */
const YES =
  /^(?:对|对的|对头|是|是的|是啊|嗯|嗯嗯|没错|正确|可以|好|好的|行|记录|记上|记吧|确认|就是这样|是这样|ok)[的了吧啊呀!。~]*$/u;

/** An answer may name again what the draft already holds. */
function repeats(token: Token, draft: Reading): boolean {
  const { place, to, pupils = [] } = draft;
  return (
    token.named !== undefined &&
    (token.named.schools.some((name) => name === place || name === to) ||
      token.named.pupils.some((name) => pupils.includes(name)))
  );
}

/** 「我」 answers who did it; 「我到了」 and 「我的课在下午」 say something else. */
const MYSELF = /^(?:嗯+|哦|[,，、\s])*(?:就|是|就是)?我(?:自己|本人)?(?:[去上听讲做]的)?[吧呀啊的。.!！\s]*$/u;
/** A larger number without a unit is a code or a slip, not a number of times. */
const MOST_TIMES = 30;

type Answer = (out: Reading, tokens: Token[], text: string, at: ReadAt, roster: NameRoster) => boolean;

const ANSWERS: Record<string, Answer> = {
  dates: (out, tokens, text, at) => {
    const days = within(datesOf(tokens, text, at.today, 'past').days, out, tokens).filter((day) => day <= at.today);
    if (days.length === 0) return false;
    for (const field of ['date', 'dates', 'date_from', 'date_to', 'date_given'] as const) delete out[field];
    if (days.length === 1) out.date = days[0];
    else out.dates = days;
    return true;
  },
  pupils: (out, tokens, text, _at, roster) => {
    const named = [
      ...new Set(
        tokens.filter(isPupil).flatMap((token) => (token.named!.pupils.length === 1 ? token.named!.pupils : [])),
      ),
    ];
    const everyone =
      tokens.some((token) => has(token, 'everyone')) ||
      (/^(?:都|全|所有)|个?都/u.test(text) &&
        [undefined, roster.ownPupils.length].includes(tokens.find((token) => token.count)?.count?.n));
    if (named.length > 0) out.pupils = [...new Set([...(out.pupils ?? []), ...named])];
    else if (everyone && roster.ownPupils.length > 0) out.all_assigned = true;
    else return false;
    return true;
  },
  place: (out, tokens) => setName(out, 'place', tokens.find(isSchool)?.named?.schools),
  to: (out, tokens) => setName(out, 'to', tokens.find(isSchool)?.named?.schools),
  by: (out, tokens, text, _at, roster) => {
    if (!MYSELF.test(text)) return setName(out, 'by', tokens.find(isPerson)?.named?.people);
    delete out.by;
    delete out.on_behalf;
    return roster.knows.sender !== undefined;
  },
  times: (out, tokens) => {
    const number = tokens.find((token) => token.type === 'count' && token.count!.unit === undefined)?.count?.n;
    const bare = number !== undefined && number <= MOST_TIMES ? number : undefined;
    const times = counted(tokens, 'times') ?? bare;
    const lessons = counted(tokens, 'lessons');
    if (times === undefined && lessons === undefined) return false;
    if (times !== undefined) out.times = times;
    if (lessons !== undefined) out.lessons = lessons;
    return true;
  },
  mode: (out, tokens) => {
    const mode = modeOf(tokens.filter((token) => has(token, 'online') || MODE.test(token.text)));
    if (mode) out.mode = mode;
    return mode !== undefined;
  },
};

function setName(out: Reading, field: 'place' | 'to' | 'by', names: string[] | undefined): boolean {
  const known = out.choices?.[field] ? names?.filter((name) => out.choices![field]!.includes(name)) : names;
  if (known?.length !== 1) return false;
  out[field] = known[0];
  return true;
}

/** A weekday is looked for inside the range in question: 「周三」 after 「上周哪天」 is in last week. */
function within(days: Ymd[], draft: Reading, tokens: Token[]): Ymd[] {
  const { date_from: from, date_to: to } = draft;
  const weekdays = tokens.every(
    (token) => token.date === undefined || token.date.said === 'weekday' || token.date.said === 'list',
  );
  if (!from || !to || !weekdays) return days;
  return days.map((day) => {
    let moved = day;
    while (moved > to) moved = addDays(moved, -7);
    return moved >= from ? moved : day;
  });
}

/** The sum of the numbers of one unit. */
const counted = (tokens: Token[], unit: 'times' | 'lessons'): number | undefined =>
  added(
    tokens.filter(({ count }) => count?.unit === unit && count.n !== undefined),
    tokens,
  );

/** The counts that follow from the answered dates and pupils. */
function withCounts(out: Reading, tokens: Token[]): Reading {
  if (out.kind === 'donation' || out.kind === 'secondment') return out;
  const days = out.dates?.length ?? 1;
  if (!PUPIL_KINDS.has(out.kind)) return { ...out, times: Math.max(out.times ?? 1, days) };
  const pupils = out.pupils?.length ?? out.pupil_count ?? 1;
  // 「小杰周二, 小雨周四」: a day for each, not each day for all.
  const apart = days === pupils && days > 1 && tokens.filter(isPupil).length === pupils;
  const per = apart ? 1 : Math.max(out.per_pupil_times ?? counted(tokens, 'times') ?? 1, days);
  return { ...out, times: out.kind === 'home_visit' || apart ? per * pupils : per, per_pupil_times: per };
}
