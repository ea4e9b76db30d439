import { notice } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';

const ASKED =
  /^(?:(把?计划(?:同步到|写进|放进)日历|开启日历|打开日历)|(计划不再(?:同步到|写进|放进)日历|关闭日历)|calendar (on|off))[。!！]?$/i;

/** 计划写进日历: adds the sender's plans to their Feishu calendar from now on; 计划不再写进日历 removes them. */
export const calendarCommand: Command<{ on: boolean }> = {
  name: 'calendar',
  each: 'apart',
  match: (text) => {
    const [matched, on, , english] = ASKED.exec(text) ?? [];
    return matched ? { on: on !== undefined || english?.toLowerCase() === 'on' } : undefined;
  },
  run: async (_trx, { t }, { on }) => ({
    do: [{ what: 'settings', settings: { calendar: on || undefined } }, { what: 'calendar' }],
    say: () => notice({ title: t.calendar.heading, text: on ? t.calendar.on : t.calendar.off }, t),
  }),
};
