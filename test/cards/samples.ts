import type { ArrangementModel } from '../../src/cards/arrangement.ts';
import type { Card } from '../../src/cards/card.ts';
import { coordinatorDigest, nudge } from '../../src/cards/coordinator.ts';
import type { DutyShown } from '../../src/cards/duty.ts';
import * as cards from '../../src/cards/index.ts';
import { type FindingShown, findingsAsked, type InspectionModel, inspectionCard } from '../../src/cards/inspection.ts';
import { newYear, newYearAsked } from '../../src/cards/new-year.ts';
import { nothingChanged, whichNotHeld } from '../../src/cards/not-held.ts';
import type { RecordShown } from '../../src/cards/recorded.ts';
import { pupilRecord } from '../../src/cards/records.ts';
import { childInNeed, fewerReminders, whichProgramme } from '../../src/cards/talk.ts';
import { documentDue, escalation, secondmentCheckIn, termNotice, termThanks } from '../../src/cards/term.ts';
import type { Texts } from '../../src/cards/texts/zh-CN.ts';
import { toConfirm } from '../../src/cards/to-confirm.ts';
import { weeklySummary } from '../../src/cards/weekly.ts';

/** One example of every view, with invented people; the snapshots are drawn from these. */
const lesson: DutyShown = {
  obligation: 'ob1',
  title: '送教上课',
  subject: '青山小学→溪口小学',
  state: 'open',
  done: 1,
  target: 2,
  measure: 'lessons',
  period: { kind: 'term', term: '本学期' },
  nextCheckpoint: '2027-01-22',
  ends: '2027-01-22',
  today: '2026-11-20',
};
const visit: DutyShown = {
  ...lesson,
  obligation: 'ob2',
  title: '家访',
  subject: '云朵',
  pupil: true,
  state: 'overdue',
  done: 0,
  measure: 'times',
  nextCheckpoint: '2026-11-13',
  assumed: true,
};
/** The same duty towards another pupil. */
const towards = (d: DutyShown, subject: string, over: Partial<DutyShown> = {}): DutyShown => ({
  ...d,
  obligation: `${d.obligation}-${subject}`,
  subject,
  ...over,
});
const talk: DutyShown = {
  ...visit,
  obligation: 'ob7',
  title: '每两周谈话',
  state: 'due_soon',
  target: 1,
  period: { kind: 'fortnight', term: '2026-2027学年第一学期', weeks: [11, 12] },
  nextCheckpoint: '2026-11-22',
  ends: '2026-11-22',
  assumed: false,
};
const guidance: DutyShown = {
  ...visit,
  obligation: 'ob8',
  title: '每月学法指导',
  state: 'due_soon',
  target: 1,
  period: { kind: 'month', month: '2026-11' },
  nextCheckpoint: '2026-11-30',
  ends: '2026-11-30',
  assumed: false,
};
const guided: DutyShown = {
  ...guidance,
  state: 'missed',
  period: { kind: 'month', month: '2026-10' },
  ends: '2026-10-31',
};
const met: DutyShown = { ...lesson, obligation: 'ob3', title: '听课评课', state: 'met', done: 2 };
const record: RecordShown = {
  activity: 'a1',
  v: 1,
  state: 'recorded',
  kind: 'demo_lesson',
  date: '2026-11-19',
  place: '溪口小学',
  lessons: 1,
  grade: '七年级',
  subject: '语文',
  evidence: 0,
  duties: [lesson],
};
const leaving: ArrangementModel = {
  arrangement: 'ar1',
  v: 1,
  state: 'proposed',
  kind: 'leave',
  words: { who: '周晚晴', by: '', on: '', dates: '12月1日 周二 – 12月15日 周二', what: '', reason: '培训', only: '' },
  duties: [{ title: '家访', n: 2 }],
  notified: [],
  reader: 'arranger',
};
const home: RecordShown = {
  ...record,
  activity: 'a2',
  kind: 'home_visit',
  place: undefined,
  grade: undefined,
  subject: undefined,
  lessons: undefined,
  mode: 'phone',
  pupils: ['云朵', '石头'],
  late: true,
  duties: [visit, towards(visit, '石头'), met],
};
const shown = { kind: 'observe', date: '2026-11-10', by: '周晚晴', place: '溪口小学', lessons: 2 } as const;
const options = {
  place: [
    { value: 's1', label: '溪口小学' },
    { value: 's2', label: '青山小学' },
  ],
  pupils: [
    { value: 'p1', label: '云朵' },
    { value: 'p2', label: '石头' },
  ],
  participants: [],
};
const task = (d: DutyShown, over = {}) => ({ ...d, requirement: d.title, kind: 'home_visit' as const, ...over });
const reminder = (d: DutyShown, over = {}) => ({ ...d, kind: 'demo_lesson' as const, ...over });

const says = ({ talk: { examples: x } }: Texts) => [x.lesson('溪口小学'), x.observed, x.visit('云朵'), x.owed];

const foundOne: FindingShown = {
  n: 1,
  text: '听课评课没有记录',
  owners: ['林秋'],
  due: '2026-12-01',
  state: 'open',
  answers: [{ by: '林秋', text: '已补齐记录' }],
};
const inspected: InspectionModel = {
  inspection: 'in1',
  name: '溪口小学',
  on: '2026-11-20',
  by: '何督学',
  state: 'open',
  figures: { duties: 12, met: 5, late: 2, records: 9, bare: 1 },
  late: ['组织两校教师听课评课'],
  sample: [shown],
  findings: [foundOne, { ...foundOne, n: 2, text: '档案没有分卷', state: 'answered' }],
  reader: 'inspector',
  people: [{ value: 'p1', label: '林秋 溪口小学' }],
};

export const samples: Record<string, (t: Texts) => Card> = {
  'pupil-record': (t) =>
    pupilRecord(
      {
        name: '云朵',
        care: { cause: '基础薄弱，家里没有人督促', measures: '每周二课后辅导，作业面批' },
        activities: [{ kind: 'talk', date: '2026-11-19', topic: '说了期中考试' }, shown],
      },
      t,
    ),
  'recorded-care': (t) =>
    cards.recorded(
      {
        records: [
          {
            ...home,
            kind: 'care_roster',
            mode: undefined,
            late: false,
            pupils: ['云朵'],
            care: { cause: '基础薄弱，家里没有人督促', measures: '每周二课后辅导，作业面批', result: '数学及格了' },
            duties: [],
          },
        ],
        group: false,
      },
      t,
    ),
  recorded: (t) => cards.recorded({ records: [record], group: false }, t),
  'recorded-several-late': (t) =>
    cards.recorded({ records: [record, home], group: false, lateAnswer: { date: '2026-11-19', time: '16:40' } }, t),
  'same-occasion': (t) =>
    cards.sameOccasion({ draft: 'd1', by: '林秋', before: record, now: { ...record, lessons: 2 }, group: false }, t),
  'recorded-beside': (t) =>
    cards.recorded(
      {
        records: [
          {
            ...record,
            duties: [],
            uncounted: record.duties.map((duty) => ({ duty, reason: { code: 'same_occasion' as const } })),
            beside: { names: ['林秋', '王小满'], separate: false },
          },
          { ...record, v: 2, duties: [], beside: { names: ['林秋'], separate: true } },
        ],
        group: false,
      },
      t,
    ),
  'recorded-and-missed': (t) =>
    cards.recorded({ records: [record, { ...home, state: 'attempted', duties: [] }], group: false }, t),
  'recorded-and-waiting': (t) =>
    cards.recorded({ records: [record], waiting: [{ draft: 'd1', shown: [shown] }], group: false }, t),
  'recorded-group': (t) => cards.recorded({ records: [home], group: true }, t),
  'recorded-edited': (t) => cards.recorded({ records: [{ ...record, v: 2, edited: true }], group: false }, t),
  'was-that-report': (t) =>
    cards.notUnderstood({ message: '小雨家里的事', kinds: ['home_visit', 'talk'], examples: [] }, t),
  'fewer-reminders': (t) => fewerReminders(t),
  'child-in-need': (t) => childInNeed({ group: false }, t),
  'not-held-which': (t) => whichNotHeld({ records: [{ activity: 'a1', v: 1, shown }], group: false }, t),
  'not-held-nothing': (t) => nothingChanged({ kind: 'study_guidance' }, t),
  'to-confirm': (t) => toConfirm({ drafts: [{ draft: 'd1', shown: [shown] }] }, t),
  'to-confirm-several': (t) =>
    toConfirm(
      {
        drafts: [
          { draft: 'd1', shown: [shown] },
          { draft: 'd2', shown: [{ ...shown, date: undefined }] },
        ],
      },
      t,
    ),
  'recorded-withdrawn': (t) => cards.recorded({ records: [{ ...record, v: 3, state: 'withdrawn' }], group: false }, t),
  'recorded-planned': (t) =>
    cards.recorded({ records: [{ ...record, state: 'planned', evidence: undefined, duties: [] }], group: false }, t),
  'form-draft': (t) =>
    cards.activityForm(
      {
        purpose: { kind: 'draft', draft: 'd1', v: 1, ask: ['date', 'pupils'] },
        activityKind: 'home_visit',
        values: { date: '2026-11-18', pupils: ['p1'] },
        understood: { kind: 'home_visit', date: '2026-11-18', mode: 'phone' },
        options,
      },
      t,
    ),
  'form-edit': (t) =>
    cards.activityForm(
      {
        purpose: { kind: 'edit', activity: 'a1', v: 1 },
        activityKind: 'demo_lesson',
        values: { date: '2026-11-19', place: 's1', lessons: '1', grade: '七年级', subject: '语文' },
        options,
        problem: '节数要在 1 到 8 之间。',
      },
      t,
    ),
  'form-kinds': (t) =>
    cards.activityForm(
      { purpose: { kind: 'report', nonce: 'n1', kinds: ['demo_lesson', 'observe'] }, values: {}, options },
      t,
    ),
  'form-report': (t) =>
    cards.activityForm({ purpose: { kind: 'report', nonce: 'n1' }, activityKind: 'observe', values: {}, options }, t),
  tasks: (t) =>
    cards.myTasks(
      {
        tasks: [
          task(visit, { last: '2026-10-09' }),
          task(towards(visit, '石头'), { last: null }),
          task(talk),
          task(towards(talk, '石头')),
          task(guidance, { kind: 'study_guidance' }),
          task({ ...lesson, subject: undefined }, { kind: 'demo_lesson' }),
          task(towards(lesson, '青山小学→溪口小学'), { shared: true, kind: 'demo_lesson' }),
          task(met, { kind: 'observe' }),
          task(guided, { kind: 'study_guidance' }),
          task(towards(guided, '石头'), { kind: 'study_guidance' }),
        ],
        page: 1,
        group: false,
        waiting: 1,
      },
      t,
    ),
  why: (t) =>
    cards.why(
      {
        title: '送教上课',
        subject: '青山小学→溪口小学',
        plan: '两校结对方案',
        basis: { clause: '第三条', paraphrase: '每学期到受援学校上课不少于两节。' },
        period: { kind: 'term', term: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' },
        target: 2,
        measure: 'lessons',
        assumed: false,
        standing: { state: 'open', done: 1, target: 2, wanted: 2, nextCheckpoint: '2027-01-22' },
        checkpoints: [
          { date: '2026-11-10', met: true },
          { date: '2027-01-22', met: false },
        ],
        counted: [{ kind: 'demo_lesson', date: '2026-11-10', place: '溪口小学' }],
        notCounted: [{ activity: { kind: 'demo_lesson', date: '2026-08-20' }, reason: { code: 'too_early' } }],
        group: false,
        personal: false,
        others: [],
      },
      t,
    ),
  help: (t) => cards.help({ offices: ['counts', 'duties', 'remind', 'arrange'], examples: says(t) }, t),
  'not-understood': (t) => cards.notUnderstood({ message: 'om_1', guess: 'observe', examples: says(t) }, t),
  unsupported: (t) => cards.unsupported(t, 'voice_or_file'),
  'unknown-sender': (t) => cards.unknownSender({ again: false }, t),
  welcome: (t) => cards.welcome({ name: '周晚晴', school: '青山小学', bound: true, examples: says(t) }, t),
  refused: (t) => cards.refused({ reason: 'not_yours' }, t),
  notice: (t) => cards.notice({ title: '提醒', text: '好的，没有改动。', withTasks: true }, t),
  answer: (t) => cards.answer({ asked: 'home_visit', duties: [visit, towards(visit, '石头'), met], group: false }, t),
  morning: (t) =>
    cards.morning(
      {
        notice: 'n1',
        today: '2026-11-20',
        monthly: { month: 11, duties: [reminder(lesson), reminder(guidance), reminder(towards(guidance, '石头'))] },
        dueSoon: [reminder(talk), reminder(towards(talk, '石头'))],
        overdue: [
          reminder(visit, { notice: 1, missed: '2026-11-13' }),
          reminder(towards(visit, '石头'), { missed: '2026-11-13' }),
        ],
      },
      t,
    ),
  'morning-many': (t) =>
    cards.morning(
      {
        notice: 'n1',
        today: '2026-11-20',
        dueSoon: [
          reminder(talk),
          reminder(guidance),
          reminder({ ...lesson, state: 'due_soon', nextCheckpoint: '2026-11-27' }),
        ],
        overdue: [reminder(visit, { notice: 3, missed: '2026-11-13' })],
        lapsed: [reminder(guided), reminder(towards(guided, '石头'))],
      },
      t,
    ),
  'morning-lapsed': (t) =>
    cards.morning(
      { notice: 'n1', today: '2026-11-02', lapsed: [reminder(guided), reminder(towards(guided, '石头'))] },
      t,
    ),
  'check-in': (t) =>
    cards.morning(
      {
        notice: 'n1',
        today: '2026-11-16',
        checkIn: [
          reminder(visit),
          reminder(towards(visit, '石头')),
          reminder(talk),
          reminder(towards(lesson, '青山小学→溪口小学'), { answer: { kind: 'planned', date: '2026-11-27' } }),
        ],
      },
      t,
    ),
  'morning-done': (t) => cards.morning({ notice: 'n1', today: '2026-11-16', overdue: [reminder(met)] }, t),
  planned: (t) =>
    cards.planned(
      {
        notice: 'n1',
        items: [
          { activity: 'a1', shown: record, standing: 'open' },
          { activity: 'a2', shown: home, standing: 'done' },
          { activity: 'a3', shown: record, standing: { movedTo: '2026-11-27' } },
          { activity: 'a4', shown: record, standing: 'attempted' },
          { activity: 'a5', shown: record, standing: 'gone' },
          { activity: 'a6', shown: record, standing: 'open' },
        ],
        most: 5,
      },
      t,
    ),
  'planned-move': (t) => cards.plannedMove({ activity: 'a1', shown: record, notice: 'n1' }, t),
  'planned-failed': (t) => cards.plannedFailed({ activity: 'a1', shown: record, notice: 'n1' }, t),
  'form-planned': (t) =>
    cards.activityForm(
      {
        purpose: { kind: 'planned', activity: 'a1', notice: 'n1', ask: ['lessons'] },
        activityKind: 'demo_lesson',
        values: { lessons: '1' },
        understood: { kind: 'demo_lesson', date: '2026-11-20', place: '溪口小学' },
        options,
      },
      t,
    ),
  coordinator: (t) =>
    coordinatorDigest(
      {
        today: '2026-11-16',
        help: [{ help: 'h1', name: '周晚晴', school: '青山小学', about: '家访', text: '家长外出务工，电话也打不通。' }],
        people: [
          {
            person: 'p1',
            name: '周晚晴',
            school: '青山小学',
            items: [
              { obligation: 'ob1', title: '送教上课', since: '2026-11-10', sign: 'silent' },
              { obligation: 'ob2', title: '家访', since: '2026-11-13', sign: 'silent' },
              { obligation: 'ob3', title: '家访', since: '2026-11-13', sign: 'silent' },
            ],
          },
          {
            person: 'p2',
            name: '何一舟',
            school: '青山小学',
            items: [{ obligation: 'ob3', title: '听课评课', since: '2026-11-10', sign: 'tried' }],
            nudged: '2026-11-15',
          },
        ],
        lacking: [{ code: 'departed_mentor', of: '苏木', to: '2026-11-10', pupils: 2 }],
        unreachable: ['苏木'],
        provisional: '2027',
        quota: { used: 8200, quota: 10000 },
        page: 1,
      },
      t,
    ),
  nudge: (t) => nudge({ from: '何一舟', duties: [visit, towards(visit, '石头'), lesson], urgent: true }, t),
  weekly: (t) =>
    weeklySummary(
      {
        span: 'week',
        realm: '示例结对项目',
        from: '2026-11-16',
        to: '2026-11-20',
        by: 'requirement',
        today: '2026-11-20',
        rows: [
          { key: 'own/lesson', name: '送教上课', done: 14, target: 24, measure: 'lessons', late: 2, lapsed: 0 },
          { key: 'own/visit', name: '家访', done: 9, target: 16, measure: 'times', late: 0, lapsed: 0 },
          { key: 'own/talk', name: '每两周谈话', done: 31, target: 36, measure: 'times', late: 2, lapsed: 3 },
        ],
        total: { percent: 46, planned: 52, asked: 67, met: 30, change: 2, late: 4, lapsed: 3 },
        lateSchools: 2,
        worst: [
          {
            name: '青山小学',
            title: '送教上课',
            count: 2,
            since: '2026-11-08',
            ids: { owner: 'school:s1', requirement: 'own/lesson' },
          },
          {
            name: '溪口小学',
            title: '每两周谈话',
            count: 1,
            since: '2026-11-13',
            ids: { owner: 'school:s2', requirement: 'own/talk' },
          },
        ],
        newActivities: 5,
        activitiesBefore: 4,
        news: [{ kind: 'demo_lesson', date: '2026-11-19', by: '青山小学', place: '溪口小学' }],
        trend: Array.from({ length: 21 }, (_, i) => ({
          week: `${9 + Math.floor(i / 4)}/${(i % 4) * 7 + 1}`,
          planned: Math.min(100, i * 5),
          ...(i < 11 ? { done: Math.round(i * 4.2) } : {}),
        })),
        mayExport: true,
      },
      t,
    ),
  'weekly-school': (t) =>
    weeklySummary(
      {
        span: 'week',
        realm: '青山小学',
        today: '2026-11-23',
        from: '2026-11-16',
        to: '2026-11-22',
        earlier: 'week',
        by: 'requirement',
        rows: [{ key: 'own/lesson', name: '送教上课', done: 2, target: 2, measure: 'lessons', late: 0, lapsed: 0 }],
        total: { percent: 60, planned: 52, asked: 5, met: 3, change: 0, late: 0, lapsed: 0 },
        worst: [],
        newActivities: 0,
        activitiesBefore: 2,
        news: [],
        trend: [],
        mayExport: false,
      },
      t,
    ),
  counted: (t) =>
    cards.timesDone(
      {
        kind: 'demo_lesson',
        activities: 36,
        from: '2026-09-01',
        realm: '示例结对项目',
        rows: [{ name: '每学期送教', progress: '14/24次', late: 2 }],
      },
      t,
    ),
  'arrangement-preview': (t) => cards.arrangement({ ...leaving, notified: ['周晚晴', '苏木'] }, t),
  'arrangement-lacking': (t) =>
    cards.arrangement(
      {
        ...leaving,
        kind: 'waive',
        words: { ...leaving.words, who: '云朵', what: '家访', dates: '', reason: '' },
        form: { fields: { from: '2026-12-01' }, lacks: ['reason'] },
      },
      t,
    ),
  'arrangement-asked': (t) =>
    cards.arrangement({ ...leaving, state: 'asked', asked: { by: '周晚晴', words: '我下周请假三天' } }, t),
  'arrangement-done': (t) => cards.arrangement({ ...leaving, state: 'done', notified: ['周晚晴'], undoable: true }, t),
  'arrangement-notified': (t) =>
    cards.arrangement(
      {
        ...leaving,
        state: 'done',
        kind: 'replace',
        words: { ...leaving.words, by: '何一舟', on: '12月1日 周二', what: '云朵' },
        reader: 'concerned',
        by: '苏木',
        personal: t.arrange.taken,
      },
      t,
    ),
  'arrangement-undone': (t) => cards.arrangement({ ...leaving, state: 'undone' }, t),
  inspection: (t) => inspectionCard(inspected, t),
  'findings-asked': (t) =>
    findingsAsked(
      {
        today: '2026-12-01',
        findings: [
          { inspection: 'in1', text: '听课记录缺三次', due: '2026-11-30', isOpen: true },
          { inspection: 'in1', text: '档案没有分卷', due: '2026-12-03', isOpen: true },
          { inspection: 'in1', text: '协议没有盖章', due: '2026-12-03', isOpen: false },
        ],
        most: 10,
      },
      t,
    ),
  'inspection-answered': (t) =>
    inspectionCard(
      {
        ...inspected,
        reader: 'owner',
        people: [],
        late: [],
        sample: [],
        findings: [{ ...foundOne, state: 'answered' }],
      },
      t,
    ),
  circular: (t) =>
    inspectionCard({ ...inspected, state: 'circulated', reader: 'reader', circular: true, findings: [foundOne] }, t),
  'recorded-which': (t) =>
    cards.recorded(
      { records: [{ ...record, duties: [], which: [{ obligation: 'ob1', title: '学年结对帮扶计划' }] }], group: false },
      t,
    ),
  'help-asked': (t) =>
    cards.helpRequest(
      {
        help: 'h1',
        name: '何一舟',
        school: '青山小学',
        about: '家访',
        text: '家太远，去不了。',
        state: 'open',
        answers: [],
        own: false,
      },
      t,
    ),
  'help-own': (t) =>
    cards.helpRequest(
      {
        help: 'h1',
        name: '何一舟',
        school: '青山小学',
        text: '车坏了。',
        state: 'taken',
        takenBy: '苏木',
        answers: [],
        own: true,
      },
      t,
    ),
  'ask-help-alone': (t) => cards.askHelp({ duties: [{ value: 'ob2', label: '家访 云朵' }] }, t),
  'help-request': (t) =>
    cards.helpRequest(
      {
        help: 'h1',
        name: '何一舟',
        school: '青山小学',
        text: '车坏了，本周去不了。',
        state: 'answered',
        answers: [{ by: '苏木', text: '已联系校车。' }],
        own: false,
      },
      t,
    ),
  'term-opening': (t) =>
    termNotice(
      {
        stage: 'opening',
        term: '第一学期',
        duties: [lesson, talk, towards(talk, '石头'), guidance, visit, towards(visit, '石头')],
      },
      t,
    ),
  'term-closing': (t) => termNotice({ stage: 'closing', term: '第一学期', duties: [met, lesson] }, t),
  'term-thanks': (t) =>
    termThanks(
      {
        term: '2026-2027学年第一学期',
        start: '2026-09-01',
        activities: 12,
        pupils: 3,
        first: { activity: 'demo_lesson', date: '2026-09-08' },
        last: { activity: 'home_visit', date: '2027-01-20' },
      },
      t,
    ),
  'document-due': (t) => documentDue({ due: '2027-08-31', duties: [{ ...lesson, measure: 'documents' }] }, t),
  'escalation-leader': (t) =>
    escalation({ to: 'leader', rows: [{ name: '青山小学', count: 3, since: '2026-10-12' }] }, t),
  'secondment-check-in': (t) => secondmentCheckIn({ date: '2026-11-19', place: '溪口小学', late: true }, t),
  'list-schools': (t) =>
    cards.list(
      {
        view: 'schools',
        heading: '云山县',
        columns: [
          { key: 'school', label: t.lists.columns.school },
          { key: 'level', label: t.lists.columns.level },
          { key: 'supports', label: t.lists.columns.supports },
          { key: 'supported', label: t.lists.columns.supported },
        ],
        rows: [
          { school: '云山三中', level: '县级', supports: t.lists.unpaired, supported: '' },
          { school: '青山小学', level: '城区', supports: '→ 溪口小学、白石小学', supported: '' },
          { school: '溪口小学', level: '', supports: '', supported: '← 青山小学' },
        ],
        page: 1,
        total: 3,
      },
      t,
    ),
  'form-care': (t) =>
    cards.activityForm(
      {
        purpose: { kind: 'report', nonce: 'n1' },
        activityKind: 'care_roster',
        values: { date: '2026-11-20' },
        options,
      },
      t,
    ),
  list: (t) =>
    cards.list(
      {
        view: 'progress',
        columns: [
          { key: 'name', label: '任务' },
          { key: 'done', label: '完成', type: 'number' },
        ],
        rows: [{ name: '送教上课', done: 14 }],
        page: 2,
        total: 41,
        ids: { span: 'term' },
      },
      t,
    ),
  'my-record': (t) => cards.myRecord({ activity: 'a1', v: 1, shown, photos: [{ photo: 'f1', label: '1' }] }, t),
  'my-records': (t) =>
    cards.myRecords(
      {
        records: [
          { activity: 'a1', v: 1, shown, state: 'attempted', photos: 2 },
          { activity: 'a2', v: 4, shown, state: 'withdrawn', photos: 0 },
        ],
        page: 1,
        total: 12,
      },
      t,
    ),
  confirm: (t) => cards.confirmActivity({ activity: 'a1', v: 1, by: '周晚晴', school: '青山小学', shown }, t),
  claim: (t) =>
    cards.claim({ request: 'r1', name: '晚晴', candidates: [{ value: 'p1', label: '青山小学 周晚晴' }] }, t),
  'claim-choose': (t) =>
    cards.claim(
      {
        request: 'r1',
        name: '晚晴',
        candidates: [],
        choose: {
          people: [{ value: 'p1', label: '青山小学 周晚晴' }],
          schools: [{ value: 's1', label: '青山小学' }],
          problem: t.claim.known('周晚晴'),
        },
      },
      t,
    ),
  'claim-done': (t) =>
    cards.claim({ request: 'r1', name: '晚晴', candidates: [], outcome: { person: '青山小学 周晚晴' } }, t),
  'new-year-asked': (t) => newYearAsked({ year: 2027 }, t),
  'new-year': (t) =>
    newYear(
      {
        year: 2027,
        terms: [
          { name: '2027-2028学年第一学期', start: '2027-09-01', end: '2028-01-22' },
          { name: '2027-2028学年第二学期', start: '2028-02-22', end: '2028-07-09' },
        ],
        cares: [
          { value: 'c1', label: '何一舟 → 小雨' },
          { value: 'c2', label: '何一舟 → 1 名学生' },
        ],
        mentorships: [{ value: 'm1', label: '何一舟 → 苏木' }],
        stays: [{ value: 'a1', label: '苏木 → 青山小学' }],
        pupils: 2,
        problem: t.refusals.bad_form,
      },
      t,
    ),
  'which-programme': (t) =>
    whichProgramme(
      {
        text: '今天上了一节课',
        said: 1_795_000_000_000,
        programmes: [
          { programmeId: 'g1', personId: 'p1', name: '东区结对' },
          { programmeId: 'g2', personId: 'p2', name: '西区结对' },
        ],
      },
      t,
    ),
  import: (t) =>
    cards.importPreview(
      {
        import: 'i1',
        file: '项目.xlsx',
        created: 3,
        updated: 1,
        unchanged: 40,
        usable: 44,
        lists: { people: 3, activities: 1 },
        absent: 2,
        problems: [],
      },
      t,
    ),
  'new-year-done': (t) =>
    cards.importPreview(
      {
        ...{ import: 'i1', file: t.newYear.title(2027), created: 2, updated: 3, unchanged: 0, absent: 0, problems: [] },
        year: { renewed: 2, ended: 2, promoted: 1, graduated: 1, added: 0, terms: 2, stays: 0 },
        outcome: 'done',
        undoable: true,
      },
      t,
    ),
  'plan-draft': (t) =>
    cards.planDraftCard(
      {
        import: 'i2',
        title: '城乡结对方案',
        demands: [
          {
            id: 'demo_lesson.term2',
            activity: 'demo_lesson',
            measure: 'times',
            count: 2,
            period: 'term',
            side: 'supporter',
            title: '送教不少于2次',
            clause: '三、1',
            doubts: [],
          },
          {
            id: 'document.due',
            activity: 'document',
            measure: 'documents',
            count: 1,
            period: { due: '06-30' },
            side: 'both',
            title: '报送总结',
            clause: '四、2',
            doubts: ['文件未写次数，按 1 次计'],
          },
          {
            id: 'demo_lesson.windows',
            activity: 'demo_lesson',
            measure: 'times',
            count: 1,
            period: { windows: ['03-01..05-31', '10-01..10-31'] },
            side: 'recipient',
            title: '两季送教',
            clause: '四、3',
            doubts: [],
          },
        ],
        more: 2,
        unfit: [{ clause: '五、', sentence: '各校应加强听课管理。' }],
      },
      t,
    ),
  'import-problems': (t) =>
    cards.importPreview(
      {
        import: 'i1',
        file: '项目.xlsx',
        created: 0,
        updated: 0,
        unchanged: 0,
        absent: 0,
        problems: [{ at: '人员!B7', text: '没有这所学校' }],
      },
      t,
    ),
};
