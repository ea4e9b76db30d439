/** docs/plans.md, written from the presets so that it cannot say anything else than they do. */
import type { Plan, Provision, Requirement } from './plan.ts';

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
  const side =
    r.subject === 'care' || r.subject === 'mentorship' || r.subject === 'district' ? '' : `（${SIDE[r.side]}）`;
  const count = r.max ? `${r.count}–${r.max}` : r.count;
  return `${SUBJECT[r.subject]}${side}${periodText(r)} ${count} ${MEASURE[r.measure]}${r.assumed ? '（按此计）' : ''}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const provisionRole = (p: Provision): string =>
  [
    p.check && `名单检查 \`${p.check}\``,
    p.consequence && '后果：写进档案和证明',
    p.kinds && `可上报：${p.kinds.join('、')}`,
  ]
    .filter(Boolean)
    .join('；') || '由各方自行落实';

/** Rows of the catalogue with what carries each, in order of their ids. */
const carriers = (plan: Plan): [id: string, what: string, text: string][] =>
  [
    ...plan.requirements.flatMap((r) =>
      (r.carries ?? []).map((id): [string, string, string] => [
        id,
        `任务 \`${r.id}\`：${asks(r)}`,
        r.basis?.paraphrase ?? r.title,
      ]),
    ),
    ...plan.provisions.flatMap((p) => p.carries.map((id): [string, string, string] => [id, provisionRole(p), p.text])),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const section = (plan: Plan): string[] => [
  `## ${plan.id}`,
  '',
  `${plan.title}。${plan.summary ?? ''}`,
  '',
  `来源：${plan.source ?? '—'}`,
  '',
  '| 条目 | 由什么承担 | 内容（转述） |',
  '|---|---|---|',
  ...carriers(plan).map(([id, what, text]) => `| ${id} | ${cell(what)} | ${cell(text)} |`),
  '',
];

/** The whole page for the presets given, in order. */
export const plansDoc = (plans: Plan[]): string =>
  [
    '# 预置方案',
    '',
    '本页由 `db/plans/*.yaml` 生成，请勿手改。每份来源文件的每一条都由一项任务要求、一项名单检查、一种后果或一类可上报的活动承担；',
    '“按此计”表示文件没有写明次数。',
    '',
    'Generated from the presets. Every clause of every source document is carried by a requirement, a check on the roster, a',
    'consequence or a kind of activity; 按此计 marks a figure that the document does not give.',
    '',
    ...plans.flatMap(section),
  ].join('\n');

/** Ids of catalogue rows that a plan carries. */
export const carriedIds = (plan: Plan): string[] => [...new Set(carriers(plan).map(([id]) => id))];
