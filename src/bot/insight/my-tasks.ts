import { myTasks } from '../../cards/index.ts';
import { otherTasks } from '../../cards/together.ts';
import type { Obligation } from '../../plan/obligation.ts';
import { ownObligations } from '../../plan/owed.ts';
import { openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import { lastDates } from '../../store/feeds.ts';
import { obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { otherPosts } from '../intake/in-post.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { currentRange, feedKeysOf } from './own-duties.ts';
import { privately } from './privately.ts';
import { taskShown } from './record-cards.ts';

// A question that names an activity (还差几次家访) goes to the reader.
const NAMED = /^(?:我的)?(?:任务|待办)$|^my tasks$/i;
const LEFT = /^我?(?:这学期|本学期|这个月|本月|今年)?还(?:差|缺|剩|欠)(?:几次|几项|多少次?|什么|哪些)?$/;
const UNDONE = /^我?还?(?:有|剩)(?:什么|哪些|几项|多少)(?:任务|事|活动|工作)?(?:没有?|未)(?:做完?|完成|交|报)?$/;
const NOT_DONE = /^我?(?:还)?(?:有)?(?:差|缺|剩|欠)?(?:什么|哪些|啥)(?:还)?(?:没|没有|未)(?:做|完成|报|交)?$/;
const DUE =
  /^(?:这周|本周|这个学期|这个月|本月|今天|这学期|接下来|最近|下周)?我?(?:的进度|(?:都|还)?(?:该|要|得|应该|需要)(?:做|干|完成|交|报)(?:些|点)?(?:什么|哪些|啥)(?:事|任务)?|做到哪了?|完成了?多少)$/;
const WEEK =
  /^我?(?:这周|本周|这个月|本月|今天|接下来|最近|下周)(?:都)?(?:有|该|要|得)?(?:做|干|完成)?(?:些|点)?(?:什么|哪些|啥)(?:任务|事|要做|没做)$/;

/** 十一月的任务还剩哪些没完成 */
const LEFT_OF =
  /^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|这个月|本月|本学期|这学期|今年|本学年)?(?:份|的)*(?:任务|工作|材料)(?:都)?(?:还)?(?:剩|差|缺|有)(?:下)?(?:哪些|什么|几项|多少)(?:任务)?(?:没有?|未)?(?:完成|做完?|交|报)?$/;

const OF_MONTH =
  /^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月|这个月|本月|本学期|这学期)(?:份|底前?|份?的)?(?:还|我)?(?:有|要|该|需要?|得)?(?:做|报|交|完成|上报)?(?:(?:哪些|什么|几项)(?:任务|材料|事|工作)?|任务都?(?:做|完成)了没?有?)$/;

/** 我的任务, 我还差什么, 十一月还有哪些任务: the sender's own obligations this term, then those of their school and pairings. */
export const myTasksCommand: Command = {
  name: 'my-tasks',
  each: 'together',
  match: (text) => {
    const question = plainQuestion(text);
    return [NAMED, LEFT, UNDONE, NOT_DONE, DUE, WEEK, LEFT_OF, OF_MONTH].some((way) => way.test(question))
      ? {}
      : undefined;
  },
  run: (trx, facts) => privately(facts, facts.t.tasks.title, (alone) => tasksCard(trx, alone, 1)),
};

export async function tasksCard(trx: Trx, facts: Facts, page: number) {
  const counted = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), currentRange(facts));
  const byId = new Map(counted.map((c) => [c.obligation.id, c]));
  const ownDuties = ownObligations(
    counted.map((c) => c.obligation),
    facts.programme,
    facts.me.id,
  );
  const last = await lastVisits(
    trx,
    facts,
    ownDuties.map((o) => o.obligation),
  );
  const tasks = ownDuties.map(({ obligation, shared }) => ({
    ...taskShown(byId.get(obligation.id)!, shared, facts),
    ...(obligation.subject.kind === 'care' ? { last: last(obligation) } : {}),
  }));
  const waiting = facts.group ? [] : await openDraftsOf(trx, facts.programme.id, facts.me.id, facts.now - WAITS_MS);
  return myTasks({ tasks, page, group: facts.group, waiting: waiting.length }, facts.t);
}

/** When each pupil in care was last visited, talked to or guided, by the kind that an obligation asks for; null for never. */
async function lastVisits(trx: Trx, { programme, today }: Facts, obligations: Obligation[]) {
  const cares = obligations.filter((o) => o.subject.kind === 'care');
  const key = (o: Obligation) => `care:${o.subject.id}`;
  const last = await lastDates(trx, programme.id, [...new Set(cares.map(key))], today);
  return (o: Obligation) => last.get(`${o.requirement.activity} ${key(o)}`) ?? null;
}

/** 我的任务 on any card. */
export const myTasksAction: Action<'my_tasks'> = {
  name: 'my_tasks',
  run: (trx, facts) =>
    privately(facts, facts.t.tasks.title, async (alone) => {
      const others = otherPosts(facts).map(({ programme, me }) => ({
        name: programme.name,
        programmeId: programme.id,
        personId: me.id,
      }));
      return otherTasks(await tasksCard(trx, alone, 1), others, facts.t);
    }),
};
