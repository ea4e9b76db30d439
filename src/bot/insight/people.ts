import type { Command } from '../intake/outcome.ts';
import { showList } from './lists.ts';

const VIEWS = { 名册: 'roster', roster: 'roster', 未绑定: 'unbound', unbound: 'unbound', 打卡: 'attendance' } as const;

/** 名册, 名册 学生, 未绑定, 打卡: the people one coordinates. */
export const people: Command<{ view: 'roster' | 'unbound' | 'attendance'; pupils: boolean }> = {
  name: 'people',
  match: (text) => {
    const said = /^(名册|未绑定|打卡|roster|unbound)(?:结果|情况)?(\s*学生)?$/i.exec(text);
    const view = said && VIEWS[said[1]!.toLowerCase() as keyof typeof VIEWS];
    return view ? { view, pupils: said[2] !== undefined } : undefined;
  },
  run: (trx, facts, { view, pupils }) => showList(trx, facts, view, pupils ? { of: 'pupils' } : {}, 1),
};
