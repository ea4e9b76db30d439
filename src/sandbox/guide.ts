import type { GuideStep, SandboxPerson } from './types.ts';

const TEACHER = /teacher|教师/;
const LEADER = /principal|leader|校长|局|领导/;

/** The first minute on the page: five things to click, each with a visible result. */
export function guideFor(people: SandboxPerson[], canAdvance: boolean): GuideStep[] {
  const teacher = people.find((person) => TEACHER.test(person.role ?? '')) ?? people[0];
  const leader = people.find((person) => LEADER.test(person.role ?? '')) ?? people[0];
  return [
    { zh: '一句话报一次活动', en: 'Report in one sentence', as: teacher?.openId, say: '昨天到万佑上了一节七年级语文' },
    {
      zh: '一条消息报两件事',
      en: 'Two things in one message',
      as: teacher?.openId,
      say: '昨天到万佑上了一节八年级数学，又听了李老师一节课',
    },
    { zh: '撤回刚才的记录', en: 'Take it back', as: teacher?.openId, say: '撤回' },
    canAdvance
      ? { zh: '到下个月，看月度汇总', en: 'Next month: the digest', as: teacher?.openId, advance: 'month' }
      : { zh: '看我的任务', en: 'What I still owe', as: teacher?.openId, say: '我的任务' },
    { zh: '领导看周报', en: 'The leader’s weekly report', as: leader?.openId, say: '周报' },
  ];
}
