/**
 * The measurements of `growth` for one size, as a separate process, so that each size has its own memory and one that is too large fails
 * alone: `growing.ts QUESTION SIZE ROUNDS` sends the medians, ms by name, and the peak memory.
 */
import { readerKnows } from '../../src/bot/intake/reader-knows.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import { rehearsing } from '../../src/plan/rehearse.ts';
import { finished } from '../../src/plan/steps.ts';
import { read } from '../../src/reading/read.ts';
import { countyOf } from './county.ts';
import { mostHeld } from './memory.ts';
import { median, timed } from './print.ts';

export type Costs = Record<string, number>;
export interface Grown {
  costs: Costs;
  peakMb: number | undefined;
}

const TODAY = '2026-11-20';
/** Larger sizes are derived in parts, or their duties would not fit into a process. */
const COUNTIES_AT_ONCE = 10;

const questions: Record<string, (size: number) => Costs | Promise<Costs>> = {
  async duties(size) {
    const programme = countyOf(size);
    const parts = Math.ceil(size / COUNTIES_AT_ONCE);
    const inPart = (part: number) => (id: string) => Number(id.slice(1)) % parts === part;
    return {
      'duties of a school year': await timed(() => {
        for (let part = 0; part < parts; part++)
          deriveObligations(programme, TODAY, parts > 1 ? { only: inPart(part) } : {});
      }),
    };
  },
  async rehearsal(size) {
    const programme = countyOf(size);
    return {
      'rehearsal of a month': await timed(() =>
        finished(rehearsing(programme, { start: '2026-11-01', end: '2026-11-30' })),
      ),
    };
  },
  /** As the bot does for each message of a person: the names they may use, cached per programme, then the reading. */
  async reading(size) {
    const MESSAGES = 300;
    const programme = { ...countyOf(size), retired: {} };
    const me = programme.people[0]!;
    const one = (i: number) =>
      read(
        `昨天到${programme.schools[i % programme.schools.length]!.name}上了两节七年级语文`,
        { today: TODAY, time: '18:00' },
        readerKnows({ programme, me }),
      );
    const first = await timed(() => one(0));
    const rest = await timed(() => {
      for (let i = 0; i < MESSAGES; i++) one(i);
    });
    return { 'the first message after a change': first, 'each further message': rest / MESSAGES };
  },
  // Only the store's measurements need the whole program.
  store: async (size) => (await import('./growing-store.ts')).measureStore(size),
};

const [question, size, rounds] = process.argv.slice(2);
const runs: Costs[] = [];
for (let round = 0; round < Number(rounds); round++) runs.push(await questions[question!]!(Number(size)));
const costs = Object.fromEntries(Object.keys(runs[0]!).map((name) => [name, median(runs.map((run) => run[name]!))]));
process.send!({ costs, peakMb: mostHeld(process.pid) } satisfies Grown);
process.disconnect!();
