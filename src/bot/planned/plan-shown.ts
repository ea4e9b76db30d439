import type { Reading } from '../../reading/types.ts';
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

/** Nothing but the new day: 「改到周三」, 「推迟到下周五吧」. */
const MOVED =
  /^(?:(?:那|就|先)?(?:改到|改成|改在|改期到|推迟到?|延期到?|延到|延后到?|挪到|提前到|顺延到)|(?:时间)?改为)(?<day>[^，,。]{1,12}?)(?:去|上|听|开|做)?(?:吧|了)?[。.!！]*$/u;

/**
 * What a message says of a plan that the chat showed last, before its day: 「改到周三」 moves it, 「取消了」 takes it
 * back. Undefined if it is about something else.
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
  if (day === undefined && !(answer?.tells === 'failed' && answer.bare)) return undefined;
  const [plan, ...others] = await lastRecords(trx, facts);
  if (plan?.status !== 'planned' || others.length > 0 || plan.date < facts.today) return undefined;
  const say: Outcome['say'] = (recorded) => recordedCard(facts, recorded);
  if (day === undefined) return { do: rewrite(withdrawn(plan)), say };
  const { from } = datesIn(day, facts.at.today);
  return from === undefined ? undefined : { ...planMoved(facts, plan, from), say };
}
