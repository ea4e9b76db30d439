import type { Ctx } from '../../context.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { mobileOf } from '../../plan/accounts.ts';
import type { Person } from '../../plan/people.ts';
import { bindFound } from '../../store/bind-posts.ts';
import { openIdsOf } from '../../store/members.ts';
import type { ChoreKind } from '../intake/chore.ts';

type Found = { personId: string; openId: string }[];

/** Feishu's limit per call. Calls wait for their turn: at night all programmes look up their people. */
const AT_ONCE = 50;

/** Asks Feishu for the users of unbound people, by mobile or mail. People not found stay 未绑定. */
export const findPeopleChore: ChoreKind<'find_people', Found> = {
  async fetch(ctx, { programmeId }) {
    const unbound = await unboundPeople(ctx, programmeId);
    const mobiles = unbound.flatMap((p) => (p.mobile ? [mobileOf(p.mobile)] : []));
    const emails = unbound.flatMap((p) => (p.email ? [p.email] : []));
    if (mobiles.length + emails.length === 0) return [];
    const users = new Map<string, string>();
    const byEmail = new Map<string, string>();
    for (let i = 0; i < Math.max(mobiles.length, emails.length); i += AT_ONCE) {
      await ctx.pace.turn('resolveUsers');
      const batch = { mobiles: mobiles.slice(i, i + AT_ONCE), emails: emails.slice(i, i + AT_ONCE) };
      const found = await ctx.lark.resolveUsers(batch);
      for (const [mobile, id] of found.byMobile) users.set(mobileOf(mobile), id);
      for (const [email, id] of found.byEmail) byEmail.set(email, id);
    }
    return unbound.flatMap((p) => {
      const openId = (p.mobile && users.get(mobileOf(p.mobile))) || (p.email && byEmail.get(p.email));
      return openId ? [{ personId: p.id, openId }] : [];
    });
  },

  async settle(trx, ctx, { programmeId }, fetched) {
    if (fetched instanceof LarkRefused) {
      ctx.log.warn({ programmeId, code: fetched.code, advice: fetched.advice }, 'people could not be looked up');
      return [];
    }
    const programme = await ctx.programmeOf(trx, programmeId);
    for (const found of fetched) await bindFound(trx, programme, found, ctx.now());
    return [];
  },
};

async function unboundPeople({ db, programmeOf }: Ctx, programmeId: string): Promise<Person[]> {
  const bound = await openIdsOf(db, programmeId);
  return (await programmeOf(db, programmeId)).people.filter((p) => !bound.has(p.id));
}
