/** Words for festivals and school holidays: on, around or before them. */
import type { PeriodRule } from './rule.ts';

const WINTER = '01-15..02-28';
const SUMMER = '07-01..08-31';
const HOLIDAYS_DOUBT = '寒假按 1 月 15 日至 2 月底，暑假按 7 月至 8 月';

const DATES: Record<string, { month: number; before: string }> = {
  元旦: { month: 1, before: '12-31' },
  五一: { month: 5, before: '04-30' },
  五四: { month: 5, before: '05-03' },
  七一: { month: 7, before: '06-30' },
  国庆: { month: 10, before: '09-30' },
  十一: { month: 10, before: '09-30' },
};

/** The first rule that matches at a place wins. */
export const FEASTS: PeriodRule[] = [
  {
    name: "children's day",
    says: '六一期间',
    when: /(?:"六[一·]一?"|六一|儿童节)+(?:儿童节)?(?:期间|当天)?(?![^,。;]{0,3}前)/,
    gives: () => ({ month: 6 }),
  },
  {
    name: "before children's day",
    says: '六一前夕',
    when: /(?:六[一·]一?|"六一"|儿童节)[^,。;]{0,3}前夕?/,
    gives: () => ({ due: '05-31' }),
  },
  {
    name: 'before a holiday',
    says: '寒假前',
    when: /(寒|暑)假前/,
    gives: ([, which]) => ({ due: which === '寒' ? '01-15' : '06-30' }),
    doubt: HOLIDAYS_DOUBT,
  },
  {
    name: 'before a feast',
    says: '七一前',
    when: /"?(元旦|五一|五四|七一|国庆|十一)"?(?:节|劳动节|青年节)?"?(?:之前|以前|前夕?)/,
    gives: ([, feast]) => ({ due: DATES[feast!]!.before }),
  },
  {
    name: 'a feast',
    says: '国庆期间',
    when: /"?(元旦|五四|七一|国庆)"?(?:节|青年节)?"?(?:期间|当天|前后)/,
    gives: ([, feast]) => ({ month: DATES[feast!]!.month }),
  },
  { name: "before teachers' day", says: '教师节前', when: /教师节前夕?/, gives: () => ({ due: '09-09' }) },
  {
    name: 'about new year',
    says: '春节前后',
    when: /春节(?:前后?|期间|前夕)?/,
    gives: () => ({ windows: [WINTER] }),
    doubt: '春节按 1 月 15 日至 2 月底',
  },
  {
    name: 'both holidays',
    says: '寒暑假',
    when: /寒、?暑[假期](?:期间)?|寒假[和、及与]暑假/,
    gives: () => ({ windows: [WINTER, SUMMER] }),
    doubt: HOLIDAYS_DOUBT,
  },
  {
    name: 'winter holiday',
    says: '寒假期间',
    when: /寒假(?:期间)?/,
    gives: () => ({ windows: [WINTER] }),
    doubt: HOLIDAYS_DOUBT,
  },
  {
    name: 'summer holiday',
    says: '暑假期间',
    when: /暑[假期](?:期间)?/,
    gives: () => ({ windows: [SUMMER] }),
    doubt: HOLIDAYS_DOUBT,
  },
];
