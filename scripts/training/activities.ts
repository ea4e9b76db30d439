import { companyOf } from '../../src/reading/fields/who.ts';
import {
  allowedRoles,
  CHOICE_WIDTH,
  CHOICES,
  type Choice,
  columnOf,
  TOKEN_ROLES,
  type TokenRole,
} from '../../src/reading/judge/classes.ts';
import {
  activityFeatures,
  named,
  remarkFeatures,
  type Stretch,
  tokenFeatures,
} from '../../src/reading/judge/features.ts';
import { spansOf } from '../../src/reading/judge/judge.ts';
import { PUPIL_KINDS } from '../../src/reading/tables/kinds.ts';
import { has } from '../../src/reading/tokens/is.ts';
import type { Token } from '../../src/reading/tokens/tokens.ts';
import type { Reading } from '../../src/reading/types.ts';
import { daysOf, type Example, says, sharesGrade, type Told, teachersOf } from './examples.ts';
import { Fit, fitted, type Names } from './fit.ts';
import type { Segments } from './segments.ts';

const EPOCHS = 10;
const RATE = 0.05;

/** A decision to learn: among these columns the right one. */
interface Decision {
  columns: number[];
  right: number;
}

interface Row {
  features: Int32Array;
  decisions: Decision[];
}

/** The weights of the choices about activities and of the roles of tokens. */
export function learnActivities(examples: Example[], { runs }: Segments, names: Names): { choices: Fit; roles: Fit } {
  const choices: Row[] = [];
  const roles: Row[] = [];
  for (const example of examples) {
    if (example.joined || example.told.length === 0) continue;
    const { found, scores } = runs.get(example)!;
    const spans = spansOf(found, scores);
    example.told.slice(0, spans.length).forEach((told, j) => {
      const before = example.told[j - 1]?.readings.at(-1) as Reading | undefined;
      const after = example.told[j + 1]?.readings[0];
      const span = { ...spans[j]!, before };
      const decisions = example.loose
        ? [choice('status', told.readings[0]!.status)]
        : choicesOf(example, told, span, { before, after });
      const own = named((by) => activityFeatures(example.script, span, by));
      choices.push({ features: names.of(own), decisions: decisions.filter((one) => one !== undefined) });
      const discussed = example.loose ? undefined : evaluatedOf(told);
      if (discussed) {
        const remarks = named((by) => remarkFeatures(example.script, span, by));
        choices.push({ features: names.of([...own, ...remarks]), decisions: [discussed] });
      }
      if (!example.loose) roles.push(...rolesOf(example, told, span, names));
    });
  }
  return { choices: learn(choices, names, CHOICE_WIDTH, 5), roles: learn(roles, names, TOKEN_ROLES.length, 6) };
}

function learn(rows: Row[], names: Names, width: number, seed: number): Fit {
  const fit = new Fit(names.counts.length, width, RATE);
  fitted({
    rows,
    only: ({ features, decisions }, keep) => ({ features: keep(features), decisions }),
    names,
    fits: [fit],
    epochs: EPOCHS,
    seed,
    learn: ({ features, decisions }) => {
      const scores = fit.sum(features);
      let changed = false;
      for (const { columns, right } of decisions) {
        const most = Math.max(...columns.map((c) => scores[c]!));
        const sum = columns.reduce((all, c) => all + Math.exp(scores[c]! - most), 0);
        for (const c of columns)
          if (fit.bend(features, c, Math.exp(scores[c]! - most) / sum - Number(c === right))) changed = true;
      }
      return changed;
    },
  });
  return fit;
}

function choice(name: Choice, value: string | undefined): Decision | undefined {
  const start = columnOf(name);
  const at = (CHOICES[name] as readonly string[]).indexOf(value === 'needs_detail' ? 'done' : (value ?? '-'));
  return at < 0 ? undefined : { columns: CHOICES[name].map((_, c) => start + c), right: start + at };
}

const tokensOf = ({ script }: Example, span: Stretch): number[] => {
  const [first, last] = [script.pieces[span.lead]!.first, script.pieces[span.to - 1]!.last];
  return Array.from({ length: last - first }, (_, k) => first + k);
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The readings told before and after. */
interface Around {
  before?: Partial<Reading>;
  after?: Partial<Reading>;
}

/** What is right for an activity; undefined where the label does not say, or a token says it. */
function choicesOf(example: Example, { readings }: Told, span: Stretch, around: Around): (Decision | undefined)[] {
  const { before } = around;
  const { script, roster, today } = example;
  const r = readings[0]!;
  const { kind } = r;
  const own = tokensOf(example, span).map((k) => script.tokens[k]!);
  const names = (test: (token: Token) => boolean) => own.some(test);
  const person = (wanted: string[]) =>
    names(({ named: found, text }) => found?.people.some((name) => wanted.includes(name)) || wanted.includes(text));
  const sender = roster.knows.sender;
  const out = [
    choice('status', r.status),
    choice('direction', r.direction),
    choice('late', r.late ? 'late' : '-'),
    kind === 'home_visit' ? choice('mode', r.mode) : undefined,
    kind === 'secondment' ? choice('action', r.action) : undefined,
    kind === 'secondment' ? choice('role', r.role) : undefined,
    PUPIL_KINDS.has(kind!) ? choice('every', r.all_assigned ? 'all' : '-') : undefined,
  ];
  const dated = names(
    (token) => token.date !== undefined && readings.some((one) => says(token, one, today, roster) !== false),
  );
  if (!dated && r.status !== 'question' && kind !== 'same_as_last') out.push(choice('day', dayOf(r, around, today)));
  if (!(r.by && person([r.by])))
    out.push(choice('by', r.by === undefined ? 'sender' : before?.by === r.by ? 'before' : '?'));
  const shared = (field: 'subject' | 'grade') => (r[field] && same(r[field], before?.[field]) ? 'before' : '-');
  const company = companyOf(before, sender?.name).filter((name) => name !== r.by);
  const along = r.participants ?? [];
  if (company.length > 0 && !(company.every((name) => along.includes(name)) && person(company)))
    out.push(choice('with', company.every((name) => along.includes(name)) ? 'before' : '-'));
  if (before && !names(({ subject }) => subject === true)) out.push(choice('subject', shared('subject')));
  if (before && !names(({ type }) => type === 'grade')) out.push(choice('grade', shared('grade')));
  if (kind === 'observe' && !person(teachersOf(r)))
    out.push(
      choice(
        'teacher',
        r.teacher === undefined
          ? '-'
          : r.teacher === sender?.name
            ? 'me'
            : same(r.teacher, before?.teacher)
              ? 'before'
              : '?',
      ),
    );
  const school = r.place ?? r.partner ?? r.to;
  if (
    !PUPIL_KINDS.has(kind!) &&
    kind !== 'same_as_last' &&
    !names(({ named: found }) => found?.schools.includes(school ?? '') === true)
  )
    out.push(choice('place', placeOf(school, around, example)));
  return out;
}

/** Whether a lesson heard was discussed: learned also from what is said after it. */
function evaluatedOf({ readings: [r] }: Told): Decision | undefined {
  if (r!.kind !== 'observe' || (r!.status !== 'done' && r!.status !== 'needs_detail')) return undefined;
  return choice('evaluated', r!.evaluated == null ? '-' : String(r!.evaluated));
}

function dayOf(r: Partial<Reading>, { before, after }: Around, today: string): string {
  const days = daysOf(r);
  if (before && days.length > 0 && same(days, daysOf(before))) return 'before';
  if (after && days.length > 0 && r.date !== today && same(days, daysOf(after))) return 'after';
  if ([r.ask].flat().includes('dates')) return 'ask';
  return r.date === today ? 'today' : days.length === 0 ? 'none' : '?';
}

function placeOf(school: string | undefined, { before, after }: Around, { roster }: Example): string {
  if (school === undefined) return '-';
  if (before && school === (before.place ?? before.partner ?? before.to)) return 'before';
  if (roster.partners.length === 1 && school === roster.partners[0]) return 'pair';
  if (after && school === (after.place ?? after.partner ?? after.to)) return 'after';
  return school === roster.knows.sender?.school ? 'own' : '?';
}

function rolesOf(example: Example, told: Told, span: Stretch, names: Names): Row[] {
  const { script } = example;
  const own = tokensOf(example, span);
  const adding = addingOf(example, told, own);
  return own.flatMap((k) => {
    const columns = allowedRoles(script.tokens[k]!);
    const role = columns.length < 2 ? undefined : roleOf(script.tokens[k]!, k, told, example, adding);
    const right = role === undefined ? -1 : TOKEN_ROLES.indexOf(role);
    if (!columns.includes(right)) return [];
    return [{ features: names.of(named((by) => tokenFeatures(script, span, k, by))), decisions: [{ columns, right }] }];
  });
}

/** The role that a token has in the readings; undefined if the label does not show it. */
function roleOf(
  token: Token,
  k: number,
  { readings }: Told,
  { roster, today }: Example,
  adding: Adding,
): TokenRole | undefined {
  const r = readings[0]!;
  if (token.date) {
    const said = readings.map((one) => says(token, one, today, roster));
    if (said.includes(true)) return 'when';
    return said.includes(undefined)
      ? [r.ask].flat().includes('dates')
        ? 'when'
        : r.date_from
          ? undefined
          : 'none'
      : 'none';
  }
  if (token.named || has(token, 'own', 'partner')) return nameRole(token, readings, roster);
  const any = (test: (one: Partial<Reading>) => boolean) => readings.some(test);
  const { unit, n } = token.count ?? {};
  if (token.subject) return any((one) => one.subject?.split('、').includes(token.value!) === true) ? 'subject' : 'none';
  if (token.type === 'grade') return any((one) => sharesGrade(token, one)) ? 'grade' : 'none';
  switch (unit) {
    case 'lessons':
    case 'times':
      return adding[unit] && (adding[unit].has(k) ? unit : 'none');
    case 'persons':
      return r.pupil_count === n || (PUPIL_KINDS.has(r.kind!) && r.pupils?.length === n) ? 'persons' : 'none';
    case 'days':
    case 'weeks':
    case 'months':
      return r[unit] === n ? 'length' : 'none';
    case 'goods':
    case undefined:
    case 'money':
      break;
    default:
      return r.pupil_count === n ? 'persons' : 'none';
  }
  switch (unit) {
    case 'goods':
      return any(({ items }) => items?.some(({ qty }) => qty === n) === true) ? 'goods' : 'none';
    default:
      return any(({ cash_yuan }) => cash_yuan === n)
        ? 'cash'
        : any(({ value_yuan }) => value_yuan === n)
          ? 'value'
          : 'none';
  }
}

function nameRole(token: Token, readings: Partial<Reading>[], { knows, partners }: Example['roster']): TokenRole {
  const { people, pupils, schools } = token.named ?? { people: [], pupils: [], schools: [] };
  const own = has(token, 'own') ? [knows.sender?.school ?? ''] : has(token, 'partner') ? partners : [];
  const names = [...people, ...pupils, ...schools, ...own, token.text];
  const any = (held: (one: Partial<Reading>) => (string | undefined)[]) =>
    readings.some((one) => held(one).some((name) => name !== undefined && names.includes(name)));
  const held: [TokenRole, (one: Partial<Reading>) => (string | undefined)[]][] = [
    ['pupil', (one) => [...(one.pupils ?? []), one.replace_pupil?.from, one.replace_pupil?.to]],
    ['by', (one) => [one.by]],
    ['teacher', teachersOf],
    ['with', (one) => one.participants ?? []],
    ['to', (one) => [one.to]],
    ['place', (one) => [one.place]],
    ['partner', (one) => [one.partner]],
  ];
  const [role] = held.find(([, list]) => any(list)) ?? [];
  const [r] = readings;
  const sender = knows.sender !== undefined && people.includes(knows.sender.name);
  return role ?? (sender && r!.by === undefined && r!.direction !== 'inbound' ? 'by' : 'none');
}

/** The numbers that add up to what the label says; undefined if none do. */
type Adding = Record<'lessons' | 'times', ReadonlySet<number> | undefined>;

function addingOf({ script }: Example, { readings: [r] }: Told, own: number[]): Adding {
  const of = (unit: 'lessons' | 'times', goals: (number | undefined)[]) => {
    const list = own.filter((k) => script.tokens[k]!.count?.unit === unit && script.tokens[k]!.count.n !== undefined);
    const [first] = goals;
    if (first === undefined) return new Set<number>();
    for (const goal of goals) {
      const n = (k: number) => script.tokens[k]!.count!.n!;
      if (list.reduce((sum, k) => sum + n(k), 0) === goal) return new Set(list);
      const one = list.find((k) => n(k) === goal);
      if (one !== undefined) return new Set([one]);
    }
    return undefined;
  };
  return { lessons: of('lessons', [r!.lessons]), times: of('times', [r!.per_pupil_times ?? r!.times, r!.times]) };
}
