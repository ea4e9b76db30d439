import { describe, expect, it } from 'vitest';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { read } from '../../src/reading/read.ts';
import { knownBy } from './corpus.ts';

// Every activity in every frame: the meaning of a frame must not depend on the activity in it. The judge learns from some of them, so a few
// in a hundred may still differ where nothing is recorded wrongly.
const FEW = 0.05;
const AT = { today: '2026-11-20', time: '18:00' };
const KNOWS = knownBy(undefined);

const DONE: [string, ActivityKind][] = [
  ['去万佑上了一节数学', 'demo_lesson'],
  ['到万佑送教两节', 'demo_lesson'],
  ['听了罗春梅老师的课', 'observe'],
  ['去万佑听课评课', 'observe'],
  ['家访了小杰', 'home_visit'],
  ['给小雨妈妈打了电话', 'home_visit'],
  ['去了小雨家', 'home_visit'],
  ['找小杰谈了话', 'talk'],
  ['跟小雨谈了一次心', 'talk'],
  ['给小杰辅导了数学', 'study_guidance'],
  ['在万佑做了一场讲座', 'lecture'],
  ['给万佑捐了20本字典', 'donation'],
  ['和万佑集体备课', 'joint_prep'],
  ['交了心得体会', 'document'],
  ['开了座谈会', 'meeting'],
];
const DATES: [string, string][] = [
  ['昨天', '2026-11-19'],
  ['大前天', '2026-11-17'],
  ['今早', '2026-11-20'],
  ['11.13', '2026-11-13'],
  ['11/4', '2026-11-04'],
  ['十一月四号', '2026-11-04'],
  ['5号', '2026-11-05'],
  ['上周三', '2026-11-11'],
  ['上上周五', '2026-11-06'],
  ['上个礼拜天', '2026-11-15'],
  ['上个月28号', '2026-10-28'],
  ['周四（11月19日）', '2026-11-19'],
  ['2026年11月9日', '2026-11-09'],
];
const TOLD: ((date: string, act: string) => string)[] = [
  (date, act) => date + act,
  (date, act) => `${date}，${act}`,
  (date, act) => `我${date}${act}。`,
  (date, act) => `${act}，${date}`,
  (date, act) => `${act}（${date}）`,
  (date, act) => `补报：${date}${act}`,
  (date, act) => `老师好，${date}${act}，谢谢`,
];
const JOINED = ['，然后', '，还', '；', '接着', '又', '、'];

const BARE = [
  '去万佑上一节数学',
  '到万佑送教两节',
  '去万佑听课评课',
  '听罗春梅老师的课',
  '家访小杰',
  '给小雨妈妈打电话',
  '去小雨家',
  '找小杰谈话',
  '给小杰辅导数学',
  '对小雨进行学习方法指导',
  '在万佑做一场讲座',
  '给万佑捐款3000元',
  '参加集体备课',
  '与万佑联合月考',
  '去万佑挂职两周',
];
const PLANNED = ['打算明天', '下周三准备', '后天要', '下周计划', '明天下午我', '11月26日将'].map(
  (start) => (act: string) => start + act,
);
const NOT_DONE: ((act: string) => string)[] = [
  (act) => `昨天没${act}`,
  (act) => `昨天因为开会没${act}`,
  (act) => `今天本来要${act}，结果没去成`,
  (act) => `昨天${act}取消了`,
  (act) => `明天${act}改期了`,
  (act) => `这周还没${act}`,
];
const SILENT: ((act: string) => string)[] = [
  (act) => `如果有空就${act}`,
  (act) => `听说陈老师昨天${act}了`,
  (act) => `王老师你明天${act}吧`,
  (act) => `通知：请各位老师本周五前${act}`,
  (act) => `希望大家多${act}`,
  (act) => `谁昨天${act}了`,
  (act) => `你昨天${act}了吗`,
  (act) => `校长说要${act}`,
  (act) => `别忘了${act}`,
];

const wrong = (frames: ((act: string) => string)[], right: (statuses: string[]) => boolean) =>
  frames
    .flatMap((frame) => BARE.map(frame))
    .filter((text) => !right(read(text, AT, KNOWS).map((reading) => reading.status)));

describe('frames', () => {
  it('date a report, whatever the position of the date', () => {
    const all = DONE.flatMap(([act, kind]) =>
      DATES.flatMap(([date, day]) => TOLD.map((frame) => ({ text: frame(date, act), kind, day }))),
    );
    const bad = all.filter(({ text, kind, day }) => {
      const [reading, more] = read(text, AT, KNOWS);
      return more !== undefined || reading?.kind !== kind || reading.status !== 'done' || reading.date !== day;
    });
    expect(bad.length / all.length, bad.map((item) => item.text).join('\n')).toBeLessThanOrEqual(FEW);
  });

  it('keep two activities apart, on the same day', () => {
    const pairs = DONE.flatMap(([one, first]) =>
      DONE.filter(([, second]) => second !== first).flatMap(([other, second]) =>
        JOINED.map((link) => ({ text: `昨天${one}${link}${other}`, kinds: [first, second] })),
      ),
    );
    const bad = pairs.filter(({ text, kinds }) => {
      const readings = read(text, AT, KNOWS);
      return (
        readings.map((reading) => reading.kind).join() !== kinds.join() ||
        readings.some((reading) => reading.status !== 'done' || reading.date !== '2026-11-19')
      );
    });
    expect(bad.length / pairs.length, bad.map((item) => item.text).join('\n')).toBeLessThanOrEqual(FEW);
  });

  it('of the future are plans', () => {
    const bad = wrong(PLANNED, (statuses) => statuses.join() === 'planned');
    expect(bad.length / (PLANNED.length * BARE.length), bad.join('\n')).toBeLessThanOrEqual(FEW);
    expect(wrong(PLANNED, (statuses) => !statuses.includes('done'))).toEqual([]);
  });

  it('of failure are attempts', () => {
    const bad = wrong(NOT_DONE, (statuses) => statuses.join() === 'not_done');
    expect(bad.length / (NOT_DONE.length * BARE.length), bad.join('\n')).toBeLessThanOrEqual(FEW);
    expect(wrong(NOT_DONE, (statuses) => !statuses.includes('done'))).toEqual([]);
  });

  it('of others, of conditions and of wishes record nothing and ask nothing', () => {
    expect(wrong(SILENT, (statuses) => !statuses.includes('done') && !statuses.includes('needs_detail'))).toEqual([]);
  });
});
