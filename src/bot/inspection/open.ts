import type { Inspected, Inspection } from '../../plan/inspection.ts';
import { realmOf } from '../../plan/policy.ts';
import { schoolForms } from '../../reading/tokens/roster.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import type { Trx } from '../../store/transaction.ts';
import { filed } from '../files/export.ts';
import { idsNamed } from '../insight/ask-for-list.ts';
import { privately } from '../insight/privately.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permit, permittedRealm } from '../intake/permit.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { report } from '../report/report.ts';
import { cardOfInspection } from './card.ts';
import { figuresAndSample } from './facts.ts';

const DEFAULT_SIZE = 20;
const MOST = 500;

/**
 * 督导 万佑, 抽查 甲校→乙校, 检查 某老师 11月20日, 抽查师生结对工作: opens an inspection. 督导, 督导 30, 督导 30 种子2026: a random sample and the schools' table
 * as a file; the default seed is today's date.
 */
export const inspectCommand: Command<{ n?: number; name?: string; own?: true; said?: string }> = {
  name: 'inspect',
  each: 'apart',
  match: (text) => {
    const file = /^(?:督导|抽查|督查)(?:\s+(\d{1,3})(?:\s+([\p{L}\p{N}-]{1,20}))?)?$/u.exec(text);
    if (file) return { n: Number(file[1] ?? DEFAULT_SIZE), name: file[2] };
    const of = /^(?:不?定期)?(?:督导|督查|抽查|检查)(?:检查|抽查)?[\s:：]+(\S.{0,60})$/u.exec(text);
    if (of) return { name: of[1]! };
    if (/^(?:不?定期)?(?:督导|督查|抽查|检查)(?:本校|我校)?(?:师生)?结对(?:帮扶)?工作$/u.test(text))
      return { own: true };
    const plain = plainQuestion(text);
    return SAID.some(({ when }) => when.test(plain)) && !NO_ORDER.test(plain) ? { said: plain } : undefined;
  },
  run: async (trx, facts, { n, name, own, said }) => {
    const { schoolId } = facts.me;
    if (said !== undefined) {
      const of = inspectedIn(facts, said);
      const inspects = realmOf(facts.me, 'inspect', facts.programme) !== undefined;
      return of && inspects ? opened(trx, facts, of) : report(trx, facts, said);
    }
    if (own && schoolId) return opened(trx, facts, { kind: 'school', id: schoolId, on: facts.today });
    const of = n === undefined && name ? inspectedNamed(facts, name) : undefined;
    if (of) return opened(trx, facts, of);
    permittedRealm(facts, 'inspect');
    const size = Math.min(MOST, Math.max(1, n ?? DEFAULT_SIZE));
    return filed(facts, { what: 'inspection', n: size, seed: name ?? facts.today });
  },
};

/** An inspection said in a sentence; what it is of must then be found in it. */
export const SAID: { says: string; when: RegExp }[] = [
  {
    says: '过程督查 县一中',
    when: /^(?:不?定期|随机|过程|专项|年度|期[中末]|开展|进行|组织|本[周月]|下周|明天|今天)*(?:督导|督查|抽查|巡查)(?:检查|抽查)?(?:一下)?[\s:：]*\S.{0,40}$/u,
  },
  {
    says: '到万佑抽查一下联合月考的记录',
    when: /^.{0,8}?(?:到|去|对|赴).{2,16}?(?:开展|进行|组织)?(?:一次)?(?:不?定期|随机|专项)?(?:督导|督查|抽查|巡查)(?:检查|抽查)?(?:一下)?.{0,30}$/u,
  },
  { says: '万佑学校督导一下', when: /^.{2,16}?(?:督导|督查|抽查)(?:检查)?(?:一下)?$/u },
  {
    says: '检查一下万佑学校的帮扶工作',
    when: /^(?:不?定期)?检查(?:一下)?.{2,16}?的?(?:帮扶|结对|谈话|家访|听课|送教|档案|记录|材料|任务|落实).{0,16}$/u,
  },
];
/** A report of one, a question or a paper about it. */
const NO_ORDER =
  /[了完已谁哪吗么?？，,。；;]|没去|没成|说|将|过(?!程)|怎么|如何|什么|通报|报告|总结|材料报|写|情况$|结果$/u;

/** The pairing, school or person that a sentence names, the longest name first, and the day. */
function inspectedIn({ programme, today }: Facts, said: string): (Inspected & { on: string }) | undefined {
  const { from: on = today } = datesIn(said, today);
  const named = programme.schools
    .flatMap((s) =>
      schoolForms(s)
        .filter((name) => said.includes(name))
        .map((name) => ({ id: s.id, name })),
    )
    .toSorted((a, b) => b.name.length - a.name.length);
  const schools = [
    ...new Set(named.filter((n) => !named.some((o) => o.id !== n.id && o.name.includes(n.name))).map((n) => n.id)),
  ];
  const pair = programme.pairings.find((p) => schools.includes(p.supporterId) && schools.includes(p.recipientId));
  if (pair) return { kind: 'pairing', id: pair.id, on };
  if (schools.length === 1) return { kind: 'school', id: schools[0]!, on };
  const [only, more] = programme.people.filter((p) => said.includes(p.name));
  return only && !more ? { kind: 'person', id: only.id, on } : undefined;
}

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
  const { me, now, newId, programme } = facts;
  const known = (await inspectionsOf(trx, programme.id, { open: true })).find(
    (i) => i.personId === me.id && i.of.kind === of.kind && i.of.id === of.id && i.on === on,
  );
  if (known) return privately(facts, facts.t.inspection.states.open, (alone) => cardOfInspection(trx, alone, known));
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
