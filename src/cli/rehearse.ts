import { parseArgs } from 'node:util';
import type { ControlIo } from '../control.ts';
import type { Range } from '../plan/dates.ts';
import { type Rehearsal, rehearsing } from '../plan/rehearse.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { inTurns } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { dateArg, todayOf } from './moments.ts';

export const rehearse: OperatorCommand = {
  usage: 'rehearse [--from DATE --to DATE]',
  summary: 'every reminder that would go out in this term or those days if nobody reported; sends and stores nothing',
  run: async ({ args, io, core }) => {
    const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } });
    if ((values.from === undefined) !== (values.to === undefined)) throw new Usage('both --from and --to, or neither');
    const given = values.from ? { start: dateArg(values.from, core), end: dateArg(values.to, core) } : undefined;
    if (given && given.end < given.start) throw new Usage('--to is before --from');
    const { ctx } = core;
    for (const { id, name } of await listProgrammes(ctx.db)) {
      const programme = await ctx.programmeOf(ctx.db, id);
      const range = given ?? termAt(programme, todayOf(core));
      io.out(`${name}\n`);
      if (range) io.out((await linesOf(programme, range, io)).join('\n').concat('\n'));
      else io.out('  no term is known for today; give --from and --to\n');
    }
    return 0;
  },
};

/** After this long the progress is shown. */
const TELL_MS = 2_000;

/** The term of a day, or the next one. */
const termAt = (programme: StoredProgramme, day: string): Range | undefined =>
  programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1)).find((t) => t.end >= day);

/** Says on the way how far it is. */
function* telling(days: Generator<string, Rehearsal>, io: ControlIo): Generator<string, Rehearsal> {
  for (let told = performance.now(); ; ) {
    const { done, value } = days.next();
    if (done) return value;
    if (performance.now() - told > TELL_MS) {
      io.err(`  ${value} …\n`);
      told = performance.now();
    }
    yield value;
  }
}

async function linesOf(programme: StoredProgramme, range: Range, io: ControlIo): Promise<string[]> {
  const went = new Map<string, Map<string, number>>();
  const days = rehearsing(programme, range, {
    onMessage: ({ date, kinds }) => {
      const day = went.get(date) ?? new Map<string, number>();
      went.set(date, day);
      for (const kind of kinds) day.set(kind, (day.get(kind) ?? 0) + 1);
    },
  });
  const came = await inTurns(telling(days, io));
  const people = new Map(programme.people.map((p) => [p.id, p.name]));
  const parts = (kinds: Iterable<[string, number]>) => [...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ');
  return [
    `${range.start} to ${range.end}: ${came.messages} messages`,
    ...came.byDay.map(
      ({ date, messages }) => `  ${date}  ${String(messages).padStart(6)}  ${parts(went.get(date) ?? [])}`,
    ),
    `in all: ${parts(Object.entries(came.parts))}`,
    ...(came.busiest ? [`busiest day: ${came.busiest.date}, ${came.busiest.messages}`] : []),
    ...(came.byPerson[0]
      ? [`most for one person: ${people.get(came.byPerson[0].personId)}, ${came.byPerson[0].messages}`]
      : []),
    ...came.months.map(
      ({ month, calls, overQuota }) =>
        `${month}  ${calls} of a free tenant's 10,000 calls${overQuota ? '  TOO MANY' : ''}`,
    ),
  ];
}
