import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { toOwedJson } from '../../src/cli/owed-json.ts';
import type { Activity } from '../../src/plan/activity.ts';
import { credit, feeds } from '../../src/plan/credit.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import { ownObligations } from '../../src/plan/owed.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { parsePlan } from '../../src/plan/plan-file.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { standing } from '../../src/plan/standing.ts';
import { presets } from './presets.ts';

const load = (path: string): unknown => parse(readFileSync(path, 'utf8'));

const demo = (): { programme: Programme; activities: Activity[] } => {
  const parsed = parseProgramme(load('db/demo/programme.yaml'), 'db/demo/programme.yaml', presets());
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems, null, 1));
  const { activities, ...rest } = parsed.programme;
  return {
    programme: { ...rest, id: 'demo', version: 1, leaves: [] },
    activities: activities.map((a) => ({ ...a, programmeId: 'demo' })),
  };
};

test('one lesson trip makes the demo show 1 of 2 this term', () => {
  const { programme, activities } = demo();
  const obligations = deriveObligations(programme, '2026-11-21');
  const lesson = obligations.find((o) => o.requirement.id === 'demo.term2' && o.period.start === '2026-09-01')!;
  expect(credit(lesson, activities, programme, '2026-11-21').done).toBe(0);
  const report: Activity = {
    id: 'new',
    programmeId: 'demo',
    kind: 'demo_lesson',
    status: 'done',
    date: '2026-11-20',
    byId: '云县民族中学/陈志远',
    participantIds: [],
    pupilIds: [],
    placeId: '晓街乡万佑九年一贯制学校',
    lessons: 1,
  };
  expect(feeds(programme, report).some((key) => lesson.feedKeys.includes(key))).toBe(true);
  const credited = credit(lesson, [...activities, report], programme, '2026-11-21');
  expect(credited.done).toBe(1);
  // 144 days: the first of two is due by day 72, 2026-11-11; it is done, so the next checkpoint is the last day.
  expect(toOwedJson(lesson, standing(lesson, credited.done, '2026-11-21'), { programme })).toMatchObject({
    plan: 'yunxian-minzu',
    subject: { kind: 'pairing', name: '云县民族中学→晓街乡万佑九年一贯制学校' },
    bearer: '赵思敏、陈志远',
    shared: false,
    period: { kind: 'term', start: '2026-09-01', end: '2027-01-22', label: '2026-2027学年第一学期' },
    target: 2,
    measure: 'times',
    done: 1,
    state: 'open',
    next_checkpoint: '2027-01-22',
    assumed: false,
  });
});

test('the demo looks lived in: something done, something open, no lessons', () => {
  const { programme, activities } = demo();
  const states = deriveObligations(programme, '2026-11-21').map((o) => ({
    id: o.requirement.id,
    state: standing(o, credit(o, activities, programme, '2026-11-21').done, '2026-11-21').state,
  }));
  expect(states.filter((s) => s.state === 'met').length).toBeGreaterThanOrEqual(3);
  expect(states.some((s) => s.state === 'open' || s.state === 'due_soon')).toBe(true);
});

test('a teacher outside the team sees the pairing’s duties as shared', () => {
  const { programme } = demo();
  const obligations = deriveObligations(programme, '2026-11-21');
  const ofPerson = ownObligations(obligations, programme, '云县民族中学/李晓梅');
  const pairing = ofPerson.filter((o) => o.obligation.subject.kind === 'pairing');
  expect(pairing.length).toBeGreaterThan(0);
  expect(pairing.every((o) => o.shared)).toBe(true);
});

test('every preset parses', () => {
  const all: Map<string, Plan> = presets();
  expect([...all.keys()]).toContain('yunxian-minzu');
  expect(parsePlan({}, 'x.yaml')).toHaveProperty('problems');
});
