import { dutyShown } from '../../cards/card-models.ts';
import { examplesFor } from '../../cards/examples.ts';
import { answer, notUnderstood } from '../../cards/index.ts';
import { kindsOf as kindsCounted } from '../../plan/feeds.ts';
import { ownObligations } from '../../plan/owed.ts';
import { realmOf } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { likelyKinds } from '../../reading/answers/likely-kinds.ts';
import { dayNamed, kindNotHeld, kindsThatFit, saysNotHeld } from '../../reading/answers/not-held.ts';
import { readMessage } from '../../reading/read.ts';
import type { Reading } from '../../reading/types.ts';
import { obligationsOfPerson } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import { countedCard } from '../insight/counted.ts';
import { currentRange, feedKeysOf, nextRange } from '../insight/own-duties.ts';
import { privately } from '../insight/privately.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { planShown } from '../planned/plan-shown.ts';
import { plannedInWords } from '../planned/planned-in-words.ts';
import { answerIn } from './answer-in-words.ts';
import { ask, draftOf } from './ask.ts';
import { isAskedToReport } from './asked-to-report.ts';
import { concerns } from './concern.ts';
import { mendPeople } from './mend-people.ts';
import { mendRow } from './mend-row.ts';
import { mend, mends } from './mending.ts';
import { type Fresh, newOrRepeated } from './new-or-repeated.ts';
import { type NotHeld, notBegun, notHeld } from './not-held.ts';
import { secondOpinionOn } from './second-opinion.ts';
import { askToConfirm } from './to-confirm.ts';
import { toldOfPupil, unread } from './unread.ts';

const SHORTEST_REPORT = 4;

/** A message that is not a command; its unsure parts may go to a model afterwards. */
export async function report(trx: Trx, facts: Facts, text: string): Promise<Outcome[]> {
  const outcomes = await reported(trx, facts, text);
  return [...concerns(facts, text), ...outcomes, ...secondOpinionOn(facts, text, outcomes)];
}

/** The same as readings: complete ones are recorded at once, incomplete ones become questions. */
async function reported(trx: Trx, facts: Facts, text: string): Promise<Outcome[]> {
  const { shared } = facts;
  const found = readMessage(text, facts.at, shared?.knows ?? readerKnows(facts));
  const readings = shared ? shared.own(found.readings) : found.readings;
  const { leftover } = found;
  if (shared && readings.length === 0) return [];
  const row = await mendRow(trx, facts, text);
  if (row) return [row];
  if (!readings.some(isReport)) {
    const answer = await answerIn(trx, facts, text);
    if (answer) return answer;
    const mended = await mendPeople(trx, facts, text);
    if (mended) return [mended];
  }
  if (isAskedToReport(text)) return unread(trx, facts, text);
  const planned = (await plannedInWords(trx, facts, text, readings)) ?? (await planShown(trx, facts, text, readings));
  if (planned) return [planned];
  if (readings.length === 0 || isFragment(text, readings)) {
    const failed = saysNotHeld(text) ? await notHeld(trx, facts, failureIn(facts, text)) : undefined;
    if (failed) return [failed];
    if (saysNotHeld(text) && !facts.group) return [notBegun(facts, kindNotHeld(text))];
    return leftover === undefined || likelyKinds(text).length > 0
      ? unread(trx, facts, text)
      : notReported(facts, leftover, text);
  }
  const outcomes: Outcome[] = [];
  const fresh: Fresh[] = [];
  const doubtful = readings.filter(unsure).map((reading) => draftOf(facts, reading));
  for (const reading of readings) {
    if (unsure(reading)) continue;
    if (reading.status === 'needs_detail') outcomes.push(ask(facts, reading));
    else if (reading.status === 'question') outcomes.push(await answerQuestion(trx, facts, reading, text));
    else if (mends(reading)) outcomes.push(...(await mend(trx, facts, reading, text, fresh)));
    else outcomes.push(...(await newOrRepeated(trx, facts, reading, fresh)));
  }
  // One card for a message: what waits for a tap stands under what was recorded; in a group it is asked alone.
  const beneath = fresh.length > 0 && !facts.group ? doubtful : [];
  if (doubtful.length > beneath.length) outcomes.unshift(askToConfirm(facts, doubtful));
  if (fresh.length > 0)
    outcomes.unshift({
      do: [{ what: 'record', changes: fresh }, ...beneath.map((draft): Change => ({ what: 'open_draft', draft }))],
      say: (recorded) => recordedCard(facts, recorded, { waiting: beneath }),
    });
  return outcomes;
}

const notReported = (facts: Facts, message: string, text: string): Outcome[] => {
  const kinds = toldOfPupil(facts, text);
  return [{ say: () => notUnderstood({ message, kinds, examples: examplesFor(facts, facts.t) }, facts.t) }];
};

/** The subject of a failure, in words that hold no other reading. */
function failureIn({ programme, me, today }: Facts, text: string): NotHeld {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const ownPupilIds = (caresOfMentor.get(me.id) ?? []).map((c) => c.pupilId);
  const pupilIds = ownPupilIds.filter((id) => text.includes(pupil.get(id)?.name ?? '\n'));
  const kind = kindNotHeld(text);
  return { kind, kinds: kind ? undefined : kindsThatFit(text), pupilIds, date: dayNamed(text, today), reason: text };
}

/** Complete but unsure: what was done or planned is recorded only once confirmed. */
const unsure = ({ status, act }: Reading): boolean => act === 'confirm' && (status === 'done' || status === 'planned');

/** A name or a place alone, such as 「小杰家」, asks for an answer; no report is that short. */
const isFragment = (text: string, readings: Reading[]): boolean =>
  [...text].length < SHORTEST_REPORT && readings.every(({ status }) => status === 'needs_detail');

/** Whether a reading certainly reports something new, rather than answering or correcting an earlier message. */
const isReport = ({ kind, status, act }: Reading): boolean =>
  kind !== 'same_as_last' && status !== 'needs_detail' && act !== 'confirm';

/** Matches 今年送教多少次, not 我还差几次. */
const HOW_OFTEN = /^(?!.*(?:我(?!们)|还|差|剩|欠|缺)).*[几多][少]?次/u;

/** What lies ahead: 下学期还要送教几次, 第二批支教什么时候派. */
const NEXT = /下(?:个)?学期|第二批|下一批/u;

/** 还差几次: the sender's obligations of that kind, from the ledger. */
async function answerQuestion(trx: Trx, facts: Facts, reading: Reading, text: string): Promise<Outcome> {
  const kindAsked = reading.kind === 'same_as_last' ? undefined : reading.kind;
  const range = NEXT.test(text) ? nextRange(facts) : currentRange(facts);
  const counted = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), range);
  const countedById = new Map(counted.map((c) => [c.obligation.id, c]));
  const ownDuties = ownObligations(
    counted.map((c) => c.obligation),
    facts.programme,
    facts.me.id,
  );
  const reader = { ...facts, group: false };
  const duties = ownDuties
    .filter(({ obligation: o }) => kindAsked === undefined || kindsCounted(o.requirement).includes(kindAsked))
    .map(({ obligation }) => dutyShown(countedById.get(obligation.id)!, reader));
  // A sender who answers for others asks about them, unless the question is about what they still owe themselves.
  const ofOthers = duties.length === 0 || HOW_OFTEN.test(text);
  const realm = ofOthers && kindAsked !== undefined && realmOf(facts.me, 'counts', facts.programme);
  if (realm) return privately(facts, facts.t.tasks.title, (alone) => countedCard(trx, alone, realm, kindAsked));
  return privately(facts, facts.t.tasks.title, ({ group, t }) => answer({ asked: kindAsked, duties, group }, t));
}
