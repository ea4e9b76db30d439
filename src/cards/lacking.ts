import type { Lacking } from '../plan/reasons.ts';
import { clip, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** So many are enough to begin with. */
const SHOWN = 5;

/** What a programme's lists lack, each with what to do; nothing where they lack nothing. `count`: of more than `list` holds. */
export function lackingLines(list: Lacking[], t: Texts, count = list.length): Markdown[] {
  if (count === 0) return [];
  const { lacking, mend } = t.reasons;
  const rest = count - SHOWN;
  return [
    md`**${t.lists.lacking(count)}**`,
    ...list.slice(0, SHOWN).map((one) => md`- ${clip(lacking(one), 80)} — ${clip(mend(one), 60)}`),
    ...(rest > 0 ? [md`${t.more(rest)}`] : []),
  ];
}
