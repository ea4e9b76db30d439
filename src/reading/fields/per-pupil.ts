import type { ActivityDraft } from '../judge/drafts.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/**
 * 「谈话三次, 小杰周一周二, 小雨周四」: the days and numbers after each pupil belong to that pupil alone, and the number in front is their
 * total. One part for each, so that days are credited to the right pupil. A single day for each pupil stays one reading.
 */
export function perPupil(draft: ActivityDraft): ActivityDraft[] {
  if (!PUPIL_KINDS.has(draft.kind)) return [draft];
  const turns = inTurn(draft);
  if (turns) return turns;
  const modes = byMode(draft);
  if (modes) return modes;
  const again = namedAgain(draft);
  if (again) return again;
  const at = draft.tokens.flatMap((token, k) => (isPupil(token) && token.named!.pupils.length === 1 ? [k] : []));
  if (at.length < 2 || new Set(at.map((k) => draft.tokens[k]!.named!.pupils[0])).size < at.length) return [draft];
  const parts = at.map((k, j) => draft.tokens.slice(k, at[j + 1]));
  const head = draft.tokens.slice(0, at[0]);
  const own = parts.map((part) => part.filter(isOwn));
  if (own.some((part) => part.length === 0) || !own.some((part) => many(part))) return [draft];
  const numbered = own.every((part) => part.some((token) => token.count));
  if (!numbered && draft.segments.some((segment) => segment.hit && segment.tokens.some(isPupil))) return [draft];
  const dated = own.every((part) => part.some((token) => token.date));
  const shared = head.filter((token) => token.count?.unit !== 'times' && !(dated && token.date));
  return parts.map((part) => ({ ...draft, tokens: [...shared, ...part] }));
}

/** 3号小雨, 5号小杰; 小杰(周二)、小雨(周四); 9日、16日分别与小杰、小雨: each day belongs to one pupil (reading.md, 17). */
function inTurn(draft: ActivityDraft): ActivityDraft[] | undefined {
  const all = draft.tokens.flatMap((token) => (token.date?.said === 'list' && apart(draft) ? parted(token) : [token]));
  const named = all.filter((token) => token.date || (isPupil(token) && token.named!.pupils.length === 1));
  // 分别跟杨明、何欢谈了话，杨明是上课走神: the second mention only tells more.
  const own = named.filter(
    (token, k) => token.date || !apart(draft) || !named.slice(0, k).some(({ text }) => text === token.text),
  );
  const turns = named.findIndex((token, k) => k > 0 && token.date && isSingle(token));
  const again = named.slice(turns).filter((token) => !token.date);
  // 何欢家杨明家都跑了一趟，周六何欢，周日杨明: first both, then each.
  const restated =
    turns > 1 &&
    /^(?:dp){2,}$/u.test(orderOf(named.slice(turns))) &&
    again.every(({ text }) => named.slice(0, turns).some((token) => token.text === text));
  if (restated) own.splice(0, own.length, ...named.slice(turns));
  const days = own.filter(
    (token, k) => token.date && isSingle(token) && !own.slice(k + 1).some((later) => later.text === token.text),
  );
  const pupils = own.filter((token) => !token.date);
  if (days.length < 2 || new Set(pupils.map((token) => token.text)).size < 2) return undefined;
  const used = own.filter((token) => !token.date || days.includes(token));
  const order = orderOf(used);
  const rest = all.filter((token) => !named.includes(token) && !has(token, 'all') && token.count?.unit !== 'persons');
  const counts = rest.filter((token) => token.count?.unit === 'times');
  // 小杰上周六家访，小雨昨天电话: the way after a name is that pupil's.
  const ways =
    draft.kind === 'home_visit' ? rest.filter((token) => WAYS.test(token.text) || token.kind === 'home_visit') : [];
  const before = (way: Token) => pupils.findLast((pupil) => pupil.end <= way.start);
  const apartWays = new Set(ways.map(before)).size > 1 && ways.every((way) => before(way) !== undefined);
  const owner = (token: Token) => (apartWays && ways.includes(token) ? before(token) : undefined);
  const part = (tokens: Token[]) => ({
    ...draft,
    tokens: [
      ...rest.filter(
        (token) => !counts.includes(token) && (owner(token) === undefined || tokens.includes(owner(token)!)),
      ),
      ...tokens,
    ],
  });
  if (apart(draft) && days.length === pupils.length && /^(?:d+p+|p+d+)$/u.test(order))
    return days.map((day, k) => part([day, pupils[k]!]));
  const group = /^(?:dp+){2,}$/u.test(order) ? /dp+/gu : /^(?:p+d){2,}$/u.test(order) ? /p+d/gu : undefined;
  if (!group || counts.length > 1 || draft.tokens.some((token) => (token.count?.n ?? 0) > pupils.length))
    return undefined;
  return [...order.matchAll(group)].map(({ index, 0: run }) => part(used.slice(index, index + run.length)));
}

const orderOf = (tokens: Token[]) => tokens.map((token) => (token.date ? 'd' : 'p')).join('');
const isSingle = ({ date }: Token) => /^(?:day|month_day|day_of_month|weekday)$/u.test(date!.said);

const apart = ({ tokens }: ActivityDraft) => tokens.some((token) => /^分别|^依次|^先后/u.test(token.text));

function parted(token: Token): Token[] {
  if (token.date?.said !== 'list') return [token];
  return token.date.parts.map((date, k) => ({ ...token, date, text: `${token.text}#${k}` }));
}

/** 「小杰家访（11月8日上门, 11月15日电话）」: a day for each way of meeting the family. */
function byMode(draft: ActivityDraft): ActivityDraft[] | undefined {
  const own = draft.tokens.filter((token) => token.date || WAYS.test(token.text));
  const order = own.map((token) => (token.date ? 'd' : 'm')).join('');
  if (draft.kind !== 'home_visit' || !/^(?:dm){2,}$/u.test(order)) return undefined;
  if (new Set(own.filter((token) => !token.date).map((token) => token.text)).size < 2) return undefined;
  const rest = draft.tokens.filter((token) => !own.includes(token) && token.kind !== 'home_visit');
  return own.flatMap((token, k) => (token.date ? [{ ...draft, tokens: [...rest, token, own[k + 1]!] }] : []));
}

const WAYS = /^(?:上门|入户|电话|视频|微信|打电话)$/u;

function isOwn(token: Token): boolean {
  return token.date !== undefined || token.count?.unit === 'times';
}

function many(part: Token[]): boolean {
  return (
    part.filter((token) => token.date).length > 1 ||
    part.some((token) => token.date?.said === 'list' || (token.count?.n ?? 0) > 1)
  );
}

/** 「小杰小雨都谈过了, 小杰谈了两次」: one of them more often than the other. */
function namedAgain(draft: ActivityDraft): ActivityDraft[] | undefined {
  const [first, ...later] = draft.segments;
  const names = first!.tokens.filter(isPupil);
  const more = later.filter((segment) => segment.tokens.some(isPupil));
  const [pupil, second] = more.flatMap((segment) => segment.tokens.filter(isPupil));
  if (names.length < 2 || !pupil || second || first!.tokens.some((token) => token.count?.unit === 'times'))
    return undefined;
  const same = (token: Token) => isPupil(token) && token.named!.pupils.join() === pupil.named!.pupils.join();
  const said = more[0]!.tokens;
  const count = said[said.indexOf(pupil) + 1];
  if (!more[0]!.hit && (!count || count.start > pupil.end)) return undefined;
  if (!names.some(same) || !more[0]!.tokens.some((token) => token.count?.unit === 'times')) return undefined;
  const own = draft.tokens.filter((token) => !isPupil(token) || same(token));
  const rest = draft.tokens.filter(
    (token) => !same(token) && (first!.tokens.includes(token) || !more[0]!.tokens.includes(token)),
  );
  return [
    { ...draft, tokens: own },
    { ...draft, tokens: rest },
  ];
}
