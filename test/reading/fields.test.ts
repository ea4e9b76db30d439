import { expect, test } from 'vitest';
import {
  apart,
  dayOfAll,
  inParts,
  ledBy,
  ofHeading,
  repeats,
  withoutMissed,
  withoutSum,
} from '../../src/reading/fields/among.ts';
import { BYSTANDERS, isBystander } from '../../src/reading/fields/bystanders.ts';
import { correctionOf } from '../../src/reading/fields/correct.ts';
import { readingsOf } from '../../src/reading/fields/readings.ts';
import type { Telling } from '../../src/reading/fields/telling.ts';
import { REMARKS, unusedIn } from '../../src/reading/fields/unused.ts';
import { CHOICES, type TokenRole } from '../../src/reading/judge/classes.ts';
import { goodsIn } from '../../src/reading/judge/goods.ts';
import type { Verdict } from '../../src/reading/judge/judge.ts';
import { WEIGHTS } from '../../src/reading/judge/weights.ts';
import { read, saidIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const PAIR = '晓街乡万佑九年一贯制学校';

interface Heard {
  as?: string;
  kind: Reading['kind'];
  /** The role of each word that has one. */
  roles: Record<string, TokenRole>;
  choices?: Record<string, string>;
  before?: Partial<Reading>;
  /** The piece that names it, and where it begins if not at the first. */
  main?: number;
  from?: number;
}

/** What the fields make of a message that the judge hears like this. */
function made(text: string, { as, kind, roles, choices = {}, before, main = 0, from = 0 }: Heard): Partial<Reading>[] {
  const { script, roster } = saidIn(text, AT, knownBy(as));
  const held = script.tokens.flatMap((token, k) => {
    const role = roles[token.text];
    return role ? [[k, { value: role, p: 1 }] as const] : [];
  });
  const to = script.pieces.length;
  const span = { kind, from, to, main, lead: 0, next: to, count: 1, index: 0, p: 1 };
  const first = Object.entries(CHOICES).map(([name, [value]]) => [name, { value: choices[name] ?? value, p: 1 }]);
  const goods = goodsIn(script, new Map(held), WEIGHTS.goods);
  const activity = {
    span,
    p: 1,
    choices: Object.fromEntries(first),
    roles: new Map(held),
    goods,
  } as unknown as Verdict;
  return readingsOf(activity, { script, roster, at: AT, before: before as Reading }).map(({ reading }) => reading);
}

/** As many readings as expected, each with the fields named. */
function holds(readings: Partial<Reading>[], expected: Partial<Reading>[]): void {
  expect(readings).toHaveLength(expected.length);
  expected.forEach((fields, k) => {
    for (const [field, value] of Object.entries(fields))
      expect([field, readings[k]![field as keyof Reading]]).toEqual([field, value]);
  });
}

const VISITOR = { kind: 'observe', choices: { direction: 'inbound' } } as const;

test.each<[string, Heard, Partial<Reading>[]]>([
  [
    '今天沙老师来听了一节',
    { ...VISITOR, as: '左丽萍', roles: { 沙老师: 'teacher', 一节: 'lessons' } },
    [{ by: '沙金花', teacher: '左丽萍', direction: 'inbound' }],
  ],
  [
    '今天沙老师来听了一节课',
    { ...VISITOR, as: '左丽萍', roles: { 沙老师: 'by', 一节课: 'lessons' } },
    [{ by: '沙金花', direction: 'inbound', lessons: 1 }],
  ],
  [
    '在大朝山，高婷今天四年级语文一节听了',
    { as: '孙丽华', kind: 'observe', roles: { 高婷: 'by', 大朝山: 'place', 一节: 'lessons' } },
    [{ teacher: '高婷', by: undefined, direction: undefined, place: '大朝山西镇中心小学' }],
  ],
  [
    '我们学校何志远老师到勐准支教',
    { as: '李红', kind: 'secondment', roles: { 何志远老师: 'by', 勐准: 'place' }, choices: { direction: 'inbound' } },
    [{ by: '何志远老师', direction: undefined, place: '博尚镇勐准完小' }],
  ],
  [
    '李淑芬老师和我今天在万佑各上一节',
    { as: '赵立新', kind: 'demo_lesson', roles: { 李淑芬老师: 'by', 万佑: 'place', 一节: 'lessons' } },
    [
      { by: '李淑芬', lessons: 1 },
      { by: undefined, on_behalf: undefined, lessons: 1 },
    ],
  ],
  [
    '高婷、董海燕来一小各上一节语文',
    {
      as: '马骏',
      kind: 'demo_lesson',
      roles: { 高婷: 'by', 董海燕: 'with', 一节: 'lessons', 语文: 'subject' },
      choices: { direction: 'inbound' },
    },
    [
      { by: '高婷', lessons: 1, subject: '语文' },
      { by: '董海燕', lessons: 1, subject: '语文' },
    ],
  ],
  [
    '朱园长和彭婷各去圈内听了两节',
    { as: '朱琳', kind: 'observe', roles: { 朱园长: 'by', 彭婷: 'by', 圈内: 'place', 两节: 'lessons' } },
    [
      { by: undefined, on_behalf: undefined, lessons: 2 },
      { by: '彭婷', on_behalf: true, lessons: 2 },
    ],
  ],
  [
    '朱园长和彭婷去圈内座谈',
    { as: '朱琳', kind: 'meeting', roles: { 朱园长: 'by', 彭婷: 'by', 圈内: 'place' } },
    [{ by: undefined, participants: ['彭婷'] }],
  ],
  [
    '下午跟字校长座谈',
    {
      as: '杨光',
      kind: 'meeting',
      roles: { 字校长: 'with' },
      before: { kind: 'lecture', status: 'done', by: '李红', date: '2026-11-18' },
    },
    [{ by: '李红', participants: ['字正国'] }],
  ],
  [
    '下午我跟字校长座谈',
    {
      as: '杨光',
      kind: 'meeting',
      roles: { 字校长: 'with' },
      before: { kind: 'lecture', status: 'done', by: '李红', date: '2026-11-18' },
    },
    [{ by: undefined, participants: ['字正国'] }],
  ],
  [
    '彭婷来了两天，昨天给中班上了一节美术',
    { as: '俸艳', kind: 'demo_lesson', roles: { 昨天: 'when', 一节: 'lessons' }, choices: { direction: 'inbound' } },
    [{ by: '彭婷', direction: 'inbound' }],
  ],
  [
    '22号、23号请假两天',
    { as: '周文博', kind: 'secondment', roles: { '22号、23号': 'when' }, choices: { action: 'leave' } },
    [{ date_from: '2026-10-22', date_to: '2026-10-23', dates: undefined }],
  ],
  [
    '在万佑给七年级两个班上课，一班一节',
    { kind: 'demo_lesson', roles: { 一节: 'lessons' } },
    [{ lessons: 2, times: 1 }],
  ],
  [
    '在万佑给七年级两个班、八年级三个班上课，一班一节',
    { kind: 'demo_lesson', roles: { 一节: 'lessons' } },
    [{ lessons: 5 }],
  ],
  [
    '在阳光听了两节课一节是小班的一节是中班的',
    { as: '俸艳', kind: 'observe', roles: { 两节课: 'lessons', 一节: 'lessons' } },
    [{ lessons: 2, times: 1 }],
  ],
  [
    '去小杰家跑了一趟，那个算一次家访吧',
    { kind: 'home_visit', roles: { 小杰: 'pupil', 一趟: 'times', 一次: 'times' }, choices: { mode: 'visit' } },
    [{ times: 1, per_pupil_times: 1 }],
  ],
  [
    '周一周三各去万佑上了一节语文，周一七年级，周三八年级',
    {
      kind: 'demo_lesson',
      roles: { 周一周三: 'when', 万佑: 'place', 一节: 'lessons', 语文: 'subject', 七年级: 'grade', 八年级: 'grade' },
    },
    [
      { date: '2026-11-16', grade: '七年级', subject: '语文', lessons: 1, times: 1 },
      { date: '2026-11-18', grade: '八年级', subject: '语文', lessons: 1, times: 1 },
    ],
  ],
  [
    '小杰小雨各谈了两次，3号和10号',
    { kind: 'talk', roles: { 小杰: 'pupil', 小雨: 'pupil', 两次: 'times', '3号和10号': 'when' } },
    [{ pupils: ['小杰', '小雨'], dates: ['2026-11-03', '2026-11-10'], per_pupil_times: 2 }],
  ],
  [
    '送教2节（11.10、11.12各1节）',
    { kind: 'demo_lesson', roles: { '2节': 'lessons', '11.10': 'when', '11.12': 'when' } },
    [{ lessons: 2, times: 2 }],
  ],
  ['给七年级一班上了一节，来了六位老师', { kind: 'demo_lesson', roles: { 一节: 'lessons' } }, [{ lessons: 1 }]],
  [
    '在万佑上了两节物理，周二和周四各一节',
    { kind: 'demo_lesson', roles: { 两节: 'lessons', 周二和周四: 'when', 一节: 'lessons' } },
    [{ lessons: 2 }],
  ],
  ['第三节到万佑上了语文，第四节评课', { kind: 'demo_lesson', roles: { 语文: 'subject' } }, [{ lessons: undefined }]],
  ['给万佑捐了60本', { kind: 'donation', roles: { '60本': 'goods' } }, [{ items: undefined, ask: ['items'] }]],
  [
    '4号、11号、18号去万佑听课，次次一节',
    { kind: 'observe', roles: { '4号、11号、18号': 'when', 一节: 'lessons' } },
    [{ lessons: 3, times: 3 }],
  ],
  [
    '9号、10号、11号在万佑听课，头天两节，第二天三节，末一天一节',
    { kind: 'observe', roles: { '9号、10号、11号': 'when', 两节: 'lessons', 三节: 'lessons', 一节: 'lessons' } },
    [{ lessons: 6, times: 3 }],
  ],
  [
    '上周五的会是罗春梅代我去开的',
    { as: '杨志强', kind: 'meeting', roles: { 上周五: 'when', 罗春梅: 'with' } },
    [{ by: '罗春梅', participants: undefined }],
  ],
  [
    '听了三节，语文数学体育各一节',
    { kind: 'observe', roles: { 三节: 'lessons', 一节: 'lessons' } },
    [{ lessons: 3, place: PAIR }],
  ],
  [
    '给漫湾、大朝山各送三十本',
    { as: '马骏', kind: 'donation', roles: { 漫湾: 'to', 大朝山: 'to', 三十本: 'goods' } },
    [{ to: '漫湾镇中心小学' }, { to: '大朝山西镇中心小学' }],
  ],
])('%s', (text, heard, wanted) => {
  const readings = made(text, heard);
  expect(readings).toHaveLength(wanted.length);
  wanted.forEach((fields, k) => {
    for (const [field, value] of Object.entries(fields))
      expect([field, readings[k]![field as keyof Reading]]).toEqual([field, value]);
  });
});

test.each(BYSTANDERS.map((rule) => [rule.name, rule] as const))('bystander: %s', (_, { says, kind = 'talk' }) => {
  const beside = (text: string, of: string) => {
    const { script } = saidIn(text, AT, knownBy('方明'));
    return script.tokens
      .filter(({ type, text: word }) => type === 'name' || /^[他她]$/u.test(word))
      .filter((token) => isBystander(token, { script, kind: of, status: 'done' } as Telling));
  };
  expect(beside(says, kind)).toHaveLength(1);
  expect(beside('昨天李淑芬老师家访了小杰，她谈了半小时', kind)).toEqual([]);
});

const CALL = { kind: 'home_visit', choices: { mode: 'visit' } } as const;
const ON_THE_WAY = { as: '沙金花', kind: 'observe' } as const;
test.each<[string, Heard, Partial<Reading>[]]>([
  [
    '我又听了左丽萍一节',
    {
      ...ON_THE_WAY,
      roles: { 左丽萍: 'teacher', 一节: 'lessons' },
      choices: { by: 'before' },
      before: { kind: 'demo_lesson', status: 'done', by: '毕晓东', date: '2026-11-19' },
    },
    [{ by: undefined, teacher: '左丽萍' }],
  ],
  [
    '周三的课因为停电没上成',
    { ...ON_THE_WAY, kind: 'demo_lesson', roles: { 周三: 'when' }, choices: { status: 'not_done' } },
    [{ status: 'not_done', date: '2026-11-18' }],
  ],
  [
    '周六去家访，门锁着',
    { ...CALL, roles: { 周六: 'when' }, choices: { ...CALL.choices, status: 'not_done' } },
    [{ status: 'not_done', date: '2026-11-14' }],
  ],
  [
    '周六的家访取消了',
    { ...CALL, roles: { 周六: 'when' }, choices: { ...CALL.choices, status: 'not_done' } },
    [{ status: 'not_done', date: '2026-11-21' }],
  ],
  [
    '给小雨家打过电话，哪天我真想不起了',
    { ...CALL, roles: { 小雨: 'pupil' }, choices: { mode: 'phone' } },
    [{ status: 'needs_detail', ask: ['dates'] }],
  ],
  [
    '今天上午下午各一节，都是八年级',
    { kind: 'demo_lesson', roles: { 今天: 'when', 一节: 'lessons' } },
    [{ lessons: 2 }],
  ],
  ['七1七2英语各一节', { kind: 'demo_lesson', roles: { 一节: 'lessons' } }, [{ lessons: 2 }]],
  ['去小杰家坐了坐，留了电话', { ...CALL, roles: { 小杰: 'pupil' } }, [{ mode: 'visit' }]],
  [
    '朱园长和彭老师来了，彭老师上了一节',
    {
      as: '俸艳',
      kind: 'demo_lesson',
      roles: { 朱园长: 'by', 彭老师: 'by', 一节: 'lessons' },
      choices: { direction: 'inbound' },
      main: 1,
    },
    [{ by: '彭婷', participants: undefined }],
  ],
  [
    '朱园长和彭老师来了，上了一节',
    {
      as: '俸艳',
      kind: 'demo_lesson',
      roles: { 朱园长: 'by', 彭老师: 'with', 一节: 'lessons' },
      choices: { direction: 'inbound' },
      main: 1,
    },
    [{ by: '朱琳', participants: ['彭婷'] }],
  ],
  [
    '12日、13日在勐准，12日上课一节',
    { as: '方明', kind: 'demo_lesson', roles: { '12日、13日': 'when', '12日': 'when', 一节: 'lessons' }, main: 1 },
    [{ date: '2026-11-12', dates: undefined }],
  ],
  [
    '带领李淑芬、王晓琳到万佑，三人各听课一节',
    { as: '赵立新', kind: 'observe', roles: { 李淑芬: 'by', 王晓琳: 'by', 万佑: 'place', 一节: 'lessons' } },
    [{ by: undefined, participants: ['李淑芬', '王晓琳'], lessons: 3 }],
  ],
  [
    '小杰家打过去是空号',
    { ...CALL, roles: { 小杰: 'pupil' }, choices: { ...CALL.choices, status: 'not_done' } },
    [{ mode: 'phone', pupils: ['小杰'] }],
  ],
  ['给小杰家去了个电话', { ...CALL, roles: { 小杰: 'pupil' } }, [{ mode: 'phone' }]],
  [
    '今天小雨和小杰家都去了',
    {
      ...CALL,
      roles: { 今天: 'when', 小雨: 'pupil', 小杰: 'pupil' },
      before: { kind: 'home_visit', status: 'done', pupils: ['小杰'], date: '2026-11-19' },
    },
    [{ pupils: ['小雨', '小杰'] }],
  ],
  [
    '跟岗第一天，七点五十签到',
    { kind: 'secondment', roles: {}, choices: { action: 'check_in' } },
    [{ action: 'check_in', time_in: '07:50' }],
  ],
])('%s', (text, heard, expected) => {
  holds(made(text, heard), expected);
});

test.each([
  ['毕晓东家访补充\n张文文：5.24 电话', '高原', '毕晓东'],
  ['毕晓东家访补充\n张文文：5.24 电话', '毕晓东', undefined],
  ['左丽萍家访补充\n张文文：5.24 电话', '高原', undefined],
  ['毕晓东你好\n张文文：5.24 电话', '高原', undefined],
  ['毕晓东提醒补报\n张文文：5.24 电话', '高原', undefined],
  ['毕晓东家访登记\n高原：5.24 张文文', '高原', undefined],
  ['毕晓东家访登记\n我5.24去的张文文家', '高原', undefined],
])('%s, by %s: the colleague of the heading did it', (text, as, by) => {
  const { script, roster } = saidIn(text, AT, knownBy(as));
  const visit: Reading = { kind: 'home_visit', status: 'done', date: '2026-05-24', pupils: ['张文文'] };
  expect(ofHeading([visit], script, roster)[0]!.by).toBe(by);
});

test('a leader without a part of their own came along to every lesson', () => {
  const { script, roster } = saidIn('今天高校长带队到新华，毕晓东上了一节，沙金花听了一节', AT, knownBy('沙金花'));
  const lesson: Reading = { kind: 'demo_lesson', status: 'done', by: '毕晓东', date: '2026-11-20' };
  const told: Reading = { kind: 'observe', status: 'done', by: '沙金花', date: '2026-11-20' };
  expect(ledBy([lesson, told], script, roster).map(({ participants }) => participants)).toEqual([['高原'], ['高原']]);
  const own: Reading = { kind: 'lecture', status: 'done', by: '高原', date: '2026-11-20' };
  expect(ledBy([lesson, own], script, roster)).toEqual([lesson, own]);
});

const GIFT = { as: '孙丽华', kind: 'donation' } as const;
test.each<[string, Record<string, TokenRole>, Reading['items'], number?]>([
  ['送了三十本《昆虫记》', { 三十本: 'goods' }, [{ name: '《昆虫记》', qty: 30, unit: '本' }]],
  ['捐了一千块', { 一千块: 'cash' }, undefined, 1000],
  ['捐了五万块操场维修款', { 五万块: 'cash' }, undefined, 50_000],
  ['校服60套点好数了', { '60套': 'goods' }, [{ name: '校服', qty: 60, unit: '套' }]],
  ['给大朝山的绘本今天送到了，60本', { '60本': 'goods' }, [{ name: '绘本', qty: 60, unit: '本' }]],
  ['送来8台二手电脑', { '8台': 'goods' }, [{ name: '二手电脑', qty: 8, unit: '台' }]],
  ['捐了多媒体讲台1套', { '1套': 'goods' }, [{ name: '多媒体讲台', qty: 1, unit: '套' }]],
  ['送来运动鞋40双', { '40双': 'goods' }, [{ name: '运动鞋', qty: 40, unit: '双' }]],
  ['送来《新华字典》六十册', { 六十册: 'goods' }, [{ name: '《新华字典》', qty: 60, unit: '册' }]],
  ['送了四百多本旧绘本', { 四百多本: 'goods' }, [{ name: '旧绘本', qty: 400, unit: '本' }]],
  ['给了三千块助学金', { 三千块: 'cash' }, undefined, 3000],
  ['八箱绘本，一共三百二十本', { 八箱: 'goods', 三百二十本: 'goods' }, [{ name: '绘本', qty: 320, unit: '本' }]],
  [
    '三百本书六十根跳绳',
    { 三百本: 'goods', 六十根: 'goods' },
    [
      { name: '书', qty: 300, unit: '本' },
      { name: '跳绳', qty: 60, unit: '根' },
    ],
  ],
  [
    '三十本《昆虫记》二十本《新华字典》',
    { 三十本: 'goods', 二十本: 'goods' },
    [
      { name: '《昆虫记》', qty: 30, unit: '本' },
      { name: '《新华字典》', qty: 20, unit: '本' },
    ],
  ],
  [
    '五箱牛奶，给小学部两箱牛奶',
    { 五箱: 'goods', 两箱: 'goods' },
    [
      { name: '牛奶', qty: 5, unit: '箱' },
      { name: '牛奶', qty: 2, unit: '箱' },
    ],
  ],
  ['四十把三角尺全留下了', { 四十把: 'goods' }, [{ name: '三角尺', qty: 40, unit: '把' }]],
  ['送了两个篮球孩子们高兴坏了', { 两个: 'goods' }, [{ name: '篮球', qty: 2, unit: '个' }]],
])('%s: goods and money', (text, roles, items, cash) => {
  const [reading] = made(text, { ...GIFT, roles });
  expect([reading!.items, reading!.cash_yuan]).toEqual([items, cash]);
});

test.each([
  ['李开心谈话1次，岩罕电话家访1次，均为昨天', '2026-11-19'],
  ['8点到万佑上课一节，10点听课一节\n（2026年11月12日）', '2026-11-12'],
  ['李开心谈话1次，岩罕电话家访1次，昨天', '2026-11-20'],
])('%s: a day at the end is the day of all', (text, date) => {
  const { script } = saidIn(text, AT, knownBy('毕晓东'));
  const told: Reading = { kind: 'talk', status: 'done', date: AT.today, date_given: false };
  expect(dayOfAll([told, told], script, AT.today).map((one) => one.date)).toEqual([date, date]);
});

test.each(REMARKS.map((rule) => [rule.name, rule] as const))('needs no reading: %s', (_name, { says, as }) => {
  const { script, roster } = saidIn(says, AT, knownBy(as));
  const unused = (text: string) => unusedIn({ ...script, text }, read(says, AT, knownBy(as)), AT.today, roster);
  expect(unused(script.text)).toEqual([]);
});

const heard = (more: Partial<Reading>): Reading => ({ kind: 'observe', status: 'done', date: '2026-11-13', ...more });

test('a total beside its parts is left out, and who did it holds for the parts', () => {
  const total = heard({ by: '李淑芬', on_behalf: true, lessons: 3 });
  const parts = [heard({ teacher: '罗春梅', lessons: 2 }), heard({ teacher: '何俊', lessons: 1 })];
  expect(inParts([total, ...parts])).toEqual([
    undefined,
    ...parts.map((part) => ({ ...part, by: '李淑芬', on_behalf: true })),
  ]);
  const more = [heard({ lessons: 3 }), heard({ teacher: '何俊', lessons: 1 })];
  expect(inParts(more)).toEqual(more);
});

test('who has a part of their own did not come along for that of another', () => {
  const lesson: Reading = { kind: 'demo_lesson', status: 'done', by: '方明', participants: ['段玉梅', '李红'] };
  const told = heard({ by: '段玉梅' });
  expect(apart([lesson, told])).toEqual([{ ...lesson, participants: ['李红'] }, told]);
  const together = heard({ participants: ['方明'] });
  expect(apart([{ ...lesson, participants: undefined }, together])[1]).toEqual(together);
});

test('told once more of one of the pupils is no second visit', () => {
  const both: Reading = {
    kind: 'home_visit',
    status: 'done',
    mode: 'visit',
    date: '2026-11-20',
    pupils: ['小杰', '小雨'],
  };
  expect(repeats(both, { ...both, pupils: ['小雨'] })).toBe(true);
  expect(repeats(both, { ...both, pupils: ['小雨'], mode: 'phone' })).toBe(false);
  expect(repeats(both, { ...both, pupils: ['小雨'], status: 'not_done' })).toBe(false);
  expect(repeats(both, both)).toBe(false);
});

test.each([
  ['听了鲁家福老师的一节数学课和罗兰老师的一节语文课', ['听了', '鲁家福老师的一节数学课和', '罗兰老师的一节语文课']],
  ['听何俊一节、罗春梅一节', ['听何俊一节、', '罗春梅一节']],
  ['听了何俊和罗春梅各一节', ['听了', '何俊和罗春梅各一节']],
])('%s: each lesson has a piece of its own', (text, pieces) => {
  const { script } = saidIn(text, AT, knownBy('李红'));
  expect(script.pieces.map(({ start, end }) => script.text.slice(start, end))).toEqual(pieces);
});

test.each<[string, Reading['set']]>([
  ['上一条日子是12月10号，不是11号；也不止一节，是两节', { date: '2026-12-10', lessons: 2 }],
  ['上条日期改成17号，另外节数不是一节是两节', { date: '2026-11-17', lessons: 2 }],
  ['上一条两处更正：日期4月27日，非26日；节数2，非1', { date: '2026-04-27', lessons: 2 }],
  ['上条改成三节，漏了一节音乐', { lessons: 3 }],
  ['更正昨天那条：听课两节，不是一节', { lessons: 2 }],
  ['昨天那条电脑数错了，不是15台是18台', { items: [{ name: '电脑', qty: 18, unit: '台' }] }],
])('%s: what is corrected', (text, set) => {
  const at = { ...AT, today: '2026-12-15' };
  const { text: plain, said, roster } = saidIn(text, at, knownBy(undefined));
  expect(correctionOf(plain, said, at, roster)?.set).toEqual(set);
});

test('who was not met is no longer among those who were', () => {
  const visit: Reading = { kind: 'home_visit', status: 'done', date: '2026-11-20', pupils: ['小杰', '小雨'], times: 2 };
  const failed: Reading = { kind: 'home_visit', status: 'not_done', date: '2026-11-20', pupils: ['小雨'] };
  holds(withoutMissed([visit, failed]), [{ pupils: ['小杰'], times: 1 }, failed]);
  const before: Reading = { ...failed, date: '2026-11-19' };
  expect(withoutMissed([visit, before])).toEqual([visit, before]);
  // 小雨家上午没人，下午又去: met after all.
  expect(withoutMissed([failed, visit])).toEqual([failed, visit]);
  const nobody: Reading = { ...failed, pupils: ['小杰', '小雨'] };
  expect(withoutMissed([visit, nobody])).toEqual([visit, nobody]);
});

test('两回都…: a number after several activities is their sum', () => {
  const help = (date: string, times: number): Reading => ({
    ...{ kind: 'study_guidance', status: 'done', date, pupils: ['小杰'] },
    ...{ times, per_pupil_times: times },
  });
  const told = [help('2026-11-12', 1), help('2026-11-20', 2)];
  const summed = (text: string) => withoutSum(told, saidIn(text, AT, knownBy(undefined)).script);
  expect(summed('上周四给小杰补了除法，今天又补，两回都补出一身汗')).toEqual([told[0], help('2026-11-20', 1)]);
  expect(summed('上周四给小杰补了除法，今天又补了两回')).toEqual(told);
  expect(summed('上周四给小杰补了除法，今天补了两次都没懂')).toEqual(told);
});

test.each([
  ['今天高原来听了我的课', '高原'],
  ['高原校长今天来听了我的课', '高原校长'],
  ['今天高园来了', '高园'],
])('%s names a colleague', (text, said) => {
  const { script } = saidIn(text, AT, knownBy('左丽萍'));
  const [name] = script.tokens.filter(({ type }) => type === 'name');
  expect([name?.text, name?.named?.people]).toEqual([said, ['高原']]);
});
