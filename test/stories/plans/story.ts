import { parse } from 'yaml';
import { runCommand } from '../../../src/cli/index.ts';
import type { OwedJson } from '../../../src/cli/owed-json.ts';
import type { SandboxMessage } from '../../../src/sandbox/tenant.ts';
import { type World, type WorldOptions, world } from '../../support/world.ts';

export interface Story {
  world: World;
  /**
   * A requirement's duties on a day, from `owed --json`: `subject done/target state` joined by `; ` in the order of the
   * programme; `from` picks the period that starts on that date (default: the one that contains the day).
   */
  on(day: string, requirement: string, from?: string): Promise<string>;
  /** How many obligations the day's school year has, including waived ones. */
  count(day: string): Promise<number>;
  /** A person writes to the bot on 20 November 2026. */
  says(name: string, text: string): Promise<SandboxMessage[]>;
  /** What is done of all duties of a requirement in the day's school year, summed. */
  done(day: string, requirement: string): Promise<number>;
}

/** A small programme from the text of a programme file, ledger included, in the whole program; all people are invented. */
export async function story(text: string, options: WorldOptions = {}): Promise<Story> {
  const w = await world({ ...options, programme: parse(text) });
  const known = new Map<string, OwedJson[]>();
  const owed = async (day: string): Promise<OwedJson[]> => {
    const before = known.get(day);
    if (before) return before;
    const output: string[] = [];
    const errors: string[] = [];
    const io = { out: (s: string) => void output.push(s), err: (s: string) => void errors.push(s), cwd: '.' };
    const code = await runCommand(['owed', '--on', day, '--json'], io, w.core.ctx.config, w.core);
    if (code !== 0) throw new Error(errors.join(''));
    const rows = JSON.parse(output.join('')) as OwedJson[];
    known.set(day, rows);
    return rows;
  };
  /** The subject as a file names it; two schools or persons by the pair. */
  const place = (name: string): number => {
    const [a, b] = name.split('→');
    return text.search(
      b ? new RegExp(`(supporter|mentor): ${a}, (recipient|mentee): ${b}`) : new RegExp(`name: ${a}[,}]`),
    );
  };
  return {
    world: w,
    on: async (day, requirement, from) =>
      (await owed(day))
        .filter((o) => o.requirement === requirement)
        .filter(({ period }) => (from ? period.start === from : period.start <= day && day <= period.end))
        .toSorted((a, b) => place(a.subject.name) - place(b.subject.name))
        .map((o) => `${o.subject.name} ${o.done}/${o.target} ${o.state}`)
        .join('; '),
    done: async (day, requirement) =>
      (await owed(day)).filter((o) => o.requirement === requirement).reduce((n, o) => n + o.done, 0),
    count: async (day) => (await owed(day)).length,
    says: async (name, message) => {
      const answers = await w.says(name, message);
      known.clear();
      return answers;
    },
  };
}

/** 144 days from Tuesday 1 September, 138 from Monday 22 February; the school year has 365 to 31 August. */
export const TERMS = `
terms:
  - {name: 上学期, start: 2026-09-01, end: 2027-01-22}
  - {name: 下学期, start: 2027-02-22, end: 2027-07-09}
`;
