import { expect, test } from 'vitest';
import { words } from '../../support/world.ts';
import { CASTS } from './casts.ts';
import { story } from './story.ts';

/** Questions of a bureau or school in a document's words, and what the answer must contain. */
const ASKED: Record<string, [who: string, text: string, answer: RegExp][]> = {
  'county-compulsory': [
    ['区联', '哪些学校还没签协议', /任务明细 · 共 1 条[\s\S]*签署长期合作协议/],
    ['区联', '哪些学校没有上报典型经验', /任务明细 · 共 2 条[\s\S]*上报进展、经验和典型/],
    ['区联', '不定期督导检查 山口小学', /^督导\n\*\*山口小学/],
    ['区联', '各校进展情况', /周报/],
    ['区联', '写一份城一小和山口小学的捆绑考核材料', /文件正在生成/],
    ['区联', '写一份表彰推荐材料 城一小', /文件正在生成/],
    ['区联', '写一份石头小学的考核材料', /名单里没有这个名字：\s*石头小学/],
    ['罗国强', '山口小学还差什么', /^进度/],
    ['区联', '把实施不力的学校列出来，可以吗', /可以这样说/],
  ],
  'yunxian-minzu': [
    ['罗国强', '师徒结对名单', /名册 · 共 0 条/],
    ['罗国强', '结对帮扶领导组成员有哪些', /名册 · 共 0 条/],
  ],
  'care-pupils': [
    ['罗国强', '抽查师生结对工作', /^督导\n\*\*某中学/],
    ['罗国强', '定期检查 周文', /^督导\n\*\*周文/],
    ['罗国强', '哪些老师谈话没到10次', /每学期谈话不少于十次[\s\S]*周文/],
    ['罗国强', '谁还没写心得体会', /帮扶转化心得体会[\s\S]*周文/],
  ],
  'lingbi-huigou-2012': [['罗国强', '十一月还有哪些任务', /我的任务[\s\S]*十一月：请专家作教育专题报告/]],
  'kindergarten-pairs': [
    ['区联', '结对帮扶小组名单', /学校名单[\s\S]*东乡园/],
    ['区联', '哪些园没建帮扶档案', /任务明细 · 共 2 条[\s\S]*帮扶档案/],
    ['区联', '督查结果全市通报', /发「督导 学校名」/],
  ],
};

for (const [plan, asked] of Object.entries(ASKED))
  test(`what is asked of ${plan} in its own words is answered`, { timeout: 60_000 }, async () => {
    const { world: w, says } = await story(CASTS[plan]!, { at: '2026-11-03T16:00' });
    const failed: string[] = [];
    for (const [who, text, answer] of asked) {
      const answers = (await says(who, text)).map(words).join('\n');
      if (!answer.test(answers)) failed.push(`${who}「${text}」\n${answers}`);
    }
    await w.close();
    expect(failed.join('\n\n')).toBe('');
  });
