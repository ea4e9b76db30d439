import { drawn } from '../cards/card-text.ts';
import { textsOf } from '../cards/index.ts';
import { mirrorCard } from '../cards/mirror.ts';
import type { Ctx } from '../context.ts';
import { CODES } from '../lark/codes.ts';
import { dayAt } from '../plan/clock.ts';
import { NOTICE } from '../plan/identities.ts';
import { membersOfPeople } from '../store/members.ts';
import { changeMirror, mirrorOf } from '../store/mirror.ts';
import type { Hint } from '../store/notices.ts';
import { post } from '../store/post.ts';
import { transact } from '../store/transaction.ts';

/** Notifies the person who asked for the mirror of its state: of each matter once a day. */
export async function notifyAsker(ctx: Ctx, programmeId: string, what: 'made' | 'stopped' | 'touched'): Promise<void> {
  const now = ctx.now();
  const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
    const mirror = await mirrorOf(trx, programmeId);
    if (!mirror) return [];
    const { url, code, touched, byId } = mirror;
    if (what === 'touched') {
      if (!touched) return [];
      await changeMirror(trx, programmeId, () => ({ touched: undefined }));
    }
    const owner = (await membersOfPeople(trx, programmeId, [byId])).get(byId);
    if (!owner) return [];
    const t = textsOf(owner.settings.locale);
    const lines = {
      made: t.mirror.made,
      stopped: t.mirror.stopped(CODES[code ?? 0]?.advice ?? '', code ?? 0),
      touched: [t.mirror.touched(touched?.edited ?? 0, touched?.gone ?? 0)],
    }[what];
    const card = mirrorCard({ lines, url, trouble: what === 'stopped' }, t);
    const identity = NOTICE.mirror(programmeId, what, dayAt(now, ctx.config.timezone), code);
    const to = { to: owner.openId, programmeId, personId: byId };
    const letter = { identity, kind: 'mirror', line: 'notices' as const, ...to, ...drawn(card, to) };
    return post(trx, { now, newId: ctx.newId }, letter);
  });
  await ctx.deliver(hints);
}
