import type { Core } from '../app/core.ts';
import type { Config } from '../config.ts';
import type { ControlIo } from '../control.ts';

/** What an operator command is given. `core` is open and migrated; it may be that of the running program. */
export interface Operation {
  args: string[];
  io: ControlIo;
  config: Config;
  core: Core;
}

/** An operator command. Returns the exit code; throws Usage for wrong words. */
export interface OperatorCommand {
  usage: string;
  summary: string;
  run(operation: Operation): Promise<number>;
}

/** The words of a command are wrong; the message says which. */
export class Usage extends Error {}
