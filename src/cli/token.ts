import { parseArgs } from 'node:util';
import { NAMES, RESOURCES } from '../api/resources.ts';
import { hashOf, newSecret } from '../api/secret.ts';
import { DAY_MS, dayAt } from '../plan/clock.ts';
import { insertAudit } from '../store/audit.ts';
import { listProgrammes } from '../store/programmes.ts';
import { insertToken, listTokens, revokeTokens } from '../store/tokens.ts';
import { transact } from '../store/transaction.ts';
import { type Operation, type OperatorCommand, Usage } from './command.ts';

const SCOPES = [...Object.keys(RESOURCES), NAMES];
const DAYS = { standard: 180, most: 730 };

export const token: OperatorCommand = {
  usage: `token create --name NAME --scope ${SCOPES.join(',')} [--programme NAME] [--days ${DAYS.standard}] | list | revoke NAME`,
  summary:
    'manage the tokens of the open data (/api/v1); a token is shown once and kept as a hash; no scope includes pupils’ names',
  run: async (operation) => {
    const [what, ...rest] = operation.args;
    switch (what) {
      case 'create':
        return create(operation, rest);
      case 'list':
        return list(operation);
      case 'revoke':
        return revoke(operation, rest);
      default:
        throw new Usage('create, list or revoke');
    }
  },
};

async function create({ io, core: { ctx } }: Operation, args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { name: text, scope: text, programme: text, days: text } });
  const name = values.name?.trim().normalize('NFC');
  if (!name) throw new Usage('--name: who uses it');
  const scopes = (values.scope ?? '').split(',').map((s) => s.trim());
  const strange = scopes.find((s) => !SCOPES.includes(s));
  if (strange !== undefined) throw new Usage(`--scope: one or more of ${SCOPES.join(',')}`);
  const days = Number(values.days ?? DAYS.standard);
  if (!Number.isInteger(days) || days < 1 || days > DAYS.most) throw new Usage(`--days: 1 to ${DAYS.most}`);
  const programmes = await listProgrammes(ctx.db);
  const only = programmes.filter((p) => values.programme === undefined || p.name === values.programme);
  if (only.length === 0) throw new Usage(`no programme named ${values.programme}`);
  const now = ctx.now();
  if ((await listTokens(ctx.db)).some((t) => t.name === name && t.revokedAt === undefined && t.expiresAt > now))
    throw new Usage(`${name} already has a token; revoke it first`);
  const secret = newSecret();
  const made = {
    id: hashOf(secret),
    name,
    scopes: [...new Set(scopes)],
    createdAt: now,
    expiresAt: now + days * DAY_MS,
  };
  const programmeId = values.programme === undefined ? undefined : only[0]!.id;
  await transact(ctx.db, async (trx) => {
    await insertToken(trx, { ...made, ...(programmeId && { programmeId }) });
    const entry = { act: 'token_created', target: `token:${made.id}`, detail: made.scopes.join(',') };
    for (const { id } of only) await insertAudit(trx, id, { actor: 'administrator', now, newId: ctx.newId }, [entry]);
  });
  io.out(`${secret}\n`);
  io.err(`valid until ${dayAt(made.expiresAt, ctx.config.timezone)}; it is shown only this once\n`);
  return 0;
}

async function list({ io, core: { ctx } }: Operation): Promise<number> {
  const names = new Map((await listProgrammes(ctx.db)).map((p) => [p.id, p.name]));
  const day = (at: number | undefined) => (at === undefined ? '–' : dayAt(at, ctx.config.timezone));
  for (const t of await listTokens(ctx.db)) {
    const state = t.revokedAt !== undefined ? 'revoked' : t.expiresAt > ctx.now() ? 'good' : 'expired';
    const only = t.programmeId ? (names.get(t.programmeId) ?? '') : 'every programme';
    io.out(`${t.name}\t${state}\t${t.scopes.join(',')}\t${only}\tuntil ${day(t.expiresAt)}\tused ${day(t.usedAt)}\n`);
  }
  return 0;
}

async function revoke({ io, core: { ctx } }: Operation, [name, ...more]: string[]): Promise<number> {
  if (!name || more.length > 0) throw new Usage('revoke NAME');
  const good = (await listTokens(ctx.db)).filter((t) => t.name === name && t.revokedAt === undefined);
  const all = await listProgrammes(ctx.db);
  const now = ctx.now();
  await transact(ctx.db, async (trx) => {
    await revokeTokens(trx, name, now);
    for (const t of good)
      for (const { id } of all.filter((p) => t.programmeId === undefined || p.id === t.programmeId))
        await insertAudit(trx, id, { actor: 'administrator', now, newId: ctx.newId }, [
          { act: 'token_revoked', target: `token:${t.id}` },
        ]);
  });
  io.out(good.length > 0 ? `revoked\n` : `no token of ${name}\n`);
  return good.length > 0 ? 0 : 1;
}
