import { notice } from '../../cards/index.ts';
import { memberOf } from '../../store/members.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { fullName } from './match-profile.ts';
import { personNamed } from './names-and-dates.ts';

/** 解绑 张三: unbinds a person's Feishu user after a wrong match or a new account; the next matching account is bound. */
export const unbindCommand: Command<{ name: string }> = {
  name: 'unbind',
  match: (text) => {
    const name = /^(?:解绑|改绑|重新绑定|unbind)[\s:：]*(.{1,40}?)[。.!！]?$/i.exec(text)?.[1];
    return name === undefined ? undefined : { name };
  },
  run: async (trx, facts, { name }) => {
    const { programme, t } = facts;
    const person = personNamed(facts, name);
    permit(facts, 'people', { kind: 'person', id: person.id });
    const who = fullName(programme, person);
    const title = t.claim.unbindTitle;
    if (!(await memberOf(trx, programme.id, person.id)))
      return { say: () => notice({ title, text: t.claim.notBound(who) }, t) };
    return {
      do: [
        { what: 'unbind', personId: person.id },
        { what: 'audit', entries: [{ act: 'unbind', target: `person:${person.id}` }] },
      ],
      say: () => notice({ title, text: t.claim.unbound(who), template: 'green' }, t),
    };
  },
};
