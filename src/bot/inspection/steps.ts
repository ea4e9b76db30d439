import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Ymd } from '../../plan/dates.ts';
import { isYmd } from '../../plan/dates.ts';
import { NOTICE } from '../../plan/identities.ts';
import {
  circularReaders,
  dueOf,
  type Finding,
  findingOf,
  type Inspection,
  ownersOf,
  schoolsInspected,
  withFinding,
} from '../../plan/inspection.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { inspectionsOf, lockInspection } from '../../store/inspections.ts';
import type { Trx } from '../../store/transaction.ts';
import { filed } from '../files/export.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { cardOfInspection, mayInspect } from './card.ts';

const MAX_TEXT = 500;

/** A card of the inspection as it stands, to each of these people. */
async function tells(
  trx: Trx,
  facts: Facts,
  inspection: Inspection,
  step: string,
  people: string[],
  circular = false,
): Promise<Change[]> {
  const told: Change[] = [];
  for (const personId of people) {
    const person = rosterOf(facts.programme).person.get(personId);
    if (!person || personId === facts.me.id) continue;
    const reader = actingOn(person, facts.today);
    const card = await cardOfInspection(trx, { ...facts, group: false }, inspection, { reader, circular });
    told.push({
      what: 'notify',
      identity: NOTICE.inspection(inspection.id, step, personId),
      kind: 'inspection',
      personId,
      card,
    });
  }
  return told;
}

const shows = (trx: Trx, facts: Facts, inspection: Inspection) => () => cardOfInspection(trx, facts, inspection);

/** The inspection that a button is about, locked, where the one who pressed carries it on. Throws gone or not_allowed. */
async function carriedOn(trx: Trx, facts: Facts, id: string): Promise<Inspection> {
  const inspection = await lockInspection(trx, facts.programme.id, id);
  if (!inspection) throw new UserError('gone');
  if (!mayInspect(facts.me, inspection, facts.programme)) permit(facts, 'inspect', { kind: 'programme' });
  return inspection;
}

/** A finding goes to who must act, with its date. */
async function found(
  trx: Trx,
  facts: Facts,
  before: Inspection,
  said: { text: string; who: string[]; due?: Ymd },
): Promise<Outcome> {
  const n = before.findings.length + 1;
  const ownerIds = said.who.length > 0 ? said.who : ownersOf(facts.programme, before.of, facts.today);
  const finding: Finding = {
    n,
    text: said.text.slice(0, MAX_TEXT),
    ownerIds,
    due: dueOf(said.due, facts.today),
    state: 'open',
    answers: [],
  };
  const inspection = { ...before, findings: [...before.findings, finding] };
  return {
    do: [{ what: 'inspection', inspection }, ...(await tells(trx, facts, inspection, `found:${n}`, ownerIds))],
    say: shows(trx, facts, inspection),
  };
}

/** 问题：听课记录缺三次，12月1日前整改: a finding of one's newest inspection. */
export const findingCommand: Command<{ text: string }> = {
  name: 'finding',
  match: (text) => {
    const said = /^(?:督导|检查)?(?:发现)?问题\s*[:：]\s*(\S[\s\S]{0,500})$/u.exec(text);
    return said ? { text: said[1]!.trim() } : undefined;
  },
  run: async (trx, facts, { text }) => {
    const { programme, me, today } = facts;
    const open = await inspectionsOf(trx, programme.id, { open: true });
    const mine = open.find((i) => i.personId === me.id);
    if (!mine)
      return {
        say: () => notice({ title: facts.t.inspection.findings, text: facts.t.inspection.nothingOpen }, facts.t),
      };
    const { from } = datesIn(text, today);
    const who = named(facts, text, mine);
    return found(trx, facts, await carriedOn(trx, facts, mine.id), {
      text,
      who,
      ...(from && from >= today && { due: from }),
    });
  },
};

/** 由周丽华负责, 请马文骏、杨一帆整改, 责任人：周丽华. */
const BEARS =
  /(?:由|请|责成|安排)(?<by>[^，,。；;]{2,30}?)(?:老师|校长|主任)?(?:负责|牵头|整改|落实|处理|跟进)|(?:责任人|负责人)(?:是|为)?\s*[:：]?\s*(?<of>[^，,。；;]{2,30})/u;

/** Whom a finding names as the one to act; those named must belong to the schools inspected. Throws bad_form. */
function named({ programme, t }: Facts, text: string, { of }: Inspection): string[] {
  const { by, of: bearer } = BEARS.exec(text)?.groups ?? {};
  const said = by ?? bearer;
  if (said === undefined) return [];
  const schools = schoolsInspected(programme, of);
  const all = programme.people.filter((p) => said.includes(p.name));
  const ids = all.filter((p) => schools.includes(p.schoolId ?? '')).map((p) => p.id);
  if (all.length > 0 && ids.length === 0) throw new UserError('bad_form', t.inspection.who);
  return ids;
}

/** 整改：已补齐听课记录: an answer to the oldest finding that one must act on. */
export const mendedCommand: Command<{ text: string }> = {
  name: 'mended',
  match: (text) => {
    const said = /^(?:已)?整改(?:情况|报告|如下)?\s*[:：]\s*(\S[\s\S]{0,500})$/u.exec(text);
    return said ? { text: said[1]!.trim() } : undefined;
  },
  run: async (trx, facts, { text }) => {
    const open = (await inspectionsOf(trx, facts.programme.id, { open: true })).toReversed();
    const mine = open.find((i) => findingOf(i, facts.me.id));
    if (!mine)
      return {
        say: () => notice({ title: facts.t.inspection.findings, text: facts.t.inspection.nothingOpen }, facts.t),
      };
    return answered(trx, facts, mine.id, text);
  },
};

async function answered(trx: Trx, facts: Facts, id: string, text: string): Promise<Outcome> {
  const before = await lockInspection(trx, facts.programme.id, id);
  if (!before) throw new UserError('gone');
  const finding = findingOf(before, facts.me.id);
  if (!finding || before.state === 'closed') return { say: shows(trx, facts, before) };
  const answer = { byId: facts.me.id, text: text.slice(0, MAX_TEXT), at: facts.now };
  const inspection = withFinding(before, finding.n, (f) => ({
    ...f,
    state: 'answered',
    answers: [...f.answers, answer],
  }));
  const step = `answered:${finding.n}:${finding.answers.length + 1}`;
  return {
    do: [{ what: 'inspection', inspection }, ...(await tells(trx, facts, inspection, step, [before.personId]))],
    say: shows(trx, facts, inspection),
  };
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
    const asked = [form.who ?? []].flat().filter((id): id is string => typeof id === 'string');
    const { person } = rosterOf(facts.programme);
    const who = asked.filter((id) => schools.includes(person.get(id)?.schoolId ?? ''));
    if (who.length < asked.length) throw new UserError('bad_form', facts.t.inspection.who);
    const due = typeof form.due === 'string' && isYmd(form.due) && form.due >= facts.today ? form.due : undefined;
    return found(trx, facts, before, { text, who, ...(due && { due }) });
  },
};

export const answerFindingAction: Action<'answer_finding'> = {
  name: 'answer_finding',
  run: async (trx, facts, { value, form }) => {
    if (facts.group) throw new UserError('group');
    const text = typeof form.answer === 'string' ? form.answer.trim().normalize('NFC') : '';
    if (text === '') throw new UserError('bad_form', facts.t.inspection.answerLabel);
    return answered(trx, facts, value.inspection, text);
  },
};

/** The inspector has looked: this one is put right. */
export const mendFindingAction: Action<'mend_finding'> = {
  name: 'mend_finding',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    const finding = before.findings.find((f) => f.n === value.n);
    if (!finding || finding.state === 'mended' || before.state === 'closed') return { say: shows(trx, facts, before) };
    const inspection = withFinding(before, value.n, (f) => ({ ...f, state: 'mended' }));
    const told = await tells(trx, facts, inspection, `mended:${value.n}`, finding.ownerIds);
    return { do: [{ what: 'inspection', inspection }, ...told], say: shows(trx, facts, inspection) };
  },
};

/** 印发通报: a card to the schools, and the document to the one who pressed. Once. */
export const circulateAction: Action<'circulate'> = {
  name: 'circulate',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    if (before.state !== 'open') return { say: shows(trx, facts, before) };
    const inspection: Inspection = { ...before, state: 'circulated', circulatedOn: facts.today };
    const readers = circularReaders(facts.programme, inspection, facts.today);
    const file = filed(facts, { what: 'circular', inspection: inspection.id });
    return {
      do: [
        { what: 'inspection', inspection },
        ...(await tells(trx, facts, inspection, 'circular', readers, true)),
        ...(file.do ?? []),
      ],
      say: shows(trx, facts, inspection),
      toast: { type: 'success', content: facts.t.inspection.circulated },
    };
  },
};

/** 结束并归档, when nothing is left to be put right. */
export const closeInspectionAction: Action<'close_inspection'> = {
  name: 'close_inspection',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    const open = before.findings.filter((f) => f.state !== 'mended').length;
    if (before.state === 'closed' || open > 0) {
      const content = open > 0 ? facts.t.inspection.unmended(open) : facts.t.inspection.closed;
      return { say: shows(trx, facts, before), toast: { type: 'info', content } };
    }
    const inspection: Inspection = { ...before, state: 'closed', closedOn: facts.today };
    return {
      do: [{ what: 'inspection', inspection }],
      say: shows(trx, facts, inspection),
      toast: { type: 'success', content: facts.t.inspection.closed },
    };
  },
};
