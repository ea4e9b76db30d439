import { parseArgs } from 'node:util';
import type { Core } from '../app/core.ts';
import { dayAt } from '../plan/clock.ts';
import { insertAudit } from '../store/audit.ts';
import { planFindPeople } from '../store/find-people.ts';
import { bindMember, memberOf, unbindMember } from '../store/members.ts';
import { readMeta } from '../store/meta.ts';
import { listProgrammes } from '../store/programmes.ts';
import { rebindApp } from '../store/rebind.ts';
import { transact } from '../store/transaction.ts';
import { type Operation, type OperatorCommand, Usage } from './command.ts';
import { oneProgramme } from './export.ts';
import { findPerson } from './names.ts';

export const rebind: OperatorCommand = {
  usage: 'rebind [--person NAME [--to OPEN_ID] [--programme NAME]]',
  summary:
    'give the store to the app of LARK_APP_ID: people are recognised again by mobile and mail, records stay; or give one person another Feishu user',
  run: async (operation) => {
    const { values } = parseArgs({
      args: operation.args,
      options: { person: { type: 'string' }, to: { type: 'string' }, programme: { type: 'string' } },
    });
    if (values.person !== undefined) return rebindPerson(operation, { ...values, person: values.person });
    if (values.to !== undefined) throw new Usage('--to belongs to --person');
    return rebindStore(operation);
  },
};

async function rebindPerson(
  { io, core }: Operation,
  { person: name, to: openId, programme: of }: { person: string; to?: string; programme?: string },
): Promise<number> {
  const programme = await oneProgramme(core, of);
  const person = findPerson([programme], name);
  const { ctx } = core;
  const { now, newId } = { now: ctx.now(), newId: ctx.newId };
  const before = await transact(ctx.db, async (trx) => {
    const member = await memberOf(trx, programme.id, person.id);
    if (member) await unbindMember(trx, member);
    if (openId) await bindMember(trx, { openId, programmeId: programme.id, personId: person.id }, now);
    const entry = { act: openId ? 'bind' : 'unbind', target: `person:${person.id}` };
    await insertAudit(trx, programme.id, { actor: 'administrator', now, newId }, [entry]);
    return member?.openId ?? 'nobody';
  });
  io.out(
    openId
      ? `${name} was ${before} and is now ${openId}\n`
      : `${name} was ${before}; the next user with the mobile or mail of the roster is bound\n`,
  );
  return 0;
}

async function rebindStore({ io, core }: { io: Operation['io']; core: Core }): Promise<number> {
  const { ctx } = core;
  const before = await readMeta(ctx.db, 'app');
  if (before === ctx.appId) {
    io.out(`the store already belongs to ${ctx.appId}\n`);
    return 0;
  }
  const today = dayAt(ctx.now(), ctx.config.timezone);
  const { forgotten } = await transact(ctx.db, async (trx) => {
    const done = await rebindApp(trx, ctx.appId);
    // At the next start, people with a mobile or mail in a roster are looked up in the new app.
    for (const { id } of await listProgrammes(trx))
      await planFindPeople(trx, id, `${today}:${ctx.appId}`, { now: ctx.now(), newId: ctx.newId });
    return done;
  });
  io.out(
    `the store belonged to ${before} and now belongs to ${ctx.appId}; people to be recognised again: ${forgotten}\n`,
  );
  return 0;
}
