import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const TEACHERS = ['吴一', '吴二', '吴三', '吴四', '吴五', '吴六', '吴七', '吴八', '吴九', '吴十'];

/** What an inactive person receives, worked out by hand from the calendar of 2026 and 2027. */
const SILENT = [
  '09-01 monthly-digest term-opening',
  '10-08 monthly-digest',
  '11-02 monthly-digest',
  '11-04 due-soon',
  '11-12 overdue',
  '11-16 check-in',
  '11-19 overdue',
  '11-26 overdue',
  '12-01 monthly-digest',
  '12-15 check-in',
  '01-04 monthly-digest',
  '01-11 term-closing',
  '01-15 check-in',
];
const upTo = (line: string) => SILENT.slice(0, SILENT.indexOf(line));
const onwards = (line: string) => SILENT.slice(SILENT.indexOf(line));

/** From 12 November on six are late; 吴九 asks for help on the 16th, which stays visible until closed. */
const LATE_MONDAYS = ['11-16', '11-23', '11-30', '12-07', '12-14', '12-21', '12-28', '01-04', '01-11', '01-18'];
const inTerm = (line: string) => (line.startsWith('01') ? `13${line.slice(2)}` : line);
const byTermDay = (a: string, b: string) => (inTerm(a) < inTerm(b) ? -1 : 1);

describe.each(backends)('a term of ten teachers on %s', (backend) => {
  let w: World;
  let reminders: Record<string, string[]>;
  // Every day of the term if that is fast; the embedded store has slower nights, so only until all kinds have gone out.
  const end = backend === 'services' ? '2027-01-23' : '2026-11-28';
  const soFar = (lines: string[]) => lines.filter((line) => inTerm(line.slice(0, 5)) < inTerm(end.slice(5)));
  const receives = (name: string, lines: string[]) => expect(reminders[name] ?? []).toEqual(soFar(lines));

  /** Fills in the check-in form, whose fields are named after the duty. */
  const answers = (name: string, values: Record<string, string>) => {
    const [, id] = /"answer_([^"]+)"/.exec(JSON.stringify(w.inbox(name).at(-1)!.card))!;
    const fields = Object.entries(values).map(([field, value]) => [`${field}_${id}`, value]);
    return w.clicks(name, '提交', Object.fromEntries(fields));
  };

  beforeAll(async () => {
    w = await world({ backend, at: '2026-09-01T08:50', programme: lessonsProgramme(TEACHERS), overrides: unhurried });
    w.sandbox.person(w.openId('吴七')).available = false;
    const on: Record<string, () => Promise<unknown>> = {
      '2026-09-10': () => w.says('吴二', '今天到乙校上了两节七年级语文'),
      '2026-11-16': async () => {
        await answers('吴四', { answer: 'planned', date: '2026-11-30' });
        await answers('吴九', { answer: 'help', reason: '课表排不开' });
      },
      '2026-10-20': () => w.says('吴三', '今天到乙校上了一节七年级语文'),
      '2026-11-02': () => w.says('吴五', '一周后再提醒'),
      '2026-11-11': async () => {
        await w.says('周联络', '请假 吴六 11-12至11-20 原因 生病');
        await w.clicks('周联络', '确认');
      },
      '2026-11-12': () => w.says('吴十', '今天到乙校上了两节七年级语文'),
    };
    // From the first morning to the last day of the term.
    await w.advance({ minutes: 30 });
    for (let day = Temporal.PlainDate.from('2026-09-01'); day.toString() < end; day = day.add({ days: 1 })) {
      await on[day.toString()]?.();
      await w.advance({ days: 1 });
    }
    reminders = await delivered(w);
  }, 120_000);
  afterAll(() => w.close());

  it('reminds an inactive person of due dates, three times of each overdue duty, and never twice a day', () => {
    receives('吴一', SILENT);
    receives('吴八', SILENT);
    expect(w.inbox('吴一')).toHaveLength(soFar(SILENT).length);
  });

  it('sends nothing to people who have done it', () => {
    receives('吴二', ['09-01 monthly-digest term-opening', '01-22 term-thanks']);
    receives('吴十', [...SILENT.slice(0, SILENT.indexOf('11-12 overdue') + 1), '01-22 term-thanks']);
  });

  it('continues with the duties still open', () => {
    receives('吴三', [
      ...upTo('11-04 due-soon'),
      '12-01 monthly-digest',
      '01-04 monthly-digest',
      '01-11 term-closing',
      '01-15 check-in due-soon',
      '01-22 term-thanks',
    ]);
  });

  it('waits for the day that a person has named', () => {
    receives('吴四', [
      ...upTo('11-19 overdue'),
      '12-01 monthly-digest',
      '12-03 overdue',
      '12-10 overdue',
      ...onwards('12-15 check-in'),
    ]);
    receives('吴九', SILENT);
  });

  it('sends nothing for a week on request, nor during leave', () => {
    receives(
      '吴五',
      SILENT.map((line) => (line === '11-04 due-soon' ? '11-09 due-soon' : line)),
    );
    receives('吴六', [
      ...upTo('11-12 overdue'),
      '11-23 overdue',
      '11-26 overdue',
      '12-01 monthly-digest',
      '12-03 overdue',
      ...onwards('12-15 check-in'),
    ]);
  });

  it('notifies the coordinator of people the bot cannot reach, who ask for help, or who are late', () => {
    expect(reminders.吴七).toBeUndefined();
    receives(
      '周联络',
      [
        '09-01 unreachable',
        '11-16 help',
        ...LATE_MONDAYS.map((day) => `${day} coordinator-digest`),
        '12-03 escalation',
        '12-23 next-term',
        '01-15 next-term',
      ].toSorted(byTermDay),
    );
    const help = w
      .inbox('周联络')
      .map(words)
      .filter((text) => text.includes('课表排不开'));
    expect(help).toHaveLength(1 + soFar(LATE_MONDAYS).filter((day) => day !== '11-16').length);
  });

  it('gives the leader counts once a month', () => {
    receives('郑校长', ['12-11 escalation', '01-11 escalation']);
    expect(w.inbox('郑校长').map(words).join()).not.toContain('吴');
  });
});
