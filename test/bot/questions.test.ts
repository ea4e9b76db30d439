import { expect, test } from 'vitest';
import { askedIn, QUESTIONS } from '../../src/bot/insight/questions.ts';

test.each(QUESTIONS)('$says is asked by the rule $name and by no other', ({ says, name }) => {
  expect(QUESTIONS.filter((q) => q.when(says)).map((q) => q.name)).toEqual([name]);
});

test.each([
  ['还有谁没交心得', { see: 'unmet', kind: 'document' }],
  ['哪些老师还没有家访', { see: 'unmet', kind: 'home_visit' }],
  ['有没有老师落后', { see: 'late' }],
  ['哪些老师谈话没到10次', { see: 'unmet', kind: 'talk' }],
  ['谁还没写心得体会', { see: 'unmet', about: '心得体会' }],
  ['哪些园没建帮扶档案', { see: 'unmet', about: '帮扶档案' }],
  ['各受援学校进展情况', { see: 'schools' }],
  ['这个月听课多少次', { see: 'records', kind: 'observe', span: 'month' }],
  ['这个月来上了几节课', { see: 'count', kind: 'demo_lesson', span: 'month' }],
  ['家访做了多少', { see: 'count', kind: 'home_visit' }],
  ['来了几次老师', { see: 'visitors' }],
  ['民族中学来了几次老师', { see: 'visitors' }],
  ['谁去了万佑', { see: 'visitors' }],
  ['谁带的', { see: 'mentors' }],
  ['陈志远做了什么', { see: 'done', name: '陈志远' }],
  ['这个月做了哪些活动', { see: 'done', span: 'month' }],
  ['哪个学校最慢', { see: 'schools' }],
  ['每个学校的完成情况怎么样', { see: 'schools' }],
])('%s', (text, asked) => expect(askedIn(text)).toEqual(asked));

test.each([
  '谁没完成作业我就找谁谈话',
  '本周送教情况已上报局里',
  '昨天上了几节课，都评了',
  '小雨做了什么作业，我看了看',
  '谁带了钥匙',
  '谁去听课了',
  '各校注意安全',
  '本周到万佑送教两次',
  '有没有老师知道密码',
])('%s asks for no list', (text) => expect(askedIn(text)).toBeUndefined());
