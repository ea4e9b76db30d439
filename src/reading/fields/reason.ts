import type { ActivityDraft } from '../judge/drafts.ts';
import { has } from '../tokens/is.ts';

/** Failures that explain themselves. */
const TELLING: ReadonlySet<string> = new Set([
  ...'没人在家 没在家 不在家 没人接 没接 没接通 没打通 打不通 没通 无人接听 无人接 关机 占线 没人 空号 停机'.split(' '),
  ...'联系不上 没联系上 没空 没时间 走不开 抽不开身 没见到 没见着 没找到 扑空 扑了空 扑了个空'.split(' '),
  ...'没来得及 没顾上 没遇到 没碰到 吃了闭门羹 闭门羹 被挂断'.split(' '),
]);

/** Why it did not happen: the words after 因为, what was found at the door, or what was said just before. */
export function reasonOf(draft: ActivityDraft, text: string): string | undefined {
  for (const segment of draft.segments) {
    const because = segment.tokens.find((token) => has(token, 'because'));
    if (!because) continue;
    const stop =
      segment.tokens.find((token) => token.start > because.end && has(token, 'negation', 'failed', 'but'))?.start ??
      segment.end;
    const reason =
      clean(text.slice(because.end, stop)) || clean(text.slice(segment.end + 1, nextEnd(draft, segment.end)));
    if (reason) return reason;
  }
  const telling = draft.tokens.find((token) => TELLING.has(token.text));
  if (telling) return telling.text;
  const denied = draft.segments.findIndex((_, k) => draft.moods[k]!.negated || draft.moods[k]!.failed);
  const segment = draft.segments[denied];
  const word = segment?.tokens.find((token) => has(token, 'negation', 'failed'));
  if (!segment || !word) return undefined;
  const before = segment.tokens.filter((token) => token.end <= word.start);
  const run = clean(text.slice(before.at(-1)?.end ?? segment.start, word.start));
  if (run && run.length >= 2 && !segment.hit) return run;
  if (run && run.length >= 2 && before.every((token) => token.type !== 'name')) return run;
  const earlier = draft.segments[denied - 1];
  if (earlier && earlier.kind === undefined && earlier.tokens.every((token) => token.type === 'word'))
    return clean(text.slice(earlier.start, earlier.end));
  return undefined;
}

function nextEnd(draft: ActivityDraft, after: number): number {
  return draft.segments.find((segment) => segment.start > after)?.end ?? after + 1;
}

function clean(piece: string): string | undefined {
  const out = piece
    .replace(/^[\s,:。;、了]+|[\s,:。;、]+$/gu, '')
    .replace(/^(?:但是?|可是?|不过|结果|却|所以|因此|于是|只好|就|又|的)+/u, '')
    .replace(/(?:所以|因此|就|都|又|于是|只好|才|的|而)+$/u, '');
  return out.length >= 2 && out.length <= 24 ? out : undefined;
}
