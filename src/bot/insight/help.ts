import { examplesFor } from '../../cards/examples.ts';
import { help, notice, type Texts } from '../../cards/index.ts';
import { may as allowed, realmOf } from '../../plan/policy.ts';
import { importsWorkbooks } from '../files/import-scope.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';

const HOW =
  /^(?:怎么|如何)(?:用|使用|上报|报|填|填报|操作)$|^你(?:会|能)(?:做|干)?(?:什么|啥|哪些)$|^使用说明$|^你(?:是|到底是)(?:谁|什么|真人|人|机器人|人工)$|^(?:有人)?在$|^在不在$|^(?:您|你)好[呀啊!！。~～]*$|^(?:hi|hello)$/i;

/** Acts that have a command, hidden from people who may do them only for themselves. */
const OFFICES = [
  'counts',
  'duties',
  'remind',
  'answer',
  'confirm',
  'people',
  'report_for',
  'arrange',
  'export',
  'archive',
  'inspect',
] as const;

/** 帮助: example sentences for the reader, and the commands that the policy allows their roles. */
export const helpCommand = {
  name: 'help',
  match: (text) => (/^(?:帮助|help|\?|？)$/i.test(text) || HOW.test(plainQuestion(text)) ? {} : undefined),
  run: async (_trx, facts) => {
    const { t, posts } = facts;
    const may = OFFICES.filter((act) => posts.some(({ me, programme }) => realmOf(me, act, programme) !== undefined));
    const mirrors = posts.some(({ me, programme }) => allowed(me, 'export', { kind: 'programme' }, programme));
    const offices = [
      ...may,
      ...(posts.some(importsWorkbooks) ? (['import'] as const) : []),
      ...(mirrors ? (['mirror'] as const) : []),
    ];
    return { say: () => help({ offices, examples: examplesFor(facts, t) }, t) };
  },
} satisfies Command;

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
    复学: 'pupilReturns',
    学生复学: 'pupilReturns',
    帮扶名单: 'careBegins',
    师徒结对: 'mentorships',
    新增结对: 'pairingBegins',
  } as const),
);

/** 请假, 换人, 豁免 … with nothing after it: an example of what to add. */
export const usageCommand: Command<Arranging> = {
  name: 'usage',
  match: (text) => WORDS.get(text.toLowerCase().replace(/[\s。.!！?？]+$/, '')),
  run: async (_trx, { t }, what) => ({
    say: () => notice({ title: t.talk.helpTitle, text: t.arrange.usage[what] }, t),
  }),
};
