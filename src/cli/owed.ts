import { parseArgs } from 'node:util';
import type { Core } from '../app/core.ts';
import { provisionalYears } from '../plan/calendar.ts';
import type { Ymd } from '../plan/dates.ts';
import { type Explanation, explain } from '../plan/explain.ts';
import { schoolYearRange } from '../plan/obligations.ts';
import { ownObligations } from '../plan/owed.ts';
import { placeKey, placesOf } from '../plan/places.ts';
import { standing } from '../plan/standing.ts';
import { type Counted, inPlanOrder } from '../store/obligations.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { activitiesOfObligation, obligationsOn } from '../store/recount.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { explainedJson, explainedLines } from './explained.ts';
import { dateArg } from './moments.ts';
import { findPersons, findSchools } from './names.ts';
import { type OwedJson, toOwedJson } from './owed-json.ts';

export const owed: OperatorCommand = {
  usage: 'owed [--on DATE] [--person NAME | --school NAME] [--why] [--json]',
  summary: 'list every obligation of the school year, in any state',
  run: async ({ args, io, core }) => {
    const { values } = parseArgs({
      args,
      options: {
        on: { type: 'string' },
        person: { type: 'string' },
        school: { type: 'string' },
        why: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    if (values.person && values.school) throw new Usage('either --person or --school');
    const day = dateArg(values.on, core);
    if (values.why) {
      const all = await explainedOn(core, day, values);
      if (values.json) io.out(`${JSON.stringify(all.map(explainedJson))}\n`);
      else for (const e of all) io.out(`${explainedLines(e).join('\n')}\n\n`);
      return 0;
    }
    const rows = (await owedOn(core, day, values)).map(({ programme, counted: c, shared }) =>
      toOwedJson(c.obligation, standing(c.obligation, c.done, day), { programme, shared }),
    );
    if (values.json) io.out(`${JSON.stringify(rows)}\n`);
    else for (const text of [...rows.map(line), ...(await assumedHolidays(core, day))]) io.out(text);
    return 0;
  },
};

/** Programmes whose fortnights and months rest on holidays that are not published yet. */
async function assumedHolidays({ ctx }: Core, day: Ymd): Promise<string[]> {
  const notes: string[] = [];
  for (const { id, name } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    const range = schoolYearRange(programme, day);
    const years = range ? provisionalYears(programme, range) : [];
    if (years.length > 0)
      notes.push(`${name}: holidays of ${years.join(', ')} are not published, festival days are assumed\n`);
  }
  return notes;
}

type Who = { person?: string; school?: string };
type Owed = { programme: StoredProgramme; counted: Counted; shared: boolean };

/** The source of each obligation and the reasons for its count. */
async function explainedOn(core: Core, day: Ymd, who: Who): Promise<Explanation[]> {
  const found: Explanation[] = [];
  for (const { programme, counted } of await owedOn(core, day, who)) {
    const activities = await activitiesOfObligation(core.ctx.db, programme, counted.obligation);
    found.push(explain(counted.obligation, activities, programme, day));
  }
  return found;
}

/** The obligations of every programme whose range meets the school year of `day`, counted as of `day`. */
async function owedOn(core: Core, day: Ymd, who: Who): Promise<Owed[]> {
  const { ctx } = core;
  const programmes: StoredProgramme[] = [];
  for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
  const persons = who.person === undefined ? undefined : findPersons(programmes, who.person);
  const schools = who.school === undefined ? undefined : findSchools(programmes, who.school);
  const meant = persons ?? schools;
  const rows: Owed[] = [];
  for (const programme of programmes) {
    const range = schoolYearRange(programme, day);
    const match = meant?.find((m) => m.programmeId === programme.id);
    if (!range || (meant && !match)) continue;
    const counted: Counted[] = [];
    for await (const page of obligationsOn(ctx.db, programme, range, day)) counted.push(...page);
    counted.sort(inPlanOrder(programme));
    const selected = chosen(programme, counted, persons && match?.id, schools && match?.id);
    rows.push(...selected.map((row) => ({ ...row, programme })));
  }
  return rows;
}

function chosen(
  programme: StoredProgramme,
  all: Counted[],
  personId: string | undefined,
  schoolId: string | undefined,
): { counted: Counted; shared: boolean }[] {
  if (personId !== undefined) {
    const byId = new Map(all.map((c) => [c.obligation.id, c]));
    return ownObligations(
      all.map((c) => c.obligation),
      programme,
      personId,
    ).map(({ obligation, shared }) => ({
      counted: byId.get(obligation.id)!,
      shared,
    }));
  }
  const selected =
    schoolId === undefined
      ? all
      : all.filter((c) => placesOf(programme, c.obligation).includes(placeKey('school', schoolId)));
  return selected.map((counted) => ({ counted, shared: false }));
}

const line = (o: OwedJson): string =>
  `${o.state.padEnd(8)} ${o.done}/${o.target}${o.assumed ? '*' : ''}  ${o.title}  ${o.subject.name}  ${o.period.label} ${o.period.start}..${o.period.end}  ${o.bearer}${o.shared ? ' (shared)' : ''}\n`;
