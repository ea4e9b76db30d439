import type { ActivityKind, Mode } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';

/** What the reader knows: the sender and the existing names. Names only, as people know them. */
export interface ReaderKnows {
  sender?: { name: string; school?: string; roles?: string[] };
  schools: { name: string; short: string[] }[];
  people: { name: string; school?: string; roles?: string[] }[];
  /** Directed: supporter school → recipient school, full names. */
  pairings: { supporter: string; recipient: string }[];
  /** Pupils in care. */
  care: { mentor: string; pupil: string; grade?: string; school?: string }[];
  /** Words by which the plans distinguish documents, meetings and talks, the longest first. */
  topics?: string[];
}

/** When the message was written, in the programme's time zone. */
export interface ReadAt {
  today: Ymd;
  /** `HH:MM`, local. */
  time?: string;
}

export type ReadingStatus = 'done' | 'planned' | 'not_done' | 'needs_detail' | 'question' | 'correction' | 'cancel';

/** What a second opinion hears in a message: it fills a card and is never recorded directly. */
export interface Heard {
  kind: Reading['kind'];
  status: 'done' | 'planned' | 'not_done' | 'question';
  /** Words of the message. */
  quote: string;
}

/** How a reading is treated: recorded as it stands, confirmed by one tap, or completed by an answer. */
export type Act = 'record' | 'confirm' | 'ask';

/**
 * One activity or question in a message. Field names are those of reading.md and of `read --json`; names of schools, persons and pupils
 * are full names from the roster.
 */
export interface Reading {
  kind: ActivityKind | 'same_as_last';
  status: ReadingStatus;
  date?: Ymd;
  dates?: Ymd[];
  date_from?: Ymd;
  date_to?: Ymd;
  date_given?: boolean;
  times?: number;
  lessons?: number;
  place?: string;
  partner?: string;
  /** Every partner school took part. */
  all_partners?: boolean;
  to?: string;
  subject?: string;
  grade?: string;
  topic?: string;
  /** Only the judge heard its kind, without a word for it. Removed once the message is read. */
  heard?: boolean;
  /** The plans' topics that the message mentions for it. */
  about?: string[];
  by?: string;
  on_behalf?: boolean;
  late?: boolean;
  evidence?: string;
  /** The content or findings of a talk, in the words of the message. */
  note?: string;
  mode?: Mode;
  reason?: string;
  /** The fields that must still be asked before it can be recorded. */
  ask?: string[];
  participants?: string[];
  pupils?: string[];
  per_pupil_times?: number;
  all_assigned?: boolean;
  pupil_count?: number;
  evaluated?: boolean | null;
  teacher?: string;
  direction?: 'inbound';
  items?: { name: string; qty?: number; unit?: string }[];
  cash_yuan?: number;
  value_yuan?: number;
  donor?: string;
  beneficiaries?: string;
  audience?: string;
  external?: boolean;
  action?: 'start' | 'check_in' | 'check_in_out' | 'period' | 'leave' | 'end';
  role?: string;
  days?: number;
  weeks?: number;
  months?: number;
  half?: string;
  time_in?: string;
  time_out?: string;
  ended?: boolean;
  pieces?: number;
  target?: 'last_record';
  set?: Record<string, unknown>;
  replace_pupil?: { from: string; to: string };
  /** For an ambiguous name: the names it could be, by field. */
  choices?: Record<string, string[]>;
  /** How the bot treats it; absent for a question. */
  act?: Act;
  /** The chance that it is right as it stands, 0 to 1. */
  p?: number;
}
