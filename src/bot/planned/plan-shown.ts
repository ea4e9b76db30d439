import { addDays } from '../../plan/dates.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { datesIn } from '../people/names-and-dates.ts';
import { lastRecords } from '../report/which-record.ts';
import { withdrawn } from '../report/withdraw.ts';
import { planAnswerIn } from './plan-answer.ts';
import { planMoved } from './planned-move.ts';

/** How many recent records are searched for a plan. */
const PLANS = 20;

/** Only the new day and its reason: 「改到周三」, 「推迟到下周五吧」. */
const MOVED =
  /^(?:[^，,。]{0,20}(?:去不了|不能去|上不了|来不了|走不开|下雨|下雪|塌方|停课|有事|开会)[^，,。]{0,8}[，,。])*(?:(?:那|就|先)?(?:改到|改成|改在|改期到|推迟到?|延期到?|延到|延后到?|挪到|提前到|顺延到)|(?:时间)?改为)(?<day>[^，,。]{1,12}?)(?:去|上|听|开|做)?(?:吧|了)?[。.!！]*$/u;

/**
 * What a message says before its day about the plan shown last: 「改到周三」 moves it, 「取消了」 withdraws it. Undefined if it is about
 * something else.
 */
export async function planShown(
  trx: Trx,
  facts: Facts,
  text: string,
  readings: Reading[],
): Promise<Outcome | undefined> {
  if (readings.some((r) => r.status !== 'not_done' && r.status !== 'correction')) return undefined;
  const day = MOVED.exec(text.trim())?.groups?.day;
  const answer = planAnswerIn(text);
  if (day === undefined && !(answer?.outcome === 'failed' && answer.bare)) return undefined;
  const plan = await planMeant(trx, facts, text);
  if (!plan) return undefined;
  const say: Outcome['say'] = (recorded) => recordedCard(facts, recorded);
  if (day === undefined) return { do: rewrite(withdrawn(plan)), say };
  const { from } = datesIn(day, facts.at.today);
  return from === undefined ? undefined : { ...planMoved(facts, plan, from), say };
}

/** The plan that the chat showed last; else the only upcoming plan on the day the message names. */
async function planMeant(trx: Trx, facts: Facts, text: string): Promise<StoredActivity | undefined> {
  const [shown, ...others] = await lastRecords(trx, facts);
  const { programme, me, today } = facts;
  const named = /今天|今晚/u.test(text) ? today : /明天|明晚/u.test(text) ? addDays(today, 1) : undefined;
  const last = shown?.status === 'planned' && others.length === 0 ? shown : undefined;
  if (last && last.date >= today && (!named || last.date === named)) return last;
  if (!named) return undefined;
  const latest = await latestOf(trx, programme.id, me.id, PLANS);
  const coming = latest.filter((a) => a.status === 'planned' && a.date === named);
  return coming.length === 1 ? coming[0] : undefined;
}
