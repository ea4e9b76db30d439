/** The lists of a programme file as sheets: their names, the headers of their columns, and what a cell may hold. */
import type { BookColumn, SheetPlan } from './column.ts';
import { LEDGER_SHEET } from './ledger-sheet.ts';
import { ROLE_WORDS, SCHOOL_WORDS } from './words.ts';

const from: BookColumn = { key: 'from', zh: '开始', also: ['起', '开始日期', '生效日期'], kind: 'date' };
const to: BookColumn = { key: 'to', zh: '结束', also: ['止', '结束日期', '失效日期'], kind: 'date' };
const start: BookColumn = { key: 'start', zh: '开始', also: ['起', '开始日期'], kind: 'date' };
const end: BookColumn = { key: 'end', zh: '结束', also: ['止', '结束日期'], kind: 'date' };

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
  LEDGER_SHEET,
];

/** What the sheet of another school shows in the template: each reference must find its row. */
export const MORE_EXAMPLES: Record<string, (string | number)[][]> = {
  schools: [['示例乡中学', '乡中', '示例县', '初中']],
  people: [['乙老师', '示例乡中学', '', '教师']],
};
