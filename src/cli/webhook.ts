import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isoAt } from '../plan/clock.ts';
import {
  deadDeliveries,
  HOOK_EVENTS,
  type HookEvent,
  insertHook,
  listHooks,
  removeHook,
  retryDead,
} from '../store/hooks.ts';
import { listProgrammes } from '../store/programmes.ts';
import { transact } from '../store/transaction.ts';
import { type Operation, type OperatorCommand, Usage } from './command.ts';

export const webhook: OperatorCommand = {
  usage: `webhook add --name NAME --url URL --on ${HOOK_EVENTS.join(',')} [--programme NAME] | list | remove NAME | dead | retry [ID]`,
  summary:
    'notify the bureau’s own systems of events: signed, retried for two days, then listed as dead; ids and figures, no names',
  run: async (operation) => {
    const [what, ...rest] = operation.args;
    const { io, core } = operation;
    const { ctx } = core;
    switch (what) {
      case 'add':
        return add(operation, rest);
      case 'list':
        for (const { name, url, events } of await listHooks(ctx.db)) io.out(`${name}\t${events.join(',')}\t${url}\n`);
        return 0;
      case 'remove': {
        if (!rest[0] || rest.length > 1) throw new Usage('remove NAME');
        const done = await transact(ctx.db, (trx) => removeHook(trx, rest[0]!, ctx.now()));
        io.out(done ? 'removed\n' : `no webhook named ${rest[0]}\n`);
        return done ? 0 : 1;
      }
      case 'dead':
        for (const { id, name, event, madeAt, reason } of await deadDeliveries(ctx.db))
          io.out(`${id}\t${name}\t${event}\t${isoAt(madeAt, ctx.config.timezone)}\t${reason}\n`);
        return 0;
      case 'retry': {
        const count = await transact(ctx.db, (trx) => retryDead(trx, rest[0], ctx.now()));
        io.out(`${count} will be retried\n`);
        return 0;
      }
      default:
        throw new Usage('add, list, remove, dead or retry');
    }
  },
};

async function add({ io, core: { ctx } }: Operation, args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { name: text, url: text, on: text, programme: text } });
  const name = values.name?.trim().normalize('NFC');
  if (!name) throw new Usage('--name: who is notified');
  const url = URL.parse(values.url ?? '');
  const isLocal = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLocal))
    throw new Usage('--url: an https:// address (http:// on this machine only)');
  const events = (values.on ?? '').split(',').map((e) => e.trim());
  if (!events.every((e) => (HOOK_EVENTS as readonly string[]).includes(e)))
    throw new Usage(`--on: one or more of ${HOOK_EVENTS.join(',')}`);
  const only = (await listProgrammes(ctx.db)).find((p) => p.name === values.programme);
  if (values.programme !== undefined && !only) throw new Usage(`no programme named ${values.programme}`);
  if ((await listHooks(ctx.db)).some((h) => h.name === name))
    throw new Usage(`${name} already exists; remove it first`);
  const secret = randomBytes(32).toString('base64');
  const hook = {
    id: ctx.newId(),
    name,
    url: url.href,
    secret,
    events: [...new Set(events)] as HookEvent[],
    createdAt: ctx.now(),
  };
  await transact(ctx.db, (trx) => insertHook(trx, { ...hook, ...(only && { programmeId: only.id }) }));
  io.out(`whsec_${secret}\n`);
  return 0;
}
