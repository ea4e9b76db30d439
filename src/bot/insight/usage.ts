import type { Texts } from '../../cards/index.ts';
import { notice } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';

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
export const usage: Command<Arranging> = {
  name: 'usage',
  match: (text) => WORDS.get(text.toLowerCase().replace(/[\s。.!！?？]+$/, '')),
  run: async (_trx, { t }, what) => ({
    say: () => notice({ title: t.talk.helpTitle, text: t.arrange.usage[what] }, t),
  }),
};
