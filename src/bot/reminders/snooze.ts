import { shortDate } from '../../cards/dates.ts';
import { fewerReminders, notice } from '../../cards/talk.ts';
import { addDays } from '../../plan/dates.ts';
import type { Action, Command } from '../intake/outcome.ts';

const DAYS =
  /^(?:请|麻烦)?(?:过)?([3三]|[7七]|一周|一个?星期|1周)(?:天|日)?(?:之?后|以后)?再(?:来)?(?:提醒|通知|说)(?:我)?(?:吧)?[。.!！]?$/;
const TIRED =
  /^(?:.{0,12}[,，])?(?:请|就)?(?:先)?(?:别|不要|不用)(?:再|总|老)?(?:给我)?(?:发)?(?:提醒|通知)(?:我)?(?:了|吧)*[。.!！]*$|^(?:你的?)?(?:提醒|通知|消息)(?:也?太|有点|好)(?:多|频繁|烦)|^(?:请|能不能|可以)?(?:别|不要|少)(?:再|总|老)?(?:发)?(?:提醒|通知)/;

/** 3 天后再提醒, 一周后再提醒; 提醒太多了 offers both as buttons. */
export const snoozeCommand: Command<{ days?: 3 | 7 }> = {
  name: 'snooze',
  each: 'apart',
  match: (text) => {
    const plain = text.replace(/\s/g, '');
    const number = DAYS.exec(plain)?.[1];
    if (number) return { days: /[3三]/.test(number) ? 3 : 7 };
    return TIRED.test(plain) ? {} : undefined;
  },
  run: async (_trx, facts, { days }) => {
    if (!days) return { say: () => fewerReminders(facts.t) };
    const until = addDays(facts.today, days);
    return {
      do: [{ what: 'settings', settings: { snoozedUntil: until } }],
      say: () =>
        notice({ title: facts.t.morning.snoozed(shortDate(until, facts.t)), text: facts.t.morning.quiet }, facts.t),
    };
  },
};

/** Pauses reminders for three days or a week; the duties stay due. */
export const snoozeAction: Action<'snooze'> = {
  name: 'snooze',
  run: async (_trx, facts, { value }) => {
    const until = addDays(facts.today, value.days);
    const content = facts.t.morning.snoozed(shortDate(until, facts.t));
    return { do: [{ what: 'settings', settings: { snoozedUntil: until } }], toast: { type: 'success', content } };
  },
};
