import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { LEVELS } from '../../src/drafting/clauses.ts';
import { docxText } from '../../src/drafting/docx.ts';
import { type DraftPlan, draftPlans } from '../../src/drafting/draft.ts';
import { EVIDENCE, LOOKED_AFTER, NOTHING_ASKED } from '../../src/drafting/rules/asked.ts';
import { LIFE } from '../../src/drafting/rules/days.ts';
import { KIND_RULES } from '../../src/drafting/rules/kinds.ts';
import { PERIODS } from '../../src/drafting/rules/periods.ts';
import { UNIT_RULES } from '../../src/drafting/rules/units.ts';
import { BOTH_SIDES, CALLED, WHO } from '../../src/drafting/rules/who.ts';
import { draftYaml } from '../../src/drafting/yaml.ts';
import { parsePlan } from '../../src/plan/plan-file.ts';

const dir = join(import.meta.dirname, 'documents');
const documents = readdirSync(dir);
const drafted = (file: string) => draftPlans(readFileSync(join(dir, file), 'utf8'), file);
const only = (text: string): DraftPlan['demands'] => draftPlans(text, 'x.txt')[0]!.demands;
const brief = ({ activity, subject, side, measure, count, period }: DraftPlan['demands'][number]) =>
  [
    activity,
    `${subject}/${side}`,
    `${count} ${measure}`,
    typeof period === 'string' ? period : JSON.stringify(period),
  ].join(' ');

test.each([
  ...KIND_RULES,
  ...PERIODS,
  ...WHO,
  ...CALLED,
  BOTH_SIDES,
  ...EVIDENCE,
  ...NOTHING_ASKED,
  LOOKED_AFTER,
  LIFE,
  ...LEVELS,
])('$name reads $says', ({ says, when }) => {
  expect(says).toMatch(when);
});
test.each(UNIT_RULES)('$name is the unit after a number: $says', ({ says, when }) => {
  expect(says.replace(/^案例2/, '')).toMatch(when);
});

test.each(documents)('the invented plan %s, each demand with its clause', async (file) => {
  const lines = drafted(file).flatMap(({ title, demands, unfit }) => [
    title,
    ...demands.map(
      (d) => `  ${d.clause}  ${brief(d)}  ${d.title}${d.doubts.length > 0 ? `  (${d.doubts.join('；')})` : ''}`,
    ),
    ...unfit.map((u) => `  left out: ${u.clause} ${u.sentence}`),
  ]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`__snapshots__/${file}.txt`);
});

test.each(documents)('the draft of %s is a valid plan file as it is', (file) => {
  for (const document of parseAllDocuments(draftYaml(drafted(file), file))) {
    const parsed = parsePlan((document as { toJS(): unknown }).toJS(), file);
    expect(parsed).not.toHaveProperty('problems');
  }
});

test('open points are marked, uncounted demands are listed, and a text without a demand becomes a comment', () => {
  const yaml = draftYaml(draftPlans('工作方案\n一、定期开展送教活动。\n二、各校应加强听课管理。', 'x.txt'), 'x.txt');
  expect(yaml).toContain('请确认：文件未写次数，按 1 次计；“定期”按每学期');
  expect(yaml).toContain('assumed: true');
  expect(yaml).toMatch(/没有列入：\n# 二、 各校应加强听课管理/);
  expect(draftYaml(draftPlans('高举旗帜，团结奋斗，再创辉煌。', 'x.txt'), 'x.txt')).toMatch(/^# .*没有找到/);
});

test('a month applies to the demands after it, also within one line and for two months together', () => {
  const text =
    '一、月工作安排 十月份:1.签订协议书;2.成立领导小组; 十一、十二月份:1.甲校派骨干教师到乙校作专题讲座。 三、四月份:1.召开教学研讨会。';
  expect(only(text).map((d) => [d.clause, brief(d)])).toEqual([
    ['一、1', 'document pairing/both 1 documents {"month":10}'],
    ['一、1十一、十二月', 'lecture pairing/supporter 1 times {"windows":["11-01..12-31"]}'],
    ['一、1三、四月', 'research pairing/both 1 times {"windows":["03-01..04-30"]}'],
  ]);
});

test('schools are recognised by their place in the title and by the short names of a text', () => {
  const sides = (text: string) => only(text).map((d) => `${d.activity} ${d.side}`);
  expect(
    sides('双河镇中心小学关于做好与县实验小学结对工作的安排\n一、每学期送教2次。\n二、每学期请实小教师来校讲座1次。'),
  ).toEqual(['demo_lesson recipient', 'lecture supporter']);
  expect(sides('市第一幼儿园帮扶李集镇中心园工作计划\n一、接待李集园教师来园跟岗，全年6人次。')).toEqual([
    'secondment recipient',
  ]);
  expect(sides('结对方案\n乙方（桥头学校）职责\n一、每学期送教2次。')).toEqual(['demo_lesson recipient']);
});

test('one document with several plans gives a draft for each', () => {
  const text = '结对方案篇一\n一、每学期送教2次。\n结对方案篇二\n一、每月家访1次。';
  expect(draftPlans(text, 'x.txt').map((d) => [d.id, d.demands.map(brief)])).toEqual([
    ['draft-1', ['demo_lesson pairing/supporter 2 times term']],
    ['draft-2', ['home_visit care/supporter 1 times month']],
  ]);
});

test('history, eligibility, charges and permissions of others make no demand', () => {
  for (const text of [
    '去年已选派107人次支教。',
    '每名教师帮扶1-2名潜能生。',
    '支教教师男未满45周岁。',
    '可选派2名教师支教。',
    '市局不定期开展督查。',
  ])
    expect([text, only(`一、${text}`).map(brief)]).toEqual([text, []]);
});

test('a Word document is read paragraph by paragraph; anything else is undefined', async () => {
  const lines = ['白云区结对方案', '一、每学期组织送教不少于2次。'];
  const bytes = await Packer.toBuffer(
    new Document({ sections: [{ children: lines.map((text) => new Paragraph(text)) }] }),
  );
  expect(docxText(bytes)!.trim().split('\n')).toEqual(lines);
  expect(docxText(Buffer.from('PK no zip'))).toBeUndefined();
  expect(docxText(Buffer.from('text'))).toBeUndefined();
});

test('a table of a Word document is read row by row, its cells by their columns', async () => {
  const row = (...cells: string[]) =>
    new TableRow({
      children: cells.map((text) => new TableCell({ children: text.split('/').map((t) => new Paragraph(t)) })),
    });
  const rows = [
    row('序号', '任务', '要求', '完成时限'),
    row('1', '送教下乡', '每学期2次/每次2节', '每学期'),
    row('2', '捐赠', '图书/价值2万元', '2026年11月底前'),
  ];
  const children = [new Paragraph('任务分解表'), new Table({ rows })];
  const bytes = await Packer.toBuffer(new Document({ sections: [{ children }] }));
  expect(only(docxText(bytes)!).map((d) => [d.clause, brief(d)])).toEqual([
    ['表1', 'demo_lesson pairing/supporter 2 times term'],
    ['表2', 'donation pairing/supporter 20000 yuan {"due":"11-30"}'],
  ]);
});
