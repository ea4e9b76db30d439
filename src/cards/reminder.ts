import {
  type CheckInAnswer,
  CONTRIBUTORS,
  type LateItem,
  type NoticeKind,
  type PlanNow,
  type ReminderPart,
  standingOf,
} from '../plan/notices/index.ts';
import { rosterOf } from '../plan/roster.ts';
import { judge } from '../plan/standing.ts';
import type { Obligation, Person, Programme, Ymd } from '../plan/types.ts';
import { type Card, card, type Element, hr, markdown } from './card.ts';
import { coordinatorDigest, nudge } from './coordinator.ts';
import { shortDate } from './dates.ts';
import { checkLimits } from './limits.ts';
import { md } from './markdown.ts';
import { morning, type ReminderShown } from './morning.ts';
import { type PlannedShown, planned } from './planned.ts';
import { activityShown, dutyShown } from './shown.ts';
import { notice } from './talk.ts';
import { documentDue, escalation, secondmentCheckIn, termNotice } from './term.ts';
import type { Texts } from './texts/zh-CN.ts';

/** What a reminder is drawn from: what it tells, and how that stands now. The same facts always give the same card. */
export interface ReminderModel {
  /** The notice; comes back with every button. */
  notice: string;
  /** The day it is for, which its title names. */
  day: Ymd;
  /** As of when it is drawn. */
  today: Ymd;
  parts: ReminderPart[];
  duties: ReadonlyMap<string, { obligation: Obligation; done: number }>;
  /** What was planned and is asked about, by activity. */
  plans?: ReadonlyMap<string, PlanNow>;
  programme: Programme;
  me: Person;
  answers?: CheckInAnswer[];
  /** The answer to the secondment check-in of `day`. */
  attended?: { answer: 'present' | 'leave'; late: boolean };
  /** For a coordinator: whose 催办 still run, by person; whom the bot cannot reach; the month's API calls. */
  nudged?: ReadonlyMap<string, Ymd>;
  unreachable?: string[];
  quota?: { used: number; quota: number };
  page?: number;
}

type Part<K extends ReminderPart['kind']> = Extract<ReminderPart, { kind: K }>;

/** How many lines each list has, from the best down to what fits beside everything else. */
const MOST = [10, 5, 3, 1];

/** The card of everything that a person is told at once; undefined where nothing of it is left. */
export function reminder(model: ReminderModel, t: Texts): Card | undefined {
  const drawn = MOST.map((most) => merged(sections(model, most, t), model, t));
  return drawn.find((c) => c && checkLimits(c).length === 0) ?? drawn.at(-1);
}

/** What a card consists of, in the order of the contributors; those that speak of duties line by line share one section. */
function sections(model: ReminderModel, most: number, t: Texts): Card[] {
  const of = <K extends ReminderPart['kind']>(kind: K) => model.parts.filter((p): p is Part<K> => p.kind === kind);
  const shown = (ids: string[]) => ids.flatMap((id) => model.duties.get(id) ?? []).map((d) => dutyShown(d, model));
  const terms = (kind: 'term-opening' | 'term-closing') =>
    of(kind)
      .filter((p) => p.obligationIds.length > 0)
      .map((p) =>
        termNotice(
          { stage: kind === 'term-opening' ? 'opening' : 'closing', term: p.term, duties: shown(p.obligationIds) },
          t,
        ),
      );
  const place = (id?: string) => (id && rosterOf(model.programme).school.get(id)?.name) || t.term.checkInTitle;
  const nudges = of('nudge');
  const from = nudges.at(-1) && rosterOf(model.programme).person.get(nudges.at(-1)!.fromId);
  return [
    ...of('secondment-check-in').map((p) =>
      secondmentCheckIn({ date: p.date, place: place(p.placeId), ...model.attended }, t),
    ),
    ...asksOfPlans(of('planned-activity'), model, most, t),
    ...(nudges.length > 0
      ? [nudge({ from: from?.name ?? '', duties: shown(nudges.flatMap((p) => p.obligationIds)), urgent: false }, t)]
      : []),
    ...terms('term-opening'),
    ...daily(model, most, t),
    ...of('documents-due').map((p) => documentDue({ due: p.due, duties: shown(p.obligationIds) }, t)),
    ...terms('term-closing'),
    ...escalations(of('escalation'), model, t),
    ...of('coordinator-digest').map((p) => digest(p, model, t)),
    ...of('next-term').map((p) =>
      notice({ title: t.term.nextTermTitle, text: t.term.nextTerm(p.term, shortDate(p.end, t)) }, t),
    ),
  ];
}

function asksOfPlans(parts: Part<'planned-activity'>[], model: ReminderModel, most: number, t: Texts): Card[] {
  const items = parts.flatMap((part): PlannedShown[] => {
    const plan = model.plans?.get(part.activityId);
    const now = standingOf(plan, part);
    if (!plan) return [];
    // The day that was asked about, which another may have taken the place of.
    const day = { date: part.date, dateTo: part.until > part.date ? part.until : undefined };
    const shown = { ...activityShown(plan.activity, model), ...day };
    const standing = now === 'moved' ? { movedTo: plan.activity.date } : now;
    return [{ activity: part.activityId, shown, standing }];
  });
  return items.length > 0 ? [planned({ notice: model.notice, items, most }, t)] : [];
}

function daily(model: ReminderModel, most: number, t: Texts): Card[] {
  const shown = (ids: string[], more: (id: string) => Partial<ReminderShown> = () => ({})): ReminderShown[] =>
    ids.flatMap((id) => {
      const duty = model.duties.get(id);
      if (!duty) return [];
      return [{ ...dutyShown(duty, model), kind: duty.obligation.requirement.activity, ...more(id) }];
    });
  const answer = (id: string): ReminderShown['answer'] => {
    const said = (model.answers ?? []).filter((a) => a.obligationId === id && a.on >= model.day).at(-1);
    if (!said) return undefined;
    if (said.answer === 'planned') return { kind: 'planned', date: said.plannedFor ?? said.on };
    return { kind: said.answer === 'help' ? 'helped' : 'reported' };
  };
  const overdue = model.parts.flatMap((p) =>
    p.kind === 'overdue' ? shown(p.obligationIds, () => ({ notice: p.notice, missed: p.missed })) : [],
  );
  const dueSoon = model.parts.flatMap((p) => (p.kind === 'due-soon' ? shown(p.obligationIds) : []));
  const checkIn = model.parts.flatMap((p) =>
    p.kind === 'check-in' ? shown(p.obligationIds, (id) => ({ answer: answer(id) })) : [],
  );
  const digestPart = model.parts.find((p) => p.kind === 'monthly-digest');
  const monthly = digestPart && { month: digestPart.month, duties: shown(digestPart.obligationIds) };
  if (overdue.length + dueSoon.length + checkIn.length + (monthly?.duties.length ?? 0) === 0) return [];
  return [
    morning(
      {
        notice: model.notice,
        today: model.day,
        ...(monthly && monthly.duties.length > 0 ? { monthly } : {}),
        overdue,
        dueSoon,
        checkIn,
        most,
      },
      t,
    ),
  ];
}

/** The coordinator is told by person, a leader only how many. */
function escalations(parts: Part<'escalation'>[], model: ReminderModel, t: Texts): Card[] {
  const { person, school } = rosterOf(model.programme);
  type Row = { to: 'coordinator' | 'leader'; name: string; count: number; since: Ymd };
  const rows = parts.flatMap((p): Row[] => {
    if (p.to === 'leader') {
      const name = school.get(model.me.schoolId ?? '')?.name ?? '';
      return [{ to: p.to, name, count: p.duties, since: model.day }];
    }
    return p.obligationIds.flatMap((id) => {
      const duty = model.duties.get(id);
      if (!duty) return [];
      const who = duty.obligation.bearerIds.map((b) => person.get(b)?.name ?? '').join(t.comma);
      return [{ to: p.to, name: `${who} · ${duty.obligation.requirement.title}`, count: 1, since: p.since }];
    });
  });
  return (['coordinator', 'leader'] as const).flatMap((to) => {
    const own = rows.filter((r) => r.to === to);
    return own.length > 0 ? [escalation({ to, rows: own }, t)] : [];
  });
}

function digest(part: Part<'coordinator-digest'>, model: ReminderModel, t: Texts): Card {
  const { person, school } = rosterOf(model.programme);
  const isMet = ({ obligationId }: LateItem): boolean => {
    const duty = model.duties.get(obligationId);
    return !duty || judge(duty.obligation, duty.done, model.today).state === 'met';
  };
  const people = part.people.flatMap(({ personId, items }) => {
    const who = person.get(personId);
    const open = items.filter((item) => !isMet(item));
    if (!who || open.length === 0) return [];
    return [
      {
        person: personId,
        name: who.name,
        school: school.get(who.schoolId ?? '')?.name ?? '',
        items: open.map((i) => ({
          obligation: i.obligationId,
          title: model.duties.get(i.obligationId)!.obligation.requirement.title,
          since: i.since,
          sign: i.sign,
          ...(i.detail ? { detail: i.detail } : {}),
        })),
        ...(model.nudged?.has(personId) ? { nudged: model.nudged.get(personId)! } : {}),
      },
    ];
  });
  return coordinatorDigest(
    {
      people,
      unreachable: model.unreachable ?? [],
      ...(part.provisional.length > 0 ? { provisional: part.provisional.join(t.comma) } : {}),
      ...(model.quota ? { quota: model.quota } : {}),
      page: model.page ?? 1,
    },
    t,
  );
}

/** Several cards as one: each later one under its title, buttons that stand there already left out. */
function merged(parts: Card[], model: ReminderModel, t: Texts): Card | undefined {
  if (parts.length <= 1) return parts[0];
  const titleOf = (c: Card) => (c.header.title as { content: string }).content;
  const title = t.morning.title(shortDate(model.day, t));
  const seen = new Set<string>();
  const elements = parts.flatMap((c, i) => [
    ...(i === 0 ? [] : [hr()]),
    ...(titleOf(c) === title ? [] : [markdown(md`**${titleOf(c)}**`)]),
    ...c.body.elements.flatMap((e) => withoutSeen(e, seen)),
  ]);
  return card({ title, template: parts[0]!.header.template as 'blue', elements });
}

function withoutSeen(element: Element, seen: Set<string>): Element[] {
  if (element.tag !== 'column_set') return [element];
  const columns = (element.columns as { elements: Element[] }[]).filter(({ elements }) => {
    const only = elements.length === 1 && elements[0]!.tag === 'button' ? JSON.stringify(elements[0]) : undefined;
    if (only === undefined || !seen.has(only)) {
      if (only) seen.add(only);
      return true;
    }
    return false;
  });
  return columns.length > 0 ? [{ ...element, columns }] : [];
}

/** The kinds that a card's parts have, in the order they are shown; for lists and logs. */
export const kindsIn = (parts: ReminderPart[]): (NoticeKind | 'nudge')[] => {
  const present = new Set(parts.map((p) => p.kind));
  return [...(Object.keys(CONTRIBUTORS) as NoticeKind[]), 'nudge' as const].filter((kind) => present.has(kind));
};
