import { describe, expect, it, test } from 'vitest';
import { FOR_ALL, forAll } from '../../src/reading/fields/for-all.ts';
import { readMessage } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const readAs = (text: string, as?: string): Reading[] => readMessage(text, AT, knownBy(as)).readings;
const WANYOU = '晓街乡万佑九年一贯制学校';

type Shape = [what: string, as: string | undefined, text: string, readings: Partial<Reading>[]];

/** Ways to report several things in one message, or to say whose they are. */
const SHAPES: Shape[] = [
  [
    'names before colons',
    '段玉梅',
    '方明：11号送教1节。李红：12号送教2节。我：今天听课1节',
    [
      { kind: 'demo_lesson', by: '方明', lessons: 1 },
      { kind: 'demo_lesson', by: '李红', lessons: 2 },
      { kind: 'observe', by: undefined, lessons: 1 },
    ],
  ],
  [
    'kinds before names',
    '赵立新',
    '周报：\n一、送教：晓琳11.10、11.12各1节；\n二、听课：文博11.13，2节',
    [
      { kind: 'demo_lesson', by: '王晓琳', lessons: 2, dates: ['2026-11-10', '2026-11-12'] },
      { kind: 'observe', by: '周文博', lessons: 2, date: '2026-11-13' },
    ],
  ],
  [
    'numbers within a line',
    '段玉梅',
    '1. 周一何欢电话家访 2. 周二送课一节 3. 今天方明听课一节',
    [
      { kind: 'home_visit', date: '2026-11-16', mode: 'phone' },
      { kind: 'demo_lesson', date: '2026-11-17', by: undefined },
      { kind: 'observe', date: '2026-11-20', by: '方明' },
    ],
  ],
  [
    'one lesson for each of two colleagues',
    '李红',
    '方明、段玉梅两位老师11月18日赴勐准，分别执教数学、语文各一节',
    [
      { kind: 'demo_lesson', by: '方明', subject: '数学', lessons: 1 },
      { kind: 'demo_lesson', by: '段玉梅', subject: '语文', lessons: 1 },
    ],
  ],
  [
    'one lesson of each of two teachers',
    undefined,
    '昨天听何俊一节、罗春梅一节',
    [
      { kind: 'observe', teacher: '何俊', lessons: 1 },
      { kind: 'observe', teacher: '罗春梅', lessons: 1 },
    ],
  ],
  [
    'what was done beside what came to nothing',
    '陈思远',
    '李小明家昨天去了，爷爷在；李雨家没人，白跑',
    [
      { kind: 'home_visit', status: 'done', pupils: ['李小明'] },
      { kind: 'home_visit', status: 'not_done', pupils: ['李雨'] },
    ],
  ],
  [
    'a visitor who taught here',
    '罗兰',
    '昨天段老师来了，给三年级上了一节语文',
    [{ kind: 'demo_lesson', direction: 'inbound', by: '段玉梅', on_behalf: undefined }],
  ],
  [
    'a visitor who heard the sender',
    undefined,
    '罗老师今天来听了我一节课',
    [{ kind: 'observe', direction: 'inbound', by: '罗春梅', teacher: '周文博' }],
  ],
  [
    'a teacher heard in a list is no visitor',
    '高原',
    '今天在新华听课：左丽萍化学1节，已评',
    [{ kind: 'observe', by: undefined, teacher: '左丽萍', place: '雪山镇新华中学' }],
  ],
  [
    'a school before a name is no place',
    undefined,
    '万佑何俊昨天来我校跟岗',
    [{ kind: 'secondment', by: '何俊', direction: 'inbound' }],
  ],
  [
    'pupils by number, of a sender with none in care',
    '罗兰',
    '前天找班上两个老打架的男娃谈了一次话',
    [{ kind: 'talk', status: 'done', pupil_count: 2 }],
  ],
  [
    'a trip whose days are told',
    '罗兰',
    '上星期我跑了两趟实小，周二听李红老师一节，周四听方明老师一节',
    [
      { kind: 'observe', date: '2026-11-10', times: 1, teacher: '李红' },
      { kind: 'observe', date: '2026-11-12', times: 1, teacher: '方明' },
    ],
  ],
  [
    'two who met',
    '李红',
    '杨校长和字校长昨天在勐准开了座谈会',
    [{ kind: 'meeting', by: undefined, participants: ['杨光', '字正国'] }],
  ],
  [
    'a slip within a report',
    undefined,
    '昨天嗯不是昨天是前天去万佑上了两节英语',
    [{ kind: 'demo_lesson', date: '2026-11-18', lessons: 2, place: WANYOU }],
  ],
];

describe('ways of telling', () => {
  it.each(SHAPES)('%s', (_, as, text, wanted) => {
    const readings = readAs(text, as);
    expect(readings.map(({ kind }) => kind)).toEqual(wanted.map(({ kind }) => kind));
    readings.forEach((reading, k) => {
      for (const [field, value] of Object.entries(wanted[k]!))
        expect([field, reading[field as keyof Reading]]).toEqual([field, value]);
    });
  });
});

test.each(FOR_ALL.map((rule) => [rule.name, rule] as const))('for all: %s', (_, { says }) => {
  const said = readAs(says);
  expect(said.length).toBeGreaterThan(1);
  expect(forAll(said, says)).toEqual(said);
  const [first, second] = said as [Reading, Reading];
  expect([first.late, first.lessons, first.evaluated].some((value) => value !== undefined)).toBe(true);
  expect(first.late === second.late).toBe(true);
});

test.each([
  '周一的讲座上次报过了',
  '例：11月5日，张三，到万佑听课1节——按这个格式写',
  '教导主任李淑芬听了我一节课',
  '今天校内教研，磨课磨到十一点',
])('nothing is read of %s', (text) => {
  expect(readAs(text).filter(({ status }) => status === 'done')).toEqual([]);
});
