import { textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { dayAt } from '../plan/clock.ts';
import { membersOfPeople } from '../store/members.ts';
import { changeMirror, listMirrors, MIRRORED, type Mirror, mirrorOf, noteTouched } from '../store/mirror.ts';
import { transact } from '../store/transaction.ts';
import { checkBase, compareAll } from './compare.ts';
import type { Seen } from './items.ts';
import { notifyAsker } from './notify-asker.ts';
import { writeStep } from './write.ts';

/** Codes that people must fix before writing can go on; any other is retried later. */
const NEEDS_SOMEBODY = [91403, 1254003, 1254040, 1254302, 1254304, 1254306, 99991672];

/**
 * Updates every mirrored Base to the programme. Many processes may do this at once: one of them at a time writes a list. `stopping` ends
 * it between two batches.
 */
export async function mirrorAll(ctx: Ctx, stopping: () => boolean = () => false): Promise<void> {
  for (const found of await listMirrors(ctx.db)) {
    if (ctx.quota.sparesMirror() || stopping()) return;
    if (found.state !== 'wanted' && found.state !== 'on') continue;
    try {
      await bring(ctx, found, stopping);
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      // The Base could not be opened: unless time alone cures it, people must fix it.
      if (error.retry === 'never' || error.retry === 'app') await stop(ctx, found, error.code);
      ctx.log.warn({ code: error.code, method: error.method, advice: error.advice }, 'writing to the Base refused');
    }
  }
}

/**
 * Each night: updates what has changed by date alone and restores what people have changed in the Base; notifies the person who asked for
 * it once.
 */
export async function mirrorNightly(ctx: Ctx): Promise<string | undefined> {
  let looked = 0;
  for (const found of await listMirrors(ctx.db)) {
    if (found.state === 'off' || ctx.quota.sparesComparing()) continue;
    if (!found.appToken) {
      if (found.state === 'stopped') await change(ctx, found, { state: 'wanted', code: undefined });
      continue;
    }
    looked += 1;
    const today = dayAt(ctx.now(), ctx.config.timezone);
    try {
      // The cause of the stop may have been fixed.
      const mirror = (await change(ctx, found, { state: 'on', code: undefined, compared: undefined })) ?? found;
      const since = mirror.checkedOn ?? today;
      const touched = await checkBase(ctx, mirror, since, await seenBy(ctx, mirror));
      await transact(ctx.db, async (trx) => {
        if (touched.edited + touched.gone > 0) await noteTouched(trx, mirror.programmeId, touched);
        await changeMirror(trx, mirror.programmeId, () => ({ checkedOn: today }));
      });
      await notifyAsker(ctx, mirror.programmeId, 'touched');
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      if (NEEDS_SOMEBODY.includes(error.code)) await stop(ctx, found, error.code);
    }
  }
  await mirrorAll(ctx);
  return looked > 0 ? `${looked} checked` : undefined;
}

const change = (ctx: Ctx, { programmeId }: Mirror, to: Partial<Mirror>) =>
  transact(ctx.db, (trx) => changeMirror(trx, programmeId, () => to));

async function seenBy(ctx: Ctx, { programmeId, names }: Mirror): Promise<Seen> {
  const programme = await ctx.programmeOf(ctx.db, programmeId);
  const { timezone } = ctx.config;
  return { programme, today: dayAt(ctx.now(), timezone), timezone, names: names === true, t: textsOf('zh-CN') };
}

async function bring(ctx: Ctx, found: Mirror, stopping: () => boolean): Promise<void> {
  const mirror = found.state === 'wanted' ? await make(ctx, found) : found;
  const seen = await seenBy(ctx, mirror);
  const { version } = seen.programme;
  if (mirror.compared?.version !== version || mirror.compared.day !== seen.today) {
    await compareAll(ctx, mirror, seen);
    const compared = { version, day: seen.today };
    // Unless the choice about names has changed meanwhile: then it is compared once more.
    await transact(ctx.db, (trx) =>
      changeMirror(trx, mirror.programmeId, ({ names }) => (names === mirror.names ? { compared } : {})),
    );
  }
  for (const kind of MIRRORED)
    for (;;) {
      if (stopping() || ctx.quota.sparesMirror() || !(await isStillOn(ctx, mirror))) return;
      const step = await writeStep(ctx, mirror, kind, seen);
      if (typeof step === 'object') {
        if (NEEDS_SOMEBODY.includes(step.stopped)) return stop(ctx, mirror, step.stopped);
      }
      if (step !== 'again') break;
    }
  if (mirror.emptyTable) {
    const at = { appToken: mirror.appToken!, tableId: mirror.emptyTable };
    // Somebody may have removed it, or may be writing in it already.
    await ctx.lark
      .deleteTable(at)
      .catch((error: LarkRefused) => ctx.log.info({ code: error.code }, 'table not removed'));
    await change(ctx, mirror, { emptyTable: undefined });
  }
}

/** Whether the mirror is still on, with the same choice about names. */
async function isStillOn({ db }: Ctx, { programmeId, names }: Mirror): Promise<boolean> {
  const now = await mirrorOf(db, programmeId);
  return now?.state === 'on' && now.names === names;
}

/** Makes the Base, and gives the person who asked access to it. */
async function make(ctx: Ctx, wanted: Mirror): Promise<Mirror> {
  const { programme, timezone, t } = await seenBy(ctx, wanted);
  const today = dayAt(ctx.now(), timezone);
  let mirror = wanted;
  if (!mirror.appToken && mirror.place !== undefined) {
    const appToken = await ctx.lark.baseToken(mirror.place);
    mirror = (await change(ctx, wanted, { appToken })) ?? mirror;
  } else if (!mirror.appToken) {
    await ctx.pace.turn('createBase');
    const { appToken, url, tableId } = await ctx.lark.createBase(t.mirror.title(programme.name), timezone);
    mirror = (await change(ctx, wanted, { appToken, url, ...(tableId && { emptyTable: tableId }) })) ?? mirror;
  }
  const owner = (await membersOfPeople(ctx.db, programme.id, [mirror.byId])).get(mirror.byId);
  if (owner && mirror.place === undefined) {
    await ctx.pace.turn('shareBase');
    await ctx.lark.shareBase(mirror.appToken!, owner.openId);
  }
  const made = (await change(ctx, mirror, { state: 'on', checkedOn: today, compared: undefined })) ?? mirror;
  await notifyAsker(ctx, programme.id, 'made');
  return made;
}

/** Stops the mirror for a cause that only people can fix, and sends the person who asked what to do. */
async function stop(ctx: Ctx, mirror: Mirror, code: number): Promise<void> {
  await change(ctx, mirror, { state: 'stopped', code });
  await notifyAsker(ctx, mirror.programmeId, 'stopped');
}
