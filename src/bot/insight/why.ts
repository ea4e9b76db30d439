import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { State } from '../../plan/obligation.ts';
import { ownObligations } from '../../plan/owed.ts';
import { standingOn } from '../../plan/standing.ts';
import { type Counted, obligationsById, obligationsOfPerson } from '../../store/obligations.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { explanationCard, mayExplain } from './explanation-card.ts';
import { currentRange, feedKeysOf } from './own-duties.ts';

/** If several duties match, the order in which they are explained. */
const PRESSING: State[] = ['overdue', 'due_soon', 'open', 'missed', 'upcoming', 'met', 'waived'];

/** 为啥还说我差送教: here 送教 names the duty. */
const NOISE =
  /^(?:还|又|老|总)?(?:说|显示|提示)?(?:我|是)?(?:还|又)?(?:差|缺|欠|没做|没完成|没有|逾期)*(?:一次|两次|几次)?|(?:没做完?|没完成|不够|还差|逾期)+了?$/gu;

/** 为什么 家访: explains the sender's most pressing duty that these words match: its clause, and how its count came about. */
export const whyCommand: Command<string> = {
  name: 'why',
  each: 'apart',
  match: (text) =>
    /^(?:为什么|为啥|why)(?:要|有|说|是)?[\s:：]*(.{0,40}?)[?？。!！]*$/i.exec(text)?.[1]?.replace(NOISE, ''),
  run: async (trx, facts, words) => {
    const { t, programme, me, today } = facts;
    const counted = await obligationsOfPerson(trx, programme, feedKeysOf(facts), currentRange(facts));
    const byId = new Map(counted.map((c) => [c.obligation.id, c]));
    const ownCounted = ownObligations(
      counted.map((c) => c.obligation),
      programme,
      me.id,
    ).map(({ obligation }) => byId.get(obligation.id)!);
    const found = ownCounted.filter((c) => isMeantBy(c, words, facts));
    const rank = (c: Counted) => PRESSING.indexOf(standingOn(c.obligation, c.done, today).state);
    const [first, ...rest] = found.toSorted((a, b) => rank(a) - rank(b));
    const alike = ({ obligation: o }: Counted) =>
      o.requirement.id === first!.obligation.requirement.id && o.period.start === first!.obligation.period.start;
    const unknown = () => notice({ title: t.why.title, text: t.why.unknown, withTasks: true }, t);
    return { say: () => (first ? explanationCard(trx, facts, first.obligation, rest.filter(alike)) : unknown()) };
  },
};

function isMeantBy({ obligation: o }: Counted, words: string, { t }: Facts): boolean {
  const terms = words.trim().split(/\s+/).filter(Boolean);
  const about = [
    o.requirement.title,
    o.requirement.id,
    t.kinds[o.requirement.activity],
    o.subject.name,
    t.reasons.period(o.period),
  ];
  return terms.every((word) => about.some((text) => text.includes(word)));
}

/** 为什么 on a card that shows an obligation. */
export const whyAction: Action<'why'> = {
  name: 'why',
  run: async (trx, facts, { value, form }) => {
    const id = value.obligation ?? form.duty;
    if (typeof id !== 'string' || id === '') throw new UserError('bad_form', facts.t.tasks.chooseWhy);
    const [counted] = await obligationsById(trx, facts.programme, [id]);
    if (!counted) throw new UserError('gone');
    const { obligation } = counted;
    const ownCounted = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), obligation.period);
    if (!ownCounted.some((c) => c.obligation.id === id) && !mayExplain(facts, obligation))
      throw new UserError('not_allowed');
    return { say: () => explanationCard(trx, facts, obligation) };
  },
};
