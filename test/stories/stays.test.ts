import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessonsProgramme, unhurried } from '../support/lessons.ts';
import { type World, words, world } from '../support/world.ts';

const rest = { subject: 'teacher', role: ['teacher'], period: 'term' };
const programme = {
  ...lessonsProgramme(['吴一', '吴二']),
  terms: [
    { name: '上学期', start: '2026-09-01', end: '2027-01-22' },
    { name: '下学期', start: '2027-02-22', end: '2027-07-09' },
  ],
  care: [{ mentor: '吴二', pupil: '小雨' }],
  plans: [
    {
      id: 'stays',
      title: '支教计划',
      requirements: [
        { id: 's', title: '到校支教', activity: 'secondment', measure: 'days', count: 20, ...rest },
        {
          id: 'v',
          title: '上门家访',
          activity: 'home_visit',
          measure: 'times',
          count: 1,
          accepts: { mode: ['visit'] },
          ...rest,
        },
      ],
    },
  ],
};

describe('what a record counts for', () => {
  let w: World;
  beforeAll(async () => {
    w = await world({ at: '2026-11-20T15:00', programme, overrides: unhurried });
  });
  afterAll(() => w.close());
  const lines = (text: string, title: string) => text.split('\n').filter((line) => line.includes(title));

  it('the card names only duties that count it, at once and when redrawn', async () => {
    const [stay] = await w.says('吴二', '11月9日起到乙校支教了5天');
    expect(lines(words(stay), '到校支教')).toHaveLength(1);
    const [call] = await w.says('吴二', '昨天电话家访了小雨');
    expect(words(call)).toContain('电话');
    expect(words(call)).toContain('没有计入「上门家访」：方式不在认可之列');
    await w.clicks('吴二', '撤回');
    await w.clicks('吴二', '恢复');
    const again = w.inbox('吴二').find((m) => m.messageId === call!.messageId);
    expect(words(again)).toContain('电话');
    expect(words(again)).toContain('没有计入「上门家访」：方式不在认可之列');
  });

  it('a stay given in days keeps counting, day by day, without another message', async () => {
    const [card] = await w.says('吴一', '从11月16日开始到乙校支教30天');
    expect(lines(words(card), '到校支教')).toHaveLength(1);
    expect(words(card)).toContain('5/20');
    for (let day = 0; day < 14; day++) await w.advance({ days: 1 });
    const [tasks] = await w.says('吴一', '我的任务');
    expect(words(tasks)).toContain('15/20');
    expect(words(tasks)).not.toContain('5/20天\n');
  });
});
