import { parseArgs } from 'node:util';
import { cardText } from '../cards/card-text.ts';
import { textsOf } from '../cards/index.ts';
import { reminder } from '../cards/reminder.ts';
import type { ControlIo } from '../control.ts';
import type { Range } from '../plan/dates.ts';
import type { Person } from '../plan/people.ts';
import { actingOn } from '../plan/policy.ts';
import { type Rehearsal, rehearsing } from '../plan/rehearse.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { inTurns } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { dateArg, todayOf } from './moments.ts';
import { findPersons } from './names.ts';

export const rehearse: OperatorCommand = {
  usage: 'rehearse [--from DATE --to DATE] [--person NAME]',
  summary:
    'show every reminder that would go out in this term or on those days if nobody reported, or the cards of one person; sends and stores nothing',
  run: async ({ args, io, core }) => {
    const { values } = parseArgs({
      args,
      options: { from: { type: 'string' }, to: { type: 'string' }, person: { type: 'string' } },
    });
    if ((values.from === undefined) !== (values.to === undefined)) throw new Usage('both --from and --to, or neither');
    const given = values.from ? { start: dateArg(values.from, core), end: dateArg(values.to, core) } : undefined;
    if (given && given.end < given.start) throw new Usage('--to lies before --from');
    const { ctx } = core;
    const programmes: StoredProgramme[] = [];
    for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
    const persons = values.person === undefined ? undefined : findPersons(programmes, values.person);
    for (const programme of programmes) {
      const range = given ?? termAt(programme, todayOf(core));
      const person = persons?.find((p) => p.programmeId === programme.id);
      if (persons && !person) continue;
      io.out(`${programme.name}\n`);
      if (!range) io.out('  no term is known for today; give --from and --to\n');
      else if (person) await cardsOf(programme, range, person, io);
      else io.out((await linesOf(programme, range, io)).join('\n').concat('\n'));
    }
    return 0;
  },
};

/** Progress is shown after this long. */
const TELL_MS = 2_000;

/** The term of a day, or the next one. */
const termAt = (programme: StoredProgramme, day: string): Range | undefined =>
  programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1)).find((t) => t.end >= day);

/** Shows the progress on the way. */
function* telling(days: Generator<string, Rehearsal>, io: ControlIo): Generator<string, Rehearsal> {
  for (let lastShown = performance.now(); ; ) {
    const { done, value } = days.next();
    if (done) return value;
    if (performance.now() - lastShown > TELL_MS) {
      io.err(`  ${value} …\n`);
      lastShown = performance.now();
    }
    yield value;
  }
}

/** Every card that one person would get, as text: the same that is sent. */
async function cardsOf(programme: StoredProgramme, range: Range, person: Person, io: ControlIo): Promise<void> {
  const t = textsOf();
  const days = rehearsing(programme, range, {
    onMessage: ({ date, time, recipientId, parts, owed }) => {
      if (recipientId !== person.id) return;
      const card = reminder(
        {
          notice: '',
          day: date,
          today: date,
          parts,
          duties: owed,
          programme,
          me: actingOn(person, date),
          named: new Map(),
        },
        t,
      );
      if (card) io.out(`${date} ${time}\n${cardText(card).replaceAll(/^/gm, '  ')}\n`);
    },
  });
  await inTurns(telling(days, io));
}

async function linesOf(programme: StoredProgramme, range: Range, io: ControlIo): Promise<string[]> {
  const counts = new Map<string, Map<string, number>>();
  const days = rehearsing(programme, range, {
    onMessage: ({ date, kinds }) => {
      const day = counts.get(date) ?? new Map<string, number>();
      counts.set(date, day);
      for (const kind of kinds) day.set(kind, (day.get(kind) ?? 0) + 1);
    },
  });
  const came = await inTurns(telling(days, io));
  const people = new Map(programme.people.map((p) => [p.id, p.name]));
  const parts = (kinds: Iterable<[string, number]>) => [...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ');
  return [
    `${range.start} to ${range.end}: ${came.messages} messages`,
    ...came.byDay.map(
      ({ date, messages }) => `  ${date}  ${String(messages).padStart(6)}  ${parts(counts.get(date) ?? [])}`,
    ),
    `total: ${parts(Object.entries(came.parts))}`,
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
