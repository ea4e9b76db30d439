import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIST_VIEWS, press } from '../../src/cards/buttons.ts';
import { button, card, columns, markdown } from '../../src/cards/card.ts';
import { cardText } from '../../src/cards/card-text.ts';
import { coordinatorDigest, nudge } from '../../src/cards/coordinator.ts';
import { form, submit } from '../../src/cards/form-fields.ts';
import * as cards from '../../src/cards/index.ts';
import { checkLimits } from '../../src/cards/limits.ts';
import { clip, escapeMarkdown, md, readable } from '../../src/cards/markdown.ts';
import { summaryCard } from '../../src/cards/summary.ts';
import { table } from '../../src/cards/table.ts';
import { documentDue, escalation, termNotice } from '../../src/cards/term.ts';
import { weeklySummary } from '../../src/cards/weekly.ts';
import { ACTIVITY_KINDS } from '../../src/plan/activity.ts';
import { eachDay } from '../../src/plan/dates.ts';
import type { State } from '../../src/plan/obligation.ts';
import { GROUPINGS, summaryDays } from '../../src/plan/summary.ts';
import { checkCard } from '../../src/sandbox/card-check.ts';
import { activityOf, planOf, programmeOf } from '../plan/programme.ts';

const t = cards.textsOf('zh-CN');
const hostile = fc.oneof(
  fc.constantFrom('<at id=all></at>', '[点](https://x.cn)', '**', '&#60;', '名'.repeat(400), '\u202e反', '<font>'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const name = fc.oneof(hostile, fc.constantFrom('周晚晴', '青山小学', '何一舟'));
const ymd = fc.constantFrom('2026-09-01', '2026-11-19', '2027-01-22');
const state = fc.constantFrom(...(Object.keys(cards.textsOf().states) as State[]));
const some = <T>(arb: fc.Arbitrary<T>, max = 300) =>
  fc.tuple(fc.integer({ min: 0, max }), arb, arb, arb).map(([n, ...kinds]) => {
    return Array.from({ length: n }, (_, i) => kinds[i % kinds.length] as T);
  });
const duty = fc.record({
  obligation: fc.uuid(),
  title: name,
  subject: name,
  pupil: fc.boolean(),
  state,
  done: fc.nat(99),
  target: fc.integer({ min: 1, max: 99 }),
  measure: fc.constantFrom('times' as const, 'lessons' as const),
  period: fc.oneof(
    name.map((term) => ({ kind: 'term' as const, term })),
    name.map((term) => ({ kind: 'fortnight' as const, term, weeks: [1, 2] as [number, number] })),
  ),
  nextCheckpoint: ymd,
  assumed: fc.boolean(),
});
const kind = fc.constantFrom(...ACTIVITY_KINDS);
const shown = fc.record({
  kind,
  date: ymd,
  dateTo: ymd,
  by: name,
  participants: some(name, 40),
  place: name,
  topic: name,
  lessons: fc.nat(9),
  pupils: some(name, 60),
  items: some(name, 30),
});
const reminder = fc.tuple(duty, kind, fc.integer({ min: 1, max: 3 })).map(([d, k, n]) => {
  return { ...d, kind: k, notice: n, missed: '2026-11-13' };
});
const task = fc.tuple(duty, kind, fc.boolean()).map(([d, k, shared]) => ({ ...d, kind: k, shared, requirement: 'r' }));
const option = fc.tuple(fc.uuid(), name).map(([value, label]) => ({ value, label }));
const page = fc.integer({ min: -1, max: 40 });
const group = fc.boolean();
const record = fc.tuple(shown, some(duty, 30), fc.boolean()).map(([s, duties, edited]) => ({
  ...s,
  activity: 'a',
  v: 1,
  state: 'recorded' as const,
  evidence: 0,
  edited,
  duties,
}));

/** Drafts have ids of our own. */
const waiting = fc.record({ draft: fc.constant('01a22c4d-4788-7000-80ca-5c44d0cef444'), shown: some(shown, 3) });

const large: [string, fc.Arbitrary<cards.Card>][] = [
  ['recorded', fc.record({ records: some(record, 30), group }).map((m) => cards.recorded(m, t))],
  [
    'recorded, with lines that wait',
    fc
      .record({ records: some(record, 30), waiting: some(waiting, 20) })
      .map((m) => cards.recorded({ ...m, group: false }, t)),
  ],
  ['myTasks', fc.record({ tasks: some(task), page, group, of: name }).map((m) => cards.myTasks(m, t))],
  [
    'morning',
    fc
      .record({ dueSoon: some(reminder), overdue: some(reminder), checkIn: some(reminder), monthly: some(reminder) })
      .map((m) => {
        const monthly = { month: 11, duties: m.monthly };
        return cards.morning({ ...m, monthly, notice: 'n', today: '2026-11-16' }, t);
      }),
  ],
  [
    'activityForm',
    fc
      .record({
        k: kind,
        place: some(option, 60),
        pupils: some(option, 60),
        participants: some(option, 60),
        value: name,
      })
      .map(({ k, value, ...options }) => {
        const values = { topic: value, pupils: options.pupils.map((o) => o.value) };
        const purpose = { kind: 'edit', activity: 'a', v: 1 } as const;
        return cards.activityForm({ purpose, activityKind: k, values, options }, t);
      }),
  ],
  [
    'activityForm for a draft',
    fc.record({ place: some(option, 60), pupils: some(option, 60), participants: some(option, 60), shown }).map((m) => {
      const purpose = { kind: 'draft' as const, draft: 'd', v: 1, ask: [...cards.FIELD_NAMES] };
      return cards.activityForm({ purpose, values: {}, options: m, understood: m.shown }, t);
    }),
  ],
  [
    'why',
    fc.record({ counted: some(shown, 60), reason: name, title: name, plan: name }).map((m) => {
      const notCounted = m.counted.map((activity) => ({
        activity,
        reason: { code: 'other_topic' as const, asked: m.reason },
      }));
      const checkpoints = Array.from({ length: 40 }, () => ({ date: '2026-11-19', met: true }));
      const period = { kind: 'term' as const, term: m.title, start: '2026-09-01', end: '2027-01-22' };
      const standing = {
        state: 'waived' as const,
        done: 1,
        target: 40,
        by: [{ code: 'waiver' as const, words: m.reason }],
      };
      const rest = { target: 40, measure: 'times', assumed: true, group: false, personal: false } as const;
      return cards.why({ ...m, notCounted, checkpoints, period, standing, others: [], ...rest }, t);
    }),
  ],
  [
    'coordinatorDigest',
    fc.record({ school: name, names: some(name), titles: some(name, 20), page }).map((m) => {
      const items = m.titles.map((title) => {
        return { obligation: 'o', title, since: '2026-11-10', sign: 'help' as const, detail: title };
      });
      const people = m.names.map((n) => ({ person: 'p'.repeat(36), name: n, school: m.school, items }));
      const lacking = m.titles.map((of) => ({ code: 'few_pupils' as const, of, count: 0, limit: 1 }));
      const help = m.titles.map((text) => ({ help: 'h'.repeat(36), name: text, school: m.school, about: text, text }));
      return coordinatorDigest({ today: '2026-11-16', people, help, lacking, unreachable: m.names, page: m.page }, t);
    }),
  ],
  ['nudge', fc.record({ from: name, duties: some(duty), urgent: group }).map((m) => nudge(m, t))],
  [
    'weeklySummary',
    fc.record({ names: some(name) }).map((m) => {
      const rows = m.names.map((n, i) => ({
        key: `${'k'.repeat(60)}${i}`,
        name: n,
        done: 1,
        target: 2,
        late: 1,
        lapsed: 1,
      }));
      const worst = m.names
        .slice(0, 3)
        .map((n) => ({ name: n, title: n, count: 2, since: '2026-11-01', ids: { owner: n } }));
      const news = m.names.map((n) => ({ kind: 'demo_lesson' as const, date: '2026-11-19', by: n, place: n }));
      const trend = Array.from({ length: 22 }, (_, i) => ({ week: `9/${i}`, planned: i, done: i }));
      const total = { percent: 46, planned: 52, asked: 67, met: 30, change: 2, late: 4, lapsed: 3 };
      const days = { today: '2026-11-20', from: '2026-11-16', to: '2026-11-20' };
      const range = { span: 'week', realm: '示例', ...days, newActivities: 1, activitiesBefore: 2, news } as const;
      return weeklySummary({ ...range, by: 'school', rows, total, worst, trend, mayExport: true }, t);
    }),
  ],
  [
    'helpRequest',
    fc.record({ name, texts: some(name) }).map((m) => {
      const answers = m.texts.map((text) => ({ by: m.name, text }));
      const text = m.texts.join(m.name);
      return cards.helpRequest(
        { help: 'h', name: m.name, school: m.name, text, state: 'open', answers, own: false },
        t,
      );
    }),
  ],
  ['termNotice', fc.record({ term: name, duties: some(duty) }).map((m) => termNotice({ stage: 'closing', ...m }, t))],
  ...LIST_VIEWS.map((view): [string, fc.Arbitrary<cards.Card>] => [
    `list ${view}`,
    fc.record({ names: some(name), page }).map((m) => {
      const columns = Array.from({ length: 12 }, (_, i) => ({ key: `c${i}`, label: `列${i}` }));
      const rows = m.names.map((n) => Object.fromEntries(columns.map((c) => [c.key, n])));
      const ids = { requirement: 'r'.repeat(60), pairing: 'p'.repeat(36), span: 'week' };
      const nudge = m.names.map((n, i) => {
        return { person: 'p'.repeat(36), name: n, ...(i % 3 === 0 ? { nudged: '2026-11-19' } : {}) };
      });
      return cards.list(
        { view, columns, rows, page: m.page, total: rows.length, ids, heading: m.names[0], behind: true, nudge },
        t,
      );
    }),
  ]),
  ['documentDue', fc.record({ duties: some(duty) }).map((m) => documentDue({ due: '2027-08-31', ...m }, t))],
  [
    'escalation',
    fc.record({ names: some(name), to: fc.constantFrom('coordinator' as const, 'leader' as const) }).map((m) => {
      return escalation({ to: m.to, rows: m.names.map((n) => ({ name: n, count: 3, since: '2026-10-12' })) }, t);
    }),
  ],
  [
    'confirmActivity',
    fc.record({ shown, by: name, school: name, reason: name }).map((m) => {
      return cards.confirmActivity({ activity: 'a', v: 1, answer: 'disputed', ...m }, t);
    }),
  ],
  ...GROUPINGS.map((by): [string, fc.Arbitrary<cards.Card>] => [
    `the summary of a programme of any size by ${by}`,
    fc
      .record({ n: fc.integer({ min: 1, max: 400 }), names: fc.array(name, { minLength: 1, maxLength: 5 }) })
      .map(({ n, names }) => {
        const named = (prefix: string) =>
          Array.from({ length: n }, (_, i) => ({
            id: `${prefix}${i}`,
            name: `${names[i % names.length]}${i}`,
            short: [],
          }));
        const schools = named('s');
        const pairings = schools.map(({ id }, i) => {
          return { id: `p${i}`, supporterId: id, recipientId: schools[(i + 1) % n]!.id, kinds: [], team: [] };
        });
        const plan = planOf(...named('r').map(({ id, name: title }) => ({ id, title: title || id })));
        const programme = programmeOf(plan, { schools, pairings });
        const keys = { school: 's', pairing: 'p', requirement: 'p/r' }[by];
        const counts = { waived: 1, met: 999_999, upcoming: 3, missed: 4, overdue: 5, due_soon: 6, open: 7 };
        const sums = { counts, done: 99_999, target: 999_999, share: 99_999, metNow: 99_999, metBefore: 88_888 };
        const groups = schools.map((_, i) => ({ key: `${keys}${i}`, ...sums }));
        const worst = [0, 1, 2].map((i) => {
          return { owner: `school:s${i}`, requirement: 'p/r0', count: 99_999, since: '2026-09-01' };
        });
        const dates = eachDay({ start: '2026-09-01', end: '2026-11-20' });
        const news = dates.map((date) => activityOf({ date, placeId: schools[0]?.id, pupilIds: ['小一'] }));
        const today = '2026-11-20';
        const days = summaryDays(programme, 'week', today)!;
        const curve = dates.slice(0, 22).map((week) => ({ week, planned: 100, done: 100 }));
        const figures = { groups, total: { ...sums, planned: 99_999 }, lateOwners: n, worst, curve, news };
        const about = { realm: { kind: 'programme' }, span: 'week', by, today, days } as const;
        return summaryCard(
          { ...about, ...figures, activities: { now: 54_321, before: 1 } },
          { programme, mayExport: true },
          t,
        );
      }),
  ]),
  ['claim', fc.record({ name, candidates: some(option) }).map((m) => cards.claim({ request: 'r', ...m }, t))],
  ['answer', fc.record({ duties: some(duty), group }).map((m) => cards.answer(m, t))],
  [
    'importPreview',
    fc.record({ file: name, texts: some(name) }).map((m) => {
      const problems = m.texts.map((text) => ({ at: text, text }));
      return cards.importPreview({ import: 'i', created: 1, updated: 1, unchanged: 1, absent: 1, ...m, problems }, t);
    }),
  ],
];

describe('for any roster and any names', () => {
  it.each(large)('%s stays within the limits and lets nobody mention, link or tag', (_name, cardOf) => {
    fc.assert(
      fc.property(cardOf, (view) => {
        expect(checkLimits(view)).toEqual([]);
        expect(checkCard(view)).toEqual([]);
        for (const [, content] of JSON.stringify(view).matchAll(/"tag":"markdown","content":"((?:[^"\\]|\\.)*)"/g)) {
          const withoutFonts = content!.replace(/<\/?font[^<>]*>/g, '');
          expect(withoutFonts).not.toMatch(/<|\]\(|\]\[|`|https?:/);
        }
        expect(cardText(view)).not.toContain('undefined');
      }),
      { numRuns: 40 },
    );
  });
});

describe('escapeMarkdown', () => {
  it('makes mark-up inert and comes back readable', () => {
    expect(escapeMarkdown('<at id=all></at>')).toBe('&#60;at id&#61;all&#62;&#60;/at&#62;');
    expect(escapeMarkdown('# 标题\n- 一')).toBe('&#35; 标题 &#45; 一');
    expect(md`**${'a*b'}**`.markdown).toBe('**a&#42;b**');
    expect(escapeMarkdown('\u202e甲\u0000')).toBe('甲');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(readable(escapeMarkdown(text)).trim()).toBe(clip(text, 10_000).replaceAll('\u200b', ''));
      }),
    );
  });
});

describe('checkLimits', () => {
  const wrap = (...elements: Parameters<typeof card>[0]['elements']) => card({ title: 'x', elements });
  const many = (n: number) => Array.from({ length: n }, () => button('b', press('help')));

  it.each([
    ['too many nodes', wrap(...many(100)), '201 tagged nodes'],
    ['too many bytes', wrap(markdown(md`${'名'.repeat(11_000)}`)), 'bytes'],
    ['too many tables', wrap(...Array.from({ length: 6 }, () => table([{ key: 'a', label: 'a' }], []))), '6 tables'],
    ['a form without submit', wrap(form('f', [])), 'form without submit'],
    ['a nameless field', wrap(form('f', [button('b', press('help')), submit('s', press('help'))])), 'without name'],
    ['a nested form', wrap(form('f', [form('g', [submit('s', press('help'))])])), 'form below the root'],
    [
      'a name twice',
      wrap(form('f', [submit('s', press('help'))]), form('f', [submit('s', press('records'))])),
      'twice',
    ],
    [
      'widths that are not heeded',
      wrap({ ...columns([{ elements: [] }]), flex_mode: 'flow' }),
      'only with flex_mode none',
    ],
    ['an unknown tag', wrap({ tag: 'note' }), 'unknown tag'],
    ['an unknown property', wrap({ tag: 'hr', color: 'red' }), 'unknown color'],
  ])('finds %s', (_name, view, problem) => {
    expect(checkLimits(view).join()).toContain(problem);
  });

  it('lets 99 buttons pass', () => {
    expect(checkLimits(wrap(...many(99)))).toEqual([]);
  });
});
