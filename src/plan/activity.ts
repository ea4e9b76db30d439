/** What people do: one dated thing that happened, was planned or was tried. */
import type { Ymd } from './dates.ts';

export const ACTIVITY_KINDS = [
  'demo_lesson',
  'observe',
  'home_visit',
  'talk',
  'study_guidance',
  'lecture',
  'donation',
  'secondment',
  'joint_prep',
  'training',
  'exchange',
  'exam',
  'research',
  'document',
  'meeting',
  'care_roster',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export type Mode = 'visit' | 'phone' | 'online';

export type ActivityStatus = 'done' | 'planned' | 'attempted' | 'cancelled' | 'withdrawn';

export const CARE_NOTES = ['cause', 'measures', 'course', 'result'] as const;
export type CareNotes = { [K in (typeof CARE_NOTES)[number]]?: string };

/** One dated thing that happened (or was planned). Several dates in one message are several activities. Ids, not names. */
export interface Activity {
  id: string;
  programmeId: string;
  kind: ActivityKind;
  status: ActivityStatus;
  date: Ymd;
  /** The last day of a longer activity, e.g. a secondment. */
  dateTo?: Ymd;
  byId: string;
  /** True if another person reported it for `byId`. */
  onBehalf?: boolean;
  reporterId?: string;
  participantIds: string[];
  pupilIds: string[];
  allAssigned?: boolean;
  pupilCount?: number;
  placeId?: string;
  toId?: string;
  partnerId?: string;
  /** Every partner school took part: 五校联考. */
  allPartners?: boolean;
  times?: number;
  lessons?: number;
  days?: number;
  weeks?: number;
  /** Number of people who are not named. */
  people?: number;
  pieces?: number;
  cashYuan?: number;
  valueYuan?: number;
  items?: { name: string; qty?: number; unit?: string }[];
  mode?: Mode;
  evaluated?: boolean | null;
  direction?: 'inbound';
  action?: string;
  role?: string;
  subject?: string;
  grade?: string;
  topic?: string;
  /** Words of the plans in use that the report contains, such as 总结 or 家长会. */
  about?: string[];
  /** Given by an external expert. */
  external?: boolean;
  /** For a pupil in care: why they lag, what is done about it, how it goes and its result. */
  care?: CareNotes;
  /** The content of a talk, or the findings. */
  note?: string;
  reason?: string;
  late?: boolean;
  /** A separate occasion, by 「不是同一次」 or 「另一次」, even if others took place that day. */
  separate?: boolean;
  confirmation?: 'confirmed' | 'disputed';
  /** Why the recipient school disputes it. */
  disputeReason?: string;
  /** Number of its photos or files. */
  evidence?: number;
}
