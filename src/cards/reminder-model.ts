import type { Activity } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import type { FindingOf } from '../plan/inspection.ts';
import type { CheckInAnswer, PlanNow, ReminderPart } from '../plan/notices/index.ts';
import type { Obligation } from '../plan/obligation.ts';
import type { Actor } from '../plan/policy.ts';
import type { Programme } from '../plan/programme.ts';
import type { Named } from '../plan/pupil-names.ts';
import type { Reading } from '../reading/types.ts';

/** The facts of a reminder: its parts and their current state. The same facts always draw the same card. */
export interface ReminderModel {
  /** The notice; sent back by every button. */
  notice: string;
  /** The date in its title. */
  day: Ymd;
  /** The time it is drawn for. */
  today: Ymd;
  parts: ReminderPart[];
  duties: ReadonlyMap<string, { obligation: Obligation; done: number }>;
  /** Plans it asks about, by activity. */
  plans?: ReadonlyMap<string, PlanNow>;
  /** Other people's records that include the reader, by activity. */
  credited?: ReadonlyMap<string, Activity & { version: number; reporterId: string }>;
  programme: Programme;
  me: Actor;
  named: Named;
  answers?: CheckInAnswer[];
  /** The answer to the secondment check-in of `day`. */
  attended?: { answer: 'present' | 'leave'; late: boolean };
  /** For a coordinator: recent 催办 by person; people the bot cannot reach; the month's API calls. */
  nudged?: ReadonlyMap<string, Ymd>;
  unreachable?: string[];
  /** Open help requests from a coordinator's people. */
  help?: HelpAsked[];
  /** Inspection findings, if a part needs them. */
  findings?: FindingOf[];
  /** Reports that wait for the reader's tap. */
  waiting?: { draft: string; reading: Reading /** It lacks nothing. */; complete: boolean }[];
  quota?: { used: number; quota: number };
  page?: number;
}

/** A help request as a digest shows it. */
export interface HelpAsked {
  id: string;
  personId: string;
  about?: string;
  text: string;
  takenBy?: string;
}

export type ShownPart<K extends ReminderPart['kind']> = Extract<ReminderPart, { kind: K }>;
