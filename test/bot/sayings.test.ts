import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { datesIn } from '../../src/bot/people/names-and-dates.ts';
import { findArrangement, SAYINGS } from '../../src/bot/people/sayings.ts';
import { sentenceShape } from '../../src/bot/people/sentence-shape.ts';
import { DEMO_FILE, readPresets } from '../../src/files.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';

const TODAY = '2026-11-20';
const parsed = parseProgramme(parse(readFileSync(DEMO_FILE, 'utf8')), 'demo', readPresets());
if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
const programme: Programme = { ...parsed.programme, id: 'p', version: 1, leaves: [] };
const arrangementIn = (text: string) => findArrangement(sentenceShape(text, programme, TODAY));

test.each(SAYINGS)('$says is $name', ({ says, when }) => {
  expect(when(sentenceShape(says, programme, TODAY)), sentenceShape(says, programme, TODAY).shape).toBeDefined();
});

test.each([
  ['陈志远下周请假', { what: 'leave', who: '陈志远', when: '下周' }],
  ['陈老师明天请假', { what: 'leave', who: '陈老师', when: '明天' }],
  ['陈志远请病假三天', { what: 'leave', who: '陈志远', when: '三天' }],
  ['我下周请假三天', { what: 'leave', when: '下周 至 三天' }],
  ['我想请三天假，因为家里有事', { what: 'leave', when: '三天', reason: '家里有事' }],
  ['我生病了，明天请假', { what: 'leave', when: '明天', reason: '生病' }],
  ['陈志远11-23至11-30请假', { what: 'leave', who: '陈志远', when: '11-23 至 11-30' }],
  ['请假三天', { what: 'leave', when: '三天' }],
  ['李晓梅产假从12月1号开始，休到明年3月', { what: 'leave', who: '李晓梅', when: '12月1号 至 2027-03-31' }],
  ['陈志远12月调走，学生交给李晓梅', { what: 'replace', who: '陈志远', by: '李晓梅', when: '12月', leaves: true }],
  ['让李晓梅代我', { what: 'leave', by: '李晓梅', when: '' }],
  ['算了不请了', { what: 'end_leave', when: '' }],
  ['周三到周五请假', { what: 'leave', when: '周三 至 周五' }],
  ['下周要去培训，请假一周', { what: 'leave', when: '下周 至 一周', reason: '要去培训' }],
  ['孩子发烧了，明天请假', { what: 'leave', when: '明天', reason: '孩子发烧' }],
  ['陈志远下周请假，由李晓梅代', { what: 'leave', who: '陈志远', by: '李晓梅', when: '下周' }],
  ['我明天请假，让李晓梅代课', { what: 'leave', by: '李晓梅', when: '明天' }],
  ['不请假了', { what: 'end_leave', when: '' }],
  ['假不请了', { what: 'end_leave', when: '' }],
  ['我下周不请假了', { what: 'end_leave', when: '下周' }],
  ['陈志远提前回来上班了', { what: 'end_leave', who: '陈志远', when: '' }],
  ['取消陈志远的请假', { what: 'end_leave', who: '陈志远', when: '' }],
  ['下周李晓梅替陈志远', { what: 'replace', who: '陈志远', by: '李晓梅', when: '下周', meanwhile: true }],
  ['由李晓梅代陈志远下周的课', { what: 'replace', who: '陈志远', by: '李晓梅', when: '下周', meanwhile: true }],
  ['陈志远住院了，由李晓梅代', { what: 'replace', who: '陈志远', by: '李晓梅', when: '', meanwhile: true }],
  ['陈志远的学生先由李晓梅带', { what: 'replace', who: '陈志远', by: '李晓梅', when: '' }],
  ['小雨由李晓梅带', { what: 'replace', by: '李晓梅', pupil: '小雨', when: '' }],
  ['以后小雨就由李晓梅带了', { what: 'replace', by: '李晓梅', pupil: '小雨', when: '' }],
  ['小雨就交给李晓梅了', { what: 'replace', by: '李晓梅', pupil: '小雨', when: '' }],
  ['取消豁免', { what: 'lift', requirement: '', when: '' }],
  ['小雨的豁免不要了', { what: 'lift', who: '学生小雨', requirement: '', when: '' }],
  ['恢复小雨的家访', { what: 'lift', who: '学生小雨', requirement: '家访', when: '' }],
  ['陈志远调走了李晓梅接替', { what: 'replace', who: '陈志远', by: '李晓梅', when: '', leaves: true }],
  [
    '陈志远下周一调走，由李晓梅老师接替他的工作。',
    { what: 'replace', who: '陈志远', by: '李晓梅', when: '下周一', leaves: true },
  ],
  ['李晓梅接替陈志远', { what: 'replace', who: '陈志远', by: '李晓梅', when: '' }],
  ['小雨改由李晓梅带', { what: 'replace', by: '李晓梅', pupil: '小雨', when: '' }],
  ['陈志远退休了', { what: 'person_leaves', who: '陈志远', when: '' }],
  ['小杰转学了', { what: 'pupil_leaves', who: '小杰', when: '' }],
  ['小杰昨天转走了', { what: 'pupil_leaves', who: '小杰', when: '昨天' }],
  ['小雨的家访免了', { what: 'waive', who: '学生小雨', requirement: '家访', when: '' }],
  [
    '小雨这个月的家访免了，因为住院',
    { what: 'waive', who: '学生小雨', requirement: '家访', when: '这个月', reason: '住院' },
  ],
  ['陈志远下周不用家访了', { what: 'waive', who: '陈志远', requirement: '家访', when: '下周' }],
  ['陈志远本学期的家访免了', { what: 'waive', who: '陈志远', requirement: '家访', when: '本学期' }],
  ['结束结对 民族中学→万佑 12-31', { what: 'pairing_ends', pairing: '民族中学→万佑', when: ' 12-31' }],
  ['民族中学和万佑的结对月底结束', { what: 'pairing_ends', pairing: '民族中学→万佑', when: '月底' }],
  ['取消豁免 小雨 家访', { what: 'lift', who: '小雨', requirement: '', when: '家访' }],
  ['取消小雨家访的豁免', { what: 'lift', who: '学生小雨', requirement: '家访', when: '' }],
])('%s', (text, expected) => {
  expect(arrangementIn(text), sentenceShape(text, programme, TODAY).shape).toEqual(expected);
});

// Sentences that report something, or nothing, arrange nothing.
test.each([
  '上周三请假了',
  '陈志远请假了，我代他到万佑上了一节语文课',
  '小雨今天请假了',
  '小杰转学了，昨天去他家谈了一次话',
  '昨天替陈志远听了两节课',
  '今天和李晓梅换了一节课',
  '小雨不用担心了',
  '放假前家访了小雨',
  '小雨家访免了费用',
  '学校放假，没去成',
  '今天把材料交给李晓梅了',
  '谢谢，不用了',
  '昨天去万佑上了一节课，明天请假',
  '昨天李晓梅替陈志远去万佑上了一节语文课',
  '今天李晓梅代陈志远去万佑听课',
  '昨天李晓梅代陈志远',
  '小雨由爷爷奶奶带',
  '带小雨去看了病',
])('%s arranges nothing', (text) => {
  expect(arrangementIn(text), sentenceShape(text, programme, TODAY).shape).toBeUndefined();
});

// The dates in a sentence; people-change.test.ts covers the rest of a proposal.
test.each([
  ['陈志远下周请假', '2026-11-23', '2026-11-29'],
  ['陈志远下周一请假', '2026-11-23', '2026-11-23'],
  ['陈志远请假三天', '2026-11-20', '2026-11-22'],
  ['陈志远下周请假三天', '2026-11-23', '2026-11-25'],
  ['陈志远从明天起请假两周', '2026-11-21', '2026-12-04'],
  ['陈志远11-02至11-04请假', '2026-11-02', '2026-11-04'],
  ['陈志远12月1日到15日请假', '2026-12-01', '2026-12-15'],
  ['陈志远这周请假', '2026-11-16', '2026-11-22'],
  ['陈志远昨天请假了', '2026-11-19', '2026-11-19'],
  ['陈志远周三到周五请假', '2026-11-25', '2026-11-27'],
])('%s: %s to %s', (text, from, to) => {
  expect(datesIn(sentenceShape(text, programme, TODAY).when, TODAY)).toMatchObject({ from, to });
});
