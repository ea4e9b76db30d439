import { describe, expect, it } from 'vitest';
import { completeDraft, read } from '../../src/reading/read.ts';
import type { ReadAt, Reading } from '../../src/reading/types.ts';
import { casesIn, knownBy } from './corpus.ts';

const AT: ReadAt = { today: '2026-11-20', time: '18:00' };
const KNOWS = knownBy(undefined);
const only = (text: string, as?: string): Reading => read(text, AT, knownBy(as))[0]!;
const answer = (draft: Reading, text: string, as?: string) => completeDraft(draft, text, AT, knownBy(as));

/** Messages that report nothing by themselves and fully answer a question. */
const BARE = ['11月20日', '昨天', '万佑', '在万佑', '小杰', '陈老师听课去了', '两节', '1', '10'];

describe('an answer in words completes the open draft', () => {
  const calls = only('这周给小杰和小雨家里都打了电话');

  it('takes a day', () => {
    expect(answer(calls, '是昨天')).toEqual({
      kind: 'home_visit',
      status: 'done',
      date: '2026-11-19',
      pupils: ['小杰', '小雨'],
      mode: 'phone',
      times: 2,
      per_pupil_times: 1,
    });
  });

  it('takes several days, inside the week that was asked about', () => {
    const last = only('上周和小杰谈了话');
    expect(answer(last, '周二和周四')).toMatchObject({
      status: 'done',
      dates: ['2026-11-10', '2026-11-12'],
      times: 2,
      per_pupil_times: 2,
    });
  });

  it('takes a day for each pupil', () => {
    expect(answer(calls, '小杰周二，小雨周三')).toMatchObject({
      dates: ['2026-11-17', '2026-11-18'],
      times: 2,
      per_pupil_times: 1,
    });
  });

  it('takes pupils, all of them too', () => {
    const talk = only('昨天谈话一次', '陈思远');
    expect(answer(talk, '王小明和李雨', '陈思远')).toMatchObject({
      status: 'done',
      pupils: ['王小明', '李雨'],
      date: '2026-11-19',
    });
    expect(answer(talk, '三个都谈了', '陈思远')).toMatchObject({ status: 'done', all_assigned: true });
  });

  it('continues to ask the open questions', () => {
    const open = only('家访', '陈思远');
    const half = answer(open, '李雨', '陈思远');
    expect(half).toMatchObject({ status: 'needs_detail', pupils: ['李雨'], ask: ['dates'] });
    expect(answer(half!, '前天', '陈思远')).toMatchObject({ status: 'done', date: '2026-11-18', pupils: ['李雨'] });
  });

  it('takes a place, a person and a number', () => {
    expect(answer(only('昨天上了一节示范课', '孙丽华'), '漫湾', '孙丽华')).toMatchObject({
      status: 'done',
      place: '漫湾镇中心小学',
    });
    const whose = {
      ...only('陈老师昨天去万佑上了一节课'),
      by: undefined,
      status: 'needs_detail',
      ask: ['by'],
    } as Reading;
    expect(answer(whose, '王晓琳')).toMatchObject({
      status: 'done',
      by: '王晓琳',
      on_behalf: true,
    });
    expect(answer(only('昨天去万佑听了好几次课'), '两次')).toMatchObject({ status: 'done', times: 2 });
  });

  it('takes words that only stand beside the answer', () => {
    for (const text of ['就上周三吧', '嗯，是昨天的', '不好意思忘写了，昨天', '昨天下午打的电话', '应该是周二'])
      expect(answer(calls, text), text).toMatchObject({ status: 'done' });
  });

  // Each of these once completed an open draft and made a false record.
  it('takes no sentence that only happens to hold a date, a name or a number', () => {
    for (const text of [
      '今天天气不好',
      '他们学校昨天停电',
      '上周三请假了',
      '先不报了，周四再说',
      '周五要开家长会',
      '11月25日月考',
      '今天没去成，下雨',
      '周四记得交教案',
      '我今天有点累',
      '昨天还是前天来着，记不清了',
      '不是昨天',
      '昨天吗',
    ])
      expect(answer(calls, text), text).toBeUndefined();
    const visit = only('昨天家访了一次', '陈思远');
    for (const text of ['李雨今天请假了', '李雨转学了', '李雨没来', '不是李雨'])
      expect(answer(visit, text, '陈思远'), text).toBeUndefined();
  });

  it('takes no message of the corpus that reports nothing, unless the message is a bare answer', () => {
    const open = { kind: 'observe', status: 'needs_detail', date: '2026-11-19' } as const;
    const silent = casesIn().filter((item) => item.readings.length === 0);
    expect(silent.length).toBeGreaterThan(1_000);
    const taken = ['dates', 'place', 'pupils', 'by', 'times', 'mode'].flatMap((field) =>
      silent.flatMap(({ text, as }) => (answer({ ...open, ask: [field] }, text, as) ? [text] : [])),
    );
    expect(new Set(taken)).toEqual(new Set(BARE));
  });

  it('does not take a new report, a question or thanks for an answer', () => {
    for (const text of ['昨天去万佑上了两节课', '还差几次？', '谢谢', '明天', '好的'])
      expect(answer(calls, text)).toBeUndefined();
  });
});

describe('a correction changes the last record', () => {
  it('in its counts and dates', () => {
    expect(only('是三节不是一节')).toMatchObject({ status: 'correction', set: { lessons: 3 } });
    expect(only('不是今天，是前天')).toMatchObject({ status: 'correction', set: { date: '2026-11-18' } });
  });

  it('in its pupil, without touching the others', () => {
    expect(only('不是小杰是小雨')).toMatchObject({ status: 'correction', replace_pupil: { from: '小杰', to: '小雨' } });
  });

  it('and is not mistaken for a report, nor a report for it', () => {
    expect(read('昨天去万佑听了两节课，不对，是三节', AT, KNOWS)).toMatchObject([{ kind: 'observe', lessons: 3 }]);
    expect(read('送教改到下周三', AT, KNOWS)).toMatchObject([
      { kind: 'demo_lesson', status: 'planned', date: '2026-11-25' },
    ]);
  });
});

describe('the instant of the message', () => {
  it('decides what 今天下午 means', () => {
    const at = (time: string) => read('今天下午去万佑听课', { today: '2026-11-20', time }, KNOWS)[0]!.status;
    expect([at('08:00'), at('18:00')]).toEqual(['planned', 'done']);
  });
});
