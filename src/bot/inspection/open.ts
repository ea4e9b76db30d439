import type { Inspected, Inspection } from '../../plan/inspection.ts';
import type { Trx } from '../../store/transaction.ts';
import { filed } from '../files/export.ts';
import { idsNamed } from '../insight/ask-for-list.ts';
import { privately } from '../insight/privately.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permit, permittedRealm } from '../intake/permit.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { cardOfInspection } from './card.ts';
import { figuresAndSample } from './facts.ts';

const DEFAULT_SIZE = 20;
const MOST = 500;

/**
 * 督导 万佑, 抽查 甲校→乙校, 检查 某老师 11月20日, 抽查师生结对工作: opens an inspection. 督导, 督导 30, 督导 30 种子2026: a random sample and the schools' table
 * as a file; the default seed is today's date.
 */
export const inspectCommand: Command<{ n?: number; name?: string; own?: true }> = {
  name: 'inspect',
  each: 'apart',
  match: (text) => {
    const file = /^(?:督导|抽查|督查)(?:\s+(\d{1,3})(?:\s+([\p{L}\p{N}-]{1,20}))?)?$/u.exec(text);
    if (file) return { n: Number(file[1] ?? DEFAULT_SIZE), name: file[2] };
    const of = /^(?:不?定期)?(?:督导|督查|抽查|检查)(?:检查|抽查)?[\s:：]+(\S.{0,60})$/u.exec(text);
    if (of) return { name: of[1]! };
    return /^(?:不?定期)?(?:督导|督查|抽查|检查)(?:本校|我校)?(?:师生)?结对(?:帮扶)?工作$/u.test(text)
      ? { own: true }
      : undefined;
  },
  run: async (trx, facts, { n, name, own }) => {
    const { schoolId } = facts.me;
    if (own && schoolId) return opened(trx, facts, { kind: 'school', id: schoolId, on: facts.today });
    const of = n === undefined && name ? inspectedNamed(facts, name) : undefined;
    if (of) return opened(trx, facts, of);
    permittedRealm(facts, 'inspect');
    const size = Math.min(MOST, Math.max(1, n ?? DEFAULT_SIZE));
    return filed(facts, { what: 'inspection', n: size, seed: name ?? facts.today });
  },
};

/** What the text names, and the day; undefined if it names nothing in the programme. */
function inspectedNamed({ programme, me, today }: Facts, text: string): (Inspected & { on: string }) | undefined {
  const { from: on = today, words } = datesIn(text, today);
  for (const name of [text.trim(), words.join(' ').trim(), words[0]?.trim() ?? '']) {
    const ids = name === '' ? undefined : idsNamed(programme, name, me.schoolId);
    if (ids?.pairing) return { kind: 'pairing', id: ids.pairing, on };
    if (ids?.school) return { kind: 'school', id: ids.school, on };
    if (ids?.person) return { kind: 'person', id: ids.person, on };
  }
  return undefined;
}

async function opened(trx: Trx, facts: Facts, { on, ...of }: Inspected & { on: string }): Promise<Outcome> {
  permit(facts, 'inspect', of);
  const { me, now, newId } = facts;
  const id = newId();
  const examined = await figuresAndSample(trx, facts, of, `${of.id} ${on}`);
  const inspection: Inspection = {
    id,
    of,
    on,
    personId: me.id,
    openedAt: now,
    state: 'open',
    ...examined,
    findings: [],
  };
  const audit = { act: 'inspect' as const, target: `${of.kind}:${of.id}`, detail: on };
  const answer = await privately(facts, facts.t.inspection.states.open, (alone) =>
    cardOfInspection(trx, alone, inspection),
  );
  return {
    ...answer,
    do: [{ what: 'inspection', inspection }, { what: 'audit', entries: [audit] }, ...(answer.do ?? [])],
  };
}
