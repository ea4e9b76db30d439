/** How people describe an arrangement in full sentences, one rule per way of saying it. */
import { free, reasonGiven, type Said, type Saying } from './saying.ts';
import type { SentenceShape } from './sentence-shape.ts';

/** A reason that follows (after a mere comma, one that cannot be a report), or one of the commonest that come first. */
const TAIL =
  '(?:(?:[,，、;；]?(?:因为|由于|原因是?|理由是?)[:：]?|[,，;；](?!.*(?:[@%*&?？吗]|怎么|[了过][一二两三几\\d]|[了过]课)))(?<why>.{1,100}?))?[。.!！~]*$';
const WHY =
  '(?<cause>生病住院|生病|病了|住院|身体不好|身体不适|身体不舒服|家里有事|有事|外出培训|外出学习|怀孕|结婚|看病|手术|发烧|感冒)?了?[,，]?';
/** A clause that leads up to a leave and reports nothing: 下周要去培训, 孩子发烧了. */
const LEAD =
  '(?:(?:&?我?&?(?:因为|由于|因)?(?<lead>(?:要|得|需要?|准备|打算|去|有|身体|生[二三]?[胎孩]|怀孕|手术|住院|结婚|家里|家中|孩子|小孩|老人|爸|妈|父|母|感冒|发烧|生病|头疼)[^,;@#%&过]{0,14})[,;])?)';
const AWAY =
  '(?:请|休)(?:个|了)?(?:病|事|产|婚|丧|年|长|短)?假|生病|病了|住院|受伤|怀孕|休产假|坐月子|出差|外出培训|外出学习';
/** Temporarily, not permanently. */
const STANDS_IN = '(?:先|暂时|临时|暂|来|去)*(?:代|替|顶|代替|代理|顶替|代管)(?:一下|一阵|几天|班|管|着|上)?';
const GONE = '(?:已经|已|要|就要|将|被)?(?:调走|调离|调动|离任|离职|辞职|退休|退出帮扶|借调走|调到.{1,12}?)了?';
const TAKES = '(?:来|去)?(?:接替|接手|接任|顶替|顶上|接班|代替)(?:他|她)?(?:的?(?:工作|班|帮扶工作))?了?';

export const SAID_FREELY: Saying[] = [
  free(
    'leave',
    '陈志远下周请假',
    `(?:给|帮)?&?(?<who>我|@)(?:,?${LEAD})?我?${WHY}&?(?:需要|需|想|要|得|打算|申请)*(?:请|休)&?(?:个|一下)?(?:病|事|产|婚|丧|年)?假了?&?${TAIL}`,
    takesLeave,
  ),
  free(
    'the leave from when to when',
    '李晓梅产假从12月1号开始，休到明年3月',
    `(?<who>我|@)的?&?(?:病|事|产|婚|丧|年|长)假(?:是|定在|从)*&(?:[,;]?休?(?:到|至)?&)?${TAIL}`,
    takesLeave,
  ),
  free(
    'leave, and who stands in',
    '陈志远下周请假，由李晓梅代',
    `&?(?<who>我|@)${WHY}&?(?:需要|需|想|要|得|打算|申请)*(?:请|休)&?(?:个|一下)?(?:病|事|产|婚|丧|年)?假了?&?[,;]?(?:这?期间)?(?:我的?|他的?|她的?)?(?:工作|课|学生|任务)?(?:由|让|请|换|叫)@${STANDS_IN}(?:我|他|她)?(?:带|负责)?(?:的?(?:工作|班|课|学生))?了?[。.!！~]*$`,
    (sentence, { who }) => ({
      what: 'leave',
      ...(who === '我' ? {} : { who: sentence.people[0]! }),
      by: sentence.people.at(-1)!,
      when: sentence.when,
    }),
  ),
  free(
    'leave after all given up',
    '陈志远不请假了',
    `(?:算了[,]?)?(?<who>我|@)?&?(?:的)?(?:(?:又|就|先|那)?不(?:用|想|打算)?(?:请|休)(?:(?:个)?(?:病|事|年)?假了?|了)|(?:病|事|年)?假(?:就|先)?(?:不请|不休|取消|算)了?|销假(?:了|上班)?|提前(?:回来|返岗|结束休假|上班)+了?)&?[。.!！~]*$`,
    endsLeave,
  ),
  free(
    'leave taken back',
    '取消陈志远的请假',
    `(?:请)?(?:帮我?)?(?:把)?(?:取消|撤销|撤回|作废)(?:一下)?(?<who>我|@)?的?&?的?(?:请|休|病|事|年)?假(?:申请)?吧?[。.!！~]*$`,
    endsLeave,
  ),
  free(
    'own leave',
    '下周要去培训，请假一周',
    `${LEAD}我?${WHY}&?(?:我?(?:需要|想|要|得|打算|申请|先))*(?:请|休)&?(?:个|一下)?(?:病|事|产|婚|丧|年)?假&?${TAIL}`,
    (sentence, groups) =>
      sentence.past || sentence.when === ''
        ? undefined
        : { what: 'leave', when: sentence.when, ...reasonGiven(groups, sentence) },
  ),
  free(
    'gone and replaced',
    '陈志远调走了李晓梅接替',
    `&?@&?${GONE}[,，;；、]?&?(?:他的?|她的?)?(?:工作|学生|任务|班)?(?:由|让|请|换|交给|转给)?@(?:${TAKES}|(?:来)?(?:带|负责|管)?了?)&?${TAIL}`,
    ({ people: [who, by], when }) => ({
      what: 'replace',
      who: who!,
      by: by!,
      when,
      leaves: true,
    }),
  ),
  free(
    'away and stood in for',
    '陈志远住院了，由李晓梅代',
    `&?@&?(?:${AWAY})+了?&?[,;]?(?:这?期间)?(?:他的?|她的?)?(?:工作|课|学生|任务)?(?:由|让|请|换|叫)?@${STANDS_IN}(?:他|她)?(?:的?(?:工作|班|课|学生|任务))?了?&?${TAIL}`,
    ({ people: [who, by], when, past }) =>
      past ? undefined : { what: 'replace', who: who!, by: by!, when, meanwhile: true },
  ),
  free(
    'somebody for me',
    '让李晓梅代我',
    `&?(?:由|让|请|安排|叫|换)@${STANDS_IN}我(?:的?&?的?(?:工作|班|课|学生|任务))?了?&?${TAIL}`,
    ({ people: [by], when, past }) => (past ? undefined : { what: 'leave', by: by!, when }),
  ),
  free(
    'stands in',
    '下周由李晓梅代陈志远',
    `&?(?:(?:由|让|请|安排|叫)@|@(?!.*[课上听]))&?${STANDS_IN}@&?(?:的?&?的?(?:工作|班|帮扶工作|学生|课|任务))?了?&?${TAIL}`,
    ({ people: [by, who], when, past }) =>
      past ? undefined : { what: 'replace', who: who!, by: by!, when, meanwhile: true },
  ),
  free(
    'takes over',
    '下周起由李晓梅接替陈志远',
    `&?(?:由|让|请)?@&?(?:来|去)?(?:接替|接手|接任)@(?:的?(?:工作|班|帮扶工作|学生))?了?&?${TAIL}`,
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
    `&?(?:把|将)?@(?:的?(?:工作|班|帮扶工作|学生|帮扶学生|任务))?&?(?:以后|今后)?(?:就|都|先)*(?:换成|换为|改由|改成|转由|转给|交给|由)@&?(?:来)?(?:负责|接替|接手|带|管|帮扶)?了?${TAIL}`,
    ({ people: [who, by], when }) => ({
      what: 'replace',
      who: who!,
      by: by!,
      when,
    }),
  ),
  free(
    'pupil handed over',
    '以后小雨由李晓梅带',
    `&?(?:以后|今后)?(?:把|将)?#&?(?:以后|今后)?(?:就|都|先)*(?:(?:换成|换给|改由|转由|交给|转给|由|给|归)@&?(?:来)?(?:带|帮扶|负责|接手|管)?|@&?(?:来)?(?:带|帮扶|负责|接手))了?&?${TAIL}`,
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
    (sentence, groups) => waived(sentence, groups),
  ),
  free(
    'no need',
    '陈志远这个月不用家访了',
    `&?(?:[@#]|%→%)&?(?:就|可以|都|先)*(?:不用|不必|不需要|免)再?(?<all>\\*)了?&?${TAIL}`,
    (sentence, groups) => waived(sentence, groups),
  ),
  free(
    'to waive',
    '免了陈志远的家访',
    `(?:把)?(?:免了|免掉|免去|免除|豁免)&?(?:[@#]|%→%)的?&?的?(?<all>\\*|全部任务|任务)吧?&?${TAIL}`,
    (sentence, groups) => waived(sentence, groups),
  ),
  free(
    'lifted',
    '取消对小雨家访的豁免',
    `(?:(?:取消|撤销|解除|收回|去掉)(?:对)?(?:(?:[@#]|%→%)的?\\*?的?)?豁免|(?:[@#]|%→%)的?\\*?的?豁免(?:不要|取消|作废|解除|撤销)了?)吧?${TAIL}`,
    (sentence) => ({ what: 'lift', ...aboutIn(sentence), requirement: sentence.duties[0] ?? '', when: sentence.when }),
  ),
  free(
    'owed again',
    '恢复小雨的家访',
    `(?:恢复(?:[@#]|%→%)的?(?:\\*|任务)|(?:[@#]|%→%)的?(?:\\*|任务)(?:还是|仍然|照样|继续)(?:要|得)(?:做|完成)?)${TAIL}`,
    (sentence) => ({ what: 'lift', ...aboutIn(sentence), requirement: sentence.duties[0] ?? '', when: sentence.when }),
  ),
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
];

/** The subject of a waiver, in words that tell a pupil from a person of the same name. */
function aboutIn({ people, pupils, schools }: SentenceShape): { who?: string } {
  const who = schools.length === 2 ? schools.join('→') : pupils[0] ? `学生${pupils[0]}` : people[0];
  return who === undefined ? {} : { who };
}

function waived(sentence: SentenceShape, groups: Record<string, string | undefined>): Said | undefined {
  const { who } = aboutIn(sentence);
  const { duties, when, bare } = sentence;
  if (who === undefined) return undefined;
  // 「学生小雨免了」 does not mention duties; excusing somebody from standing in line is not a waiver.
  if (duties.length === 0 && groups.all === undefined && !/豁免/.test(bare)) return undefined;
  return { what: 'waive', who, requirement: duties[0] ?? '', when, ...reasonGiven(groups, sentence) };
}

function takesLeave(sentence: SentenceShape, groups: Record<string, string | undefined>): Said {
  const who = groups.who === '我' ? undefined : sentence.people[0]!;
  return { what: 'leave', ...(who !== undefined && { who }), when: sentence.when, ...reasonGiven(groups, sentence) };
}

function endsLeave({ people: [who], when }: SentenceShape): Said {
  return { what: 'end_leave', ...(who !== undefined && { who }), when };
}
