import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPerson } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';

const KINDS: ReadonlySet<string> = new Set(['demo_lesson', 'observe', 'lecture', 'home_visit']);
const EACH = /^(?:各|每人|分别|一人|各自|每位|每名|都|各人)$/u;

/**
 * 「方明、段玉梅分别执教数学、语文各一节」: one activity for each person, with their part of a list of equal length (reading.md, 17). If
 * the sender is one of them it stays one activity, done together.
 */
export function perDoer(draft: ActivityDraft, roster: NameRoster): ActivityDraft[] {
  const counted = ownCounts(draft, roster);
  if (counted) return counted;
  const doers = KINDS.has(draft.kind) ? doersIn(draft, roster) : [];
  const last = doers.at(-1);
  const failed = draft.moods.some((mood) => mood.negated || mood.failed);
  const each = draft.tokens.some(
    (token) =>
      has(token, 'all') &&
      EACH.test(token.text) &&
      (token.text !== '都' || failed) &&
      last !== undefined &&
      token.start > last.start,
  );
  if (doers.length < 2 || !last || !each) return [draft];
  const lists = [
    ({ subject }: Token) => subject === true,
    ({ type }: Token) => type === 'grade',
    ({ date }: Token) => date !== undefined,
    ({ type }: Token) => type === 'title',
  ]
    .map((sort) => draft.tokens.filter(sort))
    .filter((list) => list.length === doers.length);
  return doers.map((doer, k) => {
    const others = new Set([
      ...doers.filter((other) => other !== doer),
      ...draft.tokens.filter(
        (token) => has(token, 'together') && token.start > doers[0]!.start && token.start < last.start,
      ),
      ...lists.flatMap((list) => list.filter((_, n) => n !== k)),
    ]);
    const tokens = draft.tokens
      .map((token) => partOf(token, k, doers.length))
      .filter((token) => !others.has(token) && !(has(token, 'all') && EACH.test(token.text)));
    const segments = draft.segments.map((segment) => ({
      ...segment,
      tokens: segment.tokens.filter((token) => !others.has(token)),
      hit: segment.hit && moved(segment.tokens, segment.hit, others),
    }));
    return { ...draft, tokens, segments };
  });
}

/** 毕晓东数学1节、沙金花化学1节; 陈思远一节历史，我一节语文: each with a number of lessons of its own. */
function ownCounts(draft: ActivityDraft, { knows }: NameRoster): ActivityDraft[] | undefined {
  if (draft.kind !== 'demo_lesson' && draft.kind !== 'observe') return undefined;
  const { tokens } = draft;
  const schoolOf = (token: Token) => knows.people.find(({ name }) => name === token.named!.people[0])?.school;
  const own = (token: Token) =>
    isPerson(token) &&
    token.named!.people.length === 1 &&
    (draft.kind === 'demo_lesson'
      ? schoolOf(token) === schoolOf(tokens.find(isPerson)!)
      : schoolOf(token) === knows.sender?.school);
  const marks = tokens.flatMap((token, k) =>
    (own(token) &&
      !(tokens[k - 1] && (has(tokens[k - 1]!, 'together', 'to') || tokens[k - 1]!.verbs?.has('listen')))) ||
    (token.text === '我' && startsClause(draft, token))
      ? [k]
      : [],
  );
  // 星期二方明一节，星期四段玉梅一节: the day before the name is that person's.
  const dated = marks.every((k) => tokens[k - 1]?.date && tokens[k - 1]!.end === tokens[k]!.start);
  const starts = dated ? marks.map((k) => k - 1) : marks;
  const parts = starts.map((k, j) => tokens.slice(k, starts[j + 1]));
  const each = parts.every((part) => part.filter(({ count }) => count?.unit === 'lessons').length === 1);
  const names = new Set(marks.map((k) => tokens[k]!.named?.people[0] ?? tokens[k]!.text));
  if (marks.length < 2 || !each || names.size < marks.length) return undefined;
  const head = tokens.slice(0, starts[0]).filter((token) => !dated || !token.date);
  return parts.map((part, k) => {
    const others = new Set(parts.flatMap((other, j) => (j === k ? [] : other)));
    const segments = draft.segments.map((segment) => ({
      ...segment,
      tokens: segment.tokens.filter((token) => !others.has(token)),
      hit: segment.hit && moved(segment.tokens, segment.hit, others),
    }));
    const [name] = tokens[marks[k]!]!.named?.people ?? [];
    const doer = name === knows.sender?.name ? undefined : name;
    const kept = segments.flatMap((segment, n) => (segment.tokens.length > 0 ? [n] : []));
    return {
      ...draft,
      doer,
      tokens: [...head, ...part],
      segments: kept.map((n) => segments[n]!),
      moods: kept.map((n) => draft.moods[n]!),
    };
  });
}

const startsClause = ({ segments }: ActivityDraft, token: Token): boolean =>
  segments.some((segment) => segment.tokens[0] === token && token.start - segment.start <= 1);

/** 八、九年级 split between two gives 八年级 to the first. */
function partOf(token: Token, k: number, of: number): Token {
  const parts = token.type === 'grade' ? token.value!.split('、') : [];
  return parts.length === of && of > 1 ? { ...token, value: parts[k] } : token;
}

function moved(tokens: Token[], { first, last }: { first: number; last: number }, gone: ReadonlySet<Token>) {
  const left = (until: number) => tokens.slice(0, until).filter((token) => !gone.has(token)).length;
  const most = Math.max(0, left(tokens.length) - 1);
  return { first: Math.min(left(first), most), last: Math.min(Math.max(left(first), left(last + 1) - 1), most) };
}

/** 我们字校长: the sender's own head, not the sender. */
const ours = (token: Token, next: Token | undefined): boolean =>
  next !== undefined && isPerson(next) && next.start === token.end;

/** Colleagues or visitors listed as those who did it; empty if the sender is one of them. */
function doersIn({ segments, tokens }: ActivityDraft, { knows }: NameRoster): Token[] {
  const hit = segments.find((segment) => segment.hit);
  // 各听了我一节课: the sender was heard.
  const mine = tokens.some(
    (token, k) =>
      /^(?:我|本人|我们|咱们?)$/u.test(token.text) &&
      !ours(token, tokens[k + 1]) &&
      !tokens[k - 1]?.verbs?.has('listen'),
  );
  if (!hit || mine) return [];
  const at = hit.tokens[hit.hit!.first]!;
  const people = tokens.filter((token) => isPerson(token) && token.named!.people.length === 1);
  const schoolOf = (token: Token) => knows.people.find(({ name }) => name === token.named!.people[0])?.school;
  const before = people.filter((token) => token.start < at.start);
  const heading = hit.tokens.length === 1;
  const run = (heading ? people : before).filter((token, k, all) => k === 0 || schoolOf(token) === schoolOf(all[0]!));
  const listed = run.filter((token, k) => {
    const [prev, next] = [run[k - 1], run[k + 1]];
    return (prev && token.start - prev.end <= 1) || (next && next.start - token.end <= 1);
  });
  const lead = listed[0] && tokens[tokens.indexOf(listed[0]) - 1];
  if (lead && has(lead, 'together', 'to') && listed[0]!.start - lead.end <= 1) return [];
  return listed.some((token) => token.named!.people[0] === knows.sender?.name) ? [] : listed;
}
