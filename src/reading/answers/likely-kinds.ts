import type { ActivityKind } from '../../plan/activity.ts';

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
