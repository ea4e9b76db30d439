/** The lists of a programme file as sheets: their names, the headers of their columns, and what a cell may hold. */
import type { BookColumn, SheetPlan } from './column.ts';
import { LEDGER_SHEET } from './ledger-sheet.ts';
import { ROLE_LIKE, ROLE_WORDS, SCHOOL_LIKE, SCHOOL_WORDS } from './words.ts';

const from: BookColumn = {
  key: 'from',
  zh: '开始',
  also: ['起', '开始日期', '生效日期', '结对时间', '开始时间', '起始时间', '帮扶开始时间'],
  kind: 'date',
};
const to: BookColumn = { key: 'to', zh: '结束', also: ['止', '结束日期', '失效日期', '结束时间'], kind: 'date' };
const start: BookColumn = { key: 'start', zh: '开始', also: ['起', '开始日期', '开学日期', '开学'], kind: 'date' };
/** Columns that most forms have and no list needs. */
const rest: BookColumn = { key: '', zh: '序号', also: ['备注', '编次', 'No.'], kind: 'skip', extra: true };
const end: BookColumn = { key: 'end', zh: '结束', also: ['止', '结束日期', '放假日期', '放假'], kind: 'date' };

/** All sheets, in the order of the template. */
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
    titled: /校历|学期/,
    needs: [['name'], ['start'], ['end']],
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
    columns: [
      { key: 'name', zh: '名称', also: ['区县'], example: '示例县' },
      { key: 'helps', zh: '对接片区', hint: '整区对接的片区，没有就不写' },
    ],
  },
  {
    list: 'schools',
    zh: '学校',
    titled: /学校(?:名单|一览|名录|基本)/,
    needs: [['name'], ['short', 'district', 'kind', 'level', 'lacks']],
    columns: [
      { key: 'name', zh: '名称', also: ['学校', '校名', '学校名称', '学校全称'], example: '示例中学' },
      { key: 'short', zh: '简称', also: ['学校简称'], kind: 'list', hint: '多个用顿号隔开', example: '示中' },
      { key: 'district', zh: '区县', also: ['所属区县', '所在区县', '县区'], example: '示例县' },
      {
        key: 'kind',
        zh: '类别',
        also: ['学段', '类型', '学校类别', '学校类型', '办学类型', '办学层次'],
        words: SCHOOL_WORDS,
        wordLike: SCHOOL_LIKE,
        hint: '小学、初中、高中、职高、幼儿园、特殊教育',
        example: '初中',
      },
      { key: 'level', zh: '层级', also: ['等级'] },
      {
        key: 'lacks',
        zh: '缺乏学科',
        also: ['紧缺学科', '缺少学科', '短缺学科'],
        kind: 'list',
        hint: '多个用顿号隔开',
      },
      rest,
    ],
  },
  {
    list: 'people',
    zh: '人员',
    also: ['教师', '名册', '教师名册', '教职工'],
    titled: /(?:教师|教职工|人员|师资|职工|队伍|干部).*(?:名册|名单|一览|花名册|登记|基本情况|信息|统计)/,
    needs: [['name'], ['school', 'district', 'roles', 'mobile', 'sex', 'born', 'email']],
    columns: [
      { key: 'name', zh: '姓名', also: ['教师姓名', '人员姓名', '老师', '教师', '教职工姓名'], example: '甲老师' },
      {
        key: 'school',
        zh: '学校',
        also: ['所在学校', '所属学校', '任职学校', '所属单位', '单位', '工作单位', '所在单位', '任教学校', '学校名称'],
        example: '示例中学',
      },
      { key: 'district', zh: '区县', hint: '局里的人填区县，不填学校' },
      {
        key: 'roles',
        zh: '角色',
        also: ['身份', '职务', '现任职务', '行政职务', '岗位', '担任职务'],
        kind: 'list',
        words: ROLE_WORDS,
        wordLike: ROLE_LIKE,
        hint: '教师、校长、副校长、中层、联络员、局领导、局联络员，可多个',
        example: '教师、联络员',
      },
      {
        key: 'mobile',
        zh: '手机',
        also: ['手机号', '电话', '联系电话', '手机号码', '联系方式', '电话号码'],
        hint: '用来找到这个人的飞书账号',
        example: '13800000000',
      },
      { key: 'email', zh: '邮箱', also: ['电子邮箱', '邮件'] },
      { key: 'open_id', zh: '飞书ID', also: ['飞书 ID'] },
      from,
      to,
      { key: 'born', zh: '出生年月', also: ['出生日期'] },
      { key: 'sex', zh: '性别' },
      { key: 'rural_years', zh: '农村任教年数', also: ['农村教龄'], kind: 'number' },
      { key: 'volunteer', zh: '自愿支教', kind: 'yes_no' },
      rest,
    ],
  },
  {
    list: 'pairings',
    zh: '结对',
    also: ['结对学校'],
    titled: /结对/,
    needs: [['supporter'], ['recipient']],
    columns: [
      {
        key: 'supporter',
        zh: '支援学校',
        also: ['帮扶学校', '支援方', '优质学校', '牵头学校', '城区学校', '派出学校', '支持学校'],
        example: '示例中学',
      },
      {
        key: 'recipient',
        zh: '受援学校',
        also: ['受帮扶学校', '受援方', '薄弱学校', '被帮扶学校', '乡村学校', '农村学校', '结对学校', '受助学校'],
        example: '示例乡中学',
      },
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
      { key: 'team', zh: '小组成员', also: ['成员', '帮扶小组'], kind: 'names', example: '甲老师' },
      { key: 'agreement', zh: '协议', hint: '签订日期或编号' },
      rest,
    ],
  },
  {
    list: 'mentorships',
    zh: '师徒',
    also: ['师徒结对', '青蓝工程'],
    titled: /师徒|青蓝|师带徒/,
    needs: [['mentor'], ['mentee']],
    columns: [
      {
        key: 'mentor',
        zh: '师傅',
        also: ['指导教师', '师父', '导师', '师傅姓名', '指导老师'],
        kind: 'names',
        example: '甲老师',
      },
      {
        key: 'mentee',
        zh: '徒弟',
        also: ['徒弟姓名', '青年教师', '学员', '被指导教师', '新教师'],
        kind: 'names',
        example: '乙老师',
      },
      { ...from, example: '2026-09-01' },
      to,
      rest,
    ],
  },
  {
    list: 'care',
    zh: '帮扶关系',
    also: ['帮扶学生', '帮扶对象', '学生', '帮扶名单', '关爱名单'],
    titled: /帮扶|关爱|结对|潜能生|学困生|困难生|留守/,
    needs: [['pupil.name'], ['mentor', 'pupil.grade', 'pupil.code', 'kind']],
    columns: [
      {
        key: 'mentor',
        zh: '帮扶教师',
        also: [
          '教师',
          '责任教师',
          '结对教师',
          '帮扶人',
          '帮扶责任人',
          '关爱教师',
          '教师姓名',
          '负责教师',
          '帮扶老师',
          '责任人',
        ],
        like: /(?:教师|老师|责任人|导师)(?:姓名)?$/,
        kind: 'names',
        example: '甲老师',
      },
      {
        key: 'pupil.name',
        zh: '学生姓名',
        also: [
          '学生',
          '姓名',
          '帮扶学生',
          '帮扶对象',
          '受帮扶学生',
          '结对学生',
          '潜能生',
          '学困生',
          '关爱对象',
          'pupil',
        ],
        like: /(?:学生|对象|潜能生|学困生|留守儿童)(?:姓名)?$/,
        kind: 'names',
        example: '小甲',
      },
      {
        key: 'pupil.grade',
        zh: '年级',
        also: ['班级', '年级班级', '所在班级', '年级（班级）', '学生班级', 'grade'],
        example: '七年级',
      },
      { key: 'pupil.code', zh: '学号', also: ['code'], hint: '同校同名时用来区分' },
      {
        key: 'pupil.school',
        zh: '学生学校',
        also: ['学校', '就读学校', '所在学校', 'school'],
        hint: '不填则同标题里的学校或本校',
      },
      { key: 'kind', zh: '类别', also: ['帮扶类别', '学生类别', '帮扶类型', '类型', '困难类型'], example: '潜能生' },
      { ...from, example: '2026-09-01' },
      to,
      rest,
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

/** Examples for the template that refer to a second school, so that every reference finds its row. */
export const MORE_EXAMPLES: Record<string, (string | number)[][]> = {
  schools: [['示例乡中学', '乡中', '示例县', '初中']],
  people: [['乙老师', '示例乡中学', '', '教师']],
};
