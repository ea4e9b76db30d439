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
import { planDone, plannedForm, stillNeeded } from './plan-done.ts';
import { planFailed } from './planned-failed.ts';
import { planMoved } from './planned-move.ts';

/** A question of Friday is answered on Monday at the latest. */
const OPEN_DAYS = 3;

/** What an answer to 「做了吗？」 begins with; anything else that names no activity is talk. Longer ones first. */
const BEGINNINGS = {
  kept: `去过 去了 做完 做了 办完 办了 搞完 搞定 完成 上完 上了 讲了 听完 听了 谈了 聊了 开完 开了 送去 送到 送了 交了 家访了`,
  failed: `没有去 没去 没有做 没做 没办 没上 没听 没讲 没谈 没开 没送 没交 没成 没能 未能 没搞 没来得及 去不了 去不成 取消 不去了`,
  moved: `改到 改期 改成 改在 推迟 推到 延期 延到 延后 挪到 顺延`,
};

const POLITE = /^(?:是的|是|对|嗯+|好的?|已经?|都|昨天|昨日|哦|噢|[，,。.！!、\s])+/;
/** What may follow without saying anything. */
const FILLING = /^(?:了|过|的|啊|呀|哦|趟|一趟|一次|都|一切|很|挺|顺利|不错|好|谢谢|老师|您|[，,。.！!~～、\s])*$/;

export interface Answer {
  tells: keyof typeof BEGINNINGS;
  /** The answer without what only is polite. */
  words: string;
  /** Nothing follows that would have to be understood. */
  bare: boolean;
}

/** How each kind is named to the reader, so that an answer is read as the rest of a sentence. Nobody plans a roster. */
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

/** Whether a message may say what became of a plan, and which way; undefined where it is about something else. Pure. */
export function answerIn(text: string): Answer | undefined {
  const words = text.normalize('NFKC').replace(POLITE, '');
  for (const tells of ['kept', 'failed', 'moved'] as const) {
    const begin = BEGINNINGS[tells].split(' ').find((word) => words.startsWith(word));
    if (begin) return { tells, words, bare: FILLING.test(words.slice(begin.length)) };
  }
  return undefined;
}

/**
 * What a message says about a plan its sender was asked about (「去了，上了两节」 「没去成，下雨了」 「改到周五」): read as the end of a
 * sentence that begins with the plan. Undefined where it is about something else; `readings` are what it says by itself.
 */
export async function plannedInWords(
  trx: Trx,
  facts: Facts,
  text: string,
  readings: Reading[],
): Promise<Outcome | undefined> {
  const answer = answerIn(text);
  const [only, ...others] = readings;
  const undated = others.length === 0 && only?.date_given === false && only.status !== 'planned';
  const tells = readings.every((r) => r.kind !== 'same_as_last' && r.status !== 'question' && r.status !== 'cancel');
  if (facts.group || !tells || (answer === undefined && !undated)) return undefined;
  const asked = await plansAsked(trx, facts.programme.id, facts.me.id, addDays(facts.today, -OPEN_DAYS));
  const meant = asked.flatMap((one) => {
    const said = readAfter(one.plan, answer?.words ?? text, facts);
    return said ? [{ ...one, said }] : [];
  });
  if (meant.length === 0) return undefined;
  // 「去了」 with two open questions, 「去了再说」: asked again, with buttons.
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

/** The answer read after the plan's own words; undefined where it tells of another activity, place or person. */
function readAfter(plan: Activity, text: string, facts: Facts): Said | undefined {
  const knows = readerKnows(facts);
  const begin = beginning(plan, facts);
  const [base] = readMessage(`${begin}，去了`, facts.at, knows).readings;
  const [full, ...more] = readMessage(`${begin}，${text}`, facts.at, knows).readings;
  if (!base || !full || more.length > 0 || base.kind !== plan.kind || full.kind !== plan.kind) return undefined;
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

/** What the answer comes to; undefined where it cannot be told for certain. Nothing is recorded on a guess. */
async function outcomeOf(
  trx: Trx,
  facts: Facts,
  one: AskedPlan & { said: Said },
  answer: Answer | undefined,
): Promise<Outcome | undefined> {
  const { plan, said } = one;
  const shown: Pick<Outcome, 'say'> = { say: (recorded) => recordedCard(facts, recorded) };
  if (said.status === 'planned' && said.date !== undefined && said.date >= facts.today)
    return { ...planMoved(facts, plan, said.date), ...shown };
  if (said.status === 'not_done' && answer?.tells !== 'moved')
    return { ...planFailed(facts, plan, said.reason ?? reasonIn(answer?.words ?? '')), ...shown };
  const understood = answer === undefined || answer.bare || Object.keys(said.patch).length > 0;
  const kept = (answer?.tells ?? 'kept') === 'kept' && understood;
  if (!kept || (said.status !== 'done' && said.status !== 'needs_detail')) return undefined;
  const lacks = stillNeeded({ ...plan, ...said.patch });
  if (lacks.length > 0) return { say: () => plannedForm({ ...one, plan: { ...plan, ...said.patch } }, lacks, facts) };
  const done = await planDone(trx, facts, one, said.patch);
  return done.do?.some((change) => change.what === 'record') ? { ...done, ...shown } : { ...done, say: undefined };
}

/** 「没去成，下雨了」: what follows the first pause. */
const reasonIn = (words: string): string =>
  words
    .split(/[,，。;；、\s]/)
    .slice(1)
    .join('，')
    .slice(0, 200);
