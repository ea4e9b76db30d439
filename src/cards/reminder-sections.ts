/** The sections of a reminder: each kind of part, drawn as the card it would be on its own. */
import type { Ymd } from '../plan/dates.ts';
import { doersOf } from '../plan/feeds.ts';
import { type LateItem, type ReminderPart, standingOf } from '../plan/notices/index.ts';
import { wordsShown } from '../plan/pupil-names.ts';
import { rosterOf } from '../plan/roster.ts';
import { warningsFor } from '../plan/roster-warnings.ts';
import { standingOn } from '../plan/standing.ts';
import { type Card, card } from './card.ts';
import { activityShown, dutyShown, readingShown } from './card-models.ts';
import { coordinatorDigest, type HelpWanted, nudge } from './coordinator.ts';
import { credited } from './credited.ts';
import { shortDate } from './dates.ts';
import { findingsAsked } from './inspection.ts';
import { morning, type ReminderShown } from './morning.ts';
import { newYearAsked } from './new-year.ts';
import { type PlannedShown, planned } from './planned.ts';
import type { ReminderModel, ShownPart } from './reminder-model.ts';
import { notice } from './talk.ts';
import { documentDue, escalation, secondmentCheckIn, termNotice, termThanks } from './term.ts';
import type { Texts } from './texts/zh-CN.ts';
import { waitingAsked, waitingLine } from './to-confirm.ts';

/** The sections of a card, in the order of the contributors; those with lines of duties share one section. */
export function sections(model: ReminderModel, most: number, t: Texts): Card[] {
  const of = <K extends ReminderPart['kind']>(kind: K) => model.parts.filter((p): p is ShownPart<K> => p.kind === kind);
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
  const place = (id?: string) => (id && rosterOf(model.programme).schoolName(id)) || t.term.checkInTitle;
  const nudges = of('nudge');
  const from = nudges.at(-1) && rosterOf(model.programme).person.get(nudges.at(-1)!.fromId);
  return [
    ...waits(model, t),
    ...of('secondment-check-in').map((p) =>
      secondmentCheckIn({ date: p.date, place: place(p.placeId), ...model.attended }, t),
    ),
    ...asksOfPlans(of('planned-activity'), model, most, t),
    ...standsIn(of('credited'), model, most, t),
    ...findingsDue(of('finding-due'), model, most, t),
    ...(nudges.length > 0
      ? [nudge({ from: from?.name ?? '', duties: shown(nudges.flatMap((p) => p.obligationIds)), urgent: false }, t)]
      : []),
    ...terms('term-opening'),
    ...daily(model, most, t),
    ...of('documents-due').map((p) => documentDue({ due: p.due, duties: shown(p.obligationIds) }, t)),
    ...terms('term-closing'),
    ...escalations(of('escalation'), model, t),
    ...of('coordinator-digest').map((p) => digest(p, model, t)),
    ...of('new-year').map((p) => newYearAsked({ year: p.year }, t)),
    ...of('term-thanks').map((p) => termThanks({ ...p, start: p.key }, t)),
    ...of('next-term').map((p) =>
      notice({ title: t.term.nextTermTitle, text: t.term.nextTerm(p.term, shortDate(p.end, t)) }, t),
    ),
  ];
}

/** What waits for a tap, the first with 记录 and 不是. */
function waits({ waiting = [], notice, today }: ReminderModel, t: Texts): Card[] {
  if (waiting.length === 0) return [];
  const asked = waiting.filter((w) => w.complete).slice(0, MOST_ASKED);
  return [
    card({
      title: t.toConfirm.waiting(waiting.length),
      template: 'orange',
      elements: [
        ...asked.flatMap(({ draft, reading }) =>
          waitingAsked({ draft, notice, shown: readingShown(reading, today) }, t),
        ),
        ...waitingLine(waiting.length - asked.length, t),
      ],
    }),
  ];
}

/** More than these get a separate card: the first screen of a phone holds no more. */
const MOST_ASKED = 2;

function asksOfPlans(parts: ShownPart<'planned-activity'>[], model: ReminderModel, most: number, t: Texts): Card[] {
  const items = parts.flatMap((part): PlannedShown[] => {
    const plan = model.plans?.get(part.activityId);
    const now = standingOf(plan, part);
    if (!plan) return [];
    // The date asked about; the plan may have moved to another since.
    const day = { date: part.date, dateTo: part.until > part.date ? part.until : undefined };
    const shown = { ...activityShown(plan.activity, model), ...day };
    const standing = now === 'moved' ? { movedTo: plan.activity.date } : now;
    return [{ activity: part.activityId, shown, standing }];
  });
  return items.length > 0 ? [planned({ notice: model.notice, items, most }, t)] : [];
}

function standsIn(parts: ShownPart<'credited'>[], model: ReminderModel, most: number, t: Texts): Card[] {
  const items = parts.flatMap(({ activityId }) => {
    const a = model.credited?.get(activityId);
    if (!a) return [];
    const by = rosterOf(model.programme).personName(a.reporterId) ?? '';
    const standing = a.status === 'done' && doersOf(a).includes(model.me.id);
    return [{ activity: a.id, v: a.version, by, shown: activityShown(a, model), standing }];
  });
  return items.length > 0 ? [credited({ notice: model.notice, items, most }, t)] : [];
}

/** Inspection findings, by date. */
function findingsDue(parts: ShownPart<'finding-due'>[], model: ReminderModel, most: number, t: Texts): Card[] {
  const due = parts.flatMap(({ inspectionId, n }) => {
    const asked = model.findings?.find((f) => f.inspectionId === inspectionId && f.finding.n === n);
    if (!asked) return [];
    const { text, due, state } = asked.finding;
    return [{ inspection: inspectionId, text: wordsShown(text, model), due, isOpen: state === 'open' }];
  });
  return due.length > 0 ? [findingsAsked({ today: model.today, findings: due, most }, t)] : [];
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
    return { kind: said.answer === 'help' ? 'helped' : said.answer };
  };
  const overdue = model.parts.flatMap((p) =>
    p.kind === 'overdue' ? shown(p.obligationIds, () => ({ notice: p.notice, missed: p.missed })) : [],
  );
  const dueSoon = model.parts.flatMap((p) => (p.kind === 'due-soon' ? shown(p.obligationIds) : []));
  const checkIn = model.parts.flatMap((p) =>
    p.kind === 'check-in' ? shown(p.obligationIds, (id) => ({ answer: answer(id) })) : [],
  );
  const lapsed = model.parts.flatMap((p) =>
    p.kind === 'lapsed' ? shown(p.obligationIds, (id) => ({ answer: answer(id) })) : [],
  );
  const digestPart = model.parts.find((p) => p.kind === 'monthly-digest');
  const monthly = digestPart && { month: digestPart.month, duties: shown(digestPart.obligationIds) };
  if (overdue.length + dueSoon.length + checkIn.length + lapsed.length + (monthly?.duties.length ?? 0) === 0) return [];
  return [
    morning(
      {
        notice: model.notice,
        today: model.day,
        ...(monthly && monthly.duties.length > 0 ? { monthly } : {}),
        overdue,
        dueSoon,
        checkIn,
        lapsed,
        most,
      },
      t,
    ),
  ];
}

/** A coordinator sees names, a leader only the count. */
function escalations(parts: ShownPart<'escalation'>[], model: ReminderModel, t: Texts): Card[] {
  const { personName, schoolName } = rosterOf(model.programme);
  type Row = { to: 'coordinator' | 'leader'; name: string; count: number; since: Ymd };
  const rows = parts.flatMap((p): Row[] => {
    if (p.to === 'leader') {
      const name = schoolName(model.me.schoolId) ?? '';
      return [{ to: p.to, name, count: p.duties, since: p.since }];
    }
    return p.obligationIds.flatMap((id) => {
      const duty = model.duties.get(id);
      if (!duty) return [];
      const who = duty.obligation.bearerIds.map((b) => personName(b) ?? '').join(t.comma);
      return [{ to: p.to, name: `${who} · ${duty.obligation.requirement.title}`, count: 1, since: p.since }];
    });
  });
  return (['coordinator', 'leader'] as const).flatMap((to) => {
    const own = rows.filter((r) => r.to === to);
    return own.length > 0 ? [escalation({ to, rows: own }, t)] : [];
  });
}

/** Help requests from the reader's people, with as much of the text as the reader may see. */
function helpWanted({ help = [], ...model }: ReminderModel, t: Texts): HelpWanted[] {
  const { person, personName, schoolName } = rosterOf(model.programme);
  return help.map((h) => ({
    help: h.id,
    name: personName(h.personId) ?? '',
    school: schoolName(person.get(h.personId)?.schoolId) ?? '',
    ...(h.about ? { about: h.about } : {}),
    text: wordsShown(h.text, model, h.personId),
    ...(h.takenBy ? { takenBy: personName(h.takenBy) ?? t.coordinator.somebody } : {}),
  }));
}

function digest(part: ShownPart<'coordinator-digest'>, model: ReminderModel, t: Texts): Card {
  const { person, schoolName } = rosterOf(model.programme);
  const isMet = ({ obligationId }: LateItem): boolean => {
    const duty = model.duties.get(obligationId);
    return !duty || standingOn(duty.obligation, duty.done, model.today).state === 'met';
  };
  const people = part.people.flatMap(({ personId, items }) => {
    const who = person.get(personId);
    // The request for help is shown in full above.
    const open = items.filter((item) => !isMet(item) && item.sign !== 'help');
    if (!who || open.length === 0) return [];
    return [
      {
        person: personId,
        name: who.name,
        school: schoolName(who.schoolId) ?? '',
        items: open.map((i) => ({
          obligation: i.obligationId,
          title: model.duties.get(i.obligationId)!.obligation.requirement.title,
          since: i.since,
          sign: i.sign,
          ...(i.detail ? { detail: wordsShown(i.detail, model, personId) } : {}),
        })),
        ...(model.nudged?.has(personId) ? { nudged: model.nudged.get(personId)! } : {}),
      },
    ];
  });
  return coordinatorDigest(
    {
      today: model.today,
      people,
      help: helpWanted(model, t),
      lacking: warningsFor(model.me, model.programme),
      unreachable: model.unreachable ?? [],
      ...(part.provisional.length > 0 ? { provisional: part.provisional.join(t.comma) } : {}),
      ...(model.quota ? { quota: model.quota } : {}),
      page: model.page ?? 1,
    },
    t,
  );
}
