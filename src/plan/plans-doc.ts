/** docs/plans.md, generated from the presets so that the two cannot differ. */
import type { Paper, Plan, Provision, Requirement } from './plan.ts';

const SUBJECT: Record<Requirement['subject'], string> = {
  teacher: '每名教师',
  leader: '每名干部',
  principal: '校长',
  school: '每所学校',
  pairing: '每对学校',
  mentorship: '每对师徒',
  care: '每名帮扶学生',
  district: '每个区县',
};
const SIDE = { supporter: '支援方', recipient: '受援方', both: '双方' };
const MEASURE: Record<Requirement['measure'], string> = {
  times: '次',
  lessons: '节',
  days: '个上课日',
  weeks: '周',
  people: '人',
  pupils: '名学生',
  yuan: '元',
  documents: '份',
};
const PERIOD: Record<string, string> = {
  week: '每周',
  fortnight: '每两周',
  month: '每月',
  term: '每学期',
  school_year: '每学年',
  cycle: '每周期（两学年）',
  once: '整个帮扶期',
};

function periodText(r: Requirement): string {
  if (typeof r.period === 'string') return PERIOD[r.period]!;
  if ('month' in r.period) return `${r.period.month}月`;
  return 'due' in r.period ? `每年 ${r.period.due} 前` : r.period.windows.join('、');
}

/** What a requirement asks, in one line, e.g. `每对学校（支援方）每学期 2 次`. */
export function asks(r: Requirement): string {
  const side = ['care', 'mentorship', 'district'].includes(r.subject) ? '' : `（${SIDE[r.side]}）`;
  const count = r.max ? `${r.count}–${r.max}` : r.count;
  return `${SUBJECT[r.subject]}${side}${periodText(r)} ${count} ${MEASURE[r.measure]}${r.assumed ? '（按此计）' : ''}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const PAPER: Record<Paper, string> = {
  plan: '计划',
  summary: '总结',
  reflection: '心得',
  register: '帮扶登记表',
  certificate: '支教证明',
  appraisal: '考核材料',
  commendation: '表彰材料',
};

const provisionRole = (p: Provision): string =>
  [
    p.check && `名单检查 \`${p.check}\``,
    p.inspection && '督导：检查—问题—通报—整改—归档',
    p.papers && `代拟材料：${p.papers.map((paper) => PAPER[paper]).join('、')}`,
    p.consequence && '后果：写进档案和证明',
    p.kinds && `可上报：${p.kinds.join('、')}`,
  ]
    .filter(Boolean)
    .join('；') || '由各方自行落实';

/** How to report a demand: its example message. */
const messageOf = (text: string | undefined): string =>
  text ? `「${text.replaceAll('{school}', '对方学校').replaceAll('{pupil}', '某学生')}」` : '';

const SAY_PAPER: Record<Paper, string> = {
  plan: '写一份学年计划',
  summary: '写一份本学期总结',
  reflection: '写一份心得',
  register: '写一份帮扶登记表',
  certificate: '写一份支教证明',
  appraisal: '写一份考核材料',
  commendation: '写一份表彰材料',
};

const provisionSays = (p: Provision): string =>
  [p.says, p.inspection && '督导 对方学校', p.papers && SAY_PAPER[p.papers[0]!]]
    .flatMap((text) => messageOf(text || undefined) || [])
    .join(' ');

type Carried = [id: string, text: string, what: string, says: string];

/** Rows of the catalogue with what covers each, in order of their ids. */
const carriers = (plan: Plan): Carried[] =>
  [
    ...plan.requirements.flatMap((r) =>
      (r.carries ?? []).map(
        (id): Carried => [id, r.basis?.paraphrase ?? r.title, `任务 \`${r.id}\`：${asks(r)}`, messageOf(r.says)],
      ),
    ),
    ...plan.provisions.flatMap((p) => p.carries.map((id): Carried => [id, p.text, provisionRole(p), provisionSays(p)])),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const section = (plan: Plan): string[] => [
  `## ${plan.id}`,
  '',
  `${plan.title}。${plan.summary ?? ''}`,
  '',
  `来源：${plan.source ?? '—'}`,
  '',
  '| 条目 | 要求（转述） | 由什么承担 | 这样说 |',
  '|---|---|---|---|',
  ...carriers(plan).map((row) => `| ${row.map(cell).join(' | ')} |`),
  '',
];

/** The whole page for the given presets, in order. */
export const plansDoc = (plans: Plan[]): string =>
  [
    '# 预置方案',
    '',
    '本页由 `db/plans/*.yaml` 生成，请勿手改。每份来源文件的每一条都由一项任务要求、一项名单检查、督导、一份代拟材料、一种后果或一类可上报的活动承担；',
    '“按此计”表示文件没有写明次数。“这样说”是一句能计入该项的话，测试会在聊天里逐句说一遍；“由各方自行落实”的条目程序不管。',
    '',
    'Generated from the presets. Every clause of every source document is carried by a requirement, a check on the roster, an',
    'inspection, a drafted paper, a consequence or a kind of activity; 按此计 marks a figure that the document does not give. The last',
    'column is a sentence that is credited: a test says each of them in the chat.',
    '',
    ...plans.flatMap(section),
  ].join('\n');

/** Ids of the catalogue rows that a plan covers. */
export const carriedIds = (plan: Plan): string[] => [...new Set(carriers(plan).map(([id]) => id))];
