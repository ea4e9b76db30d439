import type { ActivityDraft } from '../judge/drafts.ts';
import { isKin } from '../structure/whom.ts';
import { resolve, type Tense } from '../tokens/calendar.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadAt, ReadingStatus } from '../types.ts';
import { onDay } from './secondment.ts';

/** done, planned, not_done or question, from the moods of the draft's segments. */
export function statusOf(draft: ActivityDraft, at: ReadAt): ReadingStatus {
  const at0 = mainOf(draft);
  const main = draft.moods[at0]!;
  if (main.question) return 'question';
  const some = (field: 'future' | 'replanned') => draft.moods.some((mood) => mood[field]);
  if (some('replanned') && (some('future') || draft.tokens.some((token) => token.date))) return 'planned';
  // 没人在家…, 昨天家访见到了奶奶: a failure before the success does not count.
  const succeeded = main.happened && !main.negated && !main.failed && !main.intended;
  const failed = draft.moods.some(
    (mood, k) =>
      (mood.failed || (mood.negated && !((succeeded || main.future) && !draft.segments[k]!.hit))) &&
      !(succeeded && k < at0) &&
      !madeGood(draft, k),
  );
  if (failed) return 'not_done';
  // 谈话一次, 原来他每天要喂猪: after what was done, an intention is somebody else's.
  if (draft.moods.some((mood, k) => mood.intended && (k <= at0 || draft.segments[k]!.hit))) {
    const last = draft.moods.at(-1)!;
    return succeeded || (last.happened && !last.intended) ? 'done' : 'not_done';
  }
  if (main.future || (!main.happened && !main.earlier && draft.moods.some((mood) => mood.future))) return 'planned';
  return laterToday(draft, main.happened, at) || (!reported(draft) && ahead(draft, at)) ? 'planned' : 'done';
}

/** 上午没接, 下午又打通了; 他不在, 跟他奶奶谈了谈: it happened after all. */
function madeGood(draft: ActivityDraft, failed: number): boolean {
  return draft.segments.some((segment, k) => {
    const mood = draft.moods[k]!;
    const again =
      segment.hit !== undefined ||
      segment.tokens.some((token) => /^(?:又|后来|终于|打通了?|接通了?|才)$/u.test(token.text));
    return k > failed && ((again && mood.happened) || metSomebody(segment.tokens)) && !mood.negated && !mood.failed;
  });
}

/** 他爸不在家, 只见到奶奶: the family was met. */
function metSomebody(tokens: Token[]): boolean {
  return tokens.some((token, k) => /^(?:见[到着]了?|碰到|遇到)$/u.test(token.text) && tokens.slice(k + 1).some(isKin));
}

/** The segment that decides: the first that names the kind, or a later one with the outcome of an intention. */
function mainOf(draft: ActivityDraft): number {
  const first = Math.max(
    0,
    draft.segments.findIndex((segment) => segment.kind),
  );
  if (!draft.moods[first]!.intended) return first;
  const later = draft.moods.findIndex(
    (mood, k) => k > first && mood.happened && !mood.intended && draft.segments[k]!.kind,
  );
  return later < 0 ? first : later;
}

/** The part of a report that counts: 「本来要上两节, 只上了一节」 is one lesson, 「写完了, 明天交」 has no date of tomorrow. */
export function settled(draft: ActivityDraft): ActivityDraft {
  const main = mainOf(draft);
  const idle = draft.moods.map((mood, k) => k !== main && (mood.intended || (mood.future && !mood.happened)));
  // 周一本来约了, 周二补上的: the day it was done replaces the intended day.
  const meant = draft.moods.findLastIndex((mood) => mood.intended);
  const redone =
    meant >= 0 && draft.segments.slice(meant + 1).some((segment) => segment.tokens.some((token) => token.date));
  if (!idle.includes(true) && !redone) return draft;
  const tokens = draft.segments.flatMap((segment, k) =>
    segment.tokens.filter(
      (token) =>
        !(redone && k <= meant && token.date) &&
        (!idle[k] || (token.type !== 'count' && !(token.date && draft.moods[k]!.future && !draft.moods[k]!.intended))),
    ),
  );
  return { ...draft, tokens };
}

const PARTS: [RegExp, string][] = [
  [/晚/u, '18:00'],
  [/下午/u, '12:00'],
  [/上午/u, '08:00'],
];

/** 「今天下午去听课」 written in the morning is a plan. */
function laterToday(draft: ActivityDraft, happened: boolean, at: ReadAt): boolean {
  if (happened || !at.time) return false;
  const part = draft.tokens.find((token) => has(token, 'afternoon') || token.text === '今晚')?.text ?? '';
  const clock = draft.tokens.findIndex((token) => token.type === 'clock');
  const begins =
    clock < 0
      ? PARTS.find(([name]) => name.test(part))?.[1]
      : onDay(draft.tokens[clock]!.value!, draft.tokens.slice(0, clock));
  const today = draft.tokens
    .filter((token) => token.date)
    .every((token) => token.date!.said === 'day' && token.date!.offset === 0);
  return begins !== undefined && today && at.time < begins;
}

/** Signs of a report: 了, 补报, or a log's 「谈话两次」; 「上两节课」 without 了 is not a report. */
function reported(draft: ActivityDraft): boolean {
  return draft.moods.some((mood, k) => mood.happened || (mood.logged && draft.segments[k]!.hit));
}

/** 28号, 周日 without a sign of a report: the nearest such day is in the future. */
export function ahead(draft: ActivityDraft, at: ReadAt): boolean {
  return draft.tokens.some(
    (token) => token.date !== undefined && resolve(token.date, at.today, 'open').days.some((day) => day > at.today),
  );
}

export function tenseOf(status: ReadingStatus, draft: ActivityDraft): Tense {
  if (status === 'planned') return 'future';
  if (status === 'not_done') return draft.moods.some((mood) => mood.future) ? 'open' : 'past';
  return status === 'done' || reported(draft) ? 'past' : 'open';
}
