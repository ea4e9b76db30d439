import type { Ctx } from '../../context.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { mobileOf } from '../../plan/accounts.ts';
import type { Person } from '../../plan/people.ts';
import { bindFound } from '../../store/bind-posts.ts';
import { openIdsOf } from '../../store/members.ts';
import type { ChoreKind } from '../intake/chore.ts';

type Found = { personId: string; openId: string }[];

/** Asks Feishu for the users of people who are bound to none, by mobile or mail. Who is not found stays 未绑定. */
export const findPeopleChore: ChoreKind<'find_people', Found> = {
  async fetch(ctx, { programmeId }) {
    const unbound = await unboundPeople(ctx, programmeId);
    const mobiles = unbound.flatMap((p) => (p.mobile ? [mobileOf(p.mobile)] : []));
    const emails = unbound.flatMap((p) => (p.email ? [p.email] : []));
    if (mobiles.length + emails.length === 0) return [];
    const { byMobile, byEmail } = await ctx.lark.resolveUsers({ mobiles, emails });
    const users = new Map([...byMobile].map(([mobile, id]) => [mobileOf(mobile), id]));
    return unbound.flatMap((p) => {
      const openId = (p.mobile && users.get(mobileOf(p.mobile))) || (p.email && byEmail.get(p.email));
      return openId ? [{ personId: p.id, openId }] : [];
    });
  },

  async settle(trx, ctx, { programmeId }, got) {
    if (got instanceof LarkRefused) {
      ctx.log.warn({ programmeId, code: got.code, advice: got.advice }, 'people could not be looked up');
      return [];
    }
    const programme = await ctx.programmeOf(trx, programmeId);
    for (const found of got) await bindFound(trx, programme, found, ctx.now());
    return [];
  },
};

async function unboundPeople({ db, programmeOf }: Ctx, programmeId: string): Promise<Person[]> {
  const bound = await openIdsOf(db, programmeId);
  return (await programmeOf(db, programmeId)).people.filter((p) => !bound.has(p.id));
}
