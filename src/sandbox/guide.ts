import type { GuideStep } from './options.ts';
import type { SandboxPerson } from './tenant.ts';

const TEACHER = /teacher|教师/;
const LEADER = /principal|leader|校长|局|领导/;

/** The first minute on the page: five things to click, each with a visible result. */
export function guideFor(people: SandboxPerson[], canAdvance: boolean): GuideStep[] {
  const teacher = people.find((person) => TEACHER.test(person.role ?? '')) ?? people[0];
  const leader = people.find((person) => LEADER.test(person.role ?? '')) ?? people[0];
  return [
    { zh: '一句话上报', en: 'One sentence', as: teacher?.openId, say: '昨天到万佑上了一节七年级语文' },
    {
      zh: '一次报两件事',
      en: 'Two at once',
      as: teacher?.openId,
      say: '昨天到万佑上了一节八年级数学，又听了周老师一节课',
    },
    { zh: '撤回', en: 'Undo', as: teacher?.openId, say: '撤回' },
    canAdvance
      ? { zh: '下月汇总', en: 'Monthly digest', as: teacher?.openId, advance: 'month' }
      : { zh: '我的任务', en: 'My tasks', as: teacher?.openId, say: '我的任务' },
    { zh: '领导周报', en: 'Weekly report', as: leader?.openId, say: '周报' },
  ];
}
