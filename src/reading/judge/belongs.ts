import type { Segment } from '../structure/clauses.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ActivityDraft } from './drafts.ts';
import type { Mood } from './mood.ts';

/** 陈老师辛苦, …: the rest is what the other person did. */
export function thanks({ kind, tokens }: Segment): boolean {
  return (
    kind === undefined &&
    tokens.some((token) => has(token, 'cheer')) &&
    tokens.some(isPerson) &&
    !tokens.some((token) => has(token, 'me'))
  );
}

/** 「送教一节, 评课一次」: the discussion belongs to the lesson that was given. */
export function discussesOwn(segment: Segment, last: ActivityDraft | undefined): boolean {
  if (segment.tokens.some((token) => token.date)) return false;
  if (!segment.hit || last?.kind !== 'demo_lesson' || segment.sentence !== last.segments.at(-1)!.sentence) return false;
  return segment.tokens
    .slice(segment.hit.first, segment.hit.last + 1)
    .every((token) => /^(?:评课|议课|评了|评完)$/u.test(token.text) || token.count?.unit === 'lessons');
}

/** 「昨天听课一节, 明天再评课」: the future discussion is about the observed lesson. */
export function discussesLater({ hit, kind, tokens }: Segment, mood: Mood, last: ActivityDraft | undefined): boolean {
  if (!hit || kind !== 'observe' || last?.kind !== 'observe' || !mood.future) return false;
  return tokens.slice(hit.first, hit.last + 1).every((token) => has(token, 'evaluate') && !/听/u.test(token.text));
}

/** 「送教, 40多个老师听课」: they observed the lesson that was given. */
export function hadHearers(segment: Segment, last: ActivityDraft | undefined): boolean {
  const { kind, hit, tokens } = segment;
  if (!hit || kind !== 'observe' || (last?.kind !== 'demo_lesson' && last?.kind !== 'lecture')) return false;
  const before = tokens.slice(0, hit.first);
  return (
    before.some((token) => token.count?.unit === 'persons' || has(token, 'teacherWord')) &&
    !tokens.some((token) => token.date || isSchool(token) || has(token, 'me', 'own', 'goto', 'together'))
  );
}

/** Facts stated once for all drafts: the date at the end (「送教1次 听课2次, 都是11月12日」), and that the report is late (补报两条). */
export function shared(drafts: ActivityDraft[]): ActivityDraft[] {
  return lateAll(datedAll(summedUp(drafts)));
}

/** 我上了一节, 思远上了一节, 一共两节: the total is not the second person's number. */
function summedUp(drafts: ActivityDraft[]): ActivityDraft[] {
  const last = drafts.at(-1);
  if (drafts.length < 2 || drafts.some((draft) => draft.kind !== last!.kind)) return drafts;
  const at = last!.tokens.findIndex(
    (token, k) => token.count?.unit === 'lessons' && k > 0 && has(last!.tokens[k - 1]!, 'total'),
  );
  if (at < 0) return drafts;
  const rest = last!.tokens.filter((_, k) => k !== at && k !== at - 1);
  const lessons = (tokens: Token[]) =>
    tokens.reduce((sum, { count }) => sum + (count?.unit === 'lessons' ? (count.n ?? 0) : 0), 0);
  const sum = drafts.reduce((all, draft) => all + lessons(draft === last ? rest : draft.tokens), 0);
  return sum === last!.tokens[at]!.count!.n ? [...drafts.slice(0, -1), { ...last!, tokens: rest }] : drafts;
}

/** 补报两条: …: the heading applies to everything below it. */
function lateAll(drafts: ActivityDraft[]): ActivityDraft[] {
  const [heading] = drafts[0]?.segments ?? [];
  const late = heading && !heading.hit ? heading.tokens.filter((token) => has(token, 'late')) : [];
  const several = heading?.tokens.some((token) => /^条$|^[两三四五几]条/u.test(token.count?.measure ?? token.text));
  if (late.length === 0 || !several) return drafts;
  return drafts.map((draft, k) => (k === 0 ? draft : { ...draft, tokens: [...late, ...draft.tokens] }));
}

function datedAll(drafts: ActivityDraft[]): ActivityDraft[] {
  const last = drafts.at(-1);
  const tail = last?.segments.findLast(
    (segment) =>
      !segment.hit &&
      segment.tokens.some((token) => token.date) &&
      (segment.tokens.some((token) => has(token, 'all')) || closes(segment)),
  );
  const dates = tail?.tokens.filter((token) => token.date) ?? [];
  const each = last?.segments.find(
    (segment) =>
      !segment.hit && segment.tokens.length === 2 && has(segment.tokens[0]!, 'all') && segment.tokens[1]!.count,
  );
  return drafts.map((draft) => {
    const counted = draft.tokens.some((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times');
    if (each && draft !== last && draft.kind === last!.kind && !counted)
      return { ...draft, tokens: [...draft.tokens, ...each.tokens] };
    return draft === last || dates.length === 0 || draft.tokens.some((token) => token.date)
      ? draft
      : { ...draft, tokens: [...draft.tokens, ...dates] };
  });
}

/** 「家访小杰, 送了五百块, 昨天」: nothing but the day. */
function closes(segment: Segment): boolean {
  return segment.tokens.every((token) => token.date || has(token, 'afternoon', 'goto') || isSchool(token));
}
