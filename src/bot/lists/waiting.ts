import { confirmersOf } from '../../plan/confirm.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { openHelp } from '../../store/help.ts';
import { activityPage } from '../../store/summary.ts';
import { permittedRealm } from '../permit.ts';
import { activityRow } from './activities.ts';
import { cell, daysOf, isInRealm, type Lister, personName, schoolName } from './list.ts';

/** 待确认: what others did at one's school this term and nobody there has confirmed or disputed. */
export const confirmations: Lister = async (trx, facts, _ids, { page, size }) => {
  const { programme, me, t } = facts;
  permittedRealm(facts, 'confirm');
  const days = daysOf(facts);
  const waiting: StoredActivity[] = [];
  for (let at = 1; days; at++) {
    const found = await activityPage(trx, programme.id, { dates: days.term }, { page: at, size: 500 });
    const mine = (a: StoredActivity) =>
      confirmersOf(programme, a).some((id) => may(me, 'confirm', { kind: 'school', id }, programme));
    waiting.push(...found.filter((a) => !a.confirmation && mine(a)));
    if (found.length < 500) break;
  }
  const c = t.lists.columns;
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

/** 求助: what people of one's realm have asked and nobody has closed. */
export const helpWanted: Lister = async (trx, facts, _ids, { page, size }) => {
  const { programme, t } = facts;
  const realm = permittedRealm(facts, 'answer');
  const { person } = rosterOf(programme);
  const open = (await openHelp(trx, programme.id)).filter((h) => {
    const who = person.get(h.personId);
    return who !== undefined && isInRealm(facts, realm, who);
  });
  const c = t.lists.columns;
  const day = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(facts.timezone).toPlainDate().toString();
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
      asked: cell(h.text),
      state: t.helpRequest.states[h.state],
    })),
    total: open.length,
  };
};
