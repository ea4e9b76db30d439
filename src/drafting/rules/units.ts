/** The units after a number. */
import type { Measure } from '../../plan/plan.ts';
import type { Rule } from './rule.ts';

export interface UnitRule extends Rule {
  /** `skip`: the number counts nothing by itself. */
  gives: Measure | 'skip';
  /** How many of the measure one unit is. */
  times?: number;
  doubt?: string;
}

export const UNIT_RULES: UnitRule[] = [
  { name: 'occasions', says: '次', when: /^(?:次|场次|场|回|轮|趟|遍|封)(?![日要性数])/, gives: 'times' },
  {
    name: 'festivals',
    says: '届艺术展演',
    when: /^届(?=$|[^,，。;、]{0,8}(?:赛|展演|节|会|活动|论坛))/,
    gives: 'times',
  },
  { name: 'lessons', says: '节', when: /^(?:节次?|个?课时|个?学时|堂)(?!假)/, gives: 'lessons' },
  {
    name: 'weeks of days',
    says: '周',
    when: /^(?:个)?(?:周|星期)(?![岁年期])/,
    gives: 'days',
    times: 5,
    doubt: '一周按 5 个上课日',
  },
  { name: 'months of stay', says: '个月', when: /^个月/, gives: 'days', times: 20, doubt: '一个月按 20 个上课日' },
  { name: 'days', says: '天', when: /^(?:个工作日|天)/, gives: 'days' },
  {
    name: 'pupils',
    says: '名学生',
    when: /^(?:名|位|个|人次?)(?=[^,，。;]{0,10}(?:学生|贫困生|困难生|潜能生|学困生|儿童|孩子|幼儿))/,
    gives: 'pupils',
  },
  { name: 'homes', says: '户', when: /^户/, gives: 'pupils' },
  { name: 'people', says: '名', when: /^(?:名|位|人次?)/, gives: 'people' },
  { name: 'papers', says: '篇', when: /^(?:篇|份|则|条(?=[^,，。]{0,4}信息)|条$)/, gives: 'documents' },
  { name: 'ten thousand yuan', says: '万元', when: /^万元/, gives: 'yuan', times: 10_000 },
  { name: 'yuan', says: '元', when: /^元/, gives: 'yuan' },
  { name: 'themes', says: '个教研主题', when: /^个(?=[^,，。;]{0,6}主题)/, gives: 'skip' },
  { name: 'topics', says: '个课题', when: /^(?:个|项)(?=[^,，。;]{0,8}课题)/, gives: 'times' },
  { name: 'issues', says: '期', when: /^期(?!间|[中末初])/, gives: 'times' },
  {
    name: 'batches',
    says: '批',
    when: /^批(?!次)(?=$|[,。;、和及]|[^,，。;]{0,8}(?:培训|活动|讲座|研修|教研))/,
    gives: 'times',
  },
  {
    name: 'events',
    says: '项活动',
    when: /^(?:个|项|届)(?=[^,，。;]{0,8}(?:培训|活动|讲座|研修|[案课]例|教研))/,
    gives: 'times',
  },
  { name: 'pieces', says: '案例2个', when: /^(?:个|项|件)(?=$|[,。;、和及报上])/, gives: 'times' },
  {
    name: 'what counts nothing',
    says: '所',
    when: /^(?:所|个|对|家|条|岁|年|%|分钟|小时|元钱|支|项|册|台|套|件|本|科|班|张|幅|字|份之)/,
    gives: 'skip',
  },
];
