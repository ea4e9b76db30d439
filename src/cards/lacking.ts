import type { Lacking } from '../plan/reasons.ts';
import { clip, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** How many gaps a card lists. */
const SHOWN = 5;

/** The gaps in a programme's lists, each with what to do; empty if there are none. `count`: the total if `list` holds fewer. */
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
