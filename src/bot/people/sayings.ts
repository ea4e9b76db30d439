import { COMMANDS_SAID } from './said-as-command.ts';
import { SAID_FREELY } from './said-freely.ts';
import { SAID_TO_BEGIN } from './said-to-begin.ts';
import type { Said } from './saying.ts';
import type { SentenceShape } from './sentence-shape.ts';

/** Every way of saying an arrangement, in the order they are tried. */
export const SAYINGS = [...SAID_FREELY, ...SAID_TO_BEGIN, ...COMMANDS_SAID];

/** The arrangement in a sentence; undefined if it is about something else. */
export function findArrangement(sentence: SentenceShape): Said | undefined {
  for (const rule of SAYINGS) {
    const said = rule.when(sentence);
    if (said) return said;
  }
  return undefined;
}
