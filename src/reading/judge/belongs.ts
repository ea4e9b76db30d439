import type { Segment } from '../structure/clauses.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { Draft } from './drafts.ts';
import type { Mood } from './mood.ts';

/** 陈老师辛苦, …: what follows is what the other did. */
export function thanks({ kind, tokens }: Segment): boolean {
  return (
    kind === undefined &&
    tokens.some((token) => has(token, 'cheer')) &&
    tokens.some(isPerson) &&
    !tokens.some((token) => has(token, 'me'))
  );
}

/** 「送教一节, 评课一次」: the discussion belongs to the lesson that was given. */
export function discussesOwn(segment: Segment, last: Draft | undefined): boolean {
  if (segment.tokens.some((token) => token.date)) return false;
  if (!segment.hit || last?.kind !== 'demo_lesson' || segment.sentence !== last.segments.at(-1)!.sentence) return false;
  return segment.tokens
    .slice(segment.hit.first, segment.hit.last + 1)
    .every((token) => /^(?:评课|议课|评了|评完)$/u.test(token.text) || token.count?.unit === 'lessons');
}

/** 「昨天听课一节, 明天再评课」: what is still to be discussed is the lesson heard. */
export function discussesLater({ hit, kind, tokens }: Segment, mood: Mood, last: Draft | undefined): boolean {
  if (!hit || kind !== 'observe' || last?.kind !== 'observe' || !mood.future) return false;
  return tokens.slice(hit.first, hit.last + 1).every((token) => has(token, 'evaluate') && !/听/u.test(token.text));
}

/** 「送教, 40多个老师听课」: they heard the lesson that was given. */
export function hadHearers(segment: Segment, last: Draft | undefined): boolean {
  const { kind, hit, tokens } = segment;
  if (!hit || kind !== 'observe' || (last?.kind !== 'demo_lesson' && last?.kind !== 'lecture')) return false;
  const before = tokens.slice(0, hit.first);
  return (
    before.some((token) => token.count?.unit === 'persons' || has(token, 'teacherWord')) &&
    !tokens.some((token) => token.date || isSchool(token) || has(token, 'me', 'own', 'goto', 'together'))
  );
}
