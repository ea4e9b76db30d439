/** How coordinators and leaders ask, in whole questions: each way a rule of its own. Pure. */
import type { ActivityKind } from '../../plan/activity.ts';
import type { Span } from '../../plan/summary.ts';
import { likelyKinds } from '../../reading/answers/likely-kinds.ts';

/** What a question asks to see. */
export type QuestionAsked =
  | { see: 'late' }
  | { see: 'unmet'; kind: ActivityKind }
  /** `about`: what a plan calls it, 协议 or 典型经验. */
  | { see: 'unmet'; about: string }
  | { see: 'records'; kind: ActivityKind; span: Span }
  | { see: 'schools' };

interface Question {
  name: string;
  says: string;
  when(text: string): QuestionAsked | undefined;
}

const WHO =
  '(?:还有)?(?:谁|(?:哪些|哪几[个所位]|有哪些)(?:老师|教师|人|同事|学校|单位|园|幼儿园)?|有没有(?:老师|人|学校))';
const KIND = '(?<kind>总结|计划|心得|材料|方案|送教|听课|评课|家访|谈话|讲座|备课|培训|支教|捐赠)';
const SPANS: Record<string, Span> = { 周: 'week', 星期: 'week', 月: 'month', 学期: 'term' };

const shaped = (pattern: string, made: (groups: Record<string, string | undefined>) => QuestionAsked | undefined) => {
  const shape = new RegExp(`^${pattern}$`, 'u');
  return (text: string) => {
    const found = shape.exec(text);
    return found ? made(found.groups ?? {}) : undefined;
  };
};
const kindOf = ({ kind }: Record<string, string | undefined>) => likelyKinds(kind ?? '')[0];

const ABOUT = new RegExp(
  `^${WHO}(?:还|都)?(?:没有?|未)(?:上报|报送|提交|签订|签署|制定|建立|报|交|写|签|建|定|有)?过?(?<about>\\p{Script=Han}{2,8}?)了?$`,
  'u',
);

export const QUESTIONS: Question[] = [
  {
    name: 'who has not done it',
    says: '谁没完成',
    when: shaped(`${WHO}(?:还|都)?(?:没有?|未)(?:完成|做完?|交|报|到位)(?:任务)?了?`, () => ({ see: 'late' })),
  },
  {
    name: 'who is behind',
    says: '哪些老师落后了',
    when: shaped(`${WHO}(?:进度)?(?:晚|拖|落后|逾期|滞后|掉队|拖后腿|欠账)了?`, () => ({ see: 'late' })),
  },
  {
    name: 'who has not done one kind',
    says: '谁还没交总结',
    when: shaped(
      `${WHO}(?:(?:还|都)?(?:没有?|未)(?:做|去|交|报|上|写|完成)?过?${KIND}过?了?|(?<short>谈话|家访|听课|送教)(?:还|都)?(?:没有?|未|不)(?:到|够|满|足)\\d{0,2}次)`,
      (groups) => {
        const kind = kindOf({ kind: groups.kind ?? groups.short });
        return kind && { see: 'unmet', kind };
      },
    ),
  },
  {
    name: 'what was done of one kind',
    says: '本周送教情况',
    when: shaped(
      `(?:[这本]个?|近一?个?)(?<span>周|星期|月|学期)的?${KIND}(?:的?(?:情况|记录|活动|名单)|(?:了|有)?(?:几|多少)[次场节](?:了)?)(?:怎么样|如何)?`,
      (groups) => {
        const kind = kindOf(groups);
        return kind && { see: 'records', kind, span: SPANS[groups.span!]! };
      },
    ),
  },
  {
    name: 'who has not done what a plan names',
    says: '哪些学校还没签协议',
    when: (text) => {
      const about = ABOUT.exec(text)?.groups?.about;
      return about === undefined || new RegExp(`^(?:${KIND}|完成.*|做完|到位|任务|结对)$`, 'u').test(about)
        ? undefined
        : { see: 'unmet', about };
    },
  },
  {
    name: 'each school',
    says: '各校进度',
    when: shaped(
      `(?:各个?|每个?|所有)(?:受援|支援|结对)?(?:学?校|单位|幼儿园|园)的?(?:进度|进展|完成|落实)?(?:进度|进展|情况)(?:怎么样|如何)?`,
      () => ({
        see: 'schools',
      }),
    ),
  },
];

/** What a question of these asks to see; undefined if it is another. */
export const askedIn = (text: string): QuestionAsked | undefined => {
  for (const question of QUESTIONS) {
    const asked = question.when(text);
    if (asked) return asked;
  }
  return undefined;
};
