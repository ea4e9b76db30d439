import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begins, cellsIn, contentIn, ends } from '../../src/reading/judge/content.ts';
import { WEIGHTS } from '../../src/reading/judge/weights.ts';
import { read, saidIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/types.ts';
import { casesIn, knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '20:00' };
const read1 = (text: string, as?: string): Reading => read(text, AT, knownBy(as))[0]!;

test.each<[string, string, 'topic' | 'note' | 'reason', string]>([
  ['方明', '今天在勐准给家长做了个讲座讲手机管理来了六十多个家长', 'topic', '手机管理'],
  ['周文博', '昨天去万佑跟杨校长座谈，主要谈期末联考怎么安排，散会都六点了', 'topic', '期末联考怎么安排'],
  ['周文博', '昨天在万佑上了一节七年级语文，《背影》，下着雨', 'topic', '背影'],
  ['周文博', '本来今天要去万佑听课的结果班车坏在半路没去成', 'reason', '班车坏在半路'],
  ['方明', '今天去阿木家家访，家里没人，白跑一趟', 'reason', '家里没人'],
  ['周文博', '今天找小杰谈了迟到的事，我嗓子都哑了', 'note', '迟到的事'],
  ['周文博', '今天找小杰谈话，了解了他在学习上的困难', 'note', '了解了他在学习上的困难'],
  ['周文博', '昨天和小雨谈心，鼓励她好好学习', 'note', '鼓励她好好学习'],
])('%s: %s', (as, text, field, wanted) => {
  expect(read1(text, as)[field]).toContain(wanted);
});

test.each<[string, string]>([
  ['罗春梅', '上周二我在民中听了王晓琳老师一节语文听完就赶班车回来了没有评课'],
  ['周文博', '今天上午去万佑上了一节数学就是被子有点薄晚上估计要冷'],
])('%s: %s has no topic', (as, text) => expect(read1(text, as).topic).toBeUndefined());

test('a scrap of a word is no content, and a bracket is closed', () => {
  expect(read1('昨天找小杰谈话了').note).toBeUndefined();
  expect(read1('昨天跟罗春梅教研，主题是阅读教学（第二轮），大家都发言了').topic ?? '').not.toMatch(/\([^)]*$/u);
});

test('a topic names no pupil', () => {
  expect(read1('昨天跟罗春梅开会，谈小杰的家庭情况', '周文博').topic ?? '').not.toContain('小杰');
});

test('a name, a date or a number is one cell, and content begins and ends with words', () => {
  const { script } = saidIn('昨天在万佑讲课，王晓琳说了三次', AT, knownBy(undefined));
  const cells = cellsIn(script, 0, script.text.length);
  expect(cells.map(({ start, end }) => script.text.slice(start, end))).toContain('王晓琳');
  const comma = cells.findIndex(({ sign }) => sign === ',');
  expect([begins(cells, comma), ends(cells, comma + 1), begins(cells, comma + 1), ends(cells, comma)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('the content of any message is a part of it that cuts no name in two', () => {
  const cases = casesIn();
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.constantFrom('topic', 'note', 'reason'), (item, field) => {
      const { script } = saidIn(item.text, AT, knownBy(item.as));
      const place = contentIn(script, [0, script.text.length], field, 'talk', WEIGHTS.table);
      const cut = (edge: number) =>
        script.tokens.some(({ type, start, end }) => type === 'name' && start < edge && edge < end);
      expect(place?.some(cut) ?? false).toBe(false);
    }),
    { numRuns: 300 },
  );
});
