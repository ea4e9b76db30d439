import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Core } from '../app.ts';
import { readerKnows } from '../bot/facts.ts';
import { read as readText } from '../reading/read.ts';
import type { ReadAt, ReaderKnows } from '../reading/types.ts';
import { listProgrammes } from '../store/programmes.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { instantArg } from './moments.ts';
import { findPerson } from './names.ts';

export const read: OperatorCommand = {
  usage: 'read TEXT | --file FILE.jsonl [--as PERSON] [--at INSTANT] [--json]',
  summary: 'what a message would be read as; records nothing',
  run: async ({ args, io, core }) => {
    const { values, positionals } = parseArgs({
      args,
      options: {
        file: { type: 'string' },
        as: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean' },
      },
      allowPositionals: true,
    });
    if ((values.file === undefined) === (positionals.length === 0)) throw new Usage('read takes a text or --file');
    const at = readAt(instantArg(values.at, core), core);
    const knows = await knowsOf(core, values.as);
    if (values.file !== undefined) {
      for (const [i, row] of readFileSync(resolve(io.cwd, values.file), 'utf8').split('\n').entries()) {
        if (row.trim() === '') continue;
        const { id, text } = parseRow(row, i + 1);
        io.out(`${JSON.stringify({ id, readings: readText(text, at, knows) })}\n`);
      }
      return 0;
    }
    const readings = readText(positionals.join(' '), at, knows);
    io.out(values.json ? `${JSON.stringify(readings)}\n` : `${JSON.stringify(readings, null, 2)}\n`);
    return 0;
  },
};

function readAt(instant: number, { ctx }: Core): ReadAt {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(ctx.config.timezone);
  return {
    today: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** The names of the sender's programme; without a sender those of every programme. */
async function knowsOf({ ctx }: Core, as: string | undefined): Promise<ReaderKnows> {
  const programmes = [];
  for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
  if (as !== undefined) {
    const me = findPerson(programmes, as);
    return readerKnows({ programme: programmes.find((p) => p.id === me.programmeId)!, me });
  }
  const each = programmes.map((programme) => {
    const nobody = { id: '', name: '', roles: [] };
    const { sender, ...knows } = readerKnows({ programme, me: nobody });
    return knows;
  });
  return {
    schools: each.flatMap((k) => k.schools),
    people: each.flatMap((k) => k.people),
    pairings: each.flatMap((k) => k.pairings),
    care: [],
  };
}

function parseRow(row: string, line: number): { id: unknown; text: string } {
  try {
    const { id, text } = JSON.parse(row) as { id: unknown; text: unknown };
    if (typeof text === 'string') return { id, text };
  } catch {}
  throw new Usage(`line ${line}: expected {"id": …, "text": "…"}`);
}
