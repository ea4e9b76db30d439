import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ActivityInput, ProgrammeInput } from '../plan/programme-file.ts';
import type { RosterEdit } from '../plan/roster-change.ts';
import type { Activity, Plan, PlanUse, Requirement, Term, Ymd } from '../plan/types.ts';
import { historyOf, lockActivity } from './activities.ts';
import { followRoster } from './change-roster.ts';
import { bindMember } from './members.ts';
import {
  insertRoster,
  type ProgrammeSettings,
  programmeReader,
  type RosterList,
  type RosterRow,
  requirementKey,
  rosterByName,
  type StoredProgramme,
  saveProgramme,
  updateRoster,
} from './programmes.ts';
import { type LedgerChange, recordChanges } from './record.ts';
import { inChunks, type Trx } from './transaction.ts';

export type RowOutcome = 'new' | 'changed' | 'same' | 'kept' | 'known';
/** What became of one row: `kept` is in the store and no longer in the file, `known` has been reported in chat already. */
export interface ImportedRow {
  list: RosterList | 'terms' | 'plans' | 'activities';
  name: string;
  outcome: RowOutcome;
}

/** The lists in an order in which each refers only to those before it. */
const order: RosterList[] = ['districts', 'schools', 'people', 'pairings', 'mentorships', 'pupils', 'cares', 'waivers'];

/**
 * Stores a programme file: makes the programme or changes the one of that name, and recomputes what is owed. Rows that the file
 * no longer has are kept and reported. The ids of `input` are names; here they become stored ids. Same file, same result. With
 * `dry` it only says what would become of each row.
 */
export async function importProgramme(
  trx: Trx,
  input: ProgrammeInput,
  at: { now: number; today: Ymd; newId: () => string; dry?: boolean },
): Promise<{ programmeId: string; rows: ImportedRow[] }> {
  const before = await trx
    .selectFrom('programme')
    .selectAll()
    .where('name', '=', input.name)
    .forUpdate()
    .executeTakeFirst();
  const programmeId = before?.id ?? at.newId();
  const rows: ImportedRow[] = [];
  const ids = new Map<string, string>();
  const idOf = (list: RosterList, name: string | undefined) =>
    name === undefined ? undefined : (ids.get(`${list} ${name}`) ?? name);

  const read = programmeReader();
  const old = before && (await read(trx, programmeId));
  const fresh: RosterRow[] = [];
  const changed: Omit<RosterRow, 'name'>[] = [];
  for (const list of order) {
    const stored = await rosterByName(trx, programmeId, list);
    const named = input[list as keyof ProgrammeInput] as unknown as { id: string }[];
    for (const value of named) ids.set(`${list} ${value.id}`, stored.get(value.id)?.id ?? at.newId());
    for (const value of named) {
      const name = value.id;
      const kept = { ...refer(list, value as never, idOf), id: ids.get(`${list} ${name}`)! };
      const known = stored.get(name);
      stored.delete(name);
      // Set against what the file said before: what a command has changed since stays until the file says something new.
      const same = known && (known.imported ?? known.body) === JSON.stringify(kept);
      if (!known) fresh.push({ list, name, value: kept });
      else if (!same) changed.push({ list, value: kept });
      rows.push({ list, name, outcome: !known ? 'new' : same ? 'same' : 'changed' });
    }
    for (const [name, { id }] of stored) {
      ids.set(`${list} ${name}`, id);
      rows.push({ list, name, outcome: 'kept' });
    }
  }
  const ledger: LedgerChange[] = [];
  const taken = new Set<string>();
  for (const row of input.activities) {
    const { outcome, change } = await ledgerRow(trx, activityOf(row, programmeId, idOf), taken);
    rows.push({ list: 'activities', name: row.id, outcome });
    if (change) ledger.push(change);
  }
  const settings = settingsOf(input, old, idOf);
  rows.push(...settingRows(input, settings, old));
  if (at.dry) return { programmeId, rows };

  await insertRoster(trx, programmeId, fresh, 'file');
  for (const { list, value } of changed) await updateRoster(trx, programmeId, list, value, 'file');
  const sameSettings = before?.settings === JSON.stringify(settings);
  const touched = [...fresh, ...changed];
  if (!sameSettings || touched.length > 0) await saveProgramme(trx, { id: programmeId, name: input.name, settings });
  for (const person of input.people)
    if (person.openId)
      await bindMember(trx, { openId: person.openId, programmeId, personId: idOf('people', person.id)! }, at.now);

  const programme = await read(trx, programmeId);
  const wide = touched.some(({ list }) => list === 'schools' || list === 'districts');
  const edits = touched.filter(({ list }) => list !== 'pupils') as RosterEdit[];
  await followRoster(
    trx,
    [old ?? programme, programme],
    edits,
    at.today,
    old && sameSettings && !wide ? 'touched' : 'all',
  );
  for (const part of inChunks(ledger, LEDGER_PART))
    await recordChanges(trx, programme, part, { now: at.now, today: at.today, byId: BY_IMPORT });
  return { programmeId, rows };
}

/** Reports recorded at a time: what they touch is locked and counted at once. */
const LEDGER_PART = 200;

/** Terms and plans of the file, and those it no longer has; a term that another now stands in the place of goes. */
const settingsOf = (input: ProgrammeInput, before: StoredProgramme | undefined, idOf: IdOf): ProgrammeSettings => {
  const replaced = (t: Term) => input.terms.some((x) => x.name === t.name || (x.start <= t.end && t.start <= x.end));
  const used = new Set(input.plans.map((use) => use.plan.id));
  const given = input.plans.map((use) => ({
    ...use,
    ...(use.pairingIds && { pairingIds: use.pairingIds.map((name) => idOf('pairings', name)!) }),
  }));
  const plans = [...given, ...(before?.plans ?? []).filter((use) => !used.has(use.plan.id))];
  return {
    terms: [...input.terms, ...(before?.terms ?? []).filter((t) => !replaced(t))].sort((a, b) =>
      a.start < b.start ? -1 : 1,
    ),
    holidays: input.holidays ?? before?.holidays,
    plans,
    retired: retire(
      before,
      plans.map((use) => use.plan),
    ),
  };
};

/** What becomes of terms and plans, which are not rows of the roster. */
function settingRows(
  input: ProgrammeInput,
  now: ProgrammeSettings,
  before: StoredProgramme | undefined,
): ImportedRow[] {
  const rows = <T>(list: 'terms' | 'plans', all: T[], old: T[], nameOf: (item: T) => string, given: Set<string>) =>
    [...new Set(all.map(nameOf))].map((name): ImportedRow => {
      const text = (items: T[]) => JSON.stringify(items.filter((item) => nameOf(item) === name));
      if (!given.has(name)) return { list, name, outcome: 'kept' };
      if (!old.some((item) => nameOf(item) === name)) return { list, name, outcome: 'new' };
      return { list, name, outcome: text(all) === text(old) ? 'same' : 'changed' };
    });
  const term = (t: Term) => t.name;
  const plan = (use: PlanUse) => use.plan.id;
  return [
    ...rows('terms', now.terms, before?.terms ?? [], term, new Set(input.terms.map(term))),
    ...rows('plans', now.plans, before?.plans ?? [], plan, new Set(input.plans.map(plan))),
  ];
}

type IdOf = (list: RosterList, name: string | undefined) => string | undefined;

/** Where each list's values refer to other lists. */
const references: Partial<Record<RosterList, Record<string, RosterList>>> = {
  schools: { districtId: 'districts' },
  people: { schoolId: 'schools', districtId: 'districts' },
  pairings: { supporterId: 'schools', recipientId: 'schools', team: 'people' },
  mentorships: { mentorId: 'people', menteeId: 'people' },
  pupils: { schoolId: 'schools' },
  cares: { mentorId: 'people', pupilId: 'pupils' },
  waivers: { personId: 'people', schoolId: 'schools', pairingId: 'pairings', pupilId: 'pupils' },
};

const refer = (list: RosterList, value: Record<string, unknown>, idOf: IdOf): Record<string, unknown> => {
  const result = { ...value };
  for (const [field, target] of Object.entries(references[list] ?? {})) {
    const name = result[field];
    if (Array.isArray(name)) result[field] = name.map((n) => idOf(target, n));
    else if (name !== undefined) result[field] = idOf(target, name as string);
  }
  return result;
};

/** Requirements that the old settings had and the new plans do not: stored obligations may still name them. */
const retire = (
  before: { plans: { plan: Plan }[]; retired: Record<string, Requirement> } | undefined,
  plans: Plan[],
): Record<string, Requirement> => {
  const all = (list: Plan[]) =>
    list.flatMap((p) => p.requirements.map((r) => [requirementKey(p.id, r.id), r] as const));
  const old = { ...before?.retired, ...Object.fromEntries(all(before?.plans.map((use) => use.plan) ?? [])) };
  for (const [key] of all(plans)) delete old[key];
  return old;
};

const activityOf = (row: ActivityInput, programmeId: string, idOf: IdOf): Activity & { reporterId: string } => {
  const byId = idOf('people', row.byId)!;
  return {
    ...row,
    id: hash('sha1', `${programmeId}\n${row.id}`, 'base64url'),
    programmeId,
    byId,
    reporterId: idOf('people', row.reporterId) ?? byId,
    participantIds: row.participantIds.map((name) => idOf('people', name)!),
    pupilIds: row.pupilIds.map((name) => idOf('pupils', name)!),
    ...(row.placeId && { placeId: idOf('schools', row.placeId) }),
    ...(row.toId && { toId: idOf('schools', row.toId) }),
    ...(row.partnerId && { partnerId: idOf('schools', row.partnerId) }),
  };
};

/**
 * What becomes of a row of the ledger. One imported before is compared with what the file said then, so that what people have
 * changed since stays until the file says something new. One report in chat stands for one row: `taken` are those that an
 * earlier row of the file has found.
 */
async function ledgerRow(
  trx: Trx,
  activity: Activity & { reporterId: string },
  taken: Set<string>,
): Promise<{ outcome: RowOutcome; change?: LedgerChange }> {
  const { programmeId, id } = activity;
  const before = await lockActivity(trx, programmeId, id);
  if (before) {
    const history = await historyOf(trx, programmeId, id);
    const imported = history.findLast((c) => c.version === 1 || c.byId === BY_IMPORT)!.activity;
    const said = ({ evidence, reporterId, ...rest }: Activity): object => JSON.parse(JSON.stringify(rest));
    if (isDeepStrictEqual(said(imported), said(activity))) return { outcome: 'same' };
    return {
      outcome: 'changed',
      change: { what: 'edited', before, activity: { ...activity, evidence: before.evidence } },
    };
  }
  const told = await trx
    .selectFrom('activity')
    .select(['id', 'body'])
    .where('programme_id', '=', programmeId)
    .where('kind', '=', activity.kind)
    .where('date', '=', activity.date)
    .where('by_id', '=', activity.byId)
    .where('cause', 'is not', null)
    .execute();
  const pupils = (a: Activity) => a.pupilIds.toSorted().join();
  const found = told.find((r) => {
    const said = JSON.parse(r.body) as Activity;
    const same = said.status === activity.status && said.placeId === activity.placeId;
    return same && pupils(said) === pupils(activity) && !taken.has(r.id);
  });
  if (!found) return { outcome: 'new', change: { what: 'imported', activity } };
  taken.add(found.id);
  return { outcome: 'known' };
}

/** Who changed an activity, where a file did. */
const BY_IMPORT = 'import';
