import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type World, words, world } from '../support/world.ts';
import { CASTS } from './plans/casts.ts';

/** The text of the newest document sent. */
async function documentOf(w: World, name: string, n: number): Promise<string> {
  const files = () => w.inbox(name).filter((m) => m.msgType === 'file');
  await expect.poll(() => files().length, { timeout: 20_000 }).toBe(n);
  const { file_key: key } = files().at(-1)!.content as { file_key: string };
  const upload = await fetch(`${w.sandbox.url}/_sandbox/upload/${key}`);
  const bytes = new Uint8Array(await upload.arrayBuffer());
  return strFromU8(unzipSync(bytes)['word/document.xml']!).replace(/<[^>]+>/g, '');
}

test('a teacher’s summary and reflection are drafted from the ledger, with what remains to be written at the top', async () => {
  const w = await world({ programme: parse(CASTS['care-pupils']!) });
  await w.says('周文', '昨天去小杰家家访');
  await w.says('周文', '写一份本学期总结');
  const summary = await documentOf(w, '周文', 1);
  expect(summary).toMatch(/有 2 处请补写[\s\S]*【请补写：收获与体会】[\s\S]*任务完成情况/);
  expect(summary).toContain('2026-11-19');
  await w.says('周文', '写一份帮扶登记表');
  expect(await documentOf(w, '周文', 2)).toContain('小杰');
  await w.says('周文', '帮我写一篇心得');
  expect(await documentOf(w, '周文', 3)).toContain('【请补写：收获与体会】');
  // A colleague's pupils are not named, and the paper is refused to people without the right.
  const [refused] = await w.says('周文', '写一份罗国强的总结');
  expect(words(refused)).not.toContain('稍');
  await w.close();
});

test('a pupil’s causes, measures and results are noted in one’s own words or by form, and stand in the register', async () => {
  const w = await world({ programme: parse(CASTS['lagging-pupils']!) });
  const [noted] = await w.says('周文', '小杰 成因：基础薄弱、没有人督促；措施：每周二课后辅导');
  expect(words(noted)).toContain('成因：基础薄弱、没有人督促');
  expect(words(noted)).toContain('学困生名单、成因和措施');
  await w.says('周文', '填报');
  await w.clicks('周文', '帮扶名单');
  await w.clicks('周文', '提交', { date: '2026-11-20', result: '数学及格了' });
  expect(words(w.inbox('周文').at(-1))).toContain('成效：数学及格了');
  await w.says('周文', '学困生帮扶记录 小杰 经过：一月没有缺课 成效：数学及格了');
  const [shown] = await w.says('周文', '看看小杰的帮扶记录');
  expect(words(shown)).toMatch(
    /^小杰 · 记录 2 条\n\*\*成因\*\* 基础薄弱、没有人督促\n\*\*措施\*\* 每周二课后辅导\n\*\*经过\*\*/,
  );
  expect(words((await w.says('周文', '小李的帮扶记录'))[0])).not.toContain('记录 2 条');
  await w.says('周文', '写一份帮扶登记表');
  const register = await documentOf(w, '周文', 1);
  for (const text of ['成因', '基础薄弱、没有人督促', '每周二课后辅导', '一月没有缺课', '数学及格了'])
    expect(register).toContain(text);
  // Names only the writer's own pupil.
  expect(words((await w.says('罗国强', '小杰 成因：基础薄弱 措施：辅导'))[0])).not.toContain('已记录');
  await w.close();
});

test('the bureau’s appraisal of a pairing is joint, opens to its records and names no score', async () => {
  const w = await world({ programme: parse(CASTS['county-compulsory']!) });
  await w.says('周文', '今天和山口小学签署了长期合作协议');
  await w.says('区联', '写一份城一小→山口小学的考核材料');
  const appraisal = await documentOf(w, '区联', 1);
  expect(appraisal).toContain('双方捆绑考核');
  expect(appraisal).toContain('2026-11-20');
  expect(appraisal).not.toMatch(/得分|名次|排名/);
  await w.says('区联', '写一份山口小学的表彰材料');
  expect(await documentOf(w, '区联', 2)).toContain('【请补写：突出事迹】');
  await w.close();
});

test('the bureau’s summary covers all its schools, in figures; its card has a matching title', async () => {
  const w = await world();
  await w.says('陈志远', '昨天到万佑上了一节七年级语文');
  const [coming] = await w.says('刘洪涛', '写一份总结');
  expect(words(coming)).toContain('帮扶总结（草稿）');
  const summary = await documentOf(w, '刘洪涛', 1);
  expect(summary).toMatch(/任务完成情况[\s\S]*家访或电访[\s\S]*开展的活动[\s\S]*送教上课　1次/);
  expect(summary).not.toMatch(/小杰|小雨|小岩/);
  // The message with the file may arrive in the meantime.
  expect((await w.says('刘洪涛', '督导')).map(words).join('\n')).toContain('督导抽查');
  await w.close();
});

test('a rural head’s paper covers visiting teachers, not only their own', async () => {
  const w = await world();
  await w.says('陈志远', '昨天到万佑上了一节七年级语文');
  expect(words((await w.says('马文骏', '这个月来上了几节课'))[0])).toContain('送教上课 1 次（11月1日');
  const [visitors] = await w.says('马文骏', '来了几次老师');
  expect(words(visitors)).toMatch(/送教上课.*陈志远/);
  expect(words(visitors)).not.toMatch(/周丽华.*晓街乡|谈话/);
  await w.close();
});

test('a joint appraisal has what each school owes alone, and the inspections of both; a plan is labelled by its year', async () => {
  const w = await world({ programme: parse(CASTS['county-compulsory']!) });
  await w.says('丁兰', '今天向县教体局上报了结对帮扶典型经验');
  await w.says('区联', '督导 山口小学');
  await w.says('区联', '问题：学年计划没有制定，请丁兰负责，11月30日前整改');
  await w.says('区联', '写一份城一小和山口小学的考核材料');
  const joint = await documentOf(w, '区联', 1);
  for (const text of [
    '2026-2027学年',
    '上报进展、经验和典型（山口小学）',
    '2026-11-20',
    '督导与整改',
    '学年计划没有制定',
  ])
    expect(joint).toContain(text);
  await w.says('周文', '写一份下学年帮扶计划');
  const plan = await documentOf(w, '周文', 1);
  for (const text of ['2027-2028学年 帮扶计划', '两校教育教学研讨', '【请补写：方法与措施】', '【请补写：人员安排】'])
    expect(plan).toContain(text);
  // A circular names no person, even if the finding does.
  await w.clicks('区联', '印发通报');
  expect(words(w.inbox('丁兰').at(-1))).toMatch(/学年计划没有制定，11月30日前整改/);
  expect(words(w.inbox('丁兰').at(-1))).not.toContain('请丁兰');
  expect(await documentOf(w, '区联', 2)).not.toContain('丁兰');
  await w.close();
});

test('a district’s summary has its schools, and the teachers sent, in batches', async () => {
  const w = await world({ programme: parse(CASTS['district-rotation']!), at: '2026-11-03T16:00' });
  await w.says('周文', '今天起到平岗中学支教一年');
  await w.says('区联', '写一份全区结对帮扶工作总结');
  const summary = await documentOf(w, '区联', 1);
  expect(summary).toContain('支援学校 1 所，受援学校 1 所');
  expect(summary).toContain('派出支教教师 1 批 1 人：2026年上学期 1 人');
  await w.close();
});

test('a certificate says whether a year is full', async () => {
  const w = await world({ programme: parse(CASTS['district-rotation']!), at: '2026-12-01T10:00' });
  await w.says('周文', '9月1日到11月30日在平岗中学支教');
  await w.says('周文', '开一份支教证明');
  expect(await documentOf(w, '周文', 1)).toMatch(/平岗中学[\s\S]*未满一年/);
  await w.close();
});
