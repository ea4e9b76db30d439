import { noticeWords } from '../../cards/notice-log.ts';
import { localWords } from '../../plan/clock.ts';
import { memberOf } from '../../store/members.ts';
import { noticeLog } from '../../store/notice-log.ts';
import { peopleOfRealm } from '../../store/realm.ts';
import { permit, permittedRealm } from '../intake/permit.ts';
import { type Lister, personName } from './lister.ts';

/** 通知: what was sent to whom, what was not, and why. */
export const noticeList: Lister = async (trx, facts, { person }, page) => {
  const { programme, t, timezone } = facts;
  if (person !== undefined) permit(facts, 'remind', { kind: 'person', id: person });
  const realm = permittedRealm(facts, 'remind');
  const about = person !== undefined ? [person] : peopleOfRealm(programme, realm);
  const { rows, total } = await noticeLog(trx, programme.id, about, page);
  const bound = person === undefined || (await memberOf(trx, programme.id, person)) !== undefined;
  const c = t.reminders.columns;
  const heading = person === undefined ? t.reminders.noticesAll : t.reminders.noticesOf(personName(facts, person));
  return {
    heading: bound ? heading : `${heading} · ${t.reminders.reasons.unbound}`,
    columns: [
      { key: 'date', label: c.date },
      { key: 'person', label: c.person },
      { key: 'kind', label: c.kind },
      { key: 'state', label: c.state },
    ],
    rows: rows.map((n) => ({
      date: localWords(n.at, timezone).slice(5),
      person: n.personId ? personName(facts, n.personId) : '',
      ...noticeWords(n, t),
    })),
    total,
  };
};
