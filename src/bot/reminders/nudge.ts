import type { Pressed } from '../../cards/buttons.ts';
import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { peopleCalled, schoolsCalled } from '../../plan/called.ts';
import type { School } from '../../plan/people.ts';
import { may } from '../../plan/policy.ts';
import type { Trx } from '../../store/transaction.ts';
import { allLate } from '../insight/list-duties.ts';
import { listAgain, showList } from '../insight/lists.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { personNamed } from '../people/names-and-dates.ts';
import { report } from '../report/report.ts';
import { nudging } from './nudging.ts';
import { digestAgain, peopleOnDigest } from './own-reminder.ts';
import { nudgeMessage } from './write-nudges.ts';

/** 催办 张老师, 催一下张老师, 麻烦催催张老师吧, 催陈志远. */
const NAMED =
  /^(?:请|麻烦|帮我|帮忙)*((?:催办|加急|nudge|urgent)[\s:：]+|(?:再)?(?:去)?(?:催一下|催一催|催催|催促|催办一下|催)[\s:：]*)([^\s。.!！吧的]+?)(?:的[^\s。.!！]{1,10}|一遍|一下)?[吧。.!！]*$/i;
/** 给陈志远发个提醒, 提醒一下陈志远, 全部催一遍. */
const REMIND =
  /^(?:请|麻烦|帮我)*(给|提醒(?:一下|下)?)\s*([^\s。.!！，,我]{2,8}?)(?:老师)?(?:发(?:个|一个|条|一条)?(?:提醒|催办|通知))?[吧。.!！]*$/;
const EVERYBODY =
  /^(?:所有(?:的)?(?:人|老师|教师)|大家|全部(?:的)?(?:人|老师)?|全体(?:老师|教师)?|各位老师|(?:还)?没(?:有)?(?:完成|做|交)的?(?:人|老师)?|逾期的?(?:人|老师)?|everybody|everyone|all)$/i;

/** 催办 张老师; 催办 alone lists who is late, with a button each; 加急 张老师 marks today's 催办 urgent. */
export const nudgeCommand: Command<{ name?: string; urgent: boolean; text?: string }> = {
  name: 'nudge',
  each: ({ name }) => (name === undefined ? 'apart' : undefined),
  match: (text) => {
    if (/^(?:催办|催一下|催一催|nudge)[。!！]?$/i.test(text)) return { urgent: false };
    if (/^(?:全部|都|所有人?)(?:都)?(?:再)?催(?:一遍|一下|办)?[吧了。!！]*$/.test(text))
      return { urgent: false, name: '全部' };
    const found = NAMED.exec(text) ?? REMIND.exec(text);
    if (!found || (found[1]?.startsWith('给') && !/发/.test(text))) return undefined;
    const bare =
      /^(?:催|给|提醒)/.test(found[1]!) &&
      !/催办|催一|催促|催催/.test(found[1]!) &&
      !/^.(?:老师|校长|主任)$/.test(found[2]!);
    return { name: found[2]!, urgent: /加急|urgent/i.test(found[1]!), ...(bare && { text }) };
  },
  run: async (trx, facts, { name, urgent, text }) => {
    if (name === undefined) return showList(trx, facts, 'overdue', {}, 1);
    if (!urgent && EVERYBODY.test(name)) return nudgeLate(trx, facts);
    if (peopleCalled(facts.programme, name).length === 0) {
      const [school, another] = schoolsCalled(facts.programme, name);
      if (!urgent && school && !another) return nudgeLate(trx, facts, school);
      // 「催款通知明天发」 does not name a person.
      if (text !== undefined) return report(trx, facts, text);
    }
    const person = personNamed(facts, name);
    permit(facts, 'remind', { kind: 'person', id: person.id });
    const { t } = facts;
    const answerCard = (text: string) => () => notice({ title: `${t.nudge.title} · ${person.name}`, text }, t);
    if (urgent) {
      const messageId = await nudgeMessage(trx, facts, person.id);
      if (!messageId) return { say: answerCard(t.reminders.urgentLater) };
      return { do: [{ what: 'urgent', messageId, personId: person.id }], say: answerCard(t.reminders.urgentSent) };
    }
    const { toast, ...outcome } = await nudging(trx, facts, [person.id]);
    return { ...outcome, say: answerCard(toast.content) };
  },
};

/** 催一下所有人: the same as the button below the list of overdue duties. 催一下民族中学: the late people of that school. */
async function nudgeLate(trx: Trx, facts: Facts, school?: School): Promise<Outcome> {
  const { programme, t } = facts;
  const late = await allLate(trx, facts);
  const staff = new Set(programme.people.filter((p) => p.schoolId === school?.id).map((p) => p.id));
  const { toast, ...outcome } = await nudging(trx, facts, school ? late.filter((id) => staff.has(id)) : late);
  const title = school ? `${t.nudge.title} · ${school.name}` : t.nudge.title;
  return { ...outcome, say: () => notice({ title, text: toast.content }, t) };
}

/** 催办 of one person, on the coordinator's digest or the list of overdue duties. */
export const nudgeAction: Action<'nudge'> = {
  name: 'nudge',
  run: async (trx, facts, { value, messageId }) => {
    const { person: id } = value;
    if (!facts.programme.people.some((p) => p.id === id)) throw new UserError('gone');
    permit(facts, 'remind', { kind: 'person', id });
    const outcome = await nudging(trx, facts, [id]);
    return nudgedFrom(trx, facts, value, messageId, outcome);
  },
};

/** 全部催办: everybody on the digest, or every late person the sender coordinates, except those nudged within two days. */
export const nudgeAllAction: Action<'nudge_all'> = {
  name: 'nudge_all',
  run: async (trx, facts, { value, messageId }) => {
    const all = value.view === 'overdue' ? await allLate(trx, facts) : await onDigest(trx, facts, messageId);
    return nudgedFrom(trx, facts, value, messageId, await nudging(trx, facts, all));
  },
};

/** The clicked card as it stands afterwards: a page of the list of overdue duties, or a digest. */
async function nudgedFrom(
  trx: Trx,
  facts: Facts,
  { view, page = 1 }: Pressed<'nudge_all'>,
  messageId: string,
  outcome: Required<Pick<Outcome, 'do' | 'toast'>>,
): Promise<Outcome> {
  if (view !== 'overdue') return { ...outcome, say: () => digestAgain(trx, facts, messageId) };
  const redrawn = await listAgain(trx, facts, 'overdue', {}, page);
  return { ...outcome, do: [...outcome.do, ...redrawn.do], say: redrawn.say };
}

/** Who on a digest may still be nudged by this person. */
async function onDigest(trx: Trx, facts: Facts, messageId: string): Promise<string[]> {
  const people = await peopleOnDigest(trx, facts, messageId);
  return people.filter((id) => may(facts.me, 'remind', { kind: 'person', id }, facts.programme));
}

/** 加急 on today's 催办: only at a coordinator's request. */
export const urgentAction: Action<'urgent'> = {
  name: 'urgent',
  run: async (trx, facts, { value }) => {
    const { person: id } = value;
    if (!facts.programme.people.some((p) => p.id === id)) throw new UserError('gone');
    permit(facts, 'remind', { kind: 'person', id });
    const messageId = await nudgeMessage(trx, facts, id);
    const { urgentSent, urgentLater } = facts.t.reminders;
    if (!messageId) return { toast: { type: 'info', content: urgentLater } };
    return { do: [{ what: 'urgent', messageId, personId: id }], toast: { type: 'success', content: urgentSent } };
  },
};
