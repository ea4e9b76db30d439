import { addDays, type Ymd } from '../dates.ts';
import type { WantedNotice } from './types.ts';

/** 催办: a coordinator asks a person about one duty. Nudges of one day and receiver share a card. */
export interface NudgePart {
  kind: 'nudge';
  recipientId: string;
  /** The duty. */
  key: string;
  /** The day. */
  stage: Ymd;
  obligationIds: string[];
  fromId: string;
}

/** One part of a reminder card. */
export type ReminderPart = WantedNotice | NudgePart;

const DAYS_BETWEEN = 2;

/** A duty is nudged at most once in two days, by any coordinator. */
export const mayNudge = (last: Ymd | undefined, today: Ymd): boolean =>
  last === undefined || addDays(last, DAYS_BETWEEN) <= today;

/** The duties that a part is about. */
export function dutiesIn(part: ReminderPart): string[] {
  if ('obligationIds' in part) return part.obligationIds;
  return part.kind === 'coordinator-digest' ? part.people.flatMap((p) => p.items.map((i) => i.obligationId)) : [];
}
