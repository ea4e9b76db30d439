/** How coordinators and leaders ask in full sentences, one rule per way of asking. Pure. */
import type { ActivityKind } from '../../plan/activity.ts';
import type { Span } from '../../plan/summary.ts';
import { likelyKinds } from '../../reading/answers/likely-kinds.ts';

/** What a question wants to see. */
export type QuestionAsked =
  | { see: 'late' }
  | { see: 'unmet'; kind: ActivityKind }
  /** `about`: the plan's own word for it, 协议 or 典型经验. */
  | { see: 'unmet'; about: string }
  /** Everything owed of one kind, done or not. */
  | { see: 'duties'; kind: ActivityKind }
  | { see: 'records'; kind: ActivityKind; span: Span }
  | { see: 'schools' }
  /** How often something was done by the people the asker answers for. */
  | { see: 'count'; kind: ActivityKind; span?: Span }
  /** What a person did, or what was done in a span of time. */
  | { see: 'done'; name?: string; span?: Span }
  /** Overall progress. */
  | { see: 'summary' }
  /** Who has reported lately. */
  | { see: 'lately' }
  | { see: 'mentors' }
  | { see: 'visitors'; span?: Span };

interface Question {
  name: string;
  says: string;
  when(text: string): QuestionAsked | undefined;
}

const WHO =
  '(?:还有)?(?:谁|(?:哪些|哪几[个所位]|有哪些)(?:老师|教师|人|同事|学校|单位|园|幼儿园)?|有没有(?:老师|人|学校))';
const KINDS = '总结|计划|心得|材料|方案|送教|听课|评课|观摩|家访|谈话|讲座|备课|培训|支教|挂职|跟班|捐赠';
const KIND = `(?<kind>${KINDS})`;
const SPANS: Record<string, Span> = { 周: 'week', 星期: 'week', 月: 'month', 学期: 'term' };

const shaped = (pattern: string, made: (groups: Record<string, string | undefined>) => QuestionAsked | undefined) => {
  const shape = new RegExp(`^${pattern}$`, 'u');
  return (text: string) => {
    const found = shape.exec(text);
    return found ? made(found.groups ?? {}) : undefined;
  };
};
const WHEN =
  '(?:到目前为止|目前|现在|一共|总共|至今|到现在)?(?:(?:[这本]个?|近一?个?)(?<span>周|星期|月|学期))?(?:以来|里|内)?';
const spanOf = ({ span }: Record<string, string | undefined>) => (span ? { span: SPANS[span]! } : {});
const kindOf = ({ kind }: Record<string, string | undefined>) => likelyKinds(kind ?? '')[0];

const ABOUT = new RegExp(
  `^${WHO}(?:还|都)?(?:没有?|未)(?:上报|报送|提交|签订|签署|制定|建立|报|交|写|签|建|定|有)?过?(?<about>\\p{Script=Han}{2,8}?)了?$`,
  'u',
);

const EACH_ABOUT =
  /^(?:各个?|每个?|所有)(?:受援|支援|结对)*(?:学?校|单位|幼儿园|园|老师|教师|区县?)的?(?<about>\p{Script=Han}{2,10}?)(?:都)?(?:上报|报送|提交|签订|签|交|报|写|做|定|建|完成)(?:齐|完|好|全|上来)?了?(?:没有?|吗)?$/u;

export const QUESTIONS: Question[] = [
  {
    name: 'who has not done it',
    says: '谁没完成',
    when: shaped(`${WHO}(?:还|都)?(?:没有?|未)(?:完成|做完?|交|报|到位)(?:任务)?了?`, () => ({ see: 'late' })),
  },
  {
    name: 'who has not reported',
    says: '上周谁没报',
    when: shaped(
      `(?:[这上本]个?(?:周|星期|月)|今天|昨天|最近)${WHO}(?:还|都)?(?:没有?|未)(?:报|交|填|动)过?了?`,
      () => ({
        see: 'late',
      }),
    ),
  },
  {
    name: 'who has reported',
    says: '今天谁报了',
    when: shaped(
      '(?:[这本]个?(?:周|星期|月)|今天|昨天|最近)(?:都)?(?:有)?(?:谁|哪些人|几个人|多少人|哪些老师)(?:都)?(?:报|填|交|动)(?:了|过)?',
      () => ({
        see: 'lately',
      }),
    ),
  },
  {
    name: 'how it stands',
    says: '最近怎么样',
    when: shaped(
      '(?:我们?(?:学?校)?|全[县校区市]|全部|总体|整体|这边)?的?(?:最近|目前|现在|[这本]个?(?:周|星期|月|学期))?的?(?:大家|老师们)?(?:(?:总体|整体)?(?:情况|进展|进度|工作|帮扶工作)(?:怎么样|如何|咋样)?|(?:干|做|搞|完成)得?(?:怎么样|如何|咋样)|怎么样|咋样|完成率(?:是|有)?(?:多少)?|报表|数据)',
      () => ({ see: 'summary' }),
    ),
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
    name: 'which school has nobody sent',
    says: '哪些学校还没派支教老师',
    when: shaped(
      `(?:[^，,。]{0,8}?里)?${WHO}(?:还|都)?(?:没有?|未)(?:派|有|安排|选派|接收|收到)?(?:到)?${KIND}的?(?:老师|教师|人员|人)`,
      (groups) => {
        const kind = kindOf(groups);
        return kind && { see: 'unmet', kind };
      },
    ),
  },
  {
    name: 'whose days of one kind fall short',
    says: '谁的挂职天数还不够两周',
    when: shaped(
      `${WHO}的?${KIND}(?:的)?(?:天数|次数|时间|节数)(?:还|都)?(?:不够|不足|没有?满|没有?到|差).{0,6}`,
      (groups) => {
        const kind = kindOf(groups);
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
    name: 'how often one kind',
    says: '送教一共去了多少次',
    when: shaped(
      `(?:[这本]个?(?<span>周|星期|月|学期)|今年)?${KIND}(?:一共|总共|共|都)?(?:去|来|上|做|搞|开展|进行)?(?:了|过)?(?:几|多少)[次节场回]了?`,
      (groups) => {
        const kind = kindOf(groups);
        return kind && { see: 'count', kind, ...spanOf(groups) };
      },
    ),
  },
  {
    name: 'how often',
    says: '上了几次课',
    when: shaped(
      `(?!我|小)[^，,。我]{0,8}?${WHEN}(?:[来去到]?(?:了|过)?[^，,。我]{0,6}?)(?:(?:上|讲|送|听|评|做|搞|开|办)了?(?:几|多少)[次节堂场个]?(?<what>课|送教|听课|家访|谈话|讲座|备课|教研|培训)?(?:了|课)?|(?<kind>送教|听课|评课|家访|谈话|讲座|备课|培训|捐赠|支教)(?:了|过|做了|搞了)?(?:几|多少)(?:次|场|节|回)?了?)`,
      (groups) => {
        const { what, kind } = groups;
        const of = likelyKinds(what === '课' || what === undefined ? (kind ?? '上课') : what)[0];
        return of && { see: 'count', kind: of, ...spanOf(groups) };
      },
    ),
  },
  {
    name: 'who came',
    says: '这个月来了几次老师',
    when: shaped(
      `(?!.*(?:${KINDS}))[^，,。我]{0,8}?${WHEN}(?:[^，,。我]{0,8}?)?(?:[来去到](?:了|过)(?:几|多少)(?:次|个|位|人|名|趟|回)+(?:老师|教师|人)?|(?:来|去|到)(?:了|过)?(?:哪些|什么)(?:老师|人)|(?:哪些|什么|几个)(?:老师|人)(?:来|去)(?:了|过)?[^，,。我]{0,8}?|谁(?:来|去)(?:了|过)[^，,。我]{0,8}?|谁(?:来|去)[^，,。我听评家谈]{1,8}?(?:了|过))`,
      (groups) => ({ see: 'visitors', ...spanOf(groups) }),
    ),
  },
  {
    name: 'what somebody has done',
    says: '陈志远这个学期做了什么',
    when: shaped(
      `(?<name>[^，,。我你他她\\s]{0,12}?)的?${WHEN}(?:都|一共)?(?:做|干|开展|完成|搞)(?:了|过)(?:些)?(?:什么|啥|哪些)(?:活动|工作|事|事情)?`,
      (groups) => ({ see: 'done', ...(groups.name ? { name: groups.name } : {}), ...spanOf(groups) }),
    ),
  },
  {
    name: 'whose pupils',
    says: '小岩是谁带的',
    when: shaped('[^，,。我]{0,8}?是?(?:由)?谁(?:在)?(?:带|帮扶|负责)的?', () => ({ see: 'mentors' })),
  },
  {
    name: 'which school is behind',
    says: '哪个学校落后',
    when: shaped(
      '(?:哪|那)(?:个|几个|所|几所|些)(?:学校|单位|校)(?:进度)?(?:最)?(?:落后|慢|差|拖|没完成|做得不好|没动静|没报)(?:了|些)?',
      () => ({
        see: 'schools',
      }),
    ),
  },
  {
    name: 'who has not done what a plan names',
    says: '哪些学校还没签协议',
    when: (text) => {
      const about = ABOUT.exec(text)?.groups?.about;
      return about === undefined ||
        new RegExp(`^(?:${KIND}|派?(?:${KINDS})的?(?:老师|教师|人员|人)|完成.*|做完|到位|任务|结对)$`, 'u').test(about)
        ? undefined
        : { see: 'unmet', about };
    },
  },
  {
    name: 'whether each has done what a plan names',
    says: '各结对学校一校一案交齐了没有',
    when: (text) => {
      const about = EACH_ABOUT.exec(text)?.groups?.about;
      return about === undefined ? undefined : { see: 'unmet', about };
    },
  },
  {
    name: 'one kind in each school',
    says: '各校支教到位情况',
    when: shaped(
      `(?:各个?|每个?|所有)(?:受援|支援|结对)?(?:学?校|单位|幼儿园|园)的?${KIND}(?:的)?(?:到位|完成|开展|落实|进展)?(?:情况|进度|了没有?)(?:怎么样|如何)?`,
      (groups) => {
        const kind = kindOf(groups);
        return kind && { see: 'duties', kind };
      },
    ),
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

/** What a question asks to see; undefined if no rule matches. */
export const askedIn = (text: string): QuestionAsked | undefined => {
  for (const question of QUESTIONS) {
    const asked = question.when(text);
    if (asked) return asked;
  }
  return undefined;
};
