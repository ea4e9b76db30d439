import type { HeardSentence } from './heard.ts';
import { COMMANDS_SAID } from './said-as-command.ts';
import { SAID_FREELY } from './said-freely.ts';
import { SAID_TO_BEGIN } from './said-to-begin.ts';
import type { Said } from './saying.ts';

/** Every way of saying an arrangement, in the order they are tried. */
export const SAYINGS = [...SAID_FREELY, ...SAID_TO_BEGIN, ...COMMANDS_SAID];

/** The arrangement in a sentence; undefined if it is about something else. */
export function saidIn(heard: HeardSentence): Said | undefined {
  for (const rule of SAYINGS) {
    const said = rule.when(heard);
    if (said) return said;
  }
  return undefined;
}
