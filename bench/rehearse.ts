/** Rehearses one term of a county (60 schools, 2,000 teachers, 6,000 pupils in care): time, peak memory, notices. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { addDays, type Ymd } from '../src/plan/dates.ts';
import type { Obligation } from '../src/plan/obligation.ts';
import { deriveObligations } from '../src/plan/obligations.ts';
import type { Plan } from '../src/plan/plan.ts';
import { parsePlan } from '../src/plan/plan-file.ts';
import { rehearse } from '../src/plan/rehearse.ts';
import { checkpointAt } from '../src/plan/standing.ts';
import { countyProgramme } from './county.ts';

const preset = (id: string): Plan => {
  const parsed = parsePlan(parse(readFileSync(`db/plans/${id}.yaml`, 'utf8')), id, { preset: true });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
};

/** Somebody who is always eight days ahead of the checkpoints. */
const ahead = (o: Obligation, day: Ymd): number => {
  let k = 0;
  while (k < o.target && checkpointAt(o.period, o.target, o.pace, k + 1) <= addDays(day, 8)) k++;
  return k;
};

const programme = countyProgramme([preset('yunxian-minzu'), preset('care-pupils')]);
const term = programme.terms[0]!;
const before = performance.now();
const obligations = deriveObligations(programme, term.start).length;
console.log(`derive: ${obligations} obligations of a school year in ${Math.round(performance.now() - before)} ms`);
for (const [name, doneBy] of [
  ['nobody reports anything', undefined],
  ['everybody keeps up', ahead],
] as const) {
  const start = performance.now();
  const came = rehearse(programme, { start: term.start, end: term.end }, { doneBy });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`rehearse, ${name}: ${came.messages} messages in ${seconds} s`);
  console.log(
    `  busiest day ${came.busiest?.date} with ${came.busiest?.messages}; most for one person ${came.byPerson[0]?.messages}`,
  );
  console.log(
    `  by month ${came.months.map((m) => `${m.month} ${m.calls}${m.overQuota ? ' (over 10,000)' : ''}`).join(', ')}`,
  );
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
