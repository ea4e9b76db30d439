import { UserError } from '../../errors.ts';
import { type Arrangement, isOwnAffair, lacking, mayArrange, targetsOf } from '../../plan/arrangement.ts';
import { addDays, type Ymd } from '../../plan/dates.ts';
import { NOTICE } from '../../plan/identities.ts';
import { whomToAsk } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import type { Proposal } from '../../store/arrangements.ts';
import { obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { report } from '../report/report.ts';
import { leaveGivenUp, leaveOpen } from './arrange-answer.ts';
import { refuseNothing } from './arrange-press.ts';
import { proposalCard } from './arrangement-card.ts';
import { proposed } from './propose.ts';
import type { Said } from './saying.ts';
import { findArrangement } from './sayings.ts';
import { sentenceShape } from './sentence-shape.ts';

/** Without one of these words nothing is arranged, so a report needs no roster lookup. */
const MAY_ARRANGE =
  /假|不请|接替|接手|接任|[顶替代]|换|改由|转由|[交转换]给|[由归给].+[带管]|带|帮扶|还是要|还得|照样要|提前(?:回来|返岗|上班)|恢复|调走|调离|调动|调到|离任|离职|辞职|退休|借调|退出帮扶|转学|转走|转校|转到|离校|退学|休学|毕业|复学|返校|回校|转回|回来|师徒|为徒|为师|名单|领导小?组|工作小?组|指导小组|免|不用|不必|不需要|学生(?:离开|退出)|结对|支援|^(?:leave|replace|waive|lift|person leaves|pupil leaves|pairing ends|pupil returns|care|mentorship|pairing begins)\s/i;

const LONGEST = 200;

/** 陈志远下周请假 · 陈志远调走了李晓梅接替 · 小雨的家访免了 · 请假 张三 11-20至11-30; anything else is read as a report. */
export const arrangeCommand: Command<string> = {
  name: 'arrange',
  match: (text) => (text.length <= LONGEST && MAY_ARRANGE.test(text) ? text : undefined),
  run: async (trx, facts, text) => {
    const sentence = sentenceShape(text, facts.programme, facts.at.today);
    const said = findArrangement(sentence);
    // Checked before names are looked up: a refusal would repeat them.
    if (said && facts.group && sentence.pupils.length > 0) throw new UserError('group');
    if (!said || isNoNews(facts, said)) return report(trx, facts, text);
    const given = said.what === 'end_leave' ? await leaveGivenUp(trx, facts, said.who) : undefined;
    // The substitute, named after the leave was requested.
    const added = said.what === 'leave' && said.by && said.when === '' ? await leaveOpen(trx, facts) : undefined;
    if (added && said.what === 'leave') {
      const { from, to, reason } = added.proposal.arrangement as Extract<Arrangement, { what: 'leave' }>;
      const merged = { ...proposed(facts, said), from, to, reason } as Arrangement;
      const outcome = propose(facts, merged, `${added.proposal.words ?? ''} ${text}`.trim());
      return { ...outcome, do: [...added.dropped, ...(outcome.do ?? [])] };
    }
    const asked = given ?? propose(facts, await excusing(trx, facts, proposed(facts, said)), text);
    return said.what === 'mentorship_begins' && said.held ? [asked, ...(await report(trx, facts, text))] : asked;
  },
};

/** 小杰返校了 after a holiday, and a team of a bureau that has no school: nothing to enter. */
function isNoNews({ programme, me, today }: Facts, said: Said): boolean {
  const { pupil, caresOfPupil, caresOfMentor, pairingsOfSchool } = rosterOf(programme);
  if (said.what === 'team_joins') return !(pairingsOfSchool.get(me.schoolId ?? '') ?? []).some((p) => alive(p, today));
  if (said.what !== 'pupil_returns') return false;
  const running = (id: string) => (caresOfPupil.get(id) ?? []).some((c) => alive(c, addDays(today, 1)));
  const own = (caresOfMentor.get(me.id) ?? []).flatMap((c) => pupil.get(c.pupilId) ?? []);
  const meant = [...own, ...programme.pupils.filter((p) => p.schoolId === me.schoolId)];
  return meant.some((p) => p.name === said.who && running(p.id));
}

/** A departed pupil leaves nothing open; with a later end date, everything can still be done. */
async function excusing(trx: Trx, { programme, today, t }: Facts, a: Arrangement): Promise<Arrangement> {
  if (a.what !== 'pupil_leaves' || a.on > today) return a;
  const cares = rosterOf(programme).caresOfPupil.get(a.pupilId) ?? [];
  const running: { requirementId: string; from: Ymd }[] = [];
  for (const care of cares) {
    const on = { start: a.on, end: a.on };
    const owed = await obligationsOfPerson(trx, programme, { id: care.mentorId, feedKeys: [] }, on);
    for (const { obligation: o, done } of owed)
      if (o.subject.id === care.id && !o.waived && done < o.target)
        running.push({ requirementId: o.requirement.id, from: o.period.start });
  }
  return { ...a, excused: running, reason: t.arrange.left };
}

/** The preview; if the sender may not arrange it but it concerns them, it goes to their coordinators. */
function propose(facts: Facts, arrangement: Arrangement, words: string): Outcome {
  const { me, programme, now, newId, cause } = facts;
  const pupils = arrangement.what === 'care_begins' || targetsOf(arrangement).some((target) => target.kind === 'pupil');
  if (facts.group && (pupils || (arrangement.what === 'replace' && arrangement.pupilId))) throw new UserError('group');
  const proposal: Proposal = {
    id: newId(),
    version: 1,
    state: 'proposed',
    personId: me.id,
    createdAt: now,
    cause,
    arrangement,
  };
  if (!mayArrange(me, arrangement, programme)) return ask(facts, { ...proposal, state: 'asked', words });
  if (lacking(arrangement).length === 0) refuseNothing(facts, arrangement);
  return { do: [{ what: 'proposal', proposal }], say: () => proposalCard(facts, proposal, { as: 'arranger' }) };
}

function ask(facts: Facts, proposal: Proposal): Outcome {
  const { me, programme, t } = facts;
  const { arrangement } = proposal;
  const target = targetsOf(arrangement)[0]!;
  const isOwn = isOwnAffair(me, arrangement, programme);
  const coordinators = isOwn ? whomToAsk(me, 'arrange', target, programme) : [];
  if (coordinators.length === 0) for (const each of targetsOf(arrangement)) permit(facts, 'arrange', each);
  const personal = t.arrange.handedOn(coordinators.map((p) => p.name).join(t.comma));
  return {
    do: [
      { what: 'proposal', proposal },
      ...coordinators.map(
        (reader): Change => ({
          what: 'notify',
          identity: NOTICE.arrangementAsked(proposal.id, reader.id),
          kind: 'arranged',
          personId: reader.id,
          line: 'answers',
          card: (readerTexts) => proposalCard(facts, proposal, { as: 'arranger', reader, t: readerTexts }),
        }),
      ),
    ],
    say: () => proposalCard(facts, proposal, { as: 'asker', problem: personal }),
  };
}
