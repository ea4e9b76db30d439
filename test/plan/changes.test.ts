import { expect, test } from 'vitest';
import { explainedLines } from '../../src/cli/explained.ts';
import { credit } from '../../src/plan/credit.ts';
import { explain } from '../../src/plan/explain.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import { checkpointsOf, standing } from '../../src/plan/standing.ts';
import { activityOf as a, planOf, programmeOf } from './programme.ts';

test('a replaced mentor: the period in progress stays one duty, moves to the new mentor, and counts both', () => {
  const plan = planOf({ id: 'r', subject: 'care', activity: 'home_visit', count: 2 });
  const programme = programmeOf(plan, {
    cares: [
      { id: '旧', mentorId: '甲师', pupilId: '小一', to: '2026-10-31' },
      { id: '新', mentorId: '丙师', pupilId: '小一', from: '2026-11-01' },
    ],
  });
  const visits = [
    a({ kind: 'home_visit', date: '2026-10-10', pupilIds: ['小一'] }),
    a({ kind: 'home_visit', date: '2026-11-10', byId: '丙师', pupilIds: ['小一'] }),
  ];
  const term1 = deriveObligations(programme, '2026-11-21').filter((o) => o.period.start < '2027-02');
  expect(term1.map((o) => [o.subject.id, o.bearerIds[0], o.period.start, o.period.end, o.handedOn])).toEqual([
    ['新', '丙师', '2026-09-01', '2027-01-22', '2026-11-01'],
  ]);
  const late = a({ kind: 'home_visit', date: '2026-11-11', pupilIds: ['小一'] });
  expect(credit(term1[0]!, [...visits, late], programme).counted).toEqual(visits.map((v) => v.id));
  // It keeps its identity; before that day it was the old mentor's.
  const [before] = deriveObligations(programme, '2026-11-21', { day: '2026-10-31' });
  expect([before!.id, before!.bearerIds]).toEqual([term1[0]!.id, ['甲师']]);
  expect(deriveObligations(programme, '2027-03-01').map((o) => o.subject.id)).toContain('新');
});

test('checkpoints before a hand-over are not asked of the successor', () => {
  const plan = planOf({ id: 'r', subject: 'care', activity: 'home_visit', count: 6 });
  const handed = (on: string, last: string) =>
    programmeOf(plan, {
      cares: [
        { id: '旧', mentorId: '甲师', pupilId: '小一', to: last },
        { id: '新', mentorId: '丙师', pupilId: '小一', from: on },
      ],
    });
  const [o] = deriveObligations(handed('2026-11-21', '2026-11-20'), '2026-11-21');
  expect(checkpointsOf(o!).map((c) => c.date)).toEqual(['2026-12-05', '2026-12-29', '2027-01-22']);
  expect(standing(o!, 0, '2026-11-21')).toMatchObject({ state: 'open', wanted: 4, nextCheckpoint: '2026-12-05' });
  // With a gap between them, each mentor has a separate duty.
  expect(
    deriveObligations(handed('2026-11-21', '2026-11-18'), '2026-11-21')
      .map((x) => x.subject.id)
      .sort(),
  ).toEqual(['新', '新', '旧'].sort());
});

test('two spells of one care are one duty per period, and the gap between them is not asked', () => {
  const plan = planOf({ id: 'm', subject: 'care', activity: 'talk', period: 'month', count: 1 });
  const spells = { from: '2026-12-01', earlier: [{ from: '2026-09-01', to: '2026-10-05' }] };
  const programme = programmeOf(plan, { cares: [{ id: '帮', mentorId: '甲师', pupilId: '小一', ...spells }] });
  const all = deriveObligations(programme, '2026-11-21').slice(0, 4);
  expect(all.map((o) => `${o.period.start}..${o.period.end}${o.waived ? ' 免' : ''}`)).toEqual([
    '2026-09-01..2026-09-30',
    '2026-10-01..2026-10-05 免',
    '2026-12-01..2026-12-31',
    '2027-01-01..2027-01-22',
  ]);
  const talk = (date: string) => a({ kind: 'talk', date, pupilIds: ['小一'] });
  expect(all.map((o) => credit(o, [talk('2026-09-10'), talk('2026-11-03')], programme).done)).toEqual([1, 0, 0, 0]);
});

test('a pupil who leaves and a pairing that ends owe nothing afterwards', () => {
  const plan = planOf({ id: 'm', subject: 'care', activity: 'talk', period: 'month' }, { id: 'd', period: 'month' });
  const programme = programmeOf(plan, {
    cares: [{ id: '帮', mentorId: '甲师', pupilId: '小一', to: '2026-10-20' }],
    pairings: [{ id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: [], team: [], to: '2026-11-10' }],
  });
  expect(
    deriveObligations(programme, '2026-11-21').map(
      (o) => `${o.requirement.id} ${o.period.end}${o.waived ? ' 免' : ''}`,
    ),
  ).toEqual(['m 2026-09-30', 'm 2026-10-20', 'd 2026-09-30', 'd 2026-10-31', 'd 2026-11-10 免']);
});

test('why: clause, period, checkpoints, what counted and what did not', () => {
  const plan = planOf({ id: 'r', count: 2, assumed: true, basis: { clause: '四、2', paraphrase: '每学期送教两次' } });
  const programme = programmeOf(plan);
  const [o] = deriveObligations(programme, '2026-11-21');
  const acts = [
    a({ id: 'yes', date: '2026-10-10' }),
    a({ id: 'planned', date: '2026-11-30', status: 'planned' }),
    a({ id: 'other', date: '2026-10-11', kind: 'observe' }),
  ];
  const e = explain(o!, acts, programme, '2026-11-21');
  expect(e).toMatchObject({ clause: '四、2', assumed: true, target: 2, standing: { state: 'open', done: 1 } });
  expect(e.counted.map((x) => x.id)).toEqual(['yes']);
  expect(e.notCounted).toEqual([{ activity: acts[1], reason: { code: 'planned' } }]);
  expect(explainedLines(e)).toEqual([
    'r（甲校→乙校，第一学期）：应在 2027-01-22 前做到 2/2，现为 1/2',
    '依据：四、2——每学期送教两次',
    '文件未写次数，按此计',
    '时间：2026-09-01 至 2027-01-22，应完成 2，已完成 1',
    '进度要求：2026-11-11 前 1✓，2027-01-22 前 2',
    '计入：2026-10-10',
    '未计：2026-11-30，还只是计划',
  ]);
});

test('a replaced coordinator bears the duties of their own time, the new one the later ones', () => {
  const plan = planOf({ id: 'm', period: 'month' });
  const base = programmeOf(plan);
  const people = base.people.flatMap((p) =>
    p.id === '甲联'
      ? [
          { ...p, to: '2026-10-31' },
          { ...p, id: '新联', name: '新联', from: '2026-11-01' },
        ]
      : [p],
  );
  const bearers = deriveObligations({ ...base, people }, '2026-11-21').map((o) => o.bearerIds.join());
  expect(bearers.slice(0, 3)).toEqual(['甲联', '甲联', '新联']);
});
