import { expect, test } from 'vitest';
import { PAPER_ASKED, paperAsked } from '../../src/bot/files/paper-asked.ts';

test.each(PAPER_ASKED)('$says asks $name', ({ says, when }) => {
  expect(when.test(says)).toBe(true);
  expect(paperAsked(says)).toBeDefined();
});

test.each([
  ['写一份本学期总结', 'summary', '', 'term'],
  ['写一份对口帮扶支教人员考核材料', 'appraisal', '', 'school_year'],
  ['写一份全区结对帮扶工作总结', 'summary', '', 'term'],
  ['写一份学困生转化总结', 'summary', '', 'term'],
  ['给何静写一份个人表彰材料', 'commendation', '何静', 'school_year'],
  ['这一周期结束，给成绩突出的单位写一份表彰材料', 'commendation', '', 'school_year'],
  ['生成城一小与山口小学的年度捆绑式考核材料', 'appraisal', '城一小与山口小学', 'school_year'],
  ['我要评高级职称，给我开一份农村支教证明', 'certificate', '', 'school_year'],
  ['支教满一年了，评职称要证明材料，怎么开', 'certificate', '', 'school_year'],
  ['帮我起草下学期帮扶计划', 'plan', '', 'next_term'],
  ['写一份上学年总结', 'summary', '', 'last_year'],
  ['写一份下学年工作方案', 'plan', '', 'next_year'],
  ['出一份何静的支教证明', 'certificate', '何静', 'school_year'],
  ['年度总结写一份', 'summary', '', 'school_year'],
  ['帮我写一篇心得', 'reflection', '', 'term'],
  ['写一份石头小学的考核材料', 'appraisal', '石头小学', 'school_year'],
])('%s', (text, paper, name, span) => expect(paperAsked(text)).toEqual({ paper, name, span }));

test.each([
  '今天写了一篇潜能生帮扶转化心得体会',
  '交帮扶转化心得体会一篇',
  '写好了一份总结',
  '总结写完了',
  '今天制定了一份帮扶计划',
  '谁还没写心得体会',
  '今天和小杰谈话，给他做了一个计划',
  '明天要交一份总结',
])('%s reports or asks something else', (text) => expect(paperAsked(text)).toBeUndefined());
