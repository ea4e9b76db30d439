import { expect, test } from 'vitest';
import { unusedIn } from '../../src/reading/fields/unused.ts';
import { banded } from '../../src/reading/judge/bands.ts';
import type { Sure, Weighed } from '../../src/reading/judge/sure.ts';
import { saidIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const OWN = '云县民族中学';

/** What becomes of readings of a message when each is as likely as `chance`; `upTo` is where the words end that tell them. */
function bands(text: string, told: Partial<Reading>[], { chance = 0.7, upTo = text.length, as = '周文博' } = {}) {
  const { script, roster } = saidIn(text, AT, knownBy(as));
  const to = script.pieces.filter(({ start }) => start < upTo).length;
  const readings = told.map((one) => ({ status: 'done', date: AT.today, ...one }) as Reading);
  const spans = readings.map(({ kind }, index) => {
    const from = Math.min(index, to - 1);
    const end = index === readings.length - 1 ? to : from + 1;
    return { kind, from, to: end, main: from, lead: from, next: to, index, count: readings.length, p: 1 };
  });
  const made = readings.map((reading, k) => ({
    reading,
    activity: { span: spans[k]!, p: 1, choices: {}, roles: new Map() },
    chances: [],
  })) as unknown as Weighed[];
  const unused = unusedIn(script, readings, AT.today, roster);
  const odds = Math.log(chance / (1 - chance));
  const sure: Sure = { signs: new Map([['bias', odds]]), trees: [odds] };
  const opinion = { ways: [], expected: [], begun: [] };
  const way = { spans, behind: 0 };
  const ground = { script, opinion, way, made, unused, wayChance: 1, roster, today: AT.today, seconded: false };
  return banded(ground, sure).map(({ kind, act }) => `${kind} ${act}`);
}

const talk = (more: Partial<Reading> = {}): Partial<Reading> => ({ kind: 'talk', pupils: ['小杰'], ...more });
const CHAT = '今天找小杰谈话了，字校长递来两颗话梅';

test('an unused word holds a record back only where the activity is told', () => {
  expect(bands(CHAT, [talk()], { upTo: CHAT.indexOf('字') })).toEqual(['talk record']);
  expect(bands(CHAT, [talk()])).toEqual(['talk confirm']);
  expect(bands(CHAT, [talk()], { chance: 0.8 })).toEqual(['talk record']);
});

test('a bare day of the last month, or long past, needs a word that it is over', () => {
  const last = talk({ date: '2026-10-25' });
  expect(bands('25号我找小杰谈话', [last])).toEqual(['talk confirm']);
  expect(bands('25号我找小杰谈话了', [last])).toEqual(['talk record']);
  expect(bands('上个月25号我找小杰谈话', [last])).toEqual(['talk record']);
  expect(bands('18号我找小杰谈话', [talk({ date: '2026-11-18' })])).toEqual(['talk record']);
  expect(bands('3号我找小杰谈话', [talk({ date: '2026-11-03' })])).toEqual(['talk confirm']);
  const days = { date: undefined, dates: ['2026-11-03', '2026-11-04'], times: 2 };
  expect(bands('3号、4号我找小杰谈话', [talk(days)])).toEqual(['talk confirm']);
  expect(bands('3号、4号我找小杰谈话了', [talk(days)])).toEqual(['talk record']);
});

test('两次都谈了 counts nothing new', () => {
  expect(bands('今天找小杰谈话了，两次都谈了很久', [talk()])).toEqual(['talk record']);
  expect(bands('今天找小杰谈话了，两次', [talk()])).toEqual(['talk confirm']);
});

test('what came to nothing is confirmed, unless a reading says so', () => {
  const text = '今天找小杰谈话了，找小雨没谈成';
  const missed = talk({ pupils: ['小雨'], status: 'not_done' });
  expect(bands(text, [talk({ pupils: ['小杰', '小雨'] })])).toEqual(['talk confirm']);
  expect(bands(text, [talk(), missed])).toEqual(['talk record', 'talk record']);
});

test('a lesson at the supporting school itself is confirmed, one at the other school recorded', () => {
  const lesson = (place: string): Partial<Reading> => ({ kind: 'demo_lesson', place, lessons: 1 });
  expect(bands('今天在民中上了一节', [lesson(OWN)])).toEqual(['demo_lesson confirm']);
  expect(bands('今天在万佑上了一节', [lesson('晓街乡万佑九年一贯制学校')])).toEqual(['demo_lesson record']);
});

test('a lesson of a teacher of the school where it was is confirmed, one of a visitor recorded', () => {
  const lesson: Partial<Reading> = { kind: 'demo_lesson', by: '王晓琳', direction: 'inbound', lessons: 1 };
  const heard = { as: '罗春梅', chance: 0.8 };
  expect(bands('今天在民中，王晓琳上了一节', [lesson], heard)).toEqual(['demo_lesson confirm']);
  expect(bands('今天在民中，后来王晓琳上了一节', [lesson], heard)).toEqual(['demo_lesson confirm']);
  expect(bands('今天民中的王晓琳来上了一节', [lesson], heard)).toEqual(['demo_lesson record']);
  expect(bands('今天民中的王晓琳到万佑上了一节', [lesson], heard)).toEqual(['demo_lesson record']);
});

test('several days beside several pupils are confirmed', () => {
  const dates = { date: undefined, dates: ['2026-11-19', '2026-11-20'], times: 2 };
  expect(bands('昨天今天找小杰谈话了', [talk(dates)])).toEqual(['talk record']);
  expect(bands('昨天今天找小杰和小雨谈话了', [talk({ ...dates, pupils: ['小杰', '小雨'] })])).toEqual(['talk confirm']);
});

test('a plan, and as many pupils as are in care, need less', () => {
  const all = { kind: 'talk', all_assigned: true } as const;
  const at = { chance: 0.55 };
  expect(bands('今天找小杰谈话了', [talk()], at)).toEqual(['talk confirm']);
  expect(bands('明天找小杰谈话', [talk({ status: 'planned', date: '2026-11-21' })], at)).toEqual(['talk record']);
  expect(bands('今天找两名学生谈话了', [{ ...all, pupil_count: 2 }], at)).toEqual(['talk record']);
  expect(bands('今天找三名学生谈话了', [{ ...all, pupil_count: 3 }], at)).toEqual(['talk confirm']);
});

test('notes of a lesson are no document, and what is only heard of is left out unless it is likely', () => {
  const heard: Partial<Reading> = { kind: 'observe', lessons: 1 };
  expect(bands('今天听了一节课，听课记录', [heard, { kind: 'document' }])).toEqual(['observe record']);
  expect(bands('今天听了一节课，交了总结', [heard, { kind: 'document' }])).toEqual([
    'observe record',
    'document record',
  ]);
  expect(bands('听说陈老师去家访了小杰', [{ kind: 'home_visit', pupils: ['小杰'] }], { chance: 0.7 })).toEqual([]);
  expect(bands('听说陈老师去家访了小杰', [{ kind: 'home_visit', pupils: ['小杰'] }], { chance: 0.9 })).toHaveLength(1);
});

test('what somebody did whom nobody knows is confirmed, and not the sender’s own', () => {
  const heard: Partial<Reading> = { kind: 'observe', place: '晓街乡万佑九年一贯制学校', lessons: 1 };
  expect(bands('今天我去万佑，她听了一节', [heard])).toEqual(['observe confirm']);
  expect(bands('今天我去万佑，听了一节', [heard])).toEqual(['observe record']);
  expect(bands('今天我去万佑，她听了一节', [{ ...heard, by: '王晓琳', on_behalf: true }])).toEqual(['observe record']);
});

test('papers that were filed are no lesson', () => {
  const told = [{ kind: 'demo_lesson', lessons: 1 }, { kind: 'document' }] as Partial<Reading>[];
  expect(bands('11月3日送教活动的记录、总结已分别装订归档', told)).toEqual(['document confirm']);
  expect(bands('11月3日上了一节，记录、总结已分别装订归档', told)).toHaveLength(2);
});

test('about eighty signs need a surer judge, and many more a confirmation; marks and spaces are no signs', () => {
  const of = (signs: number) => `今天找小杰谈话了，${'他说了家里的事情。'.repeat(20).slice(0, signs)}`;
  expect(bands(of(60), [talk()])).toEqual(['talk record']);
  expect(bands(of(80), [talk()])).toEqual(['talk confirm']);
  expect(bands(of(80), [talk()], { chance: 0.85 })).toEqual(['talk record']);
  expect(bands(of(120), [talk()], { chance: 0.95 })).toEqual(['talk confirm']);
});

test('who cannot come may be another than who goes: what failed is confirmed then', () => {
  const failed: Partial<Reading> = { kind: 'observe', status: 'not_done', date: '2026-11-21' };
  expect(bands('明天去不了万佑听课了', [failed], { chance: 0.8 })).toEqual(['observe record']);
  expect(bands('何俊来不了我明天替他去万佑听课', [failed], { chance: 0.8 })).toEqual(['observe confirm']);
});

test.each(['10月12日，不对，13日找小杰谈话了', '11月3号、10号不对17号找小杰谈话了'])(
  '%s: which days is confirmed',
  (text) => {
    expect(bands(text, [talk({ date: '2026-11-17' })], { chance: 0.9 })).toEqual(['talk confirm']);
  },
);

/** So likely that an unused word changes nothing. */
const SURE = { chance: 0.8 };

test('a report on behalf of somebody whose name was not understood is confirmed', () => {
  const lecture: Partial<Reading> = { kind: 'lecture' };
  expect(bands('老朱昨天开了讲座，叫我代报', [lecture], SURE)).toEqual(['lecture confirm']);
  expect(bands('老朱昨天开了讲座，叫我代报', [{ ...lecture, by: '朱琳' }], SURE)).toEqual(['lecture record']);
});

test('她 without a name is not the sender', () => {
  const heard: Partial<Reading> = { kind: 'observe', teacher: '罗春梅', place: '晓街乡万佑九年一贯制学校' };
  expect(bands('昨天和段姐去万佑她听了罗春梅一节', [heard], SURE)).toEqual(['observe confirm']);
  expect(bands('昨天在万佑听罗春梅一节她上的是七年级', [heard], SURE)).toEqual(['observe record']);
});

test('what is usual, or what the head did, is confirmed', () => {
  expect(bands('每天晚上给小杰补数学', [{ kind: 'study_guidance', pupils: ['小杰'] }], SURE)).toEqual([
    'study_guidance confirm',
  ]);
  expect(
    bands('每天晚上给小杰补数学，这周补了三次', [{ kind: 'study_guidance', pupils: ['小杰'], times: 3 }], SURE),
  ).toEqual(['study_guidance record']);
  const lecture: Partial<Reading> = { kind: 'lecture', date: '2026-11-19' };
  expect(bands('校长昨天去万佑做了讲座', [lecture], SURE)).toEqual(['lecture confirm']);
  expect(bands('昨天找小杰谈话，他经常迟到', [talk({ date: '2026-11-19' })], SURE)).toEqual(['talk record']);
  expect(bands('校长安排我昨天去万佑做了讲座', [lecture], SURE)).toEqual(['lecture record']);
});
