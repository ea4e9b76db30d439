/** What a plan's words mean: activities, periods, units and who owes. Each rule says what it reads; a test reads that. */
import type { ActivityKind } from '../plan/activity.ts';
import type { Role } from '../plan/people.ts';
import type { Measure, PeriodSpec, SubjectKind } from '../plan/plan.ts';

interface Rule {
  name: string;
  says: string;
  when: RegExp;
}
export interface KindRule extends Rule {
  gives: ActivityKind;
  /** What its count is of where no unit tells. */
  measure?: Measure;
}

const DOCUMENTS =
  '方案|计划|总结|小结|心得体会|心得|体会|反思|(?:情况|进展|工作|书面|调研|自查|评估|分析)报告|台账|案例|论文|协议书?|责任书|教学设计|简报|信息稿|(?:工作|动态)信息|(?<=报送|条)信息|材料|美篇|(?:书面|情况)?反馈|(?:书面|工作|情况)汇报';

/** The first that fits at a place wins; longer words stand before their parts. */
export const KINDS: KindRule[] = [
  { name: 'one plan each', says: '一校一案', when: /一[校园区]一[案策]/, gives: 'document' },
  {
    name: 'home visit',
    says: '电访或家访',
    when: /电访(?:或|、)家访|家访|电访|电话(?:联系|沟通|访问)|入户走访|走访(?:学生)?家庭|上门走访|(?:与|和|跟)[^,，。]{0,12}家长[^,，。]{0,4}(?:联系|沟通)/,
    gives: 'home_visit',
  },
  { name: 'talk', says: '谈心谈话', when: /谈心谈话|谈心|谈话|心理疏导|交心/, gives: 'talk' },
  {
    name: 'study guidance',
    says: '学习方法指导',
    when: /学习方法的?指导|学法指导|学业(?:辅导|指导)|(?<![专心题理])辅导|个别辅导|学习辅导|课外辅导|作业辅导|补差|功课辅导/,
    gives: 'study_guidance',
  },
  {
    name: 'meeting',
    says: '联席会议',
    when: /(?:联席|工作|协调|推进|总结|座谈|研讨|碰头|见面|动员|表彰|交流|家长|例)(?:大会|会议|会)|会议|例会|(?<=召开[^,，。;]{0,16})会|总结表彰|欢送活动|欢送会|[^,，。]{0,4}研讨行动计划|深度研讨/,
    gives: 'meeting',
  },
  {
    name: 'demonstration lesson',
    says: '送教下乡',
    when: /送教(?:下乡|上门|到校)?|送课(?:下乡|上门)?|示范课|研讨课|公开课|优质课|观摩课|展示课|同课异构|献课|汇报课|上课/,
    gives: 'demo_lesson',
  },
  {
    name: 'observation',
    says: '听课评课',
    when: /听课评课|听评课|跟班听课|推门听课|听课|评课|观课|听(?:师傅|徒弟|对方)?的课|听(?=[^,，。;]{0,10}节)|课堂观摩/,
    gives: 'observe',
  },
  { name: 'lecture', says: '专题讲座', when: /(?:专题)?讲座|(?:专题)?报告会|专题报告|作报告|宣讲/, gives: 'lecture' },
  {
    name: 'secondment',
    says: '挂职锻炼',
    when: /挂职(?:锻炼|交流|学习)?|支教|跟岗(?:学习|培训|研修)?|跟班学习|顶岗|轮岗|驻校|驻点|蹲点|任职|交流任教|影子(?:校长|培训)/,
    gives: 'secondment',
    measure: 'people',
  },
  {
    name: 'joint preparation',
    says: '集体备课',
    when: /集体备课|联合备课|共同备课|备课活动|网络备课/,
    gives: 'joint_prep',
  },
  {
    name: 'exam',
    says: '联合月考',
    when: /月考|联考|统考|模拟考试|(?:质量|学业)(?:检测|监测)|统一检测|期[中末](?:考试|检测)|联合命题/,
    gives: 'exam',
  },
  {
    name: 'donation',
    says: '捐赠图书',
    when: /捐赠|捐款|捐助|捐资|捐书|捐物|资助|赠送|赠予|爱心捐|(?:支援|帮扶|投入)(?=[^,，。;]{0,20}(?:价值|\d[\d,.]*万?元))|(?<=负责)\d+名(?=[^,，。]{0,12}贫困)/,
    gives: 'donation',
  },
  { name: 'training', says: '教师培训', when: /培训(?:班|活动)?|研修|业务指导|专题辅导/, gives: 'training' },
  {
    name: 'care list',
    says: '帮扶学生名单',
    when: /(?:学生|潜能生|学困生|困难生|贫困生|留守儿童)[^,，。;]{0,6}(?:名单|档案|台账|花名册)|(?:帮扶|结对|关爱)(?:对象)?名单|建立[^,，。]{0,8}学生档案/,
    gives: 'care_roster',
  },
  {
    name: 'research',
    says: '课题研究',
    when: /课题(?:研究)?|教研活动|联合教研|教学研讨|教研|研讨活动|主题研讨|复习研讨|学科研讨/,
    gives: 'research',
  },
  { name: 'paper', says: '工作总结', when: new RegExp(DOCUMENTS), gives: 'document', measure: 'documents' },
  {
    name: 'reward',
    says: '给予奖励',
    when: /给予[^,，。;]{0,4}(?:表彰|奖励|表扬)|表彰奖励|评选表彰/,
    gives: 'meeting',
  },
  {
    name: 'exchange',
    says: '学生互访',
    when: /互访|手拉手|联谊|(?:参观|访问)(?:考察|学习|交流)?|考察|研学|社会实践|交流活动|观摩活动|观摩|走进|交流学习|竞赛|比赛|展演|展示活动|文体活动|学科(?:定期)?交流/,
    gives: 'exchange',
  },
];

export interface PeriodRule extends Rule {
  gives: (found: RegExpExecArray) => PeriodSpec | undefined;
  /** The words leave the period open: it is a guess. */
  doubt?: string;
}
const NUMBER = '\\d{1,2}|[一二三四五六七八九十元]{1,2}';
const month = (text: string): number => (text === '元' ? 1 : /\d/.test(text) ? Number(text) : hanSmall(text));
const hanSmall = (text: string): number => {
  const at = (c: string) => '零一二三四五六七八九十'.indexOf(c);
  return text.length === 1 ? at(text) : text[0] === '十' ? 10 + at(text[1]!) : at(text[0]!) * 10;
};
const two = (n: number): string => String(n).padStart(2, '0');
const LAST = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const valid = (m: number): boolean => m >= 1 && m <= 12;
const due = (m: number, d = LAST[m - 1]!): PeriodSpec | undefined =>
  valid(m) && d >= 1 && d <= LAST[m - 1]! ? { due: `${two(m)}-${two(d)}` } : undefined;
const windowOf = (from: number, to: number): string => `${two(from)}-01..${two(to)}-${two(LAST[to - 1]!)}`;

/** The first that fits at a place wins. */
export const PERIODS: PeriodRule[] = [
  {
    name: 'windows of months',
    says: '3至5月和10至12月',
    when: new RegExp(
      `(${NUMBER})月?份?[至到-](${NUMBER})月份?(?:[和、及与,]+(${NUMBER})月?份?[至到-](${NUMBER})月份?)?`,
    ),
    gives: ([, a, b, c, d]) => {
      const ends = [a, b, c, d].filter((x) => x !== undefined).map(month);
      if (!ends.every(valid)) return undefined;
      const windows = [windowOf(ends[0]!, ends[1]!), ...(ends.length > 2 ? [windowOf(ends[2]!, ends[3]!)] : [])];
      return windows.every((w) => w.slice(0, 2) <= w.slice(7, 9)) ? { windows } : undefined;
    },
  },
  {
    name: 'months named',
    says: '3月和9月',
    when: new RegExp(`(${NUMBER})月份?[和、及与](${NUMBER})月份?(?![\\d一二三四五六七八九十]{0,2}[日号底])`),
    gives: ([, a, b]) =>
      valid(month(a!)) && valid(month(b!)) ? { windows: [a!, b!].map((m) => windowOf(month(m), month(m))) } : undefined,
  },
  {
    name: 'by a day',
    says: '6月20日前',
    when: new RegExp(`(${NUMBER})月(\\d{1,2})[日号](?:之?前|以前|截止)`),
    gives: ([, m, d]) => due(month(m!), Number(d)),
  },
  {
    name: 'by the end of a month',
    says: '9月底前',
    when: new RegExp(`(${NUMBER})月份?(?:月?底|末)(?:之?前|以前)?`),
    gives: ([, m]) => due(month(m!)),
  },
  {
    name: 'before a month',
    says: '10月前',
    when: new RegExp(`(${NUMBER})月份?(?:之?前|以前)`),
    gives: ([, m]) => due(month(m!) === 1 ? 12 : month(m!) - 1),
  },
  {
    name: 'by the tenth',
    says: '12月上旬前',
    when: new RegExp(`(${NUMBER})月([上中下])旬(?:之?前|以前)?`),
    gives: ([, m, part]) => due(month(m!), { 上: 10, 中: 20 }[part!]),
  },
  {
    name: 'end of the year',
    says: '年底前',
    when: /(?:每年)?年(?:底|末|终)(?:之?前|以前)?/,
    gives: () => ({ due: '12-31' }),
  },
  {
    name: 'end of the school year',
    says: '学年末',
    when: /学年(?:末|结束(?:时|前|后)?|终了)/,
    gives: () => ({ due: '08-31' }),
    doubt: '学年末按 8 月 31 日前',
  },
  {
    name: 'fortnight',
    says: '每两周',
    when: /每(?:两|二|2)(?:个)?(?:周|星期)|每半个?月|隔周|双周/,
    gives: () => 'fortnight',
  },
  { name: 'week', says: '每周', when: /每(?:个|一)?(?:周(?!期)|星期)|周周/, gives: () => 'week' },
  {
    name: 'quarter',
    says: '每季度',
    when: /每(?:个)?季度?|按季度|季度/,
    gives: () => ({ windows: ['10-01..12-31', '01-01..03-31', '04-01..06-30'] }),
    doubt: '每季度按学期中的三个季度',
  },
  { name: 'month', says: '每月', when: /每(?:个)?月|月月|逐月|按月|月度|每1个月|每一个月/, gives: () => 'month' },
  { name: 'cycle', says: '每两年', when: /每(?:两|二|2)(?:学)?年|两年(?:内|一)|两年为/, gives: () => 'cycle' },
  {
    name: 'term',
    says: '每学期',
    when: /每(?:个|一)?学期|[一全](?:个)?学期|每?半年|开学(?:初|前|后)?(?:第?[一二两三四]个?[周月])?(?:之?内)?|学期(?:内|初|末|中|开学)|期[初末]|(?:春|秋)季学期|各学期|本学期|学期(?=[^,，。]{0,4}(?:计划|总结|小结))/,
    gives: () => 'term',
  },
  {
    name: 'school year',
    says: '每学年',
    when: /每(?:个|一)?学?年度?|[一全](?:个)?学?年(?:度|内)?(?![级龄])|年度|学年(?=[^,，。]{0,12}(?:计划|方案|总结))|学年内|当年|逐年|本学?年度?/,
    gives: () => 'school_year',
  },
  {
    name: 'one month',
    says: '10月份',
    when: new RegExp(`(?<![\\d年至到-])(${NUMBER})月份?(?![\\d${'一二三四五六七八九十'}]{0,2}[日号])`),
    gives: ([, m]) => (valid(month(m!)) ? { month: month(m!) } : undefined),
  },
  { name: 'whole life', says: '三年内', when: /(?:三|四|五|3|4|5)年(?:内|中|里|期间)?/, gives: () => 'once' },
  {
    name: 'regularly',
    says: '定期',
    when: /(?<!不)定期|经常(?:性)?|随时做好|常态化/,
    gives: () => 'term',
    doubt: '“定期”按每学期',
  },
];

export interface UnitRule extends Rule {
  gives: Measure | 'skip';
  /** How many of the measure one of the unit is. */
  times?: number;
  doubt?: string;
}
/** What stands behind a number. `skip`: a number that asks for nothing by itself. */
export const UNITS: UnitRule[] = [
  { name: 'occasions', says: '次', when: /^(?:次|场次|场|回|轮|趟)(?![日要性数])/, gives: 'times' },
  { name: 'lessons', says: '节', when: /^(?:节次?|课时|学时|堂)(?!假)/, gives: 'lessons' },
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
  { name: 'people', says: '名', when: /^(?:名|位|人次?)/, gives: 'people' },
  { name: 'papers', says: '篇', when: /^(?:篇|份|条(?=[^,，。]{0,4}信息)|条$)/, gives: 'documents' },
  { name: 'ten thousand yuan', says: '万元', when: /^万元/, gives: 'yuan', times: 10_000 },
  { name: 'yuan', says: '元', when: /^元/, gives: 'yuan' },
  { name: 'topics', says: '个课题', when: /^(?:个|项)(?=[^,，。;]{0,8}课题)/, gives: 'times' },
  { name: 'issues', says: '期', when: /^期(?!间|[中末初])/, gives: 'times' },
  {
    name: 'events',
    says: '项活动',
    when: /^(?:批|个|项|届)(?=[^,，。;]{0,8}(?:培训|活动|讲座|研修|案例|教研))/,
    gives: 'times',
  },
  { name: 'pieces', says: '案例2个', when: /^(?:个|项|件)(?=$|[,。;、和及])/, gives: 'times' },
  {
    name: 'what counts nothing',
    says: '所',
    when: /^(?:所|个|对|家|条|岁|年|%|分钟|元钱|支|项|册|台|套|件|本|科|班|份之)/,
    gives: 'skip',
  },
];

export interface WhoRule extends Rule {
  subject: SubjectKind;
  role?: Role[];
}
/** Who each owes it, the first that fits. */
export const WHO: WhoRule[] = [
  {
    name: 'vice principals and managers',
    says: '副校长、中层干部',
    when: /副校长|副园长|中层(?:干部|管理人员|以上)|(?:每[位名]|学校)(?:领导|行政|班子成员|管理干部)/,
    subject: 'leader',
    role: ['vice_principal', 'middle_manager'],
  },
  {
    name: 'principal',
    says: '校长每学年',
    when: /(?:^|[^副])(?:校长|园长)(?![^,，。;]{0,4}(?:为|任)组长)/,
    subject: 'principal',
  },
  {
    name: 'mentor and pupil of the trade',
    says: '师傅每月听课',
    when: /师傅|师徒|徒弟|导师|指导教师每|结对教师每/,
    subject: 'mentorship',
  },
  {
    name: 'each teacher',
    says: '每位教师',
    when: /每(?:位|名|个|一[位名])(?:[^,，。;每]{0,6})(?:教师|老师|班主任|教研员)|(?:教师|老师|班主任|名师|支教人员|骨干)[^,，。;]{0,4}(?:每人|人均|每学期|每月|每周|每年|每学年|每两周|要|应|须)|(?:领导和教师|教师和领导|帮扶教师|支教教师|挂职教师|挂职干部|支教老师|帮扶老师)/,
    subject: 'teacher',
  },
  {
    name: 'the bureau',
    says: '县教育局',
    when: /^(?:[^,，。;]{0,10})(?:教育局|教体局|教育体育局|文教局|教育行政部门|教研室|进修学校)(?![^,，。;]{0,2}(?:报|备案|幼教))/,
    subject: 'district',
  },
  {
    name: 'each school',
    says: '各校',
    when: /各(?:中小)?学校|各[校园]|各结对(?:学校|幼儿园|园)|(?:每|各)所?(?:受援|支援|帮扶|结对)?学校|学校(?:每|要|应|须)/,
    subject: 'school',
  },
];

export type SideRule = Rule & { side: 'supporter' | 'recipient' | 'both' };
export const SIDES: SideRule[] = [
  {
    name: 'both',
    says: '两校',
    when: /双方|两校|双校|双向|结对学校(?:之间|双方|要|每|共同)|校际|互相|相互|互派|互访|共同|联合|统一组织/,
    side: 'both',
  },
  {
    name: 'invited',
    says: '邀请受援学校教师来校',
    when: /邀请[^,，。;]{0,16}(?:来校|来我校|来[参听交])|(?:来|到)(?:我校|支援学校|支援校|帮扶学校|示范园|核心校|优质学校)|接[受纳][^,，。;]{0,16}(?:来|派)/,
    side: 'recipient',
  },
  { name: 'second party', says: '乙方每学期', when: /^(?:乙方|成员[校园])/, side: 'recipient' },
  {
    name: 'helped',
    says: '受援学校选派',
    when: /(?:^|[,，;；。:])(?:[^,，。;]{0,4})(?:受援|受扶|弱|被帮扶|受帮扶|薄弱|乡村|农村|乡镇)(?:学校|校|园|幼儿园|片区、?学校)(?:每|要|应|须|选派|定期|派|教师|组织|[^,，。;]{0,6}(?:选派|派出|上报|报送))/,
    side: 'recipient',
  },
];

export const EVIDENCE: (Rule & { gives: 'record' | 'photo' | 'attendance' | 'document' })[] = [
  { name: 'attendance', says: '有签到', when: /签到|考勤/, gives: 'attendance' },
  { name: 'photo', says: '留存照片', when: /照片|图片|影像/, gives: 'photo' },
  { name: 'record', says: '有谈话记录', when: /记录|台账|登记/, gives: 'record' },
];

/** What a demand is put in: somebody is to do something. */
export const ASKS =
  /组织|开展|举办|举行|召开|选派|选送|派出?|邀请|撰写|写|报送|上报|提交|汇?报|签[订署]|[制拟][定订]|接[受纳]|安排|聘请|参[加与]|完成|建立|进行|做好|指导|联系|谈|听|上|送|访|确定|形成|捐|交流|研讨|实行|开设|考察|落实|更新|统计|支援|投入|资助|要|应|须|至少|不少于|不低于/;

/** A sentence about the past, or about the plan itself, demands nothing. */
export const NOTHING_ASKED: Rule[] = [
  {
    name: 'history',
    says: '已选派107人次',
    when: /(?:^|[^完])(?:已|曾|先后|共[^,，。;]{0,6}(?:人|次|名)|达\d|早在|以来|近几年|隆重|圆满|的(?:热情)?(?:欢迎|支持|关心)下|(?:下发|启动|召开|成立|选派|派出|举办|捐赠)了|\d{4}年[^,，。;]{0,12}(?:下发|召开|成立|派出|选派|开展))/,
  },
  { name: 'inspection without a date', says: '不定期抽查', when: /不定期|抽查/ },
  {
    name: 'whom one looks after',
    says: '每名教师帮扶1-2名潜能生',
    when: /(?:帮扶|结对|对应|负责|联系|关爱)\s*(?:不少于|至少)?\s*[\d一二两三]+(?:[-至到]+[\d一二三]+)?\s*(?:名|所|个|位)[^,，。;]{0,4}(?:潜能生|贫困生|困难生|学困生|学生|农村|乡镇|薄弱|留守|学校|园)(?![^,，。;]{0,14}(?:完成|读完|学业))/,
  },
  {
    name: 'who may',
    says: '男未满45周岁',
    when: /周岁|以下\)|年龄|学历|职称在|具备|资格|职称评[定审]|评优|晋级|满一年|一年及以上|以上职称/,
  },
  {
    name: 'about itself',
    says: '特制定本方案',
    when: /特[制拟][定订]|制定(?:本|我|此|如下)|现[制将就]|本(?:方案|计划|办法|通知|意见)/,
  },
  { name: 'how long, or how many each', says: '时间不少于两周', when: /^(?:时间|为期|周期|每人|其中|标准)/ },
  { name: 'money for the work', says: '工作经费5万元', when: /标准为|经费|补贴|津贴|奖金/ },
  { name: 'inspection', says: '专项督导', when: /督导|督查|巡查|(?<![自互])检查|考核|评估(?!报告)/ },
  { name: 'theme', says: '主题为', when: /主题[为是]|确定活动主题/ },
  {
    name: 'by what means',
    says: '通过听课、座谈等形式',
    when: /^(?:[^,，。;]{0,12}将)?(?:要)?通过|等(?:多种)?(?:形式|方式)$/,
  },
  { name: 'examples', says: '如集体备课', when: /^(?:如|例如|比如|包括|形式有)/ },
  { name: 'leave to do it', says: '可选派教师支教', when: /^(?:可以?|鼓励|允许|欢迎|有条件的)|纳入|列入/ },
];
