import { notice } from '../../cards/index.ts';
import { hourOf, isQuiet, QUIET } from '../../plan/notices/index.ts';
import type { Command } from '../intake/outcome.ts';

/** Default times for parts of the day, slightly past the hour to avoid the rush. A time that names an hour is used exactly. */
const PARTS: Record<string, string> = {
  早上: '07:37',
  早晨: '07:37',
  上午: '09:37',
  中午: '12:07',
  下午: '14:07',
  傍晚: '17:37',
  晚上: '19:07',
};
const LATER = ['下午', '傍晚', '晚上'];
const NUMBERS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** No reminder goes out before this hour of the morning. */
const EARLIEST = 7;
const NOT_MORNING =
  /^(?:请|麻烦)?(?:以后|今后)?(?:都)?(?:不要|别|不用|不想)(?:再)?(?:在|一)?(?:大?清?早上?|早晨|上午)(?:的时候)?(?:就)?(?:来|再|给我|发)*(?:提醒|通知)?我?(?:了|吧)?[。.!！]*$/;
const SAID =
  /^(?:请|麻烦)?(?:以后|今后)?(?:还是|恢复|改回|改成|改到|都|每天|每次|就)*(?:改?在)?(早上|早晨|上午|中午|下午|傍晚|晚上)?(?:(\d{1,2}|十[一二]|两|[一二三四五六七八九十])(?:点钟?|[:：])(半|\d{2})?分?)?(?:再)?(?:提醒|通知)我?(?:吧|就行|就好)?[。.!！]*$/;
const DEFAULT = /^(?:请|麻烦)?(?:以后)?(?:按|恢复)(?:默认|原来)的?时间(?:来)?提醒我?[。.!！]*$/;

/** The requested time as `HH:MM`, or the default for its part of the day. Undefined if the words are about something else. */
export function hourIn(text: string): { hour?: string } | undefined {
  if (DEFAULT.test(text)) return {};
  if (NOT_MORNING.test(text) && /提醒|通知/.test(text)) return { hour: PARTS.下午! };
  const [matched, part, hour, minute] = SAID.exec(text) ?? [];
  if (matched === undefined || (part === undefined && hour === undefined)) return undefined;
  if (hour === undefined) return { hour: PARTS[part!]! };
  const named = hour === '两' ? 2 : NUMBERS.includes(hour) ? NUMBERS.indexOf(hour) : Number(hour);
  // 四点半 without a part of the day never means the night.
  const later = part === undefined ? named > 0 && named < EARLIEST : LATER.includes(part) && named < 12;
  const h = later ? named + 12 : named;
  const m = minute === '半' ? 30 : Number(minute ?? 0);
  if (h > 23 || m > 59) return undefined;
  return { hour: `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}` };
}

/** 以后下午提醒我, 每天下午四点提醒, 早上提醒: sets the sender's reminder time; 按默认时间提醒 restores the programme's. */
export const ownHourCommand: Command<{ hour?: string }> = {
  name: 'own-hour',
  match: (text) => hourIn(text.replace(/\s/g, '')),
  run: async (_trx, facts, { hour }) => {
    const { programme, t } = facts;
    const quiet = programme.reminders?.quiet ?? QUIET;
    if (hour !== undefined && isQuiet(hour, quiet))
      return { say: () => notice({ title: t.hours.quiet(quiet.from, quiet.to), text: t.hours.how }, t) };
    return {
      do: [{ what: 'settings', settings: { remindAt: hour } }],
      say: () => notice({ title: t.hours.set(hourOf(programme.reminders, hour)), text: t.hours.how }, t),
    };
  },
};
