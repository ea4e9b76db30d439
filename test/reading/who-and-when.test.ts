import { expect, test } from 'vitest';
import { read, readMessage, saidIn } from '../../src/reading/read.ts';
import { resolve } from '../../src/reading/tokens/calendar.ts';
import type { Reading } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const scriptOf = (text: string, as?: string) => saidIn(text, AT, knownBy(as)).script;

test.each([
  ['11号去新华，当天听了课', ['2026-11-11', '2026-11-11']],
  ['周二到万佑，次日听课，第二天评课', ['2026-11-17', '2026-11-18', '2026-11-19']],
  ['10月31日送教，次日返回', ['2026-10-31', '2026-11-01']],
  ['当天去了万佑', ['2026-11-20']],
  ['昨天是跟岗第二天', ['2026-11-19']],
])('%s: a day may follow the day said before it', (text, days) => {
  const said = scriptOf(text).tokens.flatMap(({ date }) => (date ? resolve(date, AT.today, 'past').days : []));
  expect(said).toEqual(days);
});

test.each([
  ['今天和段老师去勐准，她上了一节', '段玉梅'],
  ['鲁老师上课，我听他的课', '鲁家福'],
  ['和段老师去了她家', undefined],
  ['段老师和其他人都去了', undefined],
  ['找阿木谈话，他说想回家', undefined],
])('%s: whom a pronoun means', (text, name) => {
  const pronoun = scriptOf(text, '方明').tokens.find((token) => /^[他她]$/u.test(token.text));
  expect(pronoun?.named?.people[0]).toBe(name);
});

test('a colleague of one’s own school does not visit it', () => {
  const [reading] = read('今天段玉梅到我们学校上了一节公开课', AT, knownBy('方明'));
  expect(reading?.direction).toBeUndefined();
});

test('王老师 is the teacher, 王校长 the principal of that name', () => {
  const by = (text: string) => read(text, AT, knownBy('周文博'))[0]?.by;
  expect(by('昨天王老师去万佑上了一节课')).toBe('王晓琳');
  expect(by('昨天王校长去万佑作了一场讲座')).toBe('王建国');
});

test.each([
  '今天校长找小杰谈话了吗',
  '听说陈老师昨天给小杰辅导数学了',
  '别忘了给万佑捐款3000元',
  '昨天在万佑和孩子们走进诗词世界',
])('nothing is recorded of %s', (text) => {
  const { readings } = readMessage(text, AT, knownBy(undefined));
  expect(readings.filter(({ status, act }) => status === 'done' && act === 'record')).toEqual([]);
});

/** Messages that state plainly who acted, with whom and when, each with the fields that its readings must have. */
test.each<[string, string, Partial<Reading>[]]>([
  [
    '左丽萍',
    '昨天石校长和我去三中听课，听了毕晓东一节',
    [{ by: undefined, participants: ['石磊'], teacher: '毕晓东' }],
  ],
  ['沙金花', '昨天我跟高校长去新华，听左丽萍一节', [{ by: undefined, participants: ['高原'], teacher: '左丽萍' }]],
  ['沙金花', '我和毕晓东今天去新华参加座谈', [{ by: undefined, participants: ['毕晓东'] }]],
  ['方明', '今天跟段玉梅去勐准，我们俩听了罗兰一节', [{ by: undefined, participants: ['段玉梅'], teacher: '罗兰' }]],
  [
    '杨光',
    '李红周三到勐准做了讲座，下午跟字校长座谈',
    [
      { kind: 'lecture', by: '李红', date: '2026-11-18' },
      { kind: 'meeting', by: '李红', participants: ['字正国'] },
    ],
  ],
  ['周文博', '教学反思今天交给王校长了', [{ kind: 'document', by: undefined }]],
  ['周文博', '昨天给小杰家去了个电话', [{ kind: 'home_visit', mode: 'phone', status: 'done' }]],
  ['周文博', '今天给小杰和小雨他们两个补了课', [{ kind: 'study_guidance', pupils: ['小杰', '小雨'], times: 1 }]],
  ['周文博', '今天是跟岗第一天，在万佑', [{ kind: 'secondment', action: 'start' }]],
  ['周文博', '今天支教期满，从万佑回来了', [{ kind: 'secondment', action: 'end' }]],
  [
    '周文博',
    '昨天去小雨家家访，小杰家要修房子没去成',
    [
      { status: 'done', pupils: ['小雨'] },
      { status: 'not_done', pupils: ['小杰'] },
    ],
  ],
  [
    '周文博',
    '今天和小杰谈了，小雨请假没来',
    [
      { status: 'done', pupils: ['小杰'], times: 1 },
      { status: 'not_done', pupils: ['小雨'] },
    ],
  ],
  [
    '周文博',
    '今天小杰家去了，小雨家没人',
    [
      { status: 'done', pupils: ['小杰'] },
      { status: 'not_done', pupils: ['小雨'] },
    ],
  ],
  [
    '周文博',
    '今天小杰家和小雨家都去了，小雨不在，跟她奶奶聊的',
    [{ status: 'done', pupils: ['小杰', '小雨'], times: 2 }],
  ],
  [
    '周文博',
    '昨天听何俊一节数学，听罗春梅一节语文',
    [
      { teacher: '何俊', subject: '数学', lessons: 1 },
      { teacher: '罗春梅', subject: '语文', lessons: 1 },
    ],
  ],
  [
    '周文博',
    '周二去了小杰家，周四去了小雨家',
    [
      { pupils: ['小杰'], date: '2026-11-17' },
      { pupils: ['小雨'], date: '2026-11-19' },
    ],
  ],
  [
    '周文博',
    '周三听罗老师语文一节，周四听何俊数学一节，都没评',
    [
      { teacher: '罗春梅', evaluated: false },
      { teacher: '何俊', evaluated: false },
    ],
  ],
  ['周文博', '昨天在万佑听了罗老师一节语文，没顾上评', [{ evaluated: false }]],
  ['周文博', '昨天在万佑听了罗老师一节语文，给她提了三条', [{ evaluated: true }]],
  [
    '周文博',
    '补报：周一在万佑听课一节，周三和小杰谈话',
    [
      { kind: 'observe', late: true },
      { kind: 'talk', late: true },
    ],
  ],
  [
    '周文博',
    '昨天找小杰谈了两次，今天又谈了一次',
    [
      { kind: 'talk', times: 2, date: '2026-11-19' },
      { kind: 'talk', times: 1, date: '2026-11-20' },
    ],
  ],
  ['周文博', '昨天受李淑芬老师之托找小杰谈话', [{ kind: 'talk', by: undefined }]],
  ['周文博', '替陈思远家访了小杰', [{ kind: 'home_visit', by: undefined }]],
  [
    '段玉梅',
    '方明：11号送教1节。李红：12号送教2节。我：今天听课1节',
    [{ by: '方明' }, { by: '李红' }, { by: undefined }],
  ],
  ['周文博', '今天听了罗春梅一节课，附听课记录', [{ kind: 'observe', lessons: 1 }]],
])('%s: %s', (as, text, wanted) => {
  const readings = read(text, AT, knownBy(as));
  expect(readings).toHaveLength(wanted.length);
  wanted.forEach((fields, k) => {
    for (const [field, value] of Object.entries(fields))
      expect([field, readings[k]![field as keyof Reading]]).toEqual([field, value]);
  });
});
