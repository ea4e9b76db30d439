import type { ArrangementModel } from '../../src/cards/arrangement.ts';
import type { Card } from '../../src/cards/card.ts';
import { coordinatorDigest, nudge } from '../../src/cards/coordinator.ts';
import type { DutyShown } from '../../src/cards/duty.ts';
import * as cards from '../../src/cards/index.ts';
import { type FindingShown, type InspectionModel, inspectionCard } from '../../src/cards/inspection.ts';
import { nothingChanged, whichNotHeld } from '../../src/cards/not-held.ts';
import type { RecordShown } from '../../src/cards/recorded.ts';
import { fewerReminders } from '../../src/cards/talk.ts';
import { documentDue, escalation, secondmentCheckIn, termNotice } from '../../src/cards/term.ts';
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
  words: { who: '周晚晴', by: '', on: '', dates: '12月1日 周二 – 12月15日 周二', what: '', reason: '培训' },
  duties: [{ title: '家访', n: 2 }],
  told: [],
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
  duties: [visit, met],
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
  'recorded-group': (t) => cards.recorded({ records: [home], group: true }, t),
  'recorded-edited': (t) => cards.recorded({ records: [{ ...record, v: 2, edited: true }], group: false }, t),
  'was-that-report': (t) =>
    cards.notUnderstood({ message: '小雨家里的事', kinds: ['home_visit', 'talk'], examples: [] }, t),
  'fewer-reminders': (t) => fewerReminders(t),
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
          task({ ...visit, obligation: 'ob4', subject: '石头' }, { last: null }),
          task(lesson, { shared: true, kind: 'demo_lesson' }),
          task(met, { kind: 'observe' }),
        ],
        page: 1,
        group: false,
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
  answer: (t) => cards.answer({ asked: 'home_visit', duties: [visit, met], group: false }, t),
  morning: (t) =>
    cards.morning(
      {
        notice: 'n1',
        today: '2026-11-16',
        monthly: { month: 11, duties: [reminder(lesson), reminder(met)] },
        dueSoon: [reminder({ ...lesson, state: 'due_soon' })],
        overdue: [reminder(visit, { notice: 3, missed: '2026-11-13' })],
        checkIn: [
          reminder(lesson),
          reminder({ ...lesson, obligation: 'ob5' }, { answer: { kind: 'planned', date: '2026-11-27' } }),
        ],
        lapsed: [
          reminder({ ...visit, obligation: 'ob6', state: 'missed', period: { kind: 'month', month: '2026-10' } }),
        ],
      },
      t,
    ),
  'morning-done': (t) => cards.morning({ notice: 'n1', today: '2026-11-16', overdue: [reminder(met)] }, t),
  'plan-date': (t) => cards.planDate({ duty: lesson, notice: 'n1' }, t),
  'ask-help': (t) => cards.askHelp({ duty: lesson, notice: 'n1' }, t),
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
        people: [
          {
            person: 'p1',
            name: '周晚晴',
            school: '青山小学',
            items: [
              { obligation: 'ob1', title: '送教上课', since: '2026-11-10', sign: 'silent' },
              { obligation: 'ob2', title: '家访', since: '2026-11-13', sign: 'help', detail: '家长外出' },
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
  nudge: (t) => nudge({ from: '何一舟', duties: [visit, lesson], urgent: true }, t),
  weekly: (t) =>
    weeklySummary(
      {
        span: 'week',
        realm: '示例结对项目',
        from: '2026-11-16',
        to: '2026-11-20',
        by: 'requirement',
        rows: [{ key: 'own/lesson', name: '送教上课', done: 14, target: 24, change: 3, before: 1, late: 2 }],
        total: { done: 14, target: 24, change: 3, before: 1, late: 2 },
        late: [{ name: '青山小学', count: 2 }],
        newActivities: 5,
        activitiesBefore: 4,
        news: [{ kind: 'demo_lesson', date: '2026-11-19', by: '溪口小学', place: '青山小学' }],
        trend: [
          { week: '11/09', count: 4 },
          { week: '11/16', count: 5 },
        ],
        page: 1,
      },
      t,
    ),
  'arrangement-preview': (t) => cards.arrangement({ ...leaving, told: ['周晚晴', '苏木'] }, t),
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
  'arrangement-done': (t) => cards.arrangement({ ...leaving, state: 'done', told: ['周晚晴'], undoable: true }, t),
  'arrangement-told': (t) =>
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
  'term-opening': (t) => termNotice({ stage: 'opening', term: '第一学期', duties: [lesson] }, t),
  'term-closing': (t) => termNotice({ stage: 'closing', term: '第一学期', duties: [met, lesson] }, t),
  'document-due': (t) => documentDue({ due: '2027-08-31', duties: [{ ...lesson, measure: 'documents' }] }, t),
  'escalation-leader': (t) =>
    escalation({ to: 'leader', rows: [{ name: '青山小学', count: 3, since: '2026-10-12' }] }, t),
  'secondment-check-in': (t) => secondmentCheckIn({ date: '2026-11-19', place: '溪口小学', late: true }, t),
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
  import: (t) =>
    cards.importPreview(
      { import: 'i1', file: '项目.xlsx', created: 3, updated: 1, unchanged: 40, absent: 2, problems: [] },
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
