import { addDays } from '../../src/plan/dates.ts';
import type { Reading } from '../../src/reading/types.ts';
import type { Case } from '../../test/reading/corpus.ts';
import { lottery } from './fit.ts';

// Activities in set phrases of every mood: the meaning of a frame must not depend on the activity in it.
type Part = Partial<Reading>;
const PLACE = '晓街乡万佑九年一贯制学校';
const lesson = (subject: string, lessons: number): Part => ({ kind: 'demo_lesson', lessons, subject, place: PLACE });
const heard = (more: Part = {}): Part => ({ kind: 'observe', place: PLACE, ...more });
const about = (kind: Reading['kind'], pupil: string, more: Part = {}): Part => ({
  kind,
  pupils: [pupil],
  per_pupil_times: 1,
  ...more,
});

/** What was done, as a finished act and as a bare one. */
const ACTS: [done: string, bare: string, reading: Part][] = [
  ['去万佑上了一节数学', '去万佑上一节数学', lesson('数学', 1)],
  ['到万佑给七年级上了两节英语课', '到万佑给七年级上两节英语课', { ...lesson('英语', 2), grade: '七年级' }],
  ['到万佑送教两节', '到万佑送教两节', { kind: 'demo_lesson', lessons: 2, place: PLACE }],
  ['在万佑讲了一堂语文', '在万佑讲一堂语文', lesson('语文', 1)],
  ['听了罗春梅老师的课', '听罗春梅老师的课', heard({ teacher: '罗春梅' })],
  ['在万佑听了何俊一节物理', '在万佑听何俊一节物理', heard({ teacher: '何俊', lessons: 1, subject: '物理' })],
  ['去万佑听课评课', '去万佑听课评课', heard({ evaluated: true })],
  ['去万佑听了两节课', '去万佑听两节课', heard({ lessons: 2 })],
  ['家访了小杰', '家访小杰', about('home_visit', '小杰', { mode: 'visit' })],
  ['给小雨妈妈打了电话', '给小雨妈妈打电话', about('home_visit', '小雨', { mode: 'phone' })],
  ['跟小杰家长视频了一会儿', '跟小杰家长视频一下', about('home_visit', '小杰', { mode: 'online' })],
  ['去了小雨家', '去小雨家', about('home_visit', '小雨', { mode: 'visit' })],
  ['找小杰谈了话', '找小杰谈话', about('talk', '小杰')],
  ['跟小雨谈了一次心', '跟小雨谈一次心', about('talk', '小雨')],
  ['和小杰聊了聊', '和小杰聊聊', about('talk', '小杰')],
  ['给小杰辅导了数学', '给小杰辅导数学', about('study_guidance', '小杰', { subject: '数学' })],
  ['对小雨进行了学习方法指导', '对小雨进行学习方法指导', about('study_guidance', '小雨')],
  ['在万佑做了一场讲座', '在万佑做一场讲座', { kind: 'lecture', place: PLACE }],
  [
    '给万佑捐了20本字典',
    '给万佑捐20本字典',
    { kind: 'donation', to: PLACE, items: [{ name: '字典', qty: 20, unit: '本' }] },
  ],
  ['给万佑捐款3000元', '给万佑捐款3000元', { kind: 'donation', to: PLACE, cash_yuan: 3000 }],
  ['和万佑集体备课', '和万佑集体备课', { kind: 'joint_prep', partner: PLACE }],
  ['参加了集体备课', '参加集体备课', { kind: 'joint_prep', place: PLACE }],
  ['交了心得体会', '交心得体会', { kind: 'document' }],
  ['写完了帮扶总结', '写帮扶总结', { kind: 'document' }],
  ['和万佑开了座谈会', '和万佑开座谈会', { kind: 'meeting', partner: PLACE }],
  ['与万佑联合月考', '与万佑联合月考', { kind: 'exam', partner: PLACE }],
  ['和万佑联考', '和万佑联考', { kind: 'exam', partner: PLACE }],
  ['在万佑搞了联合教研', '在万佑搞联合教研', { kind: 'research', place: PLACE }],
  ['参加了县里的培训', '参加县里的培训', { kind: 'training' }],
  ['在万佑挂职两周', '去万佑挂职两周', { kind: 'secondment', action: 'period', role: '挂职', weeks: 2, place: PLACE }],
];
/** With a colleague: of these acts, who came along is told in the same ways. */
const ALONG: ReadonlySet<string> = new Set([
  'demo_lesson',
  'observe',
  'home_visit',
  'lecture',
  'meeting',
  'joint_prep',
]);
const COMPANY = [
  'D和C一起A',
  'D和C A',
  'D我和C一起A',
  'D跟C老师A',
  'DA，C老师同去',
  '和C一起DA',
  'D同C老师一道A',
  'D我跟C去的，A',
];
const COLLEAGUES: [said: string, name: string][] = [
  ['陈思远', '陈思远'],
  ['晓琳', '王晓琳'],
  ['李淑芬', '李淑芬'],
  ['赵主任', '赵立新'],
  ['何俊', '何俊'],
];
/** What hosts tell of their visitors. */
const HOST = '何俊';
const came = (kind: Reading['kind'], more: Part): Part => ({ kind, direction: 'inbound', ...more });
const gift = (more: Part): Part => came('donation', { to: PLACE, ...more });
const VISITS: [said: string, reading: Part][] = [
  ['民中给我们捐了一万二', gift({ cash_yuan: 12_000 })],
  ['民中捐给我们5000元', gift({ cash_yuan: 5000 })],
  ['民中送来30套课桌椅', gift({ items: [{ name: '课桌椅', qty: 30, unit: '套' }] })],
  ['王校长给我们学校送来60本字典', gift({ by: '王建国', items: [{ name: '字典', qty: 60, unit: '本' }] })],
  ['收到民中捐的图书200册', gift({ items: [{ name: '图书', qty: 200, unit: '册' }] })],
  ['王校长来做了一场讲座', came('lecture', { by: '王建国' })],
  ['周文博老师来听了我一节课', came('observe', { by: '周文博', teacher: HOST, lessons: 1 })],
  ['陈老师来听我的课', came('observe', { by: '陈思远', teacher: HOST })],
  ['李淑芬老师听了罗春梅一节语文', came('observe', { by: '李淑芬', teacher: '罗春梅', lessons: 1, subject: '语文' })],
  ['陈思远来给七年级上了一节数学', came('demo_lesson', { by: '陈思远', lessons: 1, subject: '数学', grade: '七年级' })],
  ['王晓琳老师来我们学校上了两节英语', came('demo_lesson', { by: '王晓琳', lessons: 2, subject: '英语' })],
  ['民中来了三个老师听课', came('observe', { partner: '云县民族中学' })],
  ['赵主任来跟我们座谈', came('meeting', { by: '赵立新', partner: '云县民族中学' })],
  ['周老师来和我们一起备课', came('joint_prep', { by: '周文博', partner: '云县民族中学' })],
];
const HOSTED = ['DA', 'D，A', 'DA。', 'A，D', 'DA，谢谢', '报一下：DA', 'D下午A'];
const TODAY = '2026-11-20';
const DAYS: [string, number][] = [
  ['昨天', -1],
  ['今天', 0],
  ['大前天', -3],
  ['今早', 0],
  ['上周三', -9],
  ['11.13', -7],
  ['十一月四号', -16],
  ['5号', -15],
  ['周四（11月19日）', -1],
  ['11/4', -16],
  ['2026年11月9日', -11],
  ['上个月28号', -23],
];
const AHEAD: [string, number][] = [
  ['明天', 1],
  ['下周三', 5],
  ['后天', 2],
  ['11月26日', 6],
  ['下周一', 3],
];
const TOLD = [
  'DA',
  'D，A',
  '我DA。',
  'A，D',
  'A（D）',
  '老师好，DA，谢谢',
  'DA，顺利',
  '报一下：DA',
  'D我A了，放心'.replace('了，', '，'),
];
const PLANS = [
  '打算DB',
  'D准备B',
  'D要B',
  '计划DB',
  'D下午我B',
  'D将B',
  'D去B'.replace('去', ''),
  '约好D B',
  'D我B',
  '安排DB',
];
const FAILED = [
  'DB没成',
  'D没B',
  'D因为开会没B',
  'D本来要B，结果没去成',
  'DB取消了',
  'DB改期了',
  'D要B的，学校停水，没办成',
];
const SILENT = [
  '如果有空就B',
  '听说陈老师昨天A',
  '王老师你明天B吧',
  '通知：请各位老师本周五前B',
  '希望大家多B',
  '谁昨天A',
  '谁昨天A了',
  '今天谁A',
  '你昨天A吗',
  '校长说要B',
  '别忘了B',
  '要不我们也B？',
  '我老公昨天A',
  '据说他们昨天A',
  '真想B啊',
  '建议以后每月B',
  '各位老师，B要拍照',
  '明天谁B？',
  '昨天谁A？',
  '记得B',
  '什么时候B合适',
  '例：DA——按这个格式写',
  '例如：DA',
  '格式：DA',
];
const LATE = ['补报：DA', 'DA，忘了登记', '忘了报，DA'];
const ASKED = ['还差几次B？', 'B还要做几次', '这学期B够了没有'];
const CANCELS = [
  '取消上条',
  '上条取消',
  '取消上一条',
  '上一条撤回',
  '撤销上一条',
  '上一条作废',
  '上面那条不算',
  '刚才那条删掉',
  '刚才报的不算，撤了',
  '把上一条删了',
  '删掉刚才那条',
  '前一条不要了',
  '撤回刚才的记录',
  '上条别记',
  '上一条重复了，删掉',
];
const WHY = ['', '，写早了', '，发错了', '，重复了', '，人还没谈呢', '，点错了', '，那天没去', '，谢谢', '，搞混了'];
const LINKS = ['，然后', '，还', '；', '接着', '又', '、', '，', '。', '，下午', '，晚上又'];

/** One message for each frame and activity, with days by lot; and pairs of activities. The same each time. */
export function frames(): Case[] {
  const random = lottery(23);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const out: Case[] = [];
  const add = (text: string, readings: Part[]) => out.push({ id: `frame-${out.length}`, text, readings });
  for (const act of ACTS) {
    const put = (frames: readonly string[], days: [string, number][], make: (part: Part, date: string) => Part) => {
      for (const frame of frames) {
        const [day, offset] = pick(days);
        add(filled(frame, act, day), [make(act[2], addDays(TODAY, offset))]);
      }
    };
    put([...TOLD, pick(TOLD), pick(TOLD)], DAYS, (part, date) => ({ ...part, status: 'done', date, times: 1 }));
    if (ALONG.has(act[2].kind!))
      for (const frame of COMPANY) {
        const [[day, offset], [said, name]] = [pick(DAYS), pick(COLLEAGUES)];
        const text = filled(frame.replace('C老师', /主任|琳/u.test(said) ? 'C' : 'C老师').replace('C', said), act, day);
        add(text, [{ ...act[2], participants: [name], status: 'done', date: addDays(TODAY, offset), times: 1 }]);
      }
    put(LATE, DAYS, (part, date) => ({ ...part, status: 'done', date, times: 1, late: true }));
    put(PLANS, AHEAD, ({ per_pupil_times: _per, evaluated: _e, ...part }, date) => ({
      ...part,
      status: 'planned',
      date,
    }));
    put(
      FAILED,
      DAYS.slice(0, 2),
      ({ per_pupil_times: _per, items: _i, lessons: _l, evaluated: _e, ...part }, date) => ({
        ...part,
        status: 'not_done',
        date,
      }),
    );
    put(
      ['DB取消了', 'DB改期了', 'DB不去了'],
      AHEAD,
      ({ per_pupil_times: _per, items: _i, lessons: _l, evaluated: _e, ...part }, date) => ({
        ...part,
        status: 'not_done',
        date,
      }),
    );
    for (const frame of SILENT) add(filled(frame, act, ''), []);
    if (act[2].kind !== 'secondment' && act[2].kind !== 'document')
      add(filled(pick(ASKED), act, ''), [{ kind: act[2].kind, status: 'question' }]);
  }
  for (const [said, reading] of VISITS)
    for (const frame of HOSTED) {
      const [day, offset] = pick(DAYS.slice(0, 8));
      const date = addDays(TODAY, offset);
      const text = frame.replace('D', day).replace('A', said);
      out.push({
        id: `frame-${out.length}`,
        as: HOST,
        text,
        readings: [{ ...reading, status: 'done', date, times: 1 }],
      });
    }
  for (const said of CANCELS)
    for (const why of WHY) add(said + why, [{ kind: 'same_as_last', status: 'cancel', target: 'last_record' }]);
  for (let k = 0; k < PAIRS; k += 1) {
    const [one, other] = [pick(ACTS), pick(ACTS)];
    if (one[2].kind === other[2].kind) continue;
    const [day, offset] = pick(DAYS);
    const date = addDays(TODAY, offset);
    add(
      day + one[0] + pick(LINKS) + other[0],
      [one, other].map((act) => ({ ...act[2], status: 'done', date, times: 1 })),
    );
  }
  return out;
}

const PAIRS = 2000;

const filled = (frame: string, [done, bare]: (typeof ACTS)[number], day: string): string =>
  frame.replace('D', day).replace('A', done).replace('B', bare);
