/** Two school years of a programme, computed independently: its people, what happens to them, and what each duty comes to. */
import { addDays } from '../../src/plan/dates.ts';

export interface Act {
  id: string;
  kind: string;
  date: string;
  by: string;
  with: string[];
  pupil?: string;
  place?: string;
  lessons?: number;
  separate?: boolean;
  withdrawn?: boolean;
}
interface Spell {
  who: string;
  of: string;
  from: string;
  to: string;
}

const term = (name: string, start: string, end: string) => ({ name, start, end });
const AUTUMN = [term('上学期', '2025-09-01', '2026-01-23'), term('上学期', '2026-09-01', '2027-01-22')] as const;
const SPRING = [term('下学期', '2026-02-23', '2026-07-10'), term('下学期', '2027-02-22', '2027-07-09')] as const;
const ENDS = ['2026-07-10', '2027-07-09'] as const;
const BEGINS = ['2025-09-01', '2026-09-01'] as const;

const asks = (id: string, activity: string, subject: string, measure: string, count: number, period: string) => ({
  id,
  title: id,
  activity,
  subject,
  measure,
  count,
  period,
});
const requirements = [
  asks('talk', 'talk', 'care', 'times', 1, 'month'),
  asks('visit', 'home_visit', 'care', 'times', 3, 'term'),
  asks('trips', 'demo_lesson', 'pairing', 'times', 4, 'term'),
  asks('lessons', 'demo_lesson', 'pairing', 'lessons', 12, 'term'),
  asks('observe', 'observe', 'teacher', 'times', 2, 'term'),
  asks('guide', 'observe', 'mentorship', 'times', 1, 'month'),
  asks('meet', 'meeting', 'school', 'times', 1, 'month'),
  asks('swap', 'exchange', 'district', 'times', 3, 'school_year'),
  asks('exam', 'exam', 'school', 'times', 9, 'once'),
];

const TEACHERS = [...'一二三四五六七八'].map((c) => `甲校/赵${c}`);
const APPRENTICES = [...'一二三'].map((c) => `乙校/钱${c}`);
const PUPILS = [...'一二三四五六'].map((c) => `小${c}`);
const bare = (name: string) => name.split('/')[1]!;
const school = (name: string) => name.split('/')[0]!;

const NUMBERS = [...TEACHERS, ...APPRENTICES, '丙校/孙一', '丙校/孙二', '甲校/李联'].map(bare);

/** The content of a programme's file; a coordinator sends the whole file each time. */
export class Lists {
  terms = [AUTUMN[0]] as { name: string; start: string; end: string }[];
  district = false;
  /** New names of people who were renamed; everything else uses the old name. */
  called = new Map<string, string>();
  moved?: string;
  care: Spell[] = PUPILS.map((of, i) => ({ who: TEACHERS[i % 5]!, of, from: BEGINS[0], to: ENDS[0] }));
  mentors: Spell[] = APPRENTICES.map((of, i) => ({ who: TEACHERS[i + 5]!, of, from: BEGINS[0], to: ENDS[0] }));
  pairs: Spell[] = [
    { who: '甲校', of: '乙校', from: BEGINS[0], to: ENDS[0] },
    { who: '甲校', of: '丙校', from: '2025-10-01', to: ENDS[1] },
  ];

  file(name: string): object {
    const dated = ({ from, to }: Spell) => ({ from, to });
    const named = (full: string) => this.called.get(full) ?? full;
    // Both rows of a person who moves have one number; both programmes have the same people.
    const person = (full: string) => ({
      name: bare(named(full)),
      school: school(full),
      mobile: `138${String(NUMBERS.indexOf(bare(full)) + 1).padStart(8, '0')}`,
    });
    return {
      name,
      terms: this.terms,
      districts: [{ name: '东区' }],
      schools: ['甲校', '乙校', '丙校'].map((s) => ({ name: s, ...(this.district && { district: '东区' }) })),
      people: [
        ...[...TEACHERS, ...APPRENTICES, '丙校/孙一', '丙校/孙二'].map((p) => ({
          ...person(p),
          ...(p === '甲校/赵五' && { open_id: 'ou_zhao5' }),
          ...(this.moved && p === '甲校/赵五' && { to: addDays(this.moved, -1) }),
        })),
        ...(this.moved ? [{ ...person('乙校/赵五'), from: this.moved }] : []),
        { ...person('甲校/李联'), roles: ['coordinator'], open_id: 'ou_li' },
      ],
      pairings: this.pairs.map((s) => ({ supporter: s.who, recipient: s.of, ...dated(s) })),
      mentorships: this.mentors.map((s) => ({ mentor: named(s.who), mentee: named(s.of), ...dated(s) })),
      care: this.care.map((s) => ({ mentor: named(s.who), pupil: { name: s.of, school: '甲校' }, ...dated(s) })),
      plans: [{ id: 'own', title: '自定', requirements }],
    };
  }
}

/** What is true about people, as a reader of the files and arrangements would write it down. */
export class Truth {
  care: Spell[] = [];
  mentors: Spell[] = [];
  pairs: Spell[] = [];
  gone = new Map<string, string>();
  arrived = new Map<string, string>();
  acts: Act[] = [];

  renew(lists: Lists): void {
    for (const key of ['care', 'mentors', 'pairs'] as const)
      for (const s of lists[key])
        if (!this[key].some((x) => x.who === s.who && x.of === s.of && x.from <= s.to && s.from <= x.to))
          this[key].push({ ...s });
  }
  replace(key: 'care' | 'mentors', from: string, to: string, on: string, only?: string): void {
    for (const s of this[key].filter((x) => x.who === from && x.to >= on && (!only || x.of === only))) {
      this[key].push({ who: to, of: s.of, from: on, to: s.to });
      s.to = addDays(on, -1);
    }
  }
  end(key: 'care' | 'mentors' | 'pairs', fits: (s: Spell) => boolean, last: string): void {
    for (const s of this[key]) if (fits(s) && s.to > last) s.to = last;
  }
  serves(who: string, day: string): boolean {
    return day <= (this.gone.get(who) ?? '9') && (this.arrived.get(who) ?? '') <= day;
  }
  holder(key: 'care' | 'mentors', of: string, day: string): string | undefined {
    return this[key].find((s) => s.of === of && s.from <= day && day <= s.to)?.who;
  }

  /** The figure of this requirement's duty on `day`: `of` is its pupil, apprentice, recipient, person or school. */
  worth(requirement: string, of: string, range: { start: string; end: string }, day: string): number {
    const done = (kind: string) =>
      this.acts.filter(
        (a) => a.kind === kind && !a.withdrawn && range.start <= a.date && a.date <= range.end && a.date <= day,
      );
    const crew = (a: Act) => [a.by, ...a.with];
    const days = (acts: Act[]) =>
      new Set(acts.filter((a) => !a.separate).map((a) => a.date)).size + acts.filter((a) => a.separate).length;
    const cared = (a: Act) => a.pupil === of && crew(a).includes(this.holder('care', of, a.date) ?? '-');
    const trips = () =>
      done('demo_lesson').filter(
        (a) =>
          school(a.by) === '甲校' &&
          a.place === of &&
          this.pairs.some((s) => s.of === of && s.from <= a.date && a.date <= s.to),
      );
    switch (requirement) {
      case 'talk':
        return new Set(
          done('talk')
            .filter(cared)
            .map((a) => a.date),
        ).size;
      case 'visit':
        return new Set(
          done('home_visit')
            .filter(cared)
            .map((a) => a.date),
        ).size;
      case 'trips':
        return days(trips());
      case 'lessons':
        return [...Map.groupBy(trips(), (a) => a.date).values()].reduce((n, list) => n + mostLessons(list, crew), 0);
      case 'observe':
        return days(done('observe').filter((a) => crew(a).includes(of)));
      case 'guide':
        return days(
          done('observe').filter(
            (a) => crew(a).includes(of) && crew(a).includes(this.holder('mentors', of, a.date) ?? '-'),
          ),
        );
      case 'meet':
        return days(done('meeting').filter((a) => school(a.by) === of));
      case 'exam':
        return days(done('exam').filter((a) => school(a.by) === of));
      default:
        return days(done('exchange'));
    }
  }
}

/** The most lessons of a day, counting one report per teacher unless another is marked as separate. */
function mostLessons(list: Act[], crew: (a: Act) => string[]): number {
  const [first, ...rest] = list;
  if (!first) return 0;
  const apart = (a: Act) => first.separate || a.separate || !crew(a).some((who) => crew(first).includes(who));
  return Math.max((first.lessons ?? 1) + mostLessons(rest.filter(apart), crew), mostLessons(rest, crew));
}

/** A random act of a person on a day. */
export function roll(truth: Truth, today: string, random: () => number, id: string): Act | undefined {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const date = random() < 0.15 ? addDays(today, -Math.floor(random() * 20)) : today;
  const by = pick([...TEACHERS, ...TEACHERS, ...APPRENTICES, '乙校/赵五']);
  if (date < BEGINS[0] || !truth.serves(by, date)) return undefined;
  const other = pick([...TEACHERS, ...APPRENTICES]);
  const withOther = random() < 0.4 && other !== by && truth.serves(other, date) ? [other] : [];
  const separate = random() < 0.08 ? { separate: true } : {};
  const kind = pick([
    'talk',
    'talk',
    'home_visit',
    'demo_lesson',
    'demo_lesson',
    'observe',
    'observe',
    'meeting',
    'exam',
    'exchange',
    'exchange',
  ]);
  const act: Act = { id, kind, date, by, with: [], ...separate };
  if (kind === 'talk' || kind === 'home_visit') {
    // Includes pupils whose care was or will be handed over.
    const cared = PUPILS.filter((p) => truth.care.some((s) => s.of === p && s.who === by));
    return { ...act, pupil: cared.length > 0 && random() < 0.9 ? pick(cared) : pick(PUPILS), separate: undefined };
  }
  if (kind === 'demo_lesson')
    return { ...act, with: withOther, place: pick(['乙校', '乙校', '丙校']), lessons: 1 + Math.floor(random() * 3) };
  if (kind === 'observe') {
    const mentee = APPRENTICES.find((a) => truth.holder('mentors', a, date) === by);
    return { ...act, with: mentee && random() < 0.7 ? [mentee] : withOther };
  }
  return kind === 'exchange' && school(by) !== '甲校' ? undefined : act;
}

export { AUTUMN, BEGINS, ENDS, PUPILS, SPRING, TEACHERS };
