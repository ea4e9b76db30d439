import type { ActivityKind, Mode } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';

/** What the reader may know when it reads: who writes, and which names exist. Names only, as people know them. */
export interface ReaderKnows {
  sender?: { name: string; school?: string; roles?: string[] };
  schools: { name: string; short: string[] }[];
  people: { name: string; school?: string; roles?: string[] }[];
  /** Directed: supporter school → recipient school, full names. */
  pairings: { supporter: string; recipient: string }[];
  /** Pupils in care. */
  care: { mentor: string; pupil: string; grade?: string; school?: string }[];
  /** Words by which the plans tell papers, meetings and talks apart, the longest first. */
  topics?: string[];
}

/** When the message was written, in the programme's time zone. */
export interface ReadAt {
  today: Ymd;
  /** `HH:MM`, local. */
  time?: string;
}

export type ReadingStatus = 'done' | 'planned' | 'not_done' | 'needs_detail' | 'question' | 'correction' | 'cancel';

/** What a second opinion hears in a message: it fills a card and records nothing. */
export interface Heard {
  kind: Reading['kind'];
  status: 'done' | 'planned' | 'not_done' | 'question';
  /** Words of the message. */
  quote: string;
}

/** What is to be done with a reading: recorded as it stands, confirmed by one tap, or completed by an answer. */
export type Act = 'record' | 'confirm' | 'ask';

/**
 * One thing that a message says. Field names are those of reading.md and of `read --json`; names of schools, persons
 * and pupils are full names from the roster.
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
  /** No word names its kind; only the judge heard it. Gone once the message is read. */
  heard?: boolean;
  /** Which of the plans' words were said of it. */
  about?: string[];
  by?: string;
  on_behalf?: boolean;
  late?: boolean;
  evidence?: string;
  /** What was talked of or found: words of the message. */
  note?: string;
  mode?: Mode;
  reason?: string;
  /** What must still be asked before this can be recorded, as field names. */
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
  /** What the bot does with it; absent of a question. */
  act?: Act;
  /** The chance that it is right as it stands, 0 to 1. */
  p?: number;
}
