import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Core } from '../app/core.ts';
import { readerKnows } from '../bot/intake/reader-knows.ts';
import { dayAt, timeAt } from '../plan/clock.ts';
import { read as readText, whyOf } from '../reading/read.ts';
import type { ReadAt, ReaderKnows } from '../reading/types.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { instantArg } from './moments.ts';
import { findPersons } from './names.ts';

export const read: OperatorCommand = {
  usage: 'read TEXT | --file FILE.jsonl [--as PERSON] [--at INSTANT] [--json] [--why]',
  summary: 'show how a message would be read; records nothing',
  run: async ({ args, io, core }) => {
    const { values, positionals } = parseArgs({
      args,
      options: {
        file: { type: 'string' },
        as: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean' },
        why: { type: 'boolean' },
      },
      allowPositionals: true,
    });
    if ((values.file === undefined) === (positionals.length === 0)) throw new Usage('read takes a text or --file');
    const sender = known(core);
    if (values.file !== undefined) {
      for (const [i, row] of readFileSync(resolve(io.cwd, values.file), 'utf8').split('\n').entries()) {
        if (row.trim() === '') continue;
        const { id, text, as = values.as, at = values.at } = parseRow(row.trim(), i + 1);
        const readings = readText(text, readAt(instantArg(at, core), core), await sender(as));
        io.out(`${JSON.stringify({ id, readings })}\n`);
      }
      return 0;
    }
    const at = readAt(instantArg(values.at, core), core);
    const knows = await sender(values.as);
    const readings = readText(positionals.join(' '), at, knows);
    if (values.why) for (const line of whyOf(positionals.join(' '), at, knows)) io.out(`${line}\n`);
    io.out(values.json ? `${JSON.stringify(readings)}\n` : `${JSON.stringify(readings, null, 2)}\n`);
    return 0;
  },
};

function readAt(instant: number, { ctx }: Core): ReadAt {
  const { timezone } = ctx.config;
  return { today: dayAt(instant, timezone), time: timeAt(instant, timezone) };
}

/** The names that each sender gives the reader, cached. */
function known(core: Core): (as: string | undefined) => Promise<ReaderKnows> {
  const found = new Map<string | undefined, Promise<ReaderKnows>>();
  return (as) => {
    const knows = found.get(as) ?? knowsOf(core, as);
    found.set(as, knows);
    return knows;
  };
}

/** The names of the sender's programmes; without a sender those of every programme, without pupils. */
async function knowsOf({ ctx }: Core, as: string | undefined): Promise<ReaderKnows> {
  const programmes: StoredProgramme[] = [];
  for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
  if (as === undefined) {
    const noPerson = { id: '', name: '', roles: [] };
    const { sender, ...knows } = together(programmes.map((programme) => readerKnows({ programme, me: noPerson })));
    return { ...knows, care: [] };
  }
  const own = findPersons(programmes, as);
  return together(own.map((me) => readerKnows({ programme: programmes.find((p) => p.id === me.programmeId)!, me })));
}

/** Programmes may list the same schools and people: each is kept once, or every name would be ambiguous. */
function together(each: ReaderKnows[]): ReaderKnows {
  if (each.length === 1) return each[0]!;
  const once = <T extends object>(rows: T[], key: (row: T) => unknown) => [
    ...new Map(rows.map((row) => [JSON.stringify(key(row)), row])).values(),
  ];
  return {
    sender: each[0]?.sender,
    schools: once(
      each.flatMap((k) => k.schools),
      (s) => s.name,
    ),
    people: once(
      each.flatMap((k) => k.people),
      (p) => [p.name, p.school],
    ),
    pairings: once(
      each.flatMap((k) => k.pairings),
      (p) => p,
    ),
    care: once(
      each.flatMap((k) => k.care),
      (c) => c,
    ),
    topics: [...new Set(each.flatMap((k) => k.topics ?? []))].sort((a, b) => b.length - a.length),
  };
}

const ROW = z.object({ id: z.unknown(), text: z.string(), as: z.string().optional(), at: z.string().optional() });

/** A line of the file; its own `as` and `at` override those of the command. */
function parseRow(row: string, line: number): z.infer<typeof ROW> {
  try {
    return ROW.parse(JSON.parse(row));
  } catch {
    throw new Usage(
      `line ${line}: expected {"id": …, "text": "…"}, with "as" and "at" if they differ from the options`,
    );
  }
}
