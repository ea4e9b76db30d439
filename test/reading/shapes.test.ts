import { describe, expect, it, test } from 'vitest';
import { FOR_ALL, forAll } from '../../src/reading/fields/for-all.ts';
import { readMessage, saidIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const readAs = (text: string, as?: string): Reading[] => readMessage(text, AT, knownBy(as)).readings;
const WANYOU = '晓街乡万佑九年一贯制学校';

type Shape = [what: string, as: string | undefined, text: string, readings: Partial<Reading>[]];

/** Ways to report several things in one message, or to say whose they are. */
const SHAPES: Shape[] = [
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
  [
    'a log by days',
    undefined,
    '11月9日，晴。听课一节。11月10日，阴。上课一节。11月11日，雨，无事。11月12日，和小雨谈心一次',
    [
      { kind: 'observe', date: '2026-11-09', place: WANYOU, lessons: 1 },
      { kind: 'demo_lesson', date: '2026-11-10', place: WANYOU, lessons: 1 },
      { kind: 'talk', date: '2026-11-12', pupils: ['小雨'] },
    ],
  ],
  [
    'a pronoun for the one pupil',
    '罗春梅',
    '找王小明谈了话，后来又给他妈妈打了电话',
    [
      { kind: 'talk', date: '2026-11-20', pupils: ['王小明'] },
      { kind: 'home_visit', date: '2026-11-20', pupils: ['王小明'], mode: 'phone' },
    ],
  ],
  [
    'a pupil in full beside another’s short name',
    '罗春梅',
    '昨天小雨电话家访',
    [{ kind: 'home_visit', date: '2026-11-19', pupils: ['小雨'], mode: 'phone' }],
  ],
  [
    'classes without 班',
    '何俊',
    '陈思远昨天来给八1、八2各上了一节数学',
    [
      {
        kind: 'demo_lesson',
        date: '2026-11-19',
        place: WANYOU,
        direction: 'inbound',
        partner: '云县民族中学',
        by: '陈思远',
        subject: '数学',
        grade: '八年级',
        lessons: 2,
      },
    ],
  ],
  [
    'the grade and subject by their first signs',
    '赵立新',
    '昨天陈思远在万佑上了七数1节',
    [
      {
        kind: 'demo_lesson',
        date: '2026-11-19',
        place: WANYOU,
        by: '陈思远',
        subject: '数学',
        grade: '七年级',
        lessons: 1,
      },
    ],
  ],
  [
    'visitors in a list',
    '左丽萍',
    '11月来访：\n11.4 沙金花 上课1节 英语\n11.11 毕晓东 听课1节（左丽萍）',
    [
      {
        kind: 'demo_lesson',
        date: '2026-11-04',
        place: '雪山镇新华中学',
        direction: 'inbound',
        partner: '凤庆县第三中学',
        by: '沙金花',
        subject: '英语',
        lessons: 1,
      },
      {
        kind: 'observe',
        date: '2026-11-11',
        place: '雪山镇新华中学',
        direction: 'inbound',
        partner: '凤庆县第三中学',
        by: '毕晓东',
        teacher: '左丽萍',
        lessons: 1,
      },
    ],
  ],
  [
    'two schools in the heading',
    '高原',
    '11月帮扶台账（三中—新华）\n11.4 毕晓东 听课 1节\n11.11 沙金花 上课 2节',
    [
      { kind: 'observe', date: '2026-11-04', place: '雪山镇新华中学', by: '毕晓东', lessons: 1 },
      { kind: 'demo_lesson', date: '2026-11-11', place: '雪山镇新华中学', by: '沙金花', lessons: 2 },
    ],
  ],
  [
    'brackets in the heading',
    undefined,
    '听课统计（周文博）\n11月4日 罗春梅 语文 1节 已评\n11月11日 何俊 数学 1节 未评',
    [
      {
        kind: 'observe',
        date: '2026-11-04',
        place: WANYOU,
        teacher: '罗春梅',
        subject: '语文',
        lessons: 1,
        evaluated: true,
      },
      {
        kind: 'observe',
        date: '2026-11-11',
        place: WANYOU,
        teacher: '何俊',
        subject: '数学',
        lessons: 1,
        evaluated: false,
      },
    ],
  ],
  [
    'who went, then who taught',
    '李淑芬',
    '昨天王建国校长带领陈思远、王晓琳赴万佑送教。陈思远执教数学1节，王晓琳执教英语1节',
    [
      { kind: 'demo_lesson', date: '2026-11-19', place: WANYOU, by: '陈思远', subject: '数学', lessons: 1 },
      { kind: 'demo_lesson', date: '2026-11-19', place: WANYOU, by: '王晓琳', subject: '英语', lessons: 1 },
    ],
  ],
  [
    'each with lessons of their own',
    '高原',
    '昨天在新华送教：毕晓东数学1节、沙金花化学1节',
    [
      { kind: 'demo_lesson', date: '2026-11-19', place: '雪山镇新华中学', by: '毕晓东', subject: '数学', lessons: 1 },
      { kind: 'demo_lesson', date: '2026-11-19', place: '雪山镇新华中学', by: '沙金花', subject: '化学', lessons: 1 },
    ],
  ],
  [
    'a lesson heard there',
    '方明',
    '昨天去勐准上了一节科学，鲁家福老师也上了一节科学，我听了也评了',
    [
      { kind: 'demo_lesson', date: '2026-11-19', place: '博尚镇勐准完小', subject: '科学', lessons: 1 },
      {
        kind: 'observe',
        date: '2026-11-19',
        place: '博尚镇勐准完小',
        teacher: '鲁家福',
        subject: '科学',
        lessons: 1,
        evaluated: true,
      },
    ],
  ],
  [
    'whose lesson it was',
    '王建国',
    '何俊老师昨天来我校听了两节数学课，周文博上的',
    [
      {
        kind: 'observe',
        date: '2026-11-19',
        place: '云县民族中学',
        direction: 'inbound',
        partner: WANYOU,
        by: '何俊',
        teacher: '周文博',
        subject: '数学',
        lessons: 2,
      },
    ],
  ],
  [
    'the number said again',
    undefined,
    '昨天在万佑听了三节课三节都点评了',
    [{ kind: 'observe', date: '2026-11-19', place: WANYOU, lessons: 3, evaluated: true }],
  ],
  [
    'how often something else happened',
    undefined,
    '昨天和万佑线上教研了一次，网卡了两回',
    [{ kind: 'research', date: '2026-11-19', place: WANYOU, mode: 'online' }],
  ],
  [
    'a trip and what was done on it',
    '董海燕',
    '马骏校长上周五来了一趟，讲了一场讲座',
    [
      {
        kind: 'lecture',
        date: '2026-11-13',
        place: '漫湾镇中心小学',
        direction: 'inbound',
        partner: '云县城关第一小学',
        by: '马骏',
      },
    ],
  ],
  [
    'who came along',
    '沙金花',
    '昨天石磊校长带左丽萍老师来我校听了我一节课',
    [
      {
        kind: 'observe',
        date: '2026-11-19',
        place: '凤庆县第三中学',
        direction: 'inbound',
        partner: '雪山镇新华中学',
        by: '石磊',
        teacher: '沙金花',
        lessons: 1,
        participants: ['左丽萍'],
      },
    ],
  ],
  [
    'who took part',
    '李淑芬',
    '昨天在万佑开结对工作会，王建国、赵立新，万佑罗春梅、何俊参加',
    [{ kind: 'meeting', date: '2026-11-19', place: WANYOU, participants: ['王建国', '赵立新', '罗春梅', '何俊'] }],
  ],
  [
    'a lecture by its audience',
    '彭婷',
    '昨天去圈内给家长们讲了《家园沟通》',
    [{ kind: 'lecture', date: '2026-11-19', place: '圈内乡中心幼儿园', topic: '家园沟通' }],
  ],
  [
    'a gift to us',
    '杨志强',
    '昨天民中给我们捐了一万二',
    [{ kind: 'donation', date: '2026-11-19', cash_yuan: 12000, to: WANYOU }],
  ],
  [
    'goods with their whole name',
    undefined,
    '昨天给万佑送去打印纸20箱、作文本200本',
    [
      {
        kind: 'donation',
        date: '2026-11-19',
        items: [
          { name: '打印纸', qty: 20, unit: '箱' },
          { name: '作文本', qty: 200, unit: '本' },
        ],
        to: WANYOU,
      },
    ],
  ],
  [
    'forms one below the other',
    '段玉梅',
    '谈话记录\n时间：11月2日\n对象：杨明\n内容：迟到\n\n谈话记录\n时间：11月3日\n对象：何欢\n内容：作业',
    [
      { kind: 'talk', date: '2026-11-02', pupils: ['杨明'] },
      { kind: 'talk', date: '2026-11-03', pupils: ['何欢'] },
    ],
  ],
  [
    'what was said in a row',
    '方明',
    '谈话记录\n11月9日 段小刚 迟到，讲明校规\n11月16日 阿木 没再迟到，表扬',
    [
      { kind: 'talk', date: '2026-11-09', pupils: ['段小刚'] },
      { kind: 'talk', date: '2026-11-16', pupils: ['阿木'] },
    ],
  ],
  [
    'a visitor in a form',
    '高婷',
    '活动：听课\n时间：11月10日\n来访：城关一小孙丽华\n授课：高婷\n节数：1节',
    [
      {
        kind: 'observe',
        date: '2026-11-10',
        place: '大朝山西镇中心小学',
        direction: 'inbound',
        partner: '云县城关第一小学',
        by: '孙丽华',
        teacher: '高婷',
        lessons: 1,
      },
    ],
  ],
  [
    'schools and days in turn',
    '孙丽华',
    '上周二漫湾，上周四大朝山，各上语文示范课一节',
    [
      { kind: 'demo_lesson', date: '2026-11-10', place: '漫湾镇中心小学', subject: '语文', lessons: 1 },
      { kind: 'demo_lesson', date: '2026-11-12', place: '大朝山西镇中心小学', subject: '语文', lessons: 1 },
    ],
  ],
  [
    'a way of meeting for each pupil',
    undefined,
    '小杰上周六家访，小雨昨天电话',
    [
      { kind: 'home_visit', date: '2026-11-14', pupils: ['小杰'], mode: 'visit' },
      { kind: 'home_visit', date: '2026-11-19', pupils: ['小雨'], mode: 'phone' },
    ],
  ],
  [
    'all of one’s own',
    '毕晓东',
    '昨天给三个娃家都打了电话，岩罕他爸主动问成绩',
    [{ kind: 'home_visit', date: '2026-11-19', mode: 'phone', pupil_count: 3, all_assigned: true }],
  ],
  ['是…的', undefined, '帮扶计划写好了，昨天交的', [{ kind: 'document', date: '2026-11-19', topic: '帮扶计划' }]],
  [
    'the day said before',
    undefined,
    '11月17日和万佑联考。我那天在万佑听了何俊一节课',
    [
      { kind: 'exam', date: '2026-11-17', partner: WANYOU },
      { kind: 'observe', date: '2026-11-17', place: WANYOU, teacher: '何俊', lessons: 1 },
    ],
  ],
  [
    'a day taken back',
    undefined,
    '前天在万佑上了一节课，哎不对，是上周五，前天我在监考',
    [{ kind: 'demo_lesson', date: '2026-11-13', place: WANYOU, lessons: 1 }],
  ],
  [
    'a paper’s own period',
    undefined,
    '本学期帮扶总结已上报教育局',
    [{ kind: 'document', date: '2026-11-20', topic: '帮扶总结' }],
  ],
  [
    'forgotten words are no late report',
    undefined,
    '昨天在万佑上了一节语文，讲到一半忘了词',
    [{ kind: 'demo_lesson', date: '2026-11-19', place: WANYOU, subject: '语文', lessons: 1 }],
  ],
  [
    'a visit that was announced',
    '董海燕',
    '孙丽华老师说下周三来漫湾上课',
    [
      {
        kind: 'demo_lesson',
        status: 'planned',
        date: '2026-11-25',
        place: '漫湾镇中心小学',
        direction: 'inbound',
        partner: '云县城关第一小学',
        by: '孙丽华',
      },
    ],
  ],
  ['Yunnan', undefined, '昨天克万佑听了一节课', [{ kind: 'observe', date: '2026-11-19', place: WANYOU, lessons: 1 }]],
  [
    'numbers before days within a line',
    undefined,
    '1、11月10日万佑送教两节数学 2、11月12日听课一节 3、11月18日和小雨谈心一次',
    [
      { kind: 'demo_lesson', date: '2026-11-10', lessons: 2 },
      { kind: 'observe', date: '2026-11-12', lessons: 1 },
      { kind: 'talk', date: '2026-11-18', pupils: ['小雨'] },
    ],
  ],
  [
    'what a person teaches there',
    undefined,
    '今天到万佑支教，任教七年级语文',
    [{ kind: 'secondment', role: '支教', subject: '语文', lessons: undefined }],
  ],
  [
    'a lesson given on a stay',
    undefined,
    '昨天在万佑支教，上了两节数学',
    [{ kind: 'secondment' }, { kind: 'demo_lesson', lessons: 2, subject: '数学' }],
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

test.each(FOR_ALL.map((rule) => [rule.name, rule] as const))('for all: %s', (_, { says, applies, to }) => {
  const { script } = saidIn(says, AT, knownBy(undefined));
  const said = readAs(says);
  expect(applies(script, said)).toBe(true);
  expect(forAll(said, script)).toEqual(said);
  const effects = said.flatMap((reading) =>
    Object.entries(to({ kind: reading.kind, status: reading.status }, script.text))
      .filter(([field]) => field !== 'kind' && field !== 'status')
      .map(([field, value]) => [reading[field as keyof Reading], value]),
  );
  for (const [own, value] of effects) expect(own).toEqual(value);
  expect(effects.length > 0 || said.every(({ late }) => late === undefined)).toBe(true);
});

test.each([
  '周一的讲座上次报过了',
  '例：11月5日，张三，到万佑听课1节——按这个格式写',
  '教导主任李淑芬听了我一节课',
  '今天校内教研，磨课磨到十一点',
])('nothing is read of %s', (text) => {
  expect(readAs(text).filter(({ status }) => status === 'done')).toEqual([]);
});
