import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { IntakeLimit } from './intake-limit.ts';
import type { LarkClient } from './lark/client.ts';
import type { Pace } from './lark/pace.ts';
import type { Quota } from './lark/quota.ts';
import type { Exchange } from './lark/trace.ts';
import type { Plan } from './plan/plan.ts';
import type { SecondOpinion } from './second-opinion.ts';
import type { Db } from './store/db.ts';
import type { Notice } from './store/notice-row.ts';
import type { Hint } from './store/notices.ts';
import type { ProgrammeReader } from './store/programmes.ts';
import type { Vault } from './vault.ts';

/** Records the traffic with Feishu for inspection. */
export interface Tap {
  /** The file that it writes. */
  file: string;
  /** Records from now on, for this long. */
  open(ms: number): void;
  note(exchange: Exchange): void;
}

/** Everything that the edges of the program use. Built once, in app/core.ts, complete and frozen. */
export interface Ctx {
  config: Config;
  /** `sandbox` or `cli_…`. */
  appId: string;
  db: Db;
  lark: LarkClient;
  log: Logger;
  /** Photos and files on disk. */
  vault: Vault;
  /** Epoch milliseconds. Read once for each event, job or command. */
  now: () => number;
  /** UUIDv7: ordered by time, so that inserts go to the end of the index. */
  newId: () => string;
  programmeOf: ProgrammeReader;
  /** Limits incoming events. */
  intake: IntakeLimit;
  /** Feishu's limits: waits for a turn before a call. */
  pace: Pace;
  /** Counts the outcome of a notice for the metrics. */
  noted: (kind: string, outcome: 'sent' | 'dropped' | 'refused' | 'uncertain') => void;
  /** The month's quota of calls to Feishu. */
  quota: Quota;
  /** A model's opinion on unsure messages; undefined if none is configured. */
  secondOpinion: SecondOpinion | undefined;
  tap: Tap;
  /** The plans that come with the program, by id. */
  presets: () => Map<string, Plan>;
  /** How many answers this process may claim as it makes them (claimAnswers) and sends itself. */
  room: () => number;
  /** Passes the results of a transaction to the senders; only after commit. Never throws: the sweep finds what a lost hint leaves. */
  deliver: (hints: Hint[], claimed?: Notice[]) => Promise<void>;
}
