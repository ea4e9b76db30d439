/** The facts that reminders are decided from, and the decisions. Nothing here reads a clock or a store. */

import type { ActivityKind } from '../activity.ts';
import type { LocalTime } from '../clock.ts';
import type { Ymd } from '../dates.ts';
import type { FindingOf } from '../inspection.ts';
import type { Obligation } from '../obligation.ts';
import type { Programme } from '../programme.ts';

/** An obligation with its stored count. */
export interface Owed {
  obligation: Obligation;
  done: number;
  /** The day from which it was owed, if a change of plan or roster made it later than its period's start. */
  since?: Ymd;
  /** Date of the latest activity that counted. */
  lastDone?: Ymd;
  /** The latest failed attempt, with its reason: free text, which may name a pupil. */
  tried?: { reason?: string };
}

/** A person's answer to a check-in about one duty. */
export interface CheckInAnswer {
  personId: string;
  obligationId: string;
  on: Ymd;
  /** `not_done`: a period has ended without it, and it will not be made up for. */
  answer: 'reported' | 'planned' | 'help' | 'not_done';
  plannedFor?: Ymd;
  reason?: string;
}

export interface Secondment {
  personId: string;
  placeId?: string;
  from: Ymd;
  to?: Ymd;
}

/** What a person did in a term. */
export interface Deeds {
  activities: number;
  /** How many different pupils. */
  pupils: number;
  first: { activity: ActivityKind; date: Ymd };
  last: { activity: ActivityKind; date: Ymd };
}

/** A planned activity without news since. */
export interface PlannedActivity {
  activityId: string;
  /** The person who planned it, and is asked. */
  personId: string;
  activity: ActivityKind;
  date: Ymd;
  /** Its last day. */
  until: Ymd;
}

/** Another person's record that names this person. */
export interface CreditedIn {
  activityId: string;
  personId: string;
  recordedOn: Ymd;
}

/**
 * All facts for contributors, for a page of recipients or for everybody. `owed` must contain every obligation that a recipient
 * bears and, for coordinators and leaders, those of their school (bureau: of all schools).
 */
export interface NoticeFacts {
  programme: Programme;
  owed: Owed[];
  /** Identities (see `identityOf`) of everything planned before, whether sent, merged or dropped. */
  sent: ReadonlySet<string>;
  answers?: CheckInAnswer[];
  /** Persons who want no reminders until that day (inclusive). */
  snoozed?: ReadonlyMap<string, Ymd>;
  /** The day since which the newest report waits for its writer's tap, by person. */
  waiting?: ReadonlyMap<string, Ymd>;
  /** Other people's records that name a person. */
  credited?: CreditedIn[];
  /** Leaders who asked for the weekly summary. */
  subscribers?: string[];
  secondments?: Secondment[];
  planned?: PlannedActivity[];
  /** Findings of open inspections. */
  findings?: FindingOf[];
  /** On the last school day of a term: what each person did in it. */
  deeds?: ReadonlyMap<string, Deeds>;
  /** `person|date` of everybody who has already checked in or is on leave from a secondment. */
  attended?: ReadonlySet<string>;
  /** Decides only for these persons; absent: for everybody. */
  recipients?: ReadonlySet<string>;
}

/** One late duty as a coordinator sees it. */
export interface LateItem {
  obligationId: string;
  since: Ymd;
  sign: 'tried' | 'silent' | 'planned' | 'help';
  /** The words given with `tried` and `help`; the day with `planned`. */
  detail?: string;
}

type About =
  | { kind: 'monthly-digest'; month: number; obligationIds: string[] }
  | { kind: 'due-soon'; obligationIds: string[]; checkpoint: Ymd }
  | { kind: 'overdue'; obligationIds: string[]; missed: Ymd; notice: number }
  | { kind: 'lapsed'; obligationIds: string[] }
  | { kind: 'waiting' }
  | { kind: 'credited'; activityId: string; recordedOn: Ymd }
  | { kind: 'check-in'; obligationIds: string[] }
  | { kind: 'term-opening' | 'term-closing'; term: string; obligationIds: string[] }
  | { kind: 'documents-due'; obligationIds: string[]; due: Ymd }
  | { kind: 'escalation'; to: 'coordinator'; obligationIds: string[]; since: Ymd }
  | { kind: 'escalation'; to: 'leader'; duties: number; people: number; since: Ymd }
  | { kind: 'coordinator-digest'; people: { personId: string; items: LateItem[] }[]; provisional: number[] }
  | {
      kind: 'weekly-summary';
      from: Ymd;
      to: Ymd;
      met: number;
      total: number;
      late: { schoolId: string; count: number }[];
    }
  | { kind: 'secondment-check-in'; date: Ymd; placeId?: string }
  | { kind: 'planned-activity'; activityId: string; activity: ActivityKind; date: Ymd; until: Ymd }
  /** A finding of an inspection; `n` is its number. */
  | { kind: 'finding-due'; inspectionId: string; n: number; due: Ymd }
  | { kind: 'next-term'; term: string; end: Ymd }
  /** The year about to begin, by the calendar year in which it starts. */
  | { kind: 'new-year'; year: number }
  | ({ kind: 'term-thanks'; term: string } & Deeds);

/** A notice to send. Its identity is (kind, recipient, obligation or period, stage); the store keeps it unique. */
export type WantedNotice = About & { recipientId: string; key: string; stage: string };
export type NoticeKind = WantedNotice['kind'];

/** A contributor: its notices for the morning (or hour) of `at`. Only the latest stage, and none that `sent` contains. */
export type Contributor = (facts: NoticeFacts, at: LocalTime) => WantedNotice[];
