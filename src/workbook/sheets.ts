/** The lists of a programme file as sheets: their names, the headers of their columns, and what a cell may hold. */
import type { ActivityKind, Mode, Role, SchoolKind } from '../plan/types.ts';

export type CellKind = 'text' | 'date' | 'dates' | 'number' | 'yes_no' | 'list';
export interface Column {
  /** Field of the programme file; `pupil.name` is a field of a field. Also the English header. */
  key: string;
  zh: string;
  /** Other headers people use. */
  also?: string[];
  kind?: CellKind;
  /** What people write → what the programme file says. The file's own words are always understood. */
  words?: Record<string, string>;
  hint?: string;
  example?: string | number;
}
export interface SheetPlan {
  /** List of the programme file; also the English name of the sheet. */
  list: string;
  zh: string;
  also?: string[];
  columns: Column[];
}

const ROLE_WORDS: Record<string, Role> = {
  教师: 'teacher',
  老师: 'teacher',
  帮扶教师: 'teacher',
  领导: 'leader',
  校长: 'principal',
  园长: 'principal',
  副校长: 'vice_principal',
  副园长: 'vice_principal',
  中层: 'middle_manager',
  中层干部: 'middle_manager',
  联络员: 'coordinator',
  校级联络员: 'coordinator',
  局领导: 'bureau_leader',
  局联络员: 'bureau_coordinator',
  区县联络员: 'bureau_coordinator',
};
const SCHOOL_WORDS: Record<string, SchoolKind> = {
  小学: 'primary',
  初中: 'middle',
  中学: 'middle',
  九年一贯制: 'middle',
  高中: 'senior',
  职高: 'vocational',
  中职: 'vocational',
  幼儿园: 'kindergarten',
  特殊教育: 'special',
  特校: 'special',
};
const ACTIVITY_WORDS: Record<string, ActivityKind> = {
  送教: 'demo_lesson',
  示范课: 'demo_lesson',
  研讨课: 'demo_lesson',
  听课评课: 'observe',
  听课: 'observe',
  观摩: 'observe',
  家访: 'home_visit',
  谈心: 'talk',
  谈话: 'talk',
  学习方法指导: 'study_guidance',
  学法指导: 'study_guidance',
  讲座: 'lecture',
  捐赠: 'donation',
  捐款: 'donation',
  挂职: 'secondment',
  支教: 'secondment',
  跟岗: 'secondment',
  集体备课: 'joint_prep',
  备课: 'joint_prep',
  培训: 'training',
  交流: 'exchange',
  互访: 'exchange',
  月考: 'exam',
  联考: 'exam',
  课题: 'research',
  材料: 'document',
  文档: 'document',
  会议: 'meeting',
  帮扶名单: 'care_roster',
};
const MODE_WORDS: Record<string, Mode> = { 上门: 'visit', 实地: 'visit', 电话: 'phone', 电访: 'phone', 线上: 'online' };

const from: Column = { key: 'from', zh: '开始', also: ['起', '开始日期', '生效日期'], kind: 'date' };
const to: Column = { key: 'to', zh: '结束', also: ['止', '结束日期', '失效日期'], kind: 'date' };
const start: Column = { key: 'start', zh: '开始', also: ['起', '开始日期'], kind: 'date' };
const end: Column = { key: 'end', zh: '结束', also: ['止', '结束日期'], kind: 'date' };

/** In the order of the template. */
export const SHEETS: SheetPlan[] = [
  {
    list: 'programme',
    zh: '项目',
    also: ['帮扶项目'],
    columns: [{ key: 'name', zh: '名称', also: ['项目名称'], example: '示例结对帮扶项目' }],
  },
  {
    list: 'terms',
    zh: '学期',
    columns: [
      { key: 'name', zh: '名称', also: ['学期', '学期名称'], example: '2026-2027学年第一学期' },
      { ...start, example: '2026-09-01' },
      { ...end, example: '2027-01-22' },
    ],
  },
  {
    list: 'holidays',
    zh: '节假日',
    also: ['假期'],
    columns: [
      { key: 'name', zh: '名称' },
      { ...start, hint: '填了就不再用国家放假安排' },
      end,
      { key: 'school', zh: '上课', also: ['补课', '调休上课'], kind: 'yes_no', hint: '调休上课写“是”' },
    ],
  },
  {
    list: 'districts',
    zh: '区县',
    columns: [{ key: 'name', zh: '名称', also: ['区县'], example: '示例县' }],
  },
  {
    list: 'schools',
    zh: '学校',
    columns: [
      { key: 'name', zh: '名称', also: ['学校', '校名', '学校名称'], example: '示例中学' },
      { key: 'short', zh: '简称', kind: 'list', hint: '多个用顿号隔开', example: '示中' },
      { key: 'district', zh: '区县', example: '示例县' },
      {
        key: 'kind',
        zh: '类别',
        also: ['学段', '类型'],
        words: SCHOOL_WORDS,
        hint: '小学、初中、高中、职高、幼儿园、特殊教育',
        example: '初中',
      },
      { key: 'level', zh: '层级', also: ['等级'] },
    ],
  },
  {
    list: 'people',
    zh: '人员',
    also: ['教师', '名册'],
    columns: [
      { key: 'name', zh: '姓名', example: '甲老师' },
      { key: 'school', zh: '学校', also: ['所在学校', '单位'], example: '示例中学' },
      { key: 'district', zh: '区县', hint: '局里的人填区县，不填学校' },
      {
        key: 'roles',
        zh: '角色',
        also: ['身份', '职务'],
        kind: 'list',
        words: ROLE_WORDS,
        hint: '教师、校长、副校长、中层、联络员、局领导、局联络员，可多个',
        example: '教师、联络员',
      },
      { key: 'mobile', zh: '手机', also: ['手机号', '电话'], hint: '用来找到这个人的飞书账号', example: '13800000000' },
      { key: 'email', zh: '邮箱' },
      { key: 'open_id', zh: '飞书ID', also: ['飞书 ID'] },
      from,
      to,
      { key: 'born', zh: '出生年月', also: ['出生日期'] },
      { key: 'sex', zh: '性别' },
      { key: 'rural_years', zh: '农村任教年数', also: ['农村教龄'], kind: 'number' },
    ],
  },
  {
    list: 'pairings',
    zh: '结对',
    also: ['结对学校'],
    columns: [
      { key: 'supporter', zh: '支援学校', also: ['帮扶学校'], example: '示例中学' },
      { key: 'recipient', zh: '受援学校', also: ['受帮扶学校'], example: '示例乡中学' },
      {
        key: 'kinds',
        zh: '支援类型',
        also: ['支援种类'],
        kind: 'list',
        words: { 教学: 'teaching', 师资: 'staff', 资金: 'funds', 物质: 'goods', 物资: 'goods', 管理: 'management' },
        hint: '教学、师资、资金、物资、管理',
        example: '教学',
      },
      { ...from, example: '2026-09-01' },
      to,
      { key: 'team', zh: '小组成员', also: ['成员', '帮扶小组'], kind: 'list', example: '甲老师' },
      { key: 'agreement', zh: '协议', hint: '签订日期或编号' },
    ],
  },
  {
    list: 'mentorships',
    zh: '师徒',
    columns: [
      { key: 'mentor', zh: '师傅', also: ['指导教师'], example: '甲老师' },
      { key: 'mentee', zh: '徒弟', example: '乙老师' },
      { ...from, example: '2026-09-01' },
      to,
    ],
  },
  {
    list: 'care',
    zh: '帮扶关系',
    also: ['帮扶学生', '帮扶对象', '学生'],
    columns: [
      { key: 'mentor', zh: '帮扶教师', also: ['教师'], example: '甲老师' },
      { key: 'pupil.name', zh: '学生姓名', also: ['学生', '姓名', 'pupil'], example: '小甲' },
      { key: 'pupil.grade', zh: '年级', also: ['班级', 'grade'], example: '七年级' },
      { key: 'pupil.code', zh: '学号', also: ['code'], hint: '同校同名时用来区分' },
      { key: 'pupil.school', zh: '学生学校', also: ['学校', 'school'], hint: '不填则同帮扶教师' },
      { key: 'kind', zh: '类别', also: ['帮扶类别'], example: '潜能生' },
      { ...from, example: '2026-09-01' },
      to,
    ],
  },
  {
    list: 'plans',
    zh: '方案',
    columns: [
      { key: 'use', zh: '预置方案', also: ['方案', '方案编号'], hint: '写编号或名称', example: 'yunxian-minzu' },
      { key: 'pairings', zh: '适用结对', kind: 'list', hint: '“全部”，或 支援学校→受援学校', example: '全部' },
      {
        key: 'options.per',
        zh: '计数对象',
        also: ['per'],
        words: { 学生: 'pupil', 教师: 'teacher' },
        hint: '学生（默认）或教师',
      },
    ],
  },
  {
    list: 'waivers',
    zh: '豁免',
    columns: [
      { key: 'person', zh: '人员' },
      { key: 'school', zh: '学校' },
      { key: 'pairing', zh: '结对', hint: '支援学校→受援学校' },
      { key: 'pupil', zh: '学生' },
      { key: 'requirement', zh: '任务要求', hint: '不填为全部' },
      from,
      to,
      { key: 'reason', zh: '原因' },
    ],
  },
  {
    list: 'activities',
    zh: '台账',
    also: ['活动', '活动台账'],
    columns: [
      { key: 'id', zh: '编号' },
      {
        key: 'kind',
        zh: '活动',
        also: ['活动类型', '类型'],
        words: ACTIVITY_WORDS,
        hint: '送教、听课评课、家访、谈心、学法指导、讲座、捐赠、挂职、集体备课、培训、交流、月考、课题、材料、会议',
        example: '送教',
      },
      {
        key: 'status',
        zh: '状态',
        words: { 已完成: 'done', 完成: 'done', 计划: 'planned', 未成: 'attempted', 取消: 'cancelled' },
      },
      { key: 'date', zh: '日期', also: ['活动日期'], kind: 'dates', example: '2026-10-14' },
      { key: 'date_to', zh: '结束日期', also: ['至'], kind: 'date' },
      { key: 'by', zh: '人员', also: ['教师', '姓名', '主办人'], example: '甲老师' },
      { key: 'participants', zh: '参加人', also: ['参与人'], kind: 'list' },
      { key: 'pupils', zh: '学生', kind: 'list' },
      { key: 'place', zh: '地点', also: ['学校', '地点学校'], hint: '写学校名', example: '示例乡中学' },
      { key: 'to', zh: '受赠学校' },
      { key: 'partner', zh: '对方学校' },
      { key: 'times', zh: '次数', kind: 'number' },
      { key: 'lessons', zh: '节数', also: ['课时'], kind: 'number', example: 1 },
      { key: 'days', zh: '天数', kind: 'number' },
      { key: 'weeks', zh: '周数', kind: 'number' },
      { key: 'people', zh: '人数', kind: 'number' },
      { key: 'pupil_count', zh: '学生人数', kind: 'number' },
      { key: 'pieces', zh: '份数', kind: 'number' },
      { key: 'cash_yuan', zh: '现金（元）', also: ['现金'], kind: 'number' },
      { key: 'value_yuan', zh: '折合（元）', also: ['折合', '金额'], kind: 'number' },
      { key: 'mode', zh: '方式', words: MODE_WORDS, hint: '上门、电话、线上' },
      { key: 'role', zh: '担任' },
      { key: 'subject', zh: '学科', example: '语文' },
      { key: 'grade', zh: '年级', example: '七年级' },
      { key: 'topic', zh: '内容', also: ['主题'] },
      { key: 'late', zh: '补报', kind: 'yes_no' },
      { key: 'reason', zh: '原因' },
    ],
  },
];

/** What the sheet of another school shows in the template: each reference must find its row. */
export const MORE_EXAMPLES: Record<string, (string | number)[][]> = {
  schools: [['示例乡中学', '乡中', '示例县', '初中']],
  people: [['乙老师', '示例乡中学', '', '教师']],
};
