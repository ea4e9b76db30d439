import type { Core } from '../app/core.ts';
import type { Config } from '../config.ts';
import type { ControlIo } from '../control.ts';

/** The words after the command's name, and where its output goes. */
export interface Words {
  args: string[];
  io: ControlIo;
}

/** What an operator command gets. `core` is open and migrated; it may be that of the running program. */
export interface Operation extends Words {
  config: Config;
  core: Core;
}

/**
 * An operator command. Returns the exit code; throws Usage for wrong words. One with `store: false` needs neither settings nor store, so
 * it works on a machine without any setup, and beside a running program.
 */
export type OperatorCommand = { usage: string; summary: string } & (
  | { store?: true; run(operation: Operation): Promise<number> }
  | { store: false; run(words: Words): Promise<number> }
);

/** The words of a command are wrong; the message says which. */
export class Usage extends Error {}
