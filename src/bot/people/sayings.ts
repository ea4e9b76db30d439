/** How people say an arrangement: whole sentences, each way a rule of its own. Pure; names are looked up later. */
import type { HeardSentence } from './heard.ts';

/** What a sentence says, in its own words. Without `who` the writer is meant. */
export type Said =
  | { what: 'leave'; who?: string; when: string; reason?: string }
  | { what: 'replace'; who?: string; by: string; pupil?: string; when: string; leaves?: true }
  | { what: 'person_leaves'; who?: string; when: string }
  | { what: 'pupil_leaves'; who: string; when: string }
  | { what: 'pairing_ends'; pairing: string; when: string }
  | { what: 'waive' | 'lift'; who: string; requirement: string; when: string; reason?: string };

interface Saying {
  name: string;
  says: string;
  when(heard: HeardSentence): Said | undefined;
}

/** A reason that follows (after a mere comma, what could be no report), or the commonest ones that stand before. */
const TAIL =
  '(?:(?:[,，、;；]?(?:因为|由于|原因是?|理由是?)[:：]?|[,，;；](?!.*(?:[@%*&?？吗]|怎么|[了过][一二两三几\\d]|[了过]课)))(?<why>.{1,100}?))?[。.!！~]*$';
const WHY =
  '(?<cause>生病住院|生病|病了|住院|身体不好|身体不适|身体不舒服|家里有事|有事|外出培训|外出学习|怀孕|结婚|看病|手术|发烧|感冒)?了?[,，]?';
const GONE = '(?:已经|已|要|就要|将|被)?(?:调走|调离|调动|离任|离职|辞职|退休|退出帮扶|借调走|调到.{1,12}?)了?';
const TAKES = '(?:来|去)?(?:接替|接手|接任|顶替|顶上|接班|代替)(?:他|她)?(?:的?(?:工作|班|帮扶工作))?了?';

const shaped = (pattern: string): RegExp => new RegExp(`^${pattern}`);

/** A rule on the shape of a sentence: `@` a person, `#` a pupil, `%` a school, `*` a kind of duty, `&` days. */
const free = (
  name: string,
  says: string,
  pattern: string,
  made: (heard: HeardSentence, groups: Record<string, string | undefined>) => Said | undefined,
): Saying => {
  const shape = shaped(pattern);
  return {
    name,
    says,
    when: (heard) => {
      const found = shape.exec(heard.shape);
      return found ? made(heard, found.groups ?? {}) : undefined;
    },
  };
};

/** A rule on a command's fixed form: its word, then names and days. */
const fixed = (name: string, says: string, form: RegExp, made: (found: string[]) => Said): Saying => ({
  name,
  says,
  when: ({ text }) => {
    const found = form.exec(text);
    return found ? made([...found].map((part) => part ?? '')) : undefined;
  },
});

const reasonOf = ({ why, cause }: Record<string, string | undefined>, { spelt }: HeardSentence) => {
  const reason = why === undefined ? cause : spelt(why);
  return reason ? { reason } : {};
};

export const SAYINGS: Saying[] = [
  free(
    'leave',
    '陈志远下周请假',
    `(?:给|帮)?&?(?<who>我|@)${WHY}&?(?:需要|需|想|要|得|打算|申请)*(?:请|休)&?(?:个|一下)?(?:病|事|产|婚|丧|年)?假了?&?${TAIL}`,
    (said, groups) => ({
      what: 'leave',
      ...(groups.who === '我' ? {} : { who: said.people[0]! }),
      when: said.when,
      ...reasonOf(groups, said),
    }),
  ),
  free(
    'own leave',
    '明天请假',
    `${WHY}&(?:需要|想|要|得)?(?:请|休)&?(?:病|事|产|婚|丧|年)?假&?${TAIL}`,
    (said, groups) => (said.past ? undefined : { what: 'leave', when: said.when, ...reasonOf(groups, said) }),
  ),
  free(
    'gone and replaced',
    '陈志远调走了李晓梅接替',
    `&?@&?${GONE}[,，;；、]?&?(?:由|让|请|换)?@${TAKES}&?${TAIL}`,
    ({ people: [who, by], when }) => ({
      what: 'replace',
      who: who!,
      by: by!,
      when,
      leaves: true,
    }),
  ),
  free(
    'takes over',
    '下周起由李晓梅接替陈志远',
    `&?(?:由|让|请)?@&?(?:来|去)?(?:接替|接手|接任|顶替|代替)@(?:的?(?:工作|班|帮扶工作|学生))?了?&?${TAIL}`,
    ({ people: [by, who], when }) => ({
      what: 'replace',
      who: who!,
      by: by!,
      when,
    }),
  ),
  free(
    'replaced',
    '把陈志远换成李晓梅',
    `&?(?:把|将)?@&?(?:换成|换为|改由|改成|交给)@&?(?:负责|接替|接手)?了?${TAIL}`,
    ({ people: [who, by], when }) => ({
      what: 'replace',
      who: who!,
      by: by!,
      when,
    }),
  ),
  free(
    'pupil handed over',
    '小雨下周起改由李晓梅带',
    `&?(?:把|将)?#&?(?:以后)?(?:换成|改由|转由|交给|转给|由)@&?(?:来)?(?:带|帮扶|负责|接手|管)?了?&?${TAIL}`,
    ({ people: [by], pupils: [pupil], when }) => ({
      what: 'replace',
      by: by!,
      pupil: pupil!,
      when,
    }),
  ),
  free('person leaves', '陈志远年底退休', `&?(?<who>我|@)&?${GONE}&?${TAIL}`, ({ people: [who], when }, groups) => ({
    what: 'person_leaves',
    ...(groups.who === '我' ? {} : { who: who! }),
    when,
  })),
  free(
    'pupil leaves',
    '小杰转学了',
    `&?(?:我的?学生)?#&?(?:已经|已|要|就要|将)?(?:转学|转走|转校|离校|退学|休学|毕业|转到.{1,12}?)了?&?${TAIL}`,
    ({ pupils: [who], when }) => ({
      what: 'pupil_leaves',
      who: who!,
      when,
    }),
  ),
  free(
    'waived',
    '小雨的家访免了',
    `&?(?:[@#]|%→%)的?&?的?(?<all>\\*|全部任务|任务)?(?:就|可以|都|先)*(?:免了|免掉|免去|免|不用做了|不用了)吧?&?${TAIL}`,
    (heard, groups) => waived(heard, groups),
  ),
  free(
    'no need',
    '陈志远这个月不用家访了',
    `&?(?:[@#]|%→%)&?(?:就|可以|都|先)*(?:不用|不必|不需要|免)再?(?<all>\\*)了?&?${TAIL}`,
    (heard, groups) => waived(heard, groups),
  ),
  free(
    'to waive',
    '免了陈志远的家访',
    `(?:把)?(?:免了|免掉|免去|免除|豁免)&?(?:[@#]|%→%)的?&?的?(?<all>\\*|全部任务|任务)吧?&?${TAIL}`,
    (heard, groups) => waived(heard, groups),
  ),
  free('lifted', '取消对小雨家访的豁免', `(?:取消|撤销|解除|收回)(?:对)?(?:[@#]|%→%)的?\\*?的?豁免${TAIL}`, (heard) => {
    const said = waived(heard, {});
    return said && { ...said, what: 'lift' };
  }),
  free(
    'pairing ends',
    '民族中学和万佑的结对12月31日结束',
    `&?%(?:→|和|与|跟|对)%的?结对(?:帮扶)?(?:关系)?(?:到|于)?&?(?:就)?(?:结束|终止|到期|为止|解除)了?${TAIL}`,
    ({ schools, when }) => ({
      what: 'pairing_ends',
      pairing: schools.slice(0, 2).join('→'),
      when,
    }),
  ),
  fixed(
    'leave by command',
    '请假 陈志远 11-20至11-30 生病',
    /^(?:请假|leave)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, rest]) => ({
      what: 'leave',
      who: who!,
      when: rest!,
    }),
  ),
  fixed(
    'replace by command',
    '换人 陈志远 → 李晓梅 小雨 11-20起',
    /^(?:换人|replace)[\s:：]+(.+?)\s*(?:→|->|=>|换成|换为|改由|\bwith\b)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, by, rest]) => ({
      what: 'replace',
      who: who!.trim(),
      by: by!,
      when: rest!,
    }),
  ),
  fixed(
    'person leaves by command',
    '离任 陈志远 12-31',
    /^(?:离任|调离|退出帮扶|person leaves)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, when]) => ({
      what: 'person_leaves',
      who: who!,
      when: when!,
    }),
  ),
  fixed(
    'pupil leaves by command',
    '学生离开 小雨 12-31',
    /^(?:学生(?:离开|离校|转学|转走|退出|毕业)|pupil leaves)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, when]) => ({
      what: 'pupil_leaves',
      who: who!,
      when: when!,
    }),
  ),
  fixed(
    'pairing ends by command',
    '结束结对 民族中学→万佑 12-31',
    /^(?:结束结对|结对结束|pairing ends)[\s:：]*(\S+?)\s*(?:→|->|=>)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, from, to, when]) => ({
      what: 'pairing_ends',
      pairing: `${from}→${to}`,
      when: when!,
    }),
  ),
  fixed(
    'lift by command',
    '取消豁免 小雨 家访',
    /^(?:取消豁免|撤销豁免|解除豁免|lift)[\s:：]+(\S+?(?:\s*(?:→|->|=>)\s*[^\s\d]+)?)(?:\s+(.*))?$/is,
    ([, who, rest]) => ({
      what: 'lift',
      who: who!.replace(/\s*(→|->|=>)\s*/, '→'),
      requirement: '',
      when: rest!,
    }),
  ),
  fixed(
    'waive by command',
    '豁免 陈志远 家访 11-01至11-30 原因 住院',
    /^(?:豁免|waive)[\s:：]+(\S+?(?:\s*(?:→|->|=>)\s*[^\s\d]+)?)(?:\s+(.*?))?(?:[\s,，;；]*(?:原因|理由|因为|\breason\b|\bbecause\b)[\s:：]*(.*))?$/is,
    ([, who, rest, why]) => ({
      what: 'waive',
      who: who!.replace(/\s*(→|->|=>)\s*/, '→'),
      requirement: '',
      when: rest!,
      ...(why && { reason: why.trim().slice(0, 100) }),
    }),
  ),
];

function waived(
  said: HeardSentence,
  groups: Record<string, string | undefined>,
): Extract<Said, { what: 'waive' | 'lift' }> | undefined {
  const { people, pupils, schools, duties, when, bare } = said;
  const who = schools.length === 2 ? schools.join('→') : pupils[0] ? `学生${pupils[0]}` : people[0];
  if (!who) return undefined;
  // 「学生小雨免了」 says nothing of duties; somebody who is merely excused from standing in line is not meant.
  if (duties.length === 0 && groups.all === undefined && !/豁免/.test(bare)) return undefined;
  return { what: 'waive', who, requirement: duties[0] ?? '', when, ...reasonOf(groups, said) };
}

/** What a sentence arranges; undefined where it is about something else. */
export function saidIn(heard: HeardSentence): Said | undefined {
  for (const rule of SAYINGS) {
    const said = rule.when(heard);
    if (said) return said;
  }
  return undefined;
}
