import { notice } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';
import { datesIn } from '../people/arrange.ts';
import { attend as attendOn } from './attend.ts';

/** 到: present on secondment today; 补签 11-18: late, for that day. */
export const attend: Command<{ day?: string }> = {
  name: 'attend',
  match: (text) => {
    if (/^(?:到|签到|到岗|在岗|present)[。!！]?$/i.test(text)) return {};
    const late = /^补签[\s:：]*(.+)$/.exec(text);
    return late ? { day: late[1]! } : undefined;
  },
  run: async (trx, facts, { day }) => {
    const { attendance, toast } = await attendOn(trx, facts, day && datesIn(day, facts.today).from, 'present');
    const { t } = facts;
    return { attendance: attendance!, say: () => notice({ title: t.term.checkInTitle, text: toast!.content }, t) };
  },
};
