import type { Ymd } from '../../plan/dates.ts';
import type { Tag } from '../tables/words.ts';
import { resolve } from '../tokens/calendar.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { ReadingStatus } from '../types.ts';
import type { ActivityDraft } from './drafts.ts';
import { afterAll } from './mood.ts';

/** A rule that holds whatever the judge has learned. `says` is a message to which it applies. */
export interface Guarantee {
  name: string;
  says: string;
  when: (draft: ActivityDraft, today: Ymd) => boolean;
  /** The only statuses that may be heard then; if absent, all that are not in `never`. */
  only?: readonly ReadingStatus[];
  never?: ReadingStatus;
}

const daysIn = (draft: ActivityDraft, today: Ymd, tense: 'open' | 'past' = 'open'): Ymd[] =>
  draft.tokens.flatMap((token) => (token.date ? resolve(token.date, today, tense).days : []));

/** Failures of the activity itself; 作业没人管 is not one. */
const NOT_REACHED = /接|关机|通$|占线|空号|扑空|扑了|白跑|见|取消|作罢|免了|[成上]$|改天|暂停/u;

/** What a stretch can never be heard as; the messages are from Friday 2026-11-20. */
export const GUARANTEES: readonly Guarantee[] = [
  {
    name: 'a negation in the clause that names it denies it',
    says: '昨天没去万佑送教',
    when: ({ segments, moods }) => segments.some(({ hit }, k) => hit && (moods[k]!.negated || moods[k]!.failed)),
    only: ['question'],
  },
  {
    name: 'what came to nothing was not done, wherever that is said',
    says: '昨天给小雨家打了电话, 没有人接',
    when: ({ tokens }) =>
      tokens.some((token, k) => has(token, 'failed') && NOT_REACHED.test(token.text) && !afterAll(tokens, k)),
    never: 'done',
  },
  {
    name: 'a question mark asks',
    says: '昨天到万佑送教一节?',
    when: ({ segments }) => segments.some((segment) => segment.asked),
    only: ['question'],
  },
  {
    name: 'nothing done lies ahead',
    says: '明天到万佑送教一节',
    // 周六 and 28号 can be past or future.
    when: (draft, today) => daysIn(draft, today, 'past').some((day) => day > today),
    never: 'done',
  },
  {
    name: 'what was moved to another day is still to come',
    says: '昨天的送教改到周五',
    when: ({ tokens, moods }) => moods.some((mood) => mood.replanned) && tokens.some((token) => token.date),
    never: 'done',
  },
  {
    name: 'nothing planned lies behind',
    says: '昨天到万佑送教了一节',
    when: (draft, today) => {
      const days = daysIn(draft, today);
      return days.length > 0 && days.every((day) => day < today);
    },
    never: 'planned',
  },
];

/** Whether a draft may be heard with this status. The first guarantee that restricts it decides. */
export function possible(status: ReadingStatus, draft: ActivityDraft, today: Ymd): boolean {
  for (const { when, only, never } of GUARANTEES) {
    if (!when(draft, today)) continue;
    if (only) return only.includes(status);
    if (never === status) return false;
  }
  return true;
}

/** Ways of speaking about others' actions or wishes: whatever the judge hears, the sender reports nothing. */
export const OF_OTHERS: readonly { name: string; says: string; tag: Tag }[] = [
  { name: 'supposed', says: '如果昨天去万佑送教就好了', tag: 'condition' },
  { name: 'heard', says: '听说昨天万佑送教了', tag: 'hearsay' },
  { name: 'wished', says: '希望能去万佑送教', tag: 'wish' },
  { name: 'said to somebody', says: '你昨天去万佑送教了', tag: 'you' },
  { name: 'urged', says: '别忘了去万佑送教', tag: 'urge' },
  { name: 'told by somebody', says: '校长说昨天去万佑送教了', tag: 'says' },
  { name: 'proposed', says: '要不去万佑送教', tag: 'suggest' },
  { name: 'of one’s own family', says: '我老公昨天去万佑捐了书', tag: 'ownLife' },
];

export const ofOthers = (token: Token): boolean => OF_OTHERS.some(({ tag }) => has(token, tag));
