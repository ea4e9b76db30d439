import type { Activity, ActivityKind } from '../../plan/activity.ts';
import { addDays } from '../../plan/dates.ts';
import { rosterOf } from '../../plan/roster.ts';
import { readMessage } from '../../reading/read.ts';
import type { Reading } from '../../reading/types.ts';
import { plansAsked } from '../../store/planned.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { plannedAgain } from '../reminders/own-reminder.ts';
import { startOf } from '../report/to-activity.ts';
import type { AskedPlan } from './asked-plan.ts';
import { type PlanAnswer, planAnswerIn, reasonIn } from './plan-answer.ts';
import { planDone, plannedForm, stillNeeded } from './plan-done.ts';
import { planFailed } from './planned-failed.ts';
import { planMoved } from './planned-move.ts';

/** Long enough to answer Friday's question on Monday. */
const OPEN_DAYS = 3;

/** How to name each kind to the reader, so that an answer reads as the rest of a sentence. A roster cannot be planned. */
export const NAMED: Record<ActivityKind, string> = {
  demo_lesson: '送教上课',
  observe: '听课',
  home_visit: '家访',
  talk: '谈话',
  study_guidance: '学习方法指导',
  lecture: '作讲座',
  donation: '捐赠',
  secondment: '支教',
  joint_prep: '集体备课',
  training: '参加培训',
  exchange: '交流活动',
  exam: '联考',
  research: '课题研究',
  document: '交总结',
  meeting: '参加座谈会',
  care_roster: '帮扶名单',
};

/**
 * What a message says about a plan its sender was asked about (「去了，上了两节」 「没去成，下雨了」 「改到周五」), read as the rest of a sentence that
 * begins with the plan. Undefined if it is about something else; `readings` are what the message says on its own.
 */
export async function plannedInWords(
  trx: Trx,
  facts: Facts,
  text: string,
  readings: Reading[],
): Promise<Outcome | undefined> {
  const answer = planAnswerIn(text);
  const [only, ...others] = readings;
  const undated = others.length === 0 && only?.date_given === false && only.status !== 'planned';
  const reportsSomething = readings.every(
    (r) => r.kind !== 'same_as_last' && r.status !== 'question' && r.status !== 'cancel',
  );
  if (facts.group || !reportsSomething || (answer === undefined && !undated)) return undefined;
  const asked = await plansAsked(trx, facts.programme.id, facts.me.id, addDays(facts.today, -OPEN_DAYS));
  const meant = asked.flatMap((one) => {
    const said = readAfter(one.plan, answer?.words ?? text, facts);
    return said ? [{ ...one, said }] : [];
  });
  if (meant.length === 0) return undefined;
  // Ambiguous (「去了」 with two open questions, 「去了再说」): asks again, with buttons.
  if (meant.length > 1) return { say: () => plannedAgain(trx, facts, meant[0]!.notice) };
  const [one] = meant as [(typeof meant)[0]];
  return (await outcomeOf(trx, facts, one, answer)) ?? { say: () => plannedAgain(trx, facts, one.notice) };
}

interface Said {
  status: Reading['status'];
  date?: string;
  reason?: string;
  patch: Partial<Activity>;
}

/** The answer, read after the plan's own words; undefined if it names another activity, place or person. */
function readAfter(plan: Activity, text: string, facts: Facts): Said | undefined {
  const knows = readerKnows(facts);
  const begin = beginning(plan, facts);
  const [base] = readMessage(`${begin}，去了`, facts.at, knows).readings;
  const said = readMessage(`${begin}，${text}`, facts.at, knows).readings;
  // 改到周五: not on its day, and planned for another.
  const [full, ...more] = said.length > 1 ? said.filter(({ status }) => status !== 'not_done') : said;
  if (!base || !full || more.length > 0 || [base, ...said].some(({ kind }) => kind !== plan.kind)) return undefined;
  const [before, after] = [startOf(base, facts), startOf(full, facts)] as Record<string, unknown>[];
  const added = Object.keys(after!).filter((key) => JSON.stringify(after![key]) !== JSON.stringify(before![key]));
  if (added.some((key) => ELSEWHERE.includes(key))) return undefined;
  const patch = Object.fromEntries(added.filter((key) => !OWN.includes(key)).map((key) => [key, after![key]]));
  return {
    status: full.status,
    patch,
    ...(full.date ? { date: full.date } : {}),
    ...(full.reason ? { reason: full.reason } : {}),
  };
}

const ELSEWHERE = ['placeId', 'toId', 'partnerId', 'byId', 'kind'];
const OWN = ['status', 'date', 'dateTo', 'reason', 'late'];

function beginning(plan: Activity, { programme }: Facts): string {
  const { school, pupil } = rosterOf(programme);
  const [year, month, day] = plan.date.split('-').map(Number);
  const place = school.get(plan.placeId ?? plan.toId ?? plan.partnerId ?? '')?.name;
  const pupils = plan.pupilIds.flatMap((id) => pupil.get(id)?.name ?? []).join('和');
  const goods = plan.items?.map((item) => item.name).join('和') ?? '';
  const where = place ? `${plan.kind === 'donation' ? '给' : '到'}${place}` : '';
  return `${year}年${month}月${day}日${where}${NAMED[plan.kind]}${pupils}${goods}`;
}

/** The outcome of the answer; undefined if it is not certain. A guess never records anything. */
async function outcomeOf(
  trx: Trx,
  facts: Facts,
  one: AskedPlan & { said: Said },
  answer: PlanAnswer | undefined,
): Promise<Outcome | undefined> {
  const { plan, said } = one;
  const shown: Pick<Outcome, 'say'> = { say: (recorded) => recordedCard(facts, recorded) };
  if (said.status === 'planned' && said.date !== undefined && said.date >= facts.today)
    return { ...planMoved(facts, plan, said.date), ...shown };
  if (said.status === 'not_done' && answer?.outcome !== 'moved')
    return { ...planFailed(facts, plan, said.reason ?? reasonIn(answer?.words ?? '')), ...shown };
  const understood = answer === undefined || answer.bare || Object.keys(said.patch).length > 0;
  const kept = (answer?.outcome ?? 'kept') === 'kept' && understood;
  if (!kept || (said.status !== 'done' && said.status !== 'needs_detail')) return undefined;
  const lacks = stillNeeded({ ...plan, ...said.patch });
  if (lacks.length > 0) return { say: () => plannedForm({ ...one, plan: { ...plan, ...said.patch } }, lacks, facts) };
  const done = await planDone(trx, facts, one, said.patch);
  return done.do?.some((change) => change.what === 'record') ? { ...done, ...shown } : { ...done, say: undefined };
}
