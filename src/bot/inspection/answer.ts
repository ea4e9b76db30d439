import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { findingOf, withFinding } from '../../plan/inspection.ts';
import { inspectionsOf, lockInspection } from '../../store/inspections.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { cardOfInspection } from './card.ts';
import { informConcerned, shows } from './concerned.ts';
import { LONGEST_FINDING } from './finding.ts';

/** 整改：已补齐听课记录 answers the sender's oldest finding; 第2条整改好了 answers the finding of that number. */
export const mendedCommand: Command<{ text: string; n?: number }> = {
  name: 'mended',
  match: (text) => {
    const match = /^(?:已)?整改(?:情况|报告|如下)?\s*[:：]\s*(\S[\s\S]{0,500})$/u.exec(text);
    if (match) return { text: match[1]!.trim() };
    const done = /^(?:第\s*(\d{1,2})\s*条)?(?:问题)?(?:已经|已|都)?整改(?:好|完成|完|到位)?了[。!！]*$/u.exec(text);
    return done ? { text, ...(done[1] && { n: Number(done[1]) }) } : undefined;
  },
  run: async (trx, facts, { text, n }) => {
    const open = (await inspectionsOf(trx, facts.programme.id, { open: true })).toReversed();
    const inspection = open.find((i) => findingOf(i, facts.me.id, n));
    if (!inspection)
      return {
        say: () => notice({ title: facts.t.inspection.findings, text: facts.t.inspection.nothingOpen }, facts.t),
      };
    return answered(trx, facts, inspection.id, text, n);
  },
};

async function answered(trx: Trx, facts: Facts, id: string, text: string, n?: number): Promise<Outcome> {
  const before = await lockInspection(trx, facts.programme.id, id);
  if (!before) throw new UserError('gone');
  const finding = findingOf(before, facts.me.id, n);
  if (!finding || before.state === 'closed') return { say: shows(trx, facts, before) };
  const answer = { byId: facts.me.id, text: text.slice(0, LONGEST_FINDING), at: facts.now };
  const inspection = withFinding(before, finding.n, (f) => ({
    ...f,
    state: 'answered',
    answers: [...f.answers, answer],
  }));
  const step = `answered:${finding.n}:${finding.answers.length + 1}`;
  return {
    do: [
      { what: 'inspection', inspection },
      ...(await informConcerned(trx, facts, inspection, step, [before.personId])),
    ],
    say: shows(trx, facts, inspection),
  };
}

export const answerFindingAction: Action<'answer_finding'> = {
  name: 'answer_finding',
  run: async (trx, facts, { value, form }) => {
    if (facts.group) throw new UserError('group');
    const text = typeof form.answer === 'string' ? form.answer.trim().normalize('NFC') : '';
    if (text === '') throw new UserError('bad_form', facts.t.inspection.answerLabel);
    return answered(trx, facts, value.inspection, text);
  },
};

/** 答复 on a reminder: sends the inspection as it stands in a separate message, to people who must act on it. */
export const showInspectionAction: Action<'show_inspection'> = {
  name: 'show_inspection',
  run: async (trx, facts, { value }) => {
    const inspection = await lockInspection(trx, facts.programme.id, value.inspection);
    if (!inspection) throw new UserError('gone');
    if (!inspection.findings.some((f) => f.ownerIds.includes(facts.me.id))) throw new UserError('not_yours');
    const card = await cardOfInspection(trx, { ...facts, group: false }, inspection);
    const identity = NOTICE.inspection(inspection.id, facts.cause, facts.me.id);
    return {
      do: [{ what: 'notify', identity, kind: 'answer', personId: facts.me.id, line: 'answers', card }],
    };
  },
};
