import { dayAt } from '../../plan/clock.ts';
import { confirmersOf } from '../../plan/confirm.ts';
import { kindsOf } from '../../plan/feeds.ts';
import { may } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { openHelp } from '../../store/help.ts';
import { activityPage } from '../../store/lists.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { permittedRealm } from '../intake/permit.ts';
import { activityRow } from './list-activities.ts';
import { cell, isInRealm, type Lister, listDays, personName, schoolName } from './lister.ts';

const AT_ONCE = 500;

/** 待确认: this term's activities by others at the reader's school that the school has neither confirmed nor disputed. */
export const confirmationList: Lister = async (trx, facts, _ids, { page, size }) => {
  permittedRealm(facts, 'confirm');
  const waiting = await waitingForMe(trx, facts);
  const c = facts.t.lists.columns;
  return {
    columns: [
      { key: 'date', label: c.date },
      { key: 'kind', label: c.kind },
      { key: 'name', label: c.name },
      { key: 'school', label: c.school },
      { key: 'pupils', label: c.pupils, type: 'number' },
    ],
    rows: waiting.slice((page - 1) * size, page * size).map((a) => activityRow(facts, a)),
    total: waiting.length,
  };
};

/** This term's activities that this person's school still has to confirm, latest first. */
export async function waitingForMe(trx: Trx, facts: Facts): Promise<StoredActivity[]> {
  const { programme, me } = facts;
  const days = listDays(facts);
  const asking = programme.plans.flatMap((use) => use.plan.requirements.filter((r) => r.confirm === 'recipient'));
  const helpers = new Set(
    (rosterOf(programme).pairingsOfSchool.get(me.schoolId ?? '') ?? [])
      .filter((p) => p.recipientId === me.schoolId)
      .map((p) => p.supporterId),
  );
  if (!days || asking.length === 0 || helpers.size === 0) return [];
  const by = {
    dates: days.term,
    kinds: [...new Set(asking.flatMap(kindsOf))],
    byIds: programme.people.filter((p) => helpers.has(p.schoolId ?? '')).map((p) => p.id),
  };
  const mayConfirm = (a: StoredActivity) =>
    confirmersOf(programme, a).some((id) => may(me, 'confirm', { kind: 'school', id }, programme));
  const waiting: StoredActivity[] = [];
  for (let at = 1; ; at++) {
    const found = await activityPage(trx, programme.id, by, { page: at, size: AT_ONCE });
    waiting.push(...found.filter((a) => !a.confirmation && mayConfirm(a)));
    if (found.length < AT_ONCE) return waiting;
  }
}

/** 求助: open help requests from the people the reader answers for. */
export const helpList: Lister = async (trx, facts, _ids, { page, size }) => {
  const { programme, t } = facts;
  const realm = permittedRealm(facts, 'answer');
  const { person } = rosterOf(programme);
  const open = (await openHelp(trx, programme.id)).filter((h) => {
    const who = person.get(h.personId);
    return who !== undefined && isInRealm(facts, realm, who);
  });
  const c = t.lists.columns;
  const day = (ms: number) => dayAt(ms, facts.timezone);
  return {
    columns: [
      { key: 'date', label: c.date },
      { key: 'name', label: c.name },
      { key: 'school', label: c.school },
      { key: 'asked', label: c.asked },
      { key: 'state', label: c.state },
    ],
    rows: open.slice((page - 1) * size, page * size).map((h) => ({
      date: day(h.askedAt),
      name: personName(facts, h.personId),
      school: schoolName(facts, person.get(h.personId)?.schoolId),
      asked: cell(wordsShown(h.text, facts, h.personId)),
      state: t.helpRequest.states[h.state],
    })),
    total: open.length,
  };
};
