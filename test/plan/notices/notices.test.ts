import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Activity } from '../../../src/plan/activity.ts';
import { schoolCalendar } from '../../../src/plan/calendar.ts';
import { addDays } from '../../../src/plan/dates.ts';
import { identityOf } from '../../../src/plan/identities.ts';
import {
  CONTRIBUTORS,
  isDoneInstead,
  isQuiet,
  mayStillSend,
  morningCards,
  type NoticeFacts,
  type NoticeKind,
  SCHEDULES,
  stillHolds,
} from '../../../src/plan/notices/index.ts';
import { deriveObligations } from '../../../src/plan/obligations.ts';
import type { Requirement } from '../../../src/plan/plan.ts';
import type { Programme } from '../../../src/plan/programme.ts';
import { planOf, programmeOf } from '../programme.ts';

/** 甲师 bears the pairing's lessons: two a term, due by 11 November and 22 January. */
const facts = (
  changes: Partial<NoticeFacts> = {},
  requirement: Partial<Requirement> = { count: 2 },
  roster: Partial<Programme> = {},
): NoticeFacts => {
  const pairings = [
    { id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: ['甲师'], from: '2026-09-01' },
  ];
  const programme = programmeOf(planOf({ id: 'r', ...requirement }), { pairings, ...roster });
  const owed = deriveObligations(programme, '2026-11-21').map((obligation) => ({ obligation, done: 0 }));
  return { programme, owed, sent: new Set(), ...changes };
};
const wanted = (kind: NoticeKind, f: NoticeFacts, date: string) =>
  CONTRIBUTORS[kind](f, `${date}T09:07`).map((n) => `${n.recipientId} ${n.stage}`);
const sentOn = (kind: NoticeKind, f: NoticeFacts, date: string) =>
  new Set(CONTRIBUTORS[kind](f, `${date}T09:07`).map(identityOf));

test('monthly digest on the first school day, in October after the holidays; people on leave get it later', () => {
  expect(wanted('monthly-digest', facts(), '2026-09-01')).toEqual(['甲师 1']);
  expect(wanted('monthly-digest', facts(), '2026-10-01')).toEqual([]);
  expect(wanted('monthly-digest', facts(), '2026-10-07')).toEqual([]);
  expect(wanted('monthly-digest', facts(), '2026-10-08')).toEqual(['甲师 1']);
  expect(
    wanted('monthly-digest', facts({ sent: sentOn('monthly-digest', facts(), '2026-10-08') }), '2026-10-09'),
  ).toEqual([]);
  const away = { leaves: [{ id: 'l', personId: '甲师', start: '2026-10-08', end: '2026-10-09' }] };
  expect(wanted('monthly-digest', facts({}, { count: 2 }, away), '2026-10-09')).toEqual([]);
  expect(wanted('monthly-digest', facts({}, { count: 2 }, away), '2026-10-10')).toEqual(['甲师 1']); // make-up Saturday
  expect(wanted('monthly-digest', facts({}, { count: 2 }, away), '2026-10-15')).toEqual([]);
});

test('the monthly digest puts the longest unvisited pupil first', () => {
  const f = facts({}, { subject: 'care', activity: 'home_visit', count: 2 });
  const owed = f.owed.map((o) => ({ ...o, lastDone: o.obligation.subject.id === '帮一' ? '2026-09-20' : undefined }));
  const [digest] = CONTRIBUTORS['monthly-digest']({ ...f, owed }, '2026-11-02T09:07');
  const names = digest && 'obligationIds' in digest ? digest.obligationIds : [];
  expect(names.map((id) => owed.find((o) => o.obligation.id === id)?.obligation.subject.name)).toEqual([
    '小二',
    '小一',
  ]);
});

test('due soon: seven days before, once for each checkpoint, not on days off, not for planned duties', () => {
  expect(wanted('due-soon', facts(), '2026-11-03')).toEqual([]);
  expect(wanted('due-soon', facts(), '2026-11-04')).toEqual(['甲师 1']);
  expect(wanted('due-soon', facts({ sent: sentOn('due-soon', facts(), '2026-11-04') }), '2026-11-05')).toEqual([]);
  expect(wanted('due-soon', facts(), '2026-11-07')).toEqual([]); // Saturday
  const id = facts().owed[0]!.obligation.id;
  const answers = [
    { personId: '甲师', obligationId: id, on: '2026-11-02', answer: 'planned' as const, plannedFor: '2026-11-09' },
  ];
  expect(wanted('due-soon', facts({ answers }), '2026-11-09')).toEqual([]);
  expect(wanted('due-soon', facts({ answers }), '2026-11-10')).toEqual(['甲师 1']);
});

test('overdue: the first school day after the checkpoint, then weekly, at most three, counted by the notices sent', () => {
  expect(wanted('overdue', facts(), '2026-11-11')).toEqual([]);
  expect(wanted('overdue', facts(), '2026-11-12')).toEqual(['甲师 1.1']);
  expect(wanted('overdue', facts({ sent: sentOn('overdue', facts(), '2026-11-12') }), '2026-11-13')).toEqual([]);
  expect(wanted('overdue', facts(), '2026-11-19')).toEqual(['甲师 1.2']);
  expect(wanted('overdue', facts(), '2026-11-26')).toEqual(['甲师 1.3']);
  const weekly = ['2026-11-12', '2026-11-19', '2026-11-26'].flatMap((date) => [...sentOn('overdue', facts(), date)]);
  expect(wanted('overdue', facts({ sent: new Set(weekly) }), '2026-12-03')).toEqual([]);
  const one = { ...facts(), owed: facts().owed.map((o) => ({ ...o, done: 1 })) };
  expect(wanted('overdue', one, '2026-11-12')).toEqual([]);
  expect(wanted('overdue', one, '2027-02-22')).toEqual([]); // the term is over
});

test('the first reminder of a late programme is called the first', () => {
  const [first] = CONTRIBUTORS.overdue(facts(), '2026-11-27T09:07');
  expect(first).toMatchObject({ stage: '1.3', notice: 1 });
  const sent = new Set([identityOf(first!)]);
  expect(CONTRIBUTORS.overdue(facts({ sent }), '2026-11-30T09:07')).toEqual([]);
  expect(CONTRIBUTORS.overdue(facts({ sent }), '2026-12-03T09:07')).toMatchObject([{ stage: '1.4', notice: 2 }]);
});

test('a period that ended unmet is asked about once, on the first school day after it', () => {
  const one = { ...facts(), owed: facts().owed.map((o) => ({ ...o, done: 1 })) };
  expect(wanted('lapsed', one, '2027-01-22')).toEqual([]);
  expect(wanted('lapsed', one, '2027-01-25')).toEqual([]); // winter holidays
  expect(wanted('lapsed', one, '2027-02-22')).toEqual(['甲师 1']);
  expect(wanted('lapsed', { ...one, sent: sentOn('lapsed', one, '2027-02-22') }, '2027-03-01')).toEqual([]);
  expect(wanted('lapsed', one, '2027-03-08')).toEqual([]);
  const id = one.owed[0]!.obligation.id;
  const answers = [{ personId: '甲师', obligationId: id, on: '2027-02-22', answer: 'not_done' as const }];
  expect(wanted('lapsed', { ...one, answers }, '2027-02-23')).toEqual([]);
  const met = { ...facts(), owed: facts().owed.map((o) => ({ ...o, done: 2 })) };
  expect(wanted('lapsed', met, '2027-02-22')).toEqual([]);
});

test('an ended duty is no longer late: neither the coordinator nor a leader is notified', () => {
  expect(wanted('coordinator-digest', facts(), '2027-02-22')).toEqual([]);
  expect(wanted('escalation', facts(), '2027-02-22')).toEqual([]);
});

test('a duty that was added later has no reminders of earlier checkpoints', () => {
  const late = { ...facts(), owed: facts().owed.map((o) => ({ ...o, since: '2026-11-20' })) };
  expect(wanted('overdue', late, '2026-11-23')).toEqual([]);
  expect(wanted('coordinator-digest', late, '2026-11-23')).toEqual([]);
});

test('check-in in mid-month, once, about duties that are late or due within two weeks', () => {
  // 15 November 2026 is a Sunday.
  expect(wanted('check-in', facts(), '2026-11-13')).toEqual([]);
  expect(wanted('check-in', facts(), '2026-11-16')).toEqual(['甲师 1']);
  expect(wanted('check-in', facts({ sent: sentOn('check-in', facts(), '2026-11-16') }), '2026-11-19')).toEqual([]);
  expect(wanted('check-in', facts(), '2026-09-15')).toEqual([]); // the checkpoint is two months away
  const id = facts().owed[0]!.obligation.id;
  const answers = [{ personId: '甲师', obligationId: id, on: '2026-11-17', answer: 'help' as const, reason: '没有车' }];
  expect(wanted('check-in', facts({ answers }), '2026-11-19')).toEqual([]);
  expect(wanted('check-in', facts({ answers }), '2026-12-15')).toEqual(['甲师 1']);
});

test('on Monday the coordinator’s digest shows who is late, since when and what they answered', () => {
  const monday = '2026-11-16T09:07';
  const id = facts().owed[0]!.obligation.id;
  const digest = (changes: Partial<NoticeFacts>) => CONTRIBUTORS['coordinator-digest'](facts(changes), monday);
  expect(digest({})).toMatchObject([
    {
      recipientId: '甲联',
      key: '2026-11-16',
      people: [{ personId: '甲师', items: [{ obligationId: id, since: '2026-11-11', sign: 'silent' }] }],
      provisional: [],
    },
  ]);
  expect(wanted('coordinator-digest', facts(), '2026-11-17')).toEqual([]);
  const say = (answer: 'planned' | 'help', more: object) =>
    digest({ answers: [{ personId: '甲师', obligationId: id, on: '2026-11-13', answer, ...more }] });
  expect(say('help', { reason: '没有车' })).toMatchObject([
    { people: [{ items: [{ sign: 'help', detail: '没有车' }] }] },
  ]);
  expect(say('planned', { plannedFor: '2026-11-18' })).toMatchObject([{ people: [{ items: [{ sign: 'planned' }] }] }]);
  expect(digest({ owed: facts().owed.map((o) => ({ ...o, tried: {} })) })).toMatchObject([
    { people: [{ items: [{ sign: 'tried' }] }] },
  ]);
});

test('the reason of a failed attempt is shown only to readers who may see the names of that person’s pupils', () => {
  const clerk = { id: '局联', name: '局联', districtId: 'd', roles: ['bureau_coordinator' as const] };
  const shown = (reason: string, more: Partial<Programme> = {}) => {
    const f = facts({}, { count: 2 }, more);
    const people = [...f.programme.people, clerk];
    const owed = f.owed.map((o) => ({ ...o, tried: { reason } }));
    return CONTRIBUTORS['coordinator-digest']({ ...f, programme: { ...f.programme, people }, owed }, '2026-11-16T09:07')
      .flatMap((n) => (n.kind === 'coordinator-digest' ? [n] : []))
      .map((n) =>
        [n.recipientId, ...n.people.flatMap((p) => p.items.map((i) => `${i.sign} ${i.detail ?? '-'}`))].join(' '),
      );
  };
  expect(shown('路上塌方')).toEqual(['甲联 tried 路上塌方', '局联 tried -']);
  // 小一 is a pupil of 乙校, whose names 甲校's coordinator may not read.
  expect(shown('小一家没人')).toEqual(['甲联 tried -', '局联 tried -']);
  const ownPupils = { pupils: [{ id: '小一', name: '小一', schoolId: '甲校' }] };
  expect(shown('小一家没人', ownPupils)).toEqual(['甲联 tried 小一家没人', '局联 tried -']);
});

test('a request for help is shown even if nothing is late', () => {
  const id = facts().owed[0]!.obligation.id;
  const answers = [{ personId: '甲师', obligationId: id, on: '2026-09-16', answer: 'help' as const }];
  expect(wanted('coordinator-digest', facts({ answers }), '2026-09-21')).toEqual(['甲联 1']);
  expect(wanted('coordinator-digest', facts(), '2026-09-21')).toEqual([]);
});

test('escalates to the coordinator after the third notice, to the leaders after thirty days with counts only', () => {
  const f = facts();
  // First notice 12 November, third 26 November, a week later 3 December; 30 days after 11 November is 11 December.
  expect(wanted('escalation', f, '2026-12-02')).toEqual([]);
  expect(wanted('escalation', f, '2026-12-03')).toEqual(['甲联 1.coordinator']);
  expect(wanted('escalation', f, '2026-12-10')).toEqual(['甲联 1.coordinator']);
  const leader = (date: string) => wanted('escalation', f, date).filter((w) => w.startsWith('甲长'));
  expect([leader('2026-12-31'), leader('2027-01-11')]).toEqual([['甲长 leader.1'], ['甲长 leader.2']]);
  const escalated = facts({ sent: sentOn('escalation', f, '2026-12-03') });
  expect(CONTRIBUTORS.escalation(escalated, '2026-12-11T09:07')).toEqual([
    {
      kind: 'escalation',
      to: 'leader',
      recipientId: '甲长',
      key: '甲校|2026-09-01',
      stage: 'leader.1',
      duties: 1,
      people: 1,
      since: '2026-11-11',
    },
  ]);
});

test('weekly summary on Friday afternoon to its subscribers', () => {
  const f = facts({ subscribers: ['甲长'] });
  const [summary] = CONTRIBUTORS['weekly-summary'](f, '2026-11-20T16:37');
  expect(summary).toMatchObject({
    recipientId: '甲长',
    from: '2026-11-16',
    met: 0,
    total: 1,
    late: [{ schoolId: '甲校', count: 1 }],
  });
  expect(wanted('weekly-summary', f, '2026-11-19')).toEqual([]);
  expect(wanted('weekly-summary', f, '2026-10-02')).toEqual([]); // Friday in the holidays
  expect(wanted('weekly-summary', facts(), '2026-11-20')).toEqual([]);
});

test('term notices: on the first school day and once in the last two weeks', () => {
  expect(wanted('term-opening', facts(), '2026-09-01')).toEqual(['甲师 1']);
  expect(wanted('term-opening', facts(), '2026-09-08')).toEqual([]);
  expect(wanted('term-closing', facts(), '2027-01-08')).toEqual([]);
  expect(wanted('term-closing', facts(), '2027-01-11')).toEqual(['甲师 1']); // 9 January is a Saturday
  const met = { ...facts(), owed: facts().owed.map((o) => ({ ...o, done: 2 })) };
  expect(wanted('term-closing', met, '2027-01-11')).toEqual([]);
});

test('papers due by the end of August are asked for in the holidays, by separate notices', () => {
  const papers: Partial<Requirement> = {
    activity: 'document',
    subject: 'school',
    measure: 'documents',
    period: { due: '08-31' },
  };
  const f = facts({}, papers);
  expect(wanted('documents-due', f, '2027-07-30')).toEqual([]);
  expect(wanted('documents-due', f, '2027-08-02')).toEqual(['甲联 30']); // 1 August is a Sunday
  expect(wanted('documents-due', f, '2027-08-24')).toEqual(['甲联 7']);
  expect(wanted('documents-due', f, '2027-09-01')).toEqual(['甲联 late']);
  expect(wanted('due-soon', f, '2027-08-30')).toEqual([]);
});

test('secondment: every school day, unless checked in', () => {
  const f = facts({ secondments: [{ personId: '甲师', placeId: '乙校', from: '2026-11-02', to: '2026-11-13' }] });
  expect(wanted('secondment-check-in', f, '2026-11-02')).toEqual(['甲师 1']);
  expect(wanted('secondment-check-in', f, '2026-11-07')).toEqual([]);
  expect(wanted('secondment-check-in', f, '2026-11-16')).toEqual([]);
  expect(wanted('secondment-check-in', { ...f, attended: new Set(['甲师|2026-11-03']) }, '2026-11-03')).toEqual([]);
});

const planned = (date: string, until = date) => [
  { activityId: '课', personId: '甲师', activity: 'demo_lesson' as const, date, until },
];

test('a planned activity is asked about on the first working day after it, once for each planned day', () => {
  const friday = facts({ planned: planned('2026-11-20') });
  expect(wanted('planned-activity', friday, '2026-11-20')).toEqual([]);
  expect(wanted('planned-activity', friday, '2026-11-21')).toEqual([]); // Saturday
  expect(wanted('planned-activity', friday, '2026-11-23')).toEqual(['甲师 2026-11-20']);
  const sent = sentOn('planned-activity', friday, '2026-11-23');
  expect(wanted('planned-activity', { ...friday, sent }, '2026-11-24')).toEqual([]);
  const moved = facts({ planned: planned('2026-11-24'), sent });
  expect(wanted('planned-activity', moved, '2026-11-25')).toEqual(['甲师 2026-11-24']);
  const stay = facts({ planned: planned('2026-11-16', '2026-11-27') });
  expect(wanted('planned-activity', stay, '2026-11-27')).toEqual([]);
  expect(wanted('planned-activity', stay, '2026-11-30')).toEqual(['甲师 2026-11-27']);
});

test('a planned activity is asked about in the holidays too, after leave or a snooze, and not when it is long past', () => {
  expect(wanted('planned-activity', facts({ planned: planned('2027-07-20') }), '2027-07-21')).toEqual([
    '甲师 2027-07-20',
  ]);
  expect(wanted('planned-activity', facts({ planned: planned('2026-09-30') }), '2026-10-07')).toEqual([]);
  expect(wanted('planned-activity', facts({ planned: planned('2026-09-30') }), '2026-10-08')).toEqual([
    '甲师 2026-09-30',
  ]);
  const away = { leaves: [{ id: 'l', personId: '甲师', start: '2026-11-20', end: '2026-11-27' }] };
  const f = facts({ planned: planned('2026-11-19') }, {}, away);
  expect(wanted('planned-activity', f, '2026-11-27')).toEqual([]);
  expect(wanted('planned-activity', f, '2026-11-30')).toEqual(['甲师 2026-11-19']);
  expect(wanted('planned-activity', f, '2026-12-04')).toEqual([]);
  const snoozed = { ...f, snoozed: new Map([['甲师', '2026-11-30']]) };
  expect(wanted('planned-activity', snoozed, '2026-11-30')).toEqual([]);
});

test('any planned activity is asked about only after its day, only once, and never on a day off', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((n) => addDays('2026-09-01', n));
  const plan = fc.record({ id: fc.integer({ min: 0, max: 5 }), date: day, days: fc.integer({ min: 0, max: 9 }) });
  const f = facts();
  const calendar = schoolCalendar(f.programme);
  fc.assert(
    fc.property(fc.array(plan, { maxLength: 6 }), day, fc.integer({ min: 0, max: 20 }), (plans, from, length) => {
      const list = plans.map(({ id, date, days }) => ({
        ...planned(date, addDays(date, days))[0]!,
        activityId: String(id),
      }));
      const leaves = [{ id: 'l', personId: '甲师', start: from, end: addDays(from, length) }];
      const away = { ...f.programme, leaves };
      const sent = new Set<string>();
      for (let n = 0, date = '2026-09-01'; n < 150; n++, date = addDays(date, 1)) {
        const notices = CONTRIBUTORS['planned-activity'](
          { ...f, programme: away, planned: list, sent },
          `${date}T09:07`,
        );
        const onLeave = leaves.some((l) => l.start <= date && date <= l.end);
        if (calendar.isDayOff(date) || onLeave) expect(notices).toEqual([]);
        for (const one of notices) {
          expect(one.kind === 'planned-activity' && one.until < date).toBe(true);
          expect(sent).not.toContain(identityOf(one));
        }
        for (const one of notices) sent.add(identityOf(one));
      }
      // Without leave, everything was asked about.
      const days = new Set(list.map((p) => `${p.activityId}|${p.until}`));
      if (length === 0) expect(sent.size).toBe(days.size);
    }),
    { numRuns: 40 },
  );
});

test('a record of the same kind, person, day, place and pupil shows that a plan was kept', () => {
  const plan: Activity = {
    id: 'p',
    programmeId: 'x',
    kind: 'demo_lesson',
    status: 'planned',
    date: '2026-11-20',
    byId: '甲师',
    participantIds: [],
    pupilIds: [],
    placeId: '乙校',
  };
  const kept = (change: Partial<Activity>, of = plan) =>
    isDoneInstead(of, { ...plan, id: 'd', status: 'done', ...change });
  expect(kept({})).toBe(true);
  expect(kept({ placeId: undefined })).toBe(true);
  expect(kept({ byId: '乙师', participantIds: ['甲师'] })).toBe(true);
  expect(kept({ status: 'planned' })).toBe(false);
  expect(kept({ kind: 'observe' })).toBe(false);
  expect(kept({ date: '2026-11-21' })).toBe(false);
  expect(kept({ date: '2026-11-21' }, { ...plan, dateTo: '2026-11-22' })).toBe(true);
  expect(kept({ date: '2026-11-21' }, { ...plan, days: 2 })).toBe(true);
  expect(kept({ placeId: '丙校' })).toBe(false);
  expect(kept({ byId: '乙师' })).toBe(false);
  const visit = { ...plan, pupilIds: ['小一'] };
  expect(kept({ pupilIds: ['小二'] }, visit)).toBe(false);
  expect(kept({ pupilIds: ['小二', '小一'] }, visit)).toBe(true);
  expect(kept({ allAssigned: true }, visit)).toBe(true);
});

test('a plan is dropped from a pending card once its outcome is known', () => {
  const [part] = CONTRIBUTORS['planned-activity'](facts({ planned: planned('2026-11-20') }), '2026-11-23T09:07');
  const now = (change: Partial<Activity>, doneInstead = false) => {
    const activity = { id: '课', date: '2026-11-20', status: 'planned', ...change } as Activity;
    return stillHolds([part!], new Map(), '2026-11-23', { plans: new Map([['课', { activity, doneInstead }]]) });
  };
  expect(now({})).toEqual({ parts: [part] });
  expect(now({ status: 'done' })).toEqual({ lapsed: 'done' });
  expect(now({}, true)).toEqual({ lapsed: 'done' });
  expect(now({ status: 'withdrawn' })).toEqual({ lapsed: 'void' });
  expect(now({ status: 'attempted' })).toEqual({ lapsed: 'void' });
  expect(now({ date: '2026-11-25' })).toEqual({ lapsed: 'void' });
});

test('a draft that waits for a tap gets one reminder, on the next school day', () => {
  const f = facts({ waiting: new Map([['甲师', '2026-11-20']]) });
  expect(wanted('waiting', f, '2026-11-20')).toEqual([]);
  expect(wanted('waiting', f, '2026-11-21')).toEqual([]); // Saturday
  expect(wanted('waiting', f, '2026-11-23')).toEqual(['甲师 1']);
  expect(wanted('waiting', { ...f, sent: sentOn('waiting', f, '2026-11-23') }, '2026-11-24')).toEqual([]);
  expect(wanted('waiting', f, '2026-11-30')).toEqual([]);
  const [part] = CONTRIBUTORS.waiting(f, '2026-11-23T09:07');
  expect(stillHolds([part!], new Map(), '2026-11-23')).toEqual({ lapsed: 'done' });
  expect(stillHolds([part!], new Map(), '2026-11-23', { waiting: 1 })).toEqual({ parts: [part] });
});

test('the next term is requested thirty days before the last known one ends in mid-year', () => {
  const autumn = facts({}, { count: 2 }, { terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }] });
  expect(wanted('next-term', autumn, '2026-12-22')).toEqual([]);
  expect(wanted('next-term', autumn, '2026-12-23')).toEqual(['甲联 30', '乙联 30']);
  expect(wanted('next-term', autumn, '2027-01-15')).toEqual(['甲联 7', '乙联 7']);
  expect(wanted('next-term', facts(), '2027-06-10')).toEqual([]);
});

test('from June the change of the school year is requested, until it is done', () => {
  expect(wanted('new-year', facts(), '2027-05-31')).toEqual([]);
  expect(wanted('new-year', facts(), '2027-06-01')).toEqual(['甲联 june', '乙联 june']);
  expect(wanted('new-year', facts(), '2027-06-09')).toEqual([]); // Dragon Boat Festival
  expect(wanted('new-year', facts(), '2027-07-02')).toEqual(['甲联 end', '乙联 end']);
  expect(wanted('new-year', facts(), '2027-08-20')).toEqual(['甲联 august', '乙联 august']);
  const begun = { yearsBegun: [{ year: 2027, from: '2027-09-01', schoolId: '甲校' }] };
  expect(wanted('new-year', facts({}, { count: 2 }, begun), '2027-08-20')).toEqual(['乙联 august']);
});

test('sends nothing to people who snooze, are on leave, have left or are not recipients', () => {
  expect(wanted('overdue', facts({ snoozed: new Map([['甲师', '2026-11-14']]) }), '2026-11-12')).toEqual([]);
  expect(wanted('overdue', facts({ snoozed: new Map([['甲师', '2026-11-14']]) }), '2026-11-16')).toEqual(['甲师 1.1']);
  expect(wanted('overdue', facts({ recipients: new Set(['丙师']) }), '2026-11-12')).toEqual([]);
  const left = programmeOf(planOf({ id: 'r' })).people.map((p) => (p.id === '甲师' ? { ...p, to: '2026-10-31' } : p));
  expect(wanted('overdue', facts({}, { count: 2 }, { people: left }), '2026-11-12')).toEqual([]);
});

test('one card per person, which does not list a duty twice', () => {
  const cards = morningCards(facts(), '2026-09-01T09:07');
  expect(cards.map((c) => [c.recipientId, c.parts.map((p) => p.kind)])).toEqual([
    ['甲师', ['term-opening', 'monthly-digest']],
  ]);
  const ids = cards[0]!.parts.flatMap((p) => ('obligationIds' in p ? p.obligationIds : []));
  expect(ids).toHaveLength(new Set(ids).size);
});

test('schedules: never on days off, never at whole or half hours', () => {
  const calendar = schoolCalendar(facts().programme);
  const daysOf = (job: keyof typeof SCHEDULES, from: string, to: string) => {
    const found: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) if (SCHEDULES[job].isDay(calendar, day)) found.push(day);
    return found;
  };
  expect(daysOf('morning', '2026-09-29', '2026-10-09')).toEqual([
    '2026-09-29',
    '2026-09-30',
    '2026-10-08',
    '2026-10-09',
  ]);
  expect(daysOf('monthly-digest', '2026-10-01', '2026-10-31')).toEqual(['2026-10-08']);
  expect(daysOf('coordinator-digest', '2026-10-01', '2026-10-18')).toEqual(['2026-10-08', '2026-10-12']);
  // 25 September is Mid-autumn, 2 October a holiday.
  expect(daysOf('weekly-summary', '2026-09-14', '2026-10-09')).toEqual(['2026-09-18', '2026-10-09']);
  for (const { time } of Object.values(SCHEDULES)) expect(time).toMatch(/:(?!00|30)\d\d$/);
});

test('at night nothing is sent, and yesterday’s morning is not made up for', () => {
  expect([isQuiet('2026-11-20T07:29'), isQuiet('2026-11-20T07:30'), isQuiet('2026-11-20T20:30')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayStillSend('2026-11-20T09:07', '2026-11-20T14:00')).toBe(true);
  expect(mayStillSend('2026-11-20T09:07', '2026-11-20T21:00')).toBe(false);
  expect(mayStillSend('2026-11-20T09:07', '2026-11-21T08:00')).toBe(false);
});
