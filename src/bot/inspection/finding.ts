import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { isYmd, type Ymd } from '../../plan/dates.ts';
import { dueOf, type Finding, type Inspection, ownersOf, schoolsInspected } from '../../plan/inspection.ts';
import { rosterOf } from '../../plan/roster.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { carriedOn, informConcerned, shows } from './concerned.ts';

export const LONGEST_FINDING = 500;

/** Sends a finding, with its deadline, to the person who must act. */
async function found(
  trx: Trx,
  facts: Facts,
  before: Inspection,
  entry: { text: string; who: string[]; due?: Ymd },
): Promise<Outcome> {
  const n = before.findings.length + 1;
  const ownerIds = entry.who.length > 0 ? entry.who : ownersOf(facts.programme, before.of, facts.today);
  const finding: Finding = {
    n,
    text: entry.text.slice(0, LONGEST_FINDING),
    ownerIds,
    due: dueOf(entry.due, facts.today),
    state: 'open',
    answers: [],
  };
  const inspection = { ...before, findings: [...before.findings, finding] };
  return {
    do: [
      { what: 'inspection', inspection },
      ...(await informConcerned(trx, facts, inspection, `found:${n}`, ownerIds)),
    ],
    say: shows(trx, facts, inspection),
  };
}

/** 问题：听课记录缺三次，12月1日前整改: adds a finding to the sender's newest inspection. */
export const findingCommand: Command<{ text: string }> = {
  name: 'finding',
  match: (text) => {
    const match = /^(?:督导|检查)?(?:发现)?问题\s*[:：]\s*(\S[\s\S]{0,500})$/u.exec(text);
    return match ? { text: match[1]!.trim() } : undefined;
  },
  run: async (trx, facts, { text }) => {
    const { programme, me, today } = facts;
    const open = await inspectionsOf(trx, programme.id, { open: true });
    const inspection = open.find((i) => i.personId === me.id);
    if (!inspection)
      return {
        say: () => notice({ title: facts.t.inspection.findings, text: facts.t.inspection.nothingOpen }, facts.t),
      };
    const { from } = datesIn(text, today);
    return found(trx, facts, await carriedOn(trx, facts, inspection.id), {
      text,
      who: named(facts, text, inspection),
      ...(from && from >= today && { due: from }),
    });
  },
};

/** 由周丽华负责, 请马文骏、杨一帆整改, 责任人：周丽华. */
const BEARS =
  /(?:由|请|责成|安排)(?<by>[^，,。；;]{2,30}?)(?:老师|校长|主任)?(?:负责|牵头|整改|落实|处理|跟进)|(?:责任人|负责人)(?:是|为)?\s*[:：]?\s*(?<of>[^，,。；;]{2,30})/u;

/** The person a finding asks to act; they must belong to the schools inspected. Throws bad_form. */
function named({ programme, t }: Facts, text: string, { of }: Inspection): string[] {
  const { by, of: bearer } = BEARS.exec(text)?.groups ?? {};
  const owners = by ?? bearer;
  if (owners === undefined) return [];
  const schools = schoolsInspected(programme, of);
  const all = programme.people.filter((p) => owners.includes(p.name));
  const ids = all.filter((p) => schools.includes(p.schoolId ?? '')).map((p) => p.id);
  if (all.length > 0 && ids.length === 0) throw new UserError('bad_form', t.inspection.who);
  return ids;
}

export const addFindingAction: Action<'add_finding'> = {
  name: 'add_finding',
  run: async (trx, facts, { value, form }) => {
    if (facts.group) throw new UserError('group');
    const before = await carriedOn(trx, facts, value.inspection);
    const text = typeof form.text === 'string' ? form.text.trim().normalize('NFC') : '';
    if (text === '') throw new UserError('bad_form', facts.t.inspection.text);
    if (before.state === 'closed') return { say: shows(trx, facts, before) };
    const schools = schoolsInspected(facts.programme, before.of);
    const chosenIds = [form.who ?? []].flat().filter((id): id is string => typeof id === 'string');
    const { person } = rosterOf(facts.programme);
    const who = chosenIds.filter((id) => schools.includes(person.get(id)?.schoolId ?? ''));
    if (who.length < chosenIds.length) throw new UserError('bad_form', facts.t.inspection.who);
    const due = typeof form.due === 'string' && isYmd(form.due) && form.due >= facts.today ? form.due : undefined;
    return found(trx, facts, before, { text, who, ...(due && { due }) });
  },
};
