import { examplesFor } from '../../cards/examples.ts';
import { help, notice, type Texts } from '../../cards/index.ts';
import { may } from '../../plan/policy.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';

const HOW =
  /^(?:怎么|如何)(?:用|使用|上报|报|填|填报|操作)$|^你(?:会|能)(?:做|干)?(?:什么|啥|哪些)$|^使用说明$|^你是谁$|^在吗$|^在不在$|^(?:您|你)好[呀啊!！。~～]*$|^(?:hi|hello)$/i;

/** 帮助: sentences of one's own, and the words of one's office. */
export const helpCommand = {
  name: 'help',
  match: (text) => (/^(?:帮助|help|\?|？)$/i.test(text) || HOW.test(plainQuestion(text)) ? {} : undefined),
  run: async (_trx, facts) => {
    const { t } = facts;
    const coordinator = facts.me.roles.some((r) => r === 'coordinator' || r === 'bureau_coordinator');
    const model = { coordinator, leader: !coordinator && isLeader(facts), examples: examplesFor(facts, t) };
    return { say: () => help(model, t) };
  },
} satisfies Command;

/** Who may take files of what they answer for. */
function isLeader({ me, programme }: Facts): boolean {
  const realm = me.schoolId ? ({ kind: 'school', id: me.schoolId } as const) : ({ kind: 'programme' } as const);
  return may(me, 'export', realm, programme);
}

/** 帮助 on any card. */
export const helpAction: Action<'help'> = { name: 'help', run: (trx, facts) => helpCommand.run(trx, facts) };

type Arranging = keyof Texts['arrange']['usage'];

const WORDS = new Map<string, Arranging>(
  Object.entries({
    请假: 'leave',
    leave: 'leave',
    换人: 'replace',
    replace: 'replace',
    豁免: 'waive',
    waive: 'waive',
    代报: 'reportFor',
    离任: 'personLeaves',
    调离: 'personLeaves',
    学生离开: 'pupilLeaves',
    学生转学: 'pupilLeaves',
    结束结对: 'pairingEnds',
    结对结束: 'pairingEnds',
  } as const),
);

/** 请假, 换人, 豁免 … with nothing behind: an example of what belongs there. */
export const usageCommand: Command<Arranging> = {
  name: 'usage',
  match: (text) => WORDS.get(text.toLowerCase().replace(/[\s。.!！?？]+$/, '')),
  run: async (_trx, { t }, what) => ({
    say: () => notice({ title: t.talk.helpTitle, text: t.arrange.usage[what] }, t),
  }),
};
