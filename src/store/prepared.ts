import { type PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite';
import type { PGlite as KyselyPGlite } from 'kysely';

const { serialize } = protocol;

/** Kept at once; each costs the engine some ten kilobytes. */
const KEPT = 300;
/** A longer text is an insert of many rows, which never comes twice in the same length. */
const LONGEST = 4_000;
/** Planned anew after so many uses: a plan made for an empty table must not outlive its growth. */
const USES = 200;

type Query = (text: string, params?: unknown[], options?: QueryOptions) => Promise<Results>;

type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

interface Statement {
  name: string;
  /** Type of each parameter, by number. */
  types: number[];
  /** What its rows look like; nothing for a statement that gives none. */
  shape: Message[];
  uses: number;
}

/**
 * The engine with statements that stay prepared: PGlite parses and plans every query anew, which is seven eighths of what a
 * statement of ours costs it (0.8 ms against 0.1). A text that comes a second time is prepared under a name of its own. Its own
 * code because PGlite offers none; all bytes are made and read by PGlite's functions. The store and the
 * queue share one engine, and so this.
 */
export function preparing(pglite: PGlite): KyselyPGlite {
  const there = engines.get(pglite) ?? prepared(pglite);
  engines.set(pglite, there);
  return there;
}

/** Names of statements are the engine's: it has one keeper. */
const engines = new WeakMap<PGlite, KyselyPGlite>();

function prepared(pglite: PGlite): KyselyPGlite {
  const known = new Map<string, Statement>();
  const seen = new Set<string>();
  let made = 0;

  const speak = (...parts: Uint8Array[]) => pglite.execProtocol(Buffer.concat([...parts, serialize.sync()]));

  async function prepare(text: string): Promise<Statement> {
    const name = `jiedui${++made}`;
    const { messages } = await speak(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    const types = parse.parseDescribeStatementResults(messages);
    const statement = { name, types, shape: messages.filter((m) => m.name === 'rowDescription'), uses: 0 };
    known.set(text, statement);
    return statement;
  }

  async function forget(text: string): Promise<void> {
    const statement = known.get(text)!;
    known.delete(text);
    await speak(serialize.close({ type: 'S', name: statement.name }));
  }

  /** With the engine to itself. */
  async function run(text: string, params: unknown[], options?: QueryOptions): Promise<Results> {
    if ((known.get(text)?.uses ?? 0) >= USES) await forget(text);
    if (known.size >= KEPT && !known.has(text)) await forget(known.keys().next().value!);
    const statement = known.get(text) ?? (await prepare(text));
    statement.uses++;
    const written = params.map((value, i) => {
      if (value === null || value === undefined) return null;
      const write = pglite.serializers[statement.types[i]!];
      return write ? write(value) : String(value);
    });
    try {
      const { messages } = await speak(
        serialize.bind({ statement: statement.name, values: written }),
        serialize.execute({}),
      );
      return parse.parseResults([...statement.shape, ...messages], pglite.parsers, options)[0]!;
    } catch (error) {
      // Perhaps its tables are no longer what they were when it was prepared.
      await forget(text);
      throw error;
    }
  }

  /** The first time the plain way; definitions always, since they come once. */
  const choosing =
    (plain: Query, alone: (work: () => Promise<Results>) => Promise<Results>): Query =>
    (text, params, options) => {
      if (seen.has(text)) return alone(() => run(text, params ?? [], options));
      if (text.length <= LONGEST && STAYS.test(text)) {
        if (seen.size >= 10 * KEPT) seen.clear();
        seen.add(text);
      }
      return plain(text, params, options);
    };

  const whole = (work: () => Promise<Results>) => pglite._runExclusiveQuery(work);
  const query = choosing(
    (...asked) => pglite.query(...asked),
    (work) => pglite._runExclusiveTransaction(() => whole(work)),
  );
  const within = (tx: Transaction): Query => choosing((...asked) => tx.query(...asked), whole);
  return {
    query: query as KyselyPGlite['query'],
    transaction: (work) =>
      pglite.transaction(async (tx) => {
        await turn();
        return work({ query: within(tx) as KyselyPGlite['query'], rollback: () => tx.rollback() });
      }),
    close: () => pglite.close(),
    waitReady: pglite.waitReady,
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
  };
}

/**
 * Lets the process look at its sockets. The engine works in this thread and never waits, so that transactions in line would run as
 * one piece of work; and of new connections one is accepted in each turn (sixteen at once: the last after 3 s).
 */
const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

// The queue's texts begin with comments.
const STAYS = /^(\s|--.*\n)*(select|insert|update|delete|with)\b/i;
