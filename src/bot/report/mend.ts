import { UserError } from '../../errors.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordsPage } from '../insight/my-records.ts';
import { recordsCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { lastRecords } from './which-record.ts';
import { restored } from './withdraw.ts';

const HOW =
  /^(?:哎呀|哎|糟了|不好意思|呃)*[,，]?(?:刚才|上一?条|刚刚|这条|我)*(?:记|报|说|写|填|发)错(?:人|了|日期|时间|学校|地方|课)*(?:怎么办)?$|^(?:怎么|如何|在哪里?)(?:修?改|更正|撤回|取消|删除?)(?:记录)?$|^(?:修改|更正|改一下)$/;

/** 记错了, 怎么改: shows the records of the last message with buttons to change them. */
export const mendCommand: Command = {
  name: 'mend',
  match: (text) => (HOW.test(plainQuestion(text)) ? {} : undefined),
  run: async (trx, facts) => mend(trx, facts),
};

async function mend(trx: Trx, facts: Facts): Promise<Outcome> {
  const records = await lastRecords(trx, facts);
  if (records.length === 0) return recordsPage(trx, facts, 1);
  return { say: () => recordsCard(trx, facts, records) };
}

/** 恢复: restores what the sender withdrew last. */
export const restoreCommand: Command = {
  name: 'restore',
  each: 'message',
  match: (text) =>
    /^(?:恢复|还原)(?:一下)?(?:上一条|上条|记录|刚才(?:的|那条)?|回来)?(?:一下|吧)?[。.!！]?$/u.test(text.trim())
      ? {}
      : undefined,
  run: async (trx, facts) => {
    const [last, ...rest] = await lastRecords(trx, facts, 'withdrawn');
    if (!last) throw new UserError('gone');
    return restored(trx, facts, [last, ...rest]);
  },
};
