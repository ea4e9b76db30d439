import type { PeriodName, Standing } from '../../plan/obligation.ts';
import type { Excuse, Lacking, NotCounted } from '../../plan/reasons.ts';
import { shownCount } from '../../plan/standing.ts';
import { saying } from './saying.ts';

const progress = (s: { done: number; target: number }) => `${shownCount(s.done)}/${s.target}`;
const wanted = (s: { done: number; target: number; wanted: number; nextCheckpoint: string }) =>
  `应在 ${s.nextCheckpoint} 前做到 ${s.wanted}/${s.target}，现为 ${progress(s)}`;

const excuse = saying<Excuse, 'code'>('code', {
  waiver: ({ words }) => words,
  leave: ({ words }) => (words ? `请假：${words}` : '请假'),
  short_service: '本期在任不足一半时间',
  no_school_day: '这两周没有上课日',
});
const excuses = (by: Excuse[]): string => by.map(excuse).join('；');

const standing = saying<Standing, 'state'>('state', {
  waived: ({ by }) => `已豁免：${excuses(by)}`,
  met: (s) => `已完成 ${progress(s)}`,
  missed: (s) => `${s.end} 已截止，完成 ${progress(s)}`,
  upcoming: (s) => `${s.start} 开始`,
  due_soon: (s) => `${s.days === 0 ? '今天' : `还有 ${s.days} 天`}：${wanted(s)}`,
  overdue: wanted,
  open: wanted,
});

const notCounted = saying<NotCounted, 'code'>('code', {
  planned: '还只是计划',
  attempted: '没有做成',
  cancelled: '已取消',
  withdrawn: '已撤回',
  not_person: '不是本人参加的',
  not_pupil: '没有写到这名学生，或不是帮扶教师所做',
  not_both: '没有同时写到师徒二人',
  not_school: '不是本校人员所做',
  not_district: '不是本区人员所做',
  not_side: '不是这一对学校、这一方所做',
  other_kind: '活动类型不同',
  disputed: '对方有异议',
  stay_too_long: ({ days }) => `一次写了超过${days}天，请按学年分开写`,
  too_early: '早于本期',
  too_late: '晚于本期',
  not_yet: '日期还没到',
  other_mode: '方式不在认可之列',
  other_role: ({ asked }) => `要求的是${asked.join('或')}`,
  other_topic: ({ asked }) => `内容不是${asked}`,
  excepted: ({ asked }) => `写的是${asked}`,
  no_topic: ({ asked }) => `没有写明是不是${asked}`,
  not_external: '要求的是外请专家',
  external: '外请专家所讲，要求的是本校人员',
  other_doer: '不是所要求的人员（如校领导）所做',
  same_day: '同一天同类只计一次',
  same_occasion: '与已计的是同一次',
  on_leave: '请假不计天数',
  days_known: '这些天已经计过',
  no_school_day: '不是上课日',
  no_lessons: '没有写节数',
  no_amount: '没有写金额',
  no_pieces: '没有写份数',
  no_people: '没有写到本方人员',
  no_pupils: '没有写到学生',
});

const month = (ym: string) => `${ym.slice(0, 4)}年${Number(ym.slice(5))}月`;
const monthDay = (md: string) => `${Number(md.slice(0, 2))}月${Number(md.slice(3))}日`;

const period = saying<PeriodName, 'kind'>('kind', {
  term: (p) => p.term,
  week: (p) => `${p.term}第${p.week}周`,
  fortnight: (p) => `${p.term}第${p.weeks[0]}–${p.weeks[1]}周`,
  month: (p) => month(p.month),
  calendar_month: (p) => month(p.month),
  school_year: (p) => `${p.year}-${p.year + 1}学年`,
  cycle: (p) => `${p.year}–${p.year + 2}周期`,
  window: (p) => `${p.year}年${monthDay(p.from)}至${monthDay(p.to)}`,
  due: (p) => `${p.year === undefined ? '' : `${p.year}-${p.year + 1}学年，`}${p.by}前`,
  once: '整个帮扶期',
});

const lacking = saying<Lacking, 'code'>('code', {
  no_agreement: ({ of }) => `${of}：没有结对协议`,
  no_team: ({ of }) => `${of}：没有写领导小组（team）`,
  no_mentorship: ({ of }) => `${of}：没有师徒结对`,
  no_kinds: ({ of }) => `${of}：没有写帮扶类别`,
  no_pairing: ({ of }) => `${of}没有结对学校`,
  recipients: ({ of, count, min, max }) =>
    `${of}帮扶 ${count} 所，应为 ${max === undefined ? `至少 ${min}` : `${min}–${max}`} 所`,
  cycle_over: ({ of, years }) => `${of}：结对已满 ${years} 学年`,
  few_pupils: ({ of, count, limit }) => `${of}帮扶 ${count} 名学生，至少应为 ${limit} 名`,
  many_pupils: ({ of, count, limit }) => `${of}帮扶 ${count} 名学生，至多应为 ${limit} 名`,
  too_old: ({ of, age, sex, limit }) => `${of} ${age} 岁，支教要求${sex}未满 ${limit} 岁`,
  long_rural: ({ of, years, limit }) => `${of}已有 ${years} 年农村教学经历，支教优先选 ${limit} 年以下的`,
  other_subject: ({ of, subject, lacks }) => `${of}缺的是${lacks.join('、')}教师，这次派的是${subject}`,
  no_kind: ({ of }) => `${of}：没有写学校类型`,
  no_district: ({ of }) => `${of}：没有写所属区县`,
  no_leader: ({ of }) => `${of}：没有负责结对工作的校领导`,
  no_coordinator: ({ of }) => `${of}没有联络员，学校的任务无人提醒`,
  no_bureau_leader: '名单里没有教育局分管领导',
  no_bureau_coordinator: '名单里没有教育局联络员，区县的任务无人提醒',
  departed_mentor: ({ of, to, pupils }) => `${of} ${to} 后不在岗，名下还有 ${pupils} 名帮扶学生`,
  shared_account: ({ of }) => `${of}：手机号、邮箱或飞书号相同`,
});

/** What to do about it. */
const mend = saying<Lacking, 'code'>('code', {
  no_agreement: '请签协议并在名单里写上 agreement',
  no_team: '请写上小组成员，任务将由他们承担，也可以说「领导小组，组长甲老师，组员乙老师」',
  no_mentorship: '请安排一对一师徒，可以说「师徒结对：甲老师带乙老师」',
  no_kinds: '请写明 staff、funds、goods 等',
  no_pairing: '请安排结对，或从名单中去掉',
  recipients: ({ count, min }) => (count < min ? '请补充受援学校' : '请把其中几所调给其他学校'),
  cycle_over: '周期结束后请重新分组',
  few_pupils: '请为其安排帮扶学生，可以说「小明由甲老师帮扶」',
  many_pupils: '请把部分学生调给其他教师',
  too_old: '本人自愿的不受此限，否则请另选支教教师',
  long_rural: '本人自愿的不受此限，否则请另选支教教师',
  other_subject: '请与对方学校商定，学科有变请改名单里的缺乏学科',
  no_kind: '请写 kind，分类型的任务才会下达',
  no_district: '请写 district',
  no_leader: '请在名单里加一名校领导',
  no_coordinator: '请给一名教师加上 coordinator',
  no_bureau_leader: '请加一名 bureau_leader',
  no_bureau_coordinator: '请加一名 bureau_coordinator',
  departed_mentor: '请为这些学生换一名帮扶教师',
  shared_account: '同一人调动了，请给原来的一条写上离任日期；不是同一人，请改正号码',
});

/** The meaning of the plan's codes, in Chinese. */
export const reasons = { excuses, standing, notCounted, period, lacking, mend };
