/** The sheet of an existing ledger (台账). */
import type { SheetPlan } from './column.ts';
import { ACTIVITY_WORDS, MODE_WORDS } from './words.ts';

export const LEDGER_SHEET: SheetPlan = {
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
};
