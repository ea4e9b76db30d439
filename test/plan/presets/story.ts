import { parse } from 'yaml';
import type { Activity } from '../../../src/plan/activity.ts';
import { credit } from '../../../src/plan/credit.ts';
import { deriveObligations } from '../../../src/plan/obligations.ts';
import type { Programme } from '../../../src/plan/programme.ts';
import { parseProgramme } from '../../../src/plan/programme-file.ts';
import { standing } from '../../../src/plan/standing.ts';
import { presets } from '../presets.ts';

export interface Story {
  programme: Programme;
  /**
   * A requirement's duties on a day, as `subject done/target state` joined by `; ` in roster order; `from` picks the period
   * that starts on that date (default: the one that contains the day).
   */
  on(day: string, requirement: string, from?: string): string;
  /** How many obligations the day's school year has, including waived ones. */
  count(day: string): number;
}

/** A small programme from the text of a programme file, ledger included; all people are invented. */
export const story = (text: string): Story => {
  const parsed = parseProgramme(parse(text), 'story', presets());
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems, null, 1));
  const { activities: rows, ...rest } = parsed.programme;
  const programme: Programme = { ...rest, id: 'story', version: 1, leaves: [] };
  const activities = rows.map((a): Activity => ({ ...a, programmeId: 'story' }));
  return {
    programme,
    on: (day, requirement, from) =>
      deriveObligations(programme, day)
        .filter((o) => o.requirement.id === requirement)
        .filter(({ period }) => (from ? period.start === from : period.start <= day && day <= period.end))
        .map((o) => {
          const now = standing(o, credit(o, activities, programme, day).done, day);
          return `${o.subject.name} ${now.done}/${o.target} ${now.state}`;
        })
        .join('; '),
    count: (day) => deriveObligations(programme, day).length,
  };
};

/** 144 days from Tuesday 1 September, 138 from Monday 22 February; the school year has 365 to 31 August. */
export const TERMS = `
terms:
  - {name: 上学期, start: 2026-09-01, end: 2027-01-22}
  - {name: 下学期, start: 2027-02-22, end: 2027-07-09}
`;
