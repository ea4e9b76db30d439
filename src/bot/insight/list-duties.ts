import type { ListIds } from '../../cards/buttons.ts';
import { shortDate } from '../../cards/dates.ts';
import { periodShown } from '../../cards/duty.ts';
import { groupName, realmName, requirementProgress } from '../../cards/summary.ts';
import { UserError } from '../../errors.ts';
import { addDays } from '../../plan/dates.ts';
import { lateOf } from '../../plan/figures.ts';
import type { Care } from '../../plan/people.ts';
import { may, realmOf, type Target } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { shownCount, standing } from '../../plan/standing.ts';
import type { Realm } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import { countStates } from '../../store/count-states.ts';
import { lateBearers, type Narrowing, obligationPage } from '../../store/lists.ts';
import type { Counted } from '../../store/obligations.ts';
import { nudgedSince } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { permit, permittedRealm } from '../intake/permit.ts';
import { type Listed, type Lister, type ListPage, listDays, personName, pupilShown } from './lister.ts';

/** 逾期: what is overdue among the people the reader answers for, longest first; a coordinator also gets a 催办 button per person. */
export const overdueList: Lister = async (trx, facts, _ids, page) => {
  const nudges = realmOf(facts.me, 'remind', facts.programme);
  const realm = nudges ?? permittedRealm(facts, 'counts');
  const { bearers, ...listed } = await duties(trx, facts, { realm, late: true }, page, 'overdue');
  return nudges ? { ...listed, nudge: await nudgesOf(trx, facts, bearers) } : listed;
};

/** Ids of the people who are overdue and may be nudged by the sender. Throws not_allowed. */
export async function allLate(trx: Trx, facts: Facts): Promise<string[]> {
  const realm = permittedRealm(facts, 'remind');
  const days = listDays(facts);
  if (!days) return [];
  const ids = await lateBearers(trx, facts.programme, { realm, term: days.term, day: facts.today });
  return ids.filter((id) => mayBeNudged(facts, id));
}

const mayBeNudged = ({ me, programme }: Facts, id: string): boolean =>
  id !== me.id && may(me, 'remind', { kind: 'person', id }, programme);

/** A button for each person on a page; for people nudged about all of it within two days, the day instead. */
async function nudgesOf(trx: Trx, facts: Facts, bearers: Map<string, string[]>): Promise<Listed['nudge']> {
  const { programme, today } = facts;
  const ids = [...bearers.keys()].filter((id) => mayBeNudged(facts, id));
  const last = await nudgedSince(trx, programme.id, ids, addDays(today, -1));
  return ids.map((person) => {
    const days = bearers.get(person)!.map((duty) => last.get(`${person}|${duty}`));
    const nudged = days.every((d) => d !== undefined) ? days.toSorted().at(-1) : undefined;
    return { person, name: personName(facts, person), ...(nudged && { nudged }) };
  });
}

/** 进度: x of y per requirement, for everything the sender answers for or for the school or pairing named. */
export const progressList: Lister = async (trx, facts, ids) => {
  const realm = realmAsked(facts, ids);
  const { t, programme, today } = facts;
  const days = listDays(facts);
  const groups = days ? await countStates(trx, programme, { realm, by: 'requirement', days, day: today }) : [];
  const c = t.lists.columns;
  return {
    heading: realmName(programme, realm),
    columns: [
      { key: 'name', label: c.requirement },
      { key: 'done', label: c.done },
      { key: 'open', label: c.open, type: 'number' },
      { key: 'late', label: c.late, type: 'number' },
      { key: 'lapsed', label: c.lapsed, type: 'number' },
      { key: 'waived', label: c.waived, type: 'number' },
    ],
    rows: groups.map(({ key, counts, done, target }) => ({
      name: groupName(programme, 'requirement', key),
      done: requirementProgress(programme, { key, counts, done, target }, t),
      open: counts.open + counts.due_soon + counts.upcoming,
      late: lateOf(counts),
      lapsed: counts.missed,
      waived: counts.waived,
    })),
    total: groups.length,
  };
};

/** The obligations behind a number: `requirement`, `school`, `pairing` or `person` narrows them. */
export const dutyList: Lister = async (trx, facts, ids, page) => {
  const { requirement, person, kind, owner, late } = ids;
  if (person !== undefined) permit(facts, 'duties', { kind: 'person', id: person });
  const realm: Realm = person === undefined ? realmAsked(facts, ids) : { kind: 'programme' };
  const by = { realm, requirement, kind, bearerId: person, owner, late, unmet: ids.of === 'unmet' };
  const { bearers: _, ...listed } = await duties(trx, facts, by, page, 'duties');
  return listed;
};

/** The school or pairing with these ids if the policy allows it, otherwise everything the asker answers for. */
export function realmAsked(facts: Facts, { school, pairing }: ListIds): Realm {
  if (school === undefined && pairing === undefined) return permittedRealm(facts, 'counts');
  const target: Target & Realm =
    school === undefined ? { kind: 'pairing', id: pairing! } : { kind: 'school', id: school };
  const roster = rosterOf(facts.programme);
  if (!(target.kind === 'school' ? roster.school : roster.pairing).has(target.id)) throw new UserError('gone');
  permit(facts, 'duties', target);
  return target;
}

async function duties(
  trx: Trx,
  facts: Facts,
  by: Omit<Narrowing, 'term' | 'day'>,
  page: ListPage,
  view: string,
): Promise<Listed & { bearers: Map<string, string[]> }> {
  const { programme, today, t } = facts;
  const days = listDays(facts);
  const { rows, total } = days
    ? await obligationPage(trx, programme, { ...by, term: days.term, day: today }, page)
    : { rows: [], total: 0 };
  const shown = rows.map((counted) => dutyRow(facts, counted, view));
  const c = t.lists.columns;
  const about = by.bearerId ? personName(facts, by.bearerId) : realmName(programme, by.realm);
  const narrowedTo = by.requirement ? groupName(programme, 'requirement', by.requirement) : by.kind && t.kinds[by.kind];
  return {
    heading: [about, narrowedTo].filter(Boolean).join(' · '),
    columns: [
      { key: 'title', label: c.requirement },
      { key: 'subject', label: c.subject },
      { key: 'bearer', label: c.bearer },
      { key: 'period', label: c.period },
      { key: 'done', label: c.done },
      { key: 'since', label: c.since },
      { key: 'state', label: c.state },
    ],
    rows: shown.map((s) => s.row),
    total,
    behind: true,
    audit: shown.flatMap((s) => s.audit),
    bearers: bearersOf(rows),
  };
}

/** The people who bear the duties of a page, each with theirs. */
function bearersOf(rows: Counted[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { obligation: o } of rows) for (const id of o.bearerIds) found.set(id, [...(found.get(id) ?? []), o.id]);
  return found;
}

/** A pupil without the name: numbered among the mentor's, so that two pupils are two different lines. */
function pupilHidden({ programme, t }: Facts, care: Care | undefined): string {
  const ofMentor = (rosterOf(programme).caresOfMentor.get(care?.mentorId ?? '') ?? []).map((c) => c.id).sort();
  return care && ofMentor.length > 1 ? t.nthPupil(ofMentor.indexOf(care.id) + 1) : t.hiddenPupils(1);
}

function dutyRow(facts: Facts, { obligation: o, done }: Counted, view: string) {
  const now = standing(o, done, facts.today);
  const care = o.subject.kind === 'care' ? rosterOf(facts.programme).care.get(o.subject.id) : undefined;
  const pupil: { name?: string; audit: AuditEntry[] } = care
    ? pupilShown(facts, care.pupilId, view)
    : { name: o.subject.kind === 'care' ? undefined : o.subject.name, audit: [] };
  return {
    audit: pupil.audit,
    row: {
      title: o.requirement.title,
      subject: pupil.name ?? pupilHidden(facts, care),
      bearer: o.bearerIds.map((id) => personName(facts, id)).join(facts.t.comma),
      period: periodShown(o.period, facts.t, facts.today),
      done: `${shownCount(now.done)}/${o.target}`,
      since: shortDate(now.nextCheckpoint ?? o.period.end, facts.t, facts.today),
      state: facts.t.states[now.state],
    },
  };
}
