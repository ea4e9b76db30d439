import { dutyShown } from '../../cards/card-models.ts';
import { askHelp, type Card } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Obligation } from '../../plan/obligation.ts';
import { ownObligations } from '../../plan/owed.ts';
import { realmOf, whomToAsk } from '../../plan/policy.ts';
import type { HelpRequest } from '../../store/help.ts';
import { type Counted, obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import { showList } from '../insight/lists.ts';
import { currentRange, feedKeysOf } from '../insight/own-duties.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, FormAnswers } from '../intake/outcome.ts';
import { helpCard } from './help-card.ts';

const LONGEST = 200;

const ALONE = /^我?(?:这边|这里)?(?:现在|最近)?(?:遇到|碰到|有)(?:了|点|些|一些)?困难了?[。.!！]*$/;
const ASKED = /^求助[\s:：，,]*([\s\S]{0,500})$/;
/** 「家访有困难，小雨家太远」, 「有困难：车坏了」. */
const TROUBLE = /^(.{0,20}(?:遇到|碰到|有)(?:了|点|些)?困难[,，:：;；。\s]+\S[\s\S]{0,400})$/;

/**
 * 求助 车坏了去不了, 有困难：…: goes to the sender's coordinators. 有困难 alone asks for details; 求助 alone lists what a coordinator has open.
 */
export const askHelpCommand: Command<{ text: string; list: boolean }> = {
  name: 'ask-help',
  match: (text) => {
    if (ALONE.test(text)) return { text: '', list: false };
    if (/^(?:现在|最近|还)?(?:有没有|有)(?:谁|人|老师)(?:在)?求助(?:的)?[吗？?]*$|^谁(?:在)?求助了?[？?]*$/u.test(text))
      return { text: '', list: true };
    const request = ASKED.exec(text);
    if (request) return { text: request[1]!.trim(), list: true };
    const trouble = TROUBLE.exec(text);
    return trouble ? { text: trouble[1]!.trim(), list: false } : undefined;
  },
  run: async (trx, facts, { text, list }) => {
    if (text !== '') {
      const help = requestOf(facts, text.slice(0, 500));
      return { do: askForHelp(facts, help), say: () => helpCard(facts, help) };
    }
    if (list && realmOf(facts.me, 'answer', facts.programme)) return showList(trx, facts, 'help', {}, 1);
    if (facts.group) throw new UserError('group');
    return { say: () => helpForm(trx, facts) };
  },
};

const requestOf = ({ newId, me, now }: Facts, text: string, duty?: Obligation): HelpRequest => ({
  id: newId(),
  personId: me.id,
  state: 'open',
  askedAt: now,
  text,
  answers: [],
  ...(duty && { obligationId: duty.id, about: duty.requirement.title }),
});

/** Stores the request and sends a card to everybody who may answer; about a duty, it stays in the Monday digest until closed. */
export function askForHelp(facts: Facts, help: HelpRequest): Change[] {
  const { me, programme, today } = facts;
  const { obligationId, text: reason } = help;
  return [
    { what: 'help', help },
    ...(obligationId
      ? [
          {
            what: 'check_in' as const,
            answer: { personId: me.id, obligationId, on: today, answer: 'help' as const, reason },
          },
        ]
      : []),
    ...whomToAsk(me, 'answer', { kind: 'person', id: me.id }, programme).map(
      (reader): Change => ({
        what: 'notify',
        identity: NOTICE.help(help.id, reader.id),
        kind: 'help',
        personId: reader.id,
        line: 'answers',
        card: (t) => helpCard({ ...facts, t }, help, reader),
      }),
    ),
  ];
}

/** The sender's own open duties, to choose from. */
async function ownOpen(trx: Trx, facts: Facts): Promise<Counted[]> {
  const { programme, me, today } = facts;
  const counted = await obligationsOfPerson(trx, programme, feedKeysOf(facts), currentRange(facts));
  const open = counted.filter(({ obligation: o, done }) => done < o.target && !o.waived && o.period.start <= today);
  const ownDuties = ownObligations(
    open.map((c) => c.obligation),
    programme,
    me.id,
  );
  const ownIds = new Set(ownDuties.filter((o) => !o.shared).map((o) => o.obligation.id));
  return open.filter((c) => ownIds.has(c.obligation.id));
}

/** 遇到什么困难: asks, prefilled with what was already written. */
export async function helpForm(trx: Trx, facts: Facts, reason?: string): Promise<Card> {
  const duties = (await ownOpen(trx, facts)).map((counted) => {
    const { obligation, title, subject, pupil } = dutyShown(counted, facts);
    return { value: obligation, label: pupil ? `${title} ${subject}` : title };
  });
  return askHelp({ duties, ...(reason && { reason: reason.slice(0, LONGEST) }) }, facts.t);
}

/** The answer to 有困难 alone, about the chosen duty or none. */
export const tellHelpAction: Action<'tell_help'> = {
  name: 'tell_help',
  run: async (trx, facts, { form }) => {
    const duty = (await ownOpen(trx, facts)).find((c) => c.obligation.id === form.duty);
    const help = requestOf(facts, reasonIn(facts, form), duty?.obligation);
    return { do: askForHelp(facts, help), say: () => helpCard(facts, help) };
  },
};

function reasonIn({ t }: Facts, form: FormAnswers): string {
  const reason = typeof form.reason === 'string' ? form.reason.trim().normalize('NFC') : '';
  if (reason === '' || reason.length > LONGEST) throw new UserError('bad_form', t.fields.reason);
  return reason;
}
