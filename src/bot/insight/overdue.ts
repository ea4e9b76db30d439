import type { Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { showList } from './lists.ts';

const WHO =
  /^(?:还有)?(?:谁|哪些人|哪些老师|哪些学校|哪几个人)(?:还|都)?(?:没有?|未)(?:完成|做完?|交|报|到位)了?$|^谁(?:晚了|拖了|落后)了?$/;

/** 逾期, 谁没完成: what is late where one coordinates. */
export const overdue: Command = {
  name: 'overdue',
  match: (text) => {
    const asked = plainQuestion(text);
    return /^(?:谁)?逾期(?:名单|情况|了)?$|^overdue$/i.test(asked) || WHO.test(asked) ? {} : undefined;
  },
  run: (trx, facts) => showList(trx, facts, 'overdue', {}, 1),
};
