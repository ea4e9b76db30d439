import type { Activity } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import type { FindingOf } from '../plan/inspection.ts';
import type { CheckInAnswer, PlanNow, ReminderPart } from '../plan/notices/index.ts';
import type { Obligation } from '../plan/obligation.ts';
import type { Actor } from '../plan/policy.ts';
import type { Programme } from '../plan/programme.ts';
import type { Named } from '../plan/pupil-names.ts';
import type { Reading } from '../reading/types.ts';

/** What a reminder is drawn from: what it tells, and how that stands now. The same facts always give the same card. */
export interface ReminderModel {
  /** The notice; comes back with every button. */
  notice: string;
  /** The day it is for, which its title names. */
  day: Ymd;
  /** As of when it is drawn. */
  today: Ymd;
  parts: ReminderPart[];
  duties: ReadonlyMap<string, { obligation: Obligation; done: number }>;
  /** What was planned and is asked about, by activity. */
  plans?: ReadonlyMap<string, PlanNow>;
  /** Records of others in which the reader stands, by activity. */
  credited?: ReadonlyMap<string, Activity & { version: number; reporterId: string }>;
  programme: Programme;
  me: Actor;
  named: Named;
  answers?: CheckInAnswer[];
  /** The answer to the secondment check-in of `day`. */
  attended?: { answer: 'present' | 'leave'; late: boolean };
  /** For a coordinator: whose 催办 still run, by person; whom the bot cannot reach; the month's API calls. */
  nudged?: ReadonlyMap<string, Ymd>;
  unreachable?: string[];
  /** Help that people of a coordinator ask for, which nobody has closed. */
  help?: HelpAsked[];
  /** What inspections found, where a part tells of it. */
  findings?: FindingOf[];
  /** Reports that wait for a tap of the reader. */
  waiting?: { draft: string; reading: Reading /** It lacks nothing. */; whole: boolean }[];
  quota?: { used: number; quota: number };
  page?: number;
}

/** A request for help as far as a digest tells of it. */
export interface HelpAsked {
  id: string;
  personId: string;
  about?: string;
  text: string;
  takenBy?: string;
}

export type ShownPart<K extends ReminderPart['kind']> = Extract<ReminderPart, { kind: K }>;
