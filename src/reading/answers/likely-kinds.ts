import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import { normalise } from '../text/normalise.ts';
import { nameRosterOf } from '../tokens/roster.ts';
import { tokenise } from '../tokens/tokens.ts';
import { datesOf } from '../tokens/when.ts';
import type { ReadAt, ReaderKnows } from '../types.ts';

interface Rule {
  name: ActivityKind;
  says: string;
  when: RegExp;
}

/** Words that make an activity likely in a message that was not understood; the strongest first. */
export const LIKELY: Rule[] = [
  { name: 'home_visit', says: '去小雨家看看', when: /家访|家里|家长|上门|[\u4e00-\u9fff]家(?:看|坐|走)/u },
  { name: 'demo_lesson', says: '在万佑上课的事', when: /送教|上课|示范课|公开课|一节|节课|讲了.*课/u },
  { name: 'observe', says: '听课笔记', when: /听课|评课|听评|观摩/u },
  { name: 'talk', says: '找小杰聊', when: /谈话|谈心|聊|沟通/u },
  { name: 'study_guidance', says: '辅导小杰数学', when: /辅导|指导|补课/u },
  { name: 'lecture', says: '讲座', when: /讲座|报告会|宣讲/u },
  { name: 'joint_prep', says: '一起备课', when: /备课|教研|磨课/u },
  { name: 'training', says: '培训', when: /培训|研修/u },
  { name: 'donation', says: '送去一批书', when: /捐|赠|送去/u },
  { name: 'exchange', says: '学生交流', when: /交流|联谊|参观/u },
  { name: 'secondment', says: '支教第一天', when: /支教|挂职|跟岗/u },
  { name: 'meeting', says: '座谈会', when: /会议|座谈|家长会|开会/u },
  { name: 'document', says: '帮扶总结', when: /总结|计划|方案|材料|心得/u },
];

/** At most three kinds that a message may report, for the buttons of 「是要报送吗」. */
export const likelyKinds = (text: string): ActivityKind[] =>
  LIKELY.filter(({ when }) => when.test(text))
    .map(({ name }) => name)
    .slice(0, 3);

/** How people refer to a record that they have made. */
export const NAMED_RECORDS: Rule[] = [
  { name: 'talk', says: '是周丽华谈的话', when: /谈话|谈心|谈的|聊的/u },
  { name: 'observe', says: '刚才听课的那条', when: /听课|评课|听的|听了.{0,8}课/u },
  { name: 'demo_lesson', says: '昨天上的课', when: /送教|上课|示范课|公开课|上的|讲的课/u },
  { name: 'home_visit', says: '家访的是小雨', when: /家访|电访/u },
  { name: 'study_guidance', says: '学法指导', when: /学法|学习方法|辅导/u },
  { name: 'lecture', says: '讲座那条', when: /讲座/u },
  { name: 'joint_prep', says: '备课那条', when: /备课|教研/u },
  { name: 'donation', says: '捐赠的那条', when: /捐/u },
  { name: 'training', says: '培训那条', when: /培训/u },
  { name: 'exam', says: '联考那条', when: /联考|考试/u },
  { name: 'meeting', says: '会议那条', when: /会议|座谈/u },
];

/** The record that a correction or withdrawal refers to, as far as it says: kinds of activity, and days up to today. */
export function aboutRecord(said: string, at: ReadAt, knows: ReaderKnows): { kinds: ActivityKind[]; days: Ymd[] } {
  const text = normalise(said);
  const { days } = datesOf(tokenise(text, nameRosterOf(knows)), text, at.today, 'past');
  return { kinds: NAMED_RECORDS.filter(({ when }) => when.test(text)).map(({ name }) => name), days };
}
