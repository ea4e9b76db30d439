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

/** Where what goes over the wire can be looked at. */
export interface Tap {
  /** Where it writes. */
  file: string;
  /** Writes from now on, for so long. */
  open(ms: number): void;
  note(exchange: Exchange): void;
}

/** What the edges of the program are given. Built once, in app/core.ts, whole and frozen. */
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
  /** UUIDv7: in order of time, so that inserts go to the end of the index. */
  newId: () => string;
  programmeOf: ProgrammeReader;
  /** What comes in passes here. */
  intake: IntakeLimit;
  /** Feishu's limits: waits for one's turn before a call. */
  pace: Pace;
  /** For the metrics: what became of a notice. */
  noted: (kind: string, outcome: 'sent' | 'dropped' | 'refused' | 'uncertain') => void;
  /** Feishu's calls of the month. */
  quota: Quota;
  /** A model's opinion on what is not sure; undefined where none is to be asked. */
  secondOpinion: SecondOpinion | undefined;
  tap: Tap;
  /** The plans that come with the program, by id. */
  presets: () => Map<string, Plan>;
  /** How many answers this process may claim as it makes them (claimAnswers): it sends them itself. */
  room: () => number;
  /**
   * Takes what a transaction has made to those who send it; only after commit. Never throws: the sweep finds what a lost hint
   * leaves.
   */
  deliver: (hints: Hint[], claimed?: Notice[]) => Promise<void>;
}
