import { expect, test } from 'vitest';
import { type PlanAnswer, planAnswerIn } from '../../src/bot/planned/plan-answer.ts';
import { NAMED } from '../../src/bot/planned/planned-in-words.ts';
import { read } from '../../src/reading/read.ts';

test.each<[string, PlanAnswer['outcome'], boolean]>([
  ['去了', 'kept', true],
  ['嗯，已经去过了。', 'kept', true],
  ['是的 都做完了，很顺利！', 'kept', true],
  ['去了，上了两节', 'kept', false],
  ['去了再说', 'kept', false],
  ['去了吗', 'kept', false],
  ['去了别的学校', 'kept', false],
  ['昨天没去成，下雨了', 'failed', false],
  ['没去', 'failed', true],
  ['取消了', 'failed', true],
  ['改到下周三', 'moved', false],
])('%s may answer whether a plan was kept', (text, outcome, bare) => {
  expect(planAnswerIn(text)).toMatchObject({ outcome, bare });
});

test.each(['谢谢', '好的', '收到', '还没去', '周末愉快', '我的任务', '明天去', '改天再去', '辛苦了', '嗯嗯'])(
  '%s answers nothing',
  (text) => {
    expect(planAnswerIn(text)).toBeUndefined();
  },
);

test.each(Object.entries(NAMED).filter(([kind]) => kind !== 'care_roster'))(
  'an answer about %s is read as the end of a sentence that names it',
  (kind, name) => {
    const schools = ['青山小学', '溪口小学'].map((school) => ({ name: school, short: [] }));
    const sender = { name: '周晚晴', school: '青山小学', roles: ['teacher'] };
    const pairings = [{ supporter: '青山小学', recipient: '溪口小学' }];
    const knows = { sender, schools, people: [], pairings, care: [{ mentor: '周晚晴', pupil: '云朵' }] };
    const after = (answer: string) =>
      read(`2026年11月20日到溪口小学${name}云朵，${answer}`, { today: '2026-11-23' }, knows).map((r) => [
        r.kind,
        r.status,
      ]);
    expect(after('去了')).toEqual([[kind, 'done']]);
    expect(after('没去成，下雨了')).toEqual([[kind, 'not_done']]);
    expect(after('改到周五').filter(([, status]) => status !== 'not_done')).toEqual([[kind, 'planned']]);
  },
);
