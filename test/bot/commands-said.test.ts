import { expect, test } from 'vitest';
import { commands } from '../../src/bot/commands.ts';
import type { Command } from '../../src/bot/intake/outcome.ts';

const commandOf = (text: string) =>
  (Object.values(commands) as Command[]).find((command) => command.match(text) !== undefined)?.name;

// Questions without the command's word; what no command accepts is read as a report.
test.each([
  ['还差几次', 'my-tasks'],
  ['请问我还差什么呢？', 'my-tasks'],
  ['我还有哪些任务没完成', 'my-tasks'],
  ['还有什么没做', 'my-tasks'],
  ['本学期还差多少次', 'my-tasks'],
  ['我的进度', 'my-tasks'],
  ['我的任务！', 'my-tasks'],
  ['查一下我的任务', 'my-tasks'],
  ['请假', 'usage'],
  ['代报', 'usage'],
  ['结束结对？', 'usage'],
  ['你是谁？', 'help'],
  ['帮我查一下谁没完成', 'overdue'],
  ['还有谁没做？', 'overdue'],
  ['哪些老师还没交', 'overdue'],
  ['逾期', 'overdue'],
  ['谁逾期了', 'overdue'],
  ['完成情况怎么样', 'progress'],
  ['进度 万佑', 'progress'],
  ['我报了哪些？', 'my-records'],
  ['我的记录', 'my-records'],
  ['同步到多维表格', 'mirror'],
  ['把台账同步到飞书多维表格。', 'mirror'],
  ['停止同步', 'mirror'],
  ['多维表格不写教师姓名', 'mirror'],
  ['从多维表格导入', 'base-lists'],
  ['不再从多维表格导入', 'base-lists'],
  ['怎么填报', 'help'],
  ['你会做什么', 'help'],
  ['？', 'help'],
])('%s asks for %s', (text, name) => {
  expect(commandOf(text)).toBe(name);
});

test.each([
  '还差几次家访',
  '昨天还差一个没谈',
  '谁没完成作业我就找谁谈话',
  '怎么填都行',
  '我报了两节课',
  '同步到多维表格的数据不对',
  '昨天培训怎么用多维表格',
  '请帮我',
  '看看',
])('%s is no command', (text) => {
  expect(commandOf(text)).toBeUndefined();
});
