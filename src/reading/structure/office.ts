/** Unmistakable sentences in the style of an office report: each rule with an example. */
import type { ActivityKind } from '../../plan/activity.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Segment } from './clauses.ts';

interface OfficeRule {
  name: string;
  says: string;
  kind: ActivityKind;
  when: RegExp;
  /** Its words are often taken for other kinds (教科研课题 contains 研课): it wins over all of them. */
  firm?: true;
}

/** Within one clause. */
const IN = (least: number, most: number) => `[^,。;!?\\n]{${least},${most}}?`;
const rule = (name: string, kind: ActivityKind, says: string, ...when: string[]): OfficeRule => ({
  name,
  says,
  kind,
  when: new RegExp(when.join(''), 'u'),
});

const HELD = '(?:召开|举行|举办|组织|开展|主持|开|参加)(?:了|过|完)?';
const WROTE =
  '(?<!(?:帮助|指导|协助|支持|参与|讨论)[^,。]{0,2})(?:制定|制订|拟定|拟订|形成|起草|印发|下发|出台|签订|签署|签|上报|报送|报|提交|上交|交|递交|整理|撰写|写|编写|补写|填写|填|定|完善|完成|共享|报到|报给)(?:了|好了?|完了?|成了?|出了?|上去了?|下来了?)?';
const PUPILS = '(?:被?帮扶(?:的)?(?:学生|对象)|学困生|潜能生|贫困生|困难生|特困生|后进生|受助学生)';
const FAMILY = '(?:家长|爸爸|妈妈|父亲|母亲|父母|监护人)';

export const OFFICE: OfficeRule[] = [
  {
    ...rule(
      'seminar',
      'meeting',
      '今天召开了两校教学教研工作研讨会',
      `${HELD}${IN(0, 16)}(?:工作|教研|教学|业务|经验)研讨会`,
    ),
    firm: true,
  },
  {
    ...rule(
      'guests observed',
      'observe',
      '今天邀请浍沟中学老师来校听课交流',
      `(?:组织|邀请|接待|安排)了?${IN(0, 14)}(?:教师|老师)们?(?:到|来)(?:了)?(?:我校|本校|我园|本园|校|园)${IN(0, 4)}(?:观摩|听课|评课)`,
    ),
    firm: true,
  },
  rule(
    'guests learned',
    'secondment',
    '今天接受浍沟中学信息技术老师来校跟班学习',
    `(?:接受|接收|接纳|接待|安排)了?${IN(0, 16)}(?:来校|来园|到我校|来我校|派员)${IN(0, 4)}(?:跟班|跟岗|挂职|配班)`,
  ),
  rule(
    'award given',
    'meeting',
    '今天对进步明显的学生给予奖励',
    `(?:进步|优秀|突出)${IN(0, 8)}(?:学生|同学|孩子)${IN(0, 6)}(?:奖励|表彰|表扬|嘉奖|发了?奖|颁奖)`,
  ),
  { ...rule('gifts exchanged', 'exchange', '今天两园互赠书画', '互赠|互送了?(?:书画|作品|礼物)'), firm: true },
  rule(
    'displayed',
    'exchange',
    '今天举办了全县优秀活动展示',
    `(?:组织|举办|开展|举行)了?${IN(0, 14)}(?:活动|教学|成果|经验|课堂)展示(?!课)|(?:活动|教学|成果|经验|课堂)展示${IN(0, 10)}举行`,
  ),
  rule(
    'filed in folders',
    'document',
    '今天把各次活动分别建档立卷',
    '(?:建档立卷|立卷归档|分[别类]立卷|分类归档|归档了|装订成册)',
  ),
  rule(
    'group set up',
    'document',
    '今天成立了结对帮扶领导小组',
    `成立了${IN(0, 14)}(?:领导小组|领导组|指导小组)|(?:领导小组|领导组|指导小组)${IN(0, 8)}(?:发文)?成立`,
  ),
  rule(
    'award',
    'meeting',
    '今天奖励了进步明显的学生',
    `(?:奖励|表彰|表扬|嘉奖)了?${IN(0, 10)}(?:进步|优秀|突出)${IN(0, 8)}(?:学生|同学|孩子)`,
  ),
  rule(
    'official meeting',
    'meeting',
    '今天召开了全区支教工作动员会',
    HELD,
    IN(0, 20),
    '(?:(?:动员|欢送|送行|协调|表彰|颁奖|调度|推进|部署|总结|工作)(?:大会|会议|会|仪式|活动)|展示交流会|经验交流会|工作研讨会)',
  ),
  rule(
    'plans discussed',
    'meeting',
    '今天两校行政深度研讨了对口帮扶行动计划',
    `(?:研讨|商讨|商议|讨论|研究)了?${IN(0, 14)}(?:帮扶|结对|工作)${IN(0, 8)}(?:计划|方案)`,
  ),
  rule(
    'roster',
    'care_roster',
    '今天更新了帮扶学生名单',
    `(?:更新|建立|确定|调整|统计|整理|核对|列出?|建好?|定下|梳理|摸清)了?${IN(0, 10)}${PUPILS}${IN(0, 8)}(?:名单|档案|台账|花名册)`,
  ),
  {
    name: 'research topic',
    kind: 'research',
    says: '今天两校确定了本年度教科研课题',
    when: new RegExp(`(?:确定|商定|选定|申报|交流|切磋|讨论)了${IN(0, 18)}课题|课题${IN(0, 6)}(?:交流|切磋|研讨)`, 'u'),
    firm: true,
  },
  rule(
    'exam review',
    'research',
    '今天组织了中考复习研讨',
    `(?:中考|高考|毕业班|初三|高三|期末)${IN(0, 6)}(?:复习|备考)${IN(0, 6)}研讨|研讨了?${IN(0, 4)}(?:中考|高考|毕业班|初三|高三|期末)${IN(0, 6)}(?:复习|备考)`,
  ),
  rule(
    'home page',
    'document',
    '今天为浍沟中学开通了校园网主页',
    `(?:开通|建成|建好|建起|上线|开设|制作|规划)了?${IN(0, 12)}(?:校园网|网站|主页|网页)`,
  ),
  rule('filed', 'document', '今天把结对情况报教育局备案', `(?:报|送|交)${IN(0, 12)}备案`),
  rule(
    'experience',
    'document',
    '今天向县教体局上报了结对帮扶典型经验',
    `(?:上报|报送|报告|提交)了?${IN(0, 14)}(?:典型经验|成功做法|先进事迹|经验材料|进展情况|活动进展|典型案例)|(?:典型经验|成功做法|事迹|经验材料|典型案例)${IN(0, 8)}(?:上报|报送|报给|提交)`,
  ),
  rule(
    'paper',
    'document',
    '今天制定了结对帮扶阶段性计划',
    WROTE,
    IN(0, 24),
    '(?:方案|(?<!学习|复习|教学|备课)计划|阶段性安排|规划|措施|协议书?|总结|小结|文件|档案|工作记录|心得体会|心得|体会|一区一案|一校一案|督导报告|检查报告|自查报告|督查通报)',
  ),
  rule(
    'paper first',
    'document',
    '两校今年的结对帮扶计划定下来了',
    `(?:方案|(?<!学习|复习|教学|备课)计划|总结|制度|办法|协议|一校一案|一区一案)${IN(0, 4)}(?:定下来了|出炉|出来了|印发了|签下来了|签好了|写好了|做好了)`,
  ),
  rule(
    'parents by message',
    'home_visit',
    '今天用短信平台和小杰的家长联系',
    `(?:短信|校讯通|家校通|家长群|信息平台|微信|钉钉)${IN(0, 14)}${FAMILY}`,
  ),
  rule(
    'message to parents',
    'home_visit',
    '今天给小杰的家长发了短信',
    `给${IN(0, 10)}${FAMILY}${IN(0, 4)}(?:发|编|写)${IN(0, 4)}(?:短信|信息|消息|微信)`,
  ),
  rule(
    'training held',
    'training',
    '今天到九合中学开展了校本培训',
    `(?:开展|组织|举办|开设|指导)了?${IN(0, 10)}(?:校本|全员|骨干教师|教师|信息技术|业务|应用|园本)${IN(0, 4)}培训`,
  ),
  {
    ...rule(
      'sharing',
      'exchange',
      '今天和九合中学的老师交流了教学信息',
      `(?:交流|共享|互通|分享)了${IN(0, 8)}(?:信息|资源|资讯)|(?:信息|资源|课件)${IN(0, 2)}(?:共享|分享)给`,
    ),
    firm: true,
  },
  rule(
    'sent to guide',
    'exchange',
    '今天派老师到东乡园指导交流',
    `派(?![^,。]*(?:挂职|支教|跟岗|跟班))${IN(0, 12)}[到去赴]${IN(1, 16)}(?:指导|交流)`,
  ),
  rule('came to exchange', 'exchange', '今天到九合中学交流', `[到去赴]${IN(1, 16)}(?<!挂职|轮岗|听课|学习)交流$`),
  rule(
    'fact-finding',
    'exchange',
    '今天学校行政到浍沟中学访问考察',
    `[到去赴]${IN(1, 16)}(?:访问考察|考察访问|实地考察|参观考察)`,
  ),
  rule(
    'pupils visit',
    'exchange',
    '今天组织学生到九合中学参观学习',
    `(?:学生|师生|同学|少先队员|孩子|幼儿|小朋友)们?${IN(0, 4)}[到去赴]${IN(1, 16)}(?:参观|互访|交流|实践|联谊)`,
  ),
];

/** Whether a rule fits somewhere in a text. */
export const soundsOfficial = (text: string): boolean => OFFICE.some(({ when }) => when.test(text));

/** If an office rule fits, its clause is of that kind, whatever single words of it seem to name. */
export function officeSegments(segments: Segment[], plain: string): Segment[] {
  const out: Segment[] = [];
  for (let at = 0; at < segments.length; ) {
    const group = clauseFrom(segments, at);
    at += group.length;
    const [first, last] = [group[0]!, group.at(-1)!];
    const text = plain.slice(first.start, last.end);
    const found = OFFICE.find(({ when }) => when.test(text));
    const tokens = group.flatMap((segment) => segment.tokens);
    const kinds = new Set(group.flatMap((segment) => segment.kind ?? []));
    const hit = found && hitOf(found, tokens, text, first.start);
    if (!found || !hit || told(found, kinds)) out.push(...group);
    else out.push({ ...first, tokens, end: last.end, kind: found.kind, hit, asked: last.asked, office: true });
  }
  return out;
}

/** The tokens that the rule matched. */
function hitOf({ when }: OfficeRule, tokens: Token[], text: string, start: number): Segment['hit'] {
  const match = when.exec(text)!;
  const [from, to] = [start + match.index, start + match.index + match[0].length];
  const first = tokens.findIndex((token) => token.end > from);
  const last = tokens.findLastIndex((token) => token.start < to);
  // 互赠书画: words outside the tables.
  return first >= 0 && last >= first
    ? { first, last }
    : tokens.length > 0
      ? { first: 0, last: tokens.length - 1 }
      : undefined;
}

/** A clause that names something else in full keeps it; 支教教师欢送会 only seems to name two. */
function told({ kind, firm }: OfficeRule, kinds: Set<ActivityKind>): boolean {
  if (firm) return false;
  const others = [...kinds].filter((other) => other !== kind);
  return others.some((other) => !(kinds.size > 1 ? MODIFIERS : WEAK).has(other));
}
/** Kinds whose words often only describe the subject of a meeting or document. */
const MODIFIERS: ReadonlySet<ActivityKind> = new Set(['secondment']);
const WEAK: ReadonlySet<ActivityKind> = new Set([
  'secondment',
  'document',
  'exchange',
  'research',
  'meeting',
  'training',
  'joint_prep',
]);

/** Segments that were cut from one clause. */
function clauseFrom(segments: Segment[], at: number): Segment[] {
  const group = [segments[at]!];
  for (let k = at + 1; k < segments.length && segments[k]!.start === group.at(-1)!.end; k += 1)
    group.push(segments[k]!);
  return group;
}
