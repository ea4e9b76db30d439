import { realmName } from '../../cards/summary.ts';
import { addDays } from '../../plan/dates.ts';
import type { Person } from '../../plan/people.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import type { Realm } from '../../plan/summary.ts';
import { attendanceSince } from '../../store/check-ins.ts';
import { openIdsOf } from '../../store/members.ts';
import type { Facts } from '../intake/facts.ts';
import { permittedRealm } from '../intake/permit.ts';
import { isInRealm, type Listed, type Lister, type ListPage, personName, pupilShown, schoolName } from './lister.ts';

/**
 * 名册: the people the reader answers for, and which of them have a Feishu user. `of`: the pupils in care there, mentors with their
 * mentees, or the teams of pairings.
 */
export const rosterList: Lister = async (trx, facts, ids, page) => {
  if (ids.of === 'mentors' || ids.of === 'team') return pairs(facts, permittedRealm(facts, 'records'), ids.of, page);
  const realm = permittedRealm(facts, 'people');
  if (ids.of === 'pupils') return pupils(facts, page);
  const bound = await openIdsOf(trx, facts.programme.id);
  return people(
    facts,
    page,
    (p) => isInRealm(facts, realm, p),
    (p) => bound.has(p.id),
    realmName(facts.programme, realm),
  );
};

/** 未绑定: people the bot cannot reach yet. */
export const unboundList: Lister = async (trx, facts, _ids, page) => {
  const realm = permittedRealm(facts, 'people');
  const bound = await openIdsOf(trx, facts.programme.id);
  const waiting = (p: Person) => isInRealm(facts, realm, p) && !bound.has(p.id) && !(p.to && p.to < facts.today);
  return people(facts, page, waiting, () => false, realmName(facts.programme, realm));
};

function people(
  facts: Facts,
  { page, size }: ListPage,
  chosen: (p: Person) => boolean,
  isBound: (p: Person) => boolean,
  heading: string,
): Listed {
  const { programme, t } = facts;
  const c = t.lists.columns;
  const all = programme.people.filter(chosen);
  return {
    heading,
    columns: [
      { key: 'name', label: c.name },
      { key: 'school', label: c.school },
      { key: 'role', label: c.role },
      { key: 'bound', label: c.bound },
    ],
    rows: all.slice((page - 1) * size, page * size).map((p) => ({
      name: p.name,
      school: schoolName(facts, p.schoolId),
      role: p.roles.map((r) => t.roles[r]).join(t.comma),
      bound: isBound(p) ? t.lists.yes : t.lists.no,
    })),
    total: all.length,
  };
}

/** People who work together today: mentors with their mentees, the team of each pairing. */
function pairs(facts: Facts, realm: Realm, of: 'mentors' | 'team', { page, size }: ListPage): Listed {
  const { programme, t, today } = facts;
  const { person } = rosterOf(programme);
  const inRealm = (id: string) => {
    const who = person.get(id);
    return who !== undefined && isInRealm(facts, realm, who);
  };
  const rows =
    of === 'mentors'
      ? programme.mentorships
          .filter((m) => alive(m, today) && (inRealm(m.mentorId) || inRealm(m.menteeId)))
          .map((m) => ({
            name: `${personName(facts, m.mentorId)}→${personName(facts, m.menteeId)}`,
            school: `${schoolOf(facts, m.mentorId)}→${schoolOf(facts, m.menteeId)}`,
          }))
      : programme.pairings
          .filter((p) => alive(p, today) && p.team.some(inRealm))
          .map((p) => ({
            school: `${schoolName(facts, p.supporterId)}→${schoolName(facts, p.recipientId)}`,
            name: p.team.map((id) => personName(facts, id)).join(t.comma),
          }));
  const c = t.lists.columns;
  return {
    heading: realmName(programme, realm),
    columns: [
      { key: 'school', label: c.school },
      { key: 'name', label: c.name },
    ],
    rows: rows.slice((page - 1) * size, page * size),
    total: rows.length,
  };
}

const schoolOf = (facts: Facts, personId: string): string =>
  schoolName(facts, rosterOf(facts.programme).person.get(personId)?.schoolId);

function pupils(facts: Facts, { page, size }: ListPage): Listed {
  const { programme, t, me } = facts;
  const c = t.lists.columns;
  const { person, pupil } = rosterOf(programme);
  const cares = programme.cares.filter((care) =>
    [person.get(care.mentorId)?.schoolId, pupil.get(care.pupilId)?.schoolId].includes(me.schoolId),
  );
  const shown = cares.slice((page - 1) * size, page * size).map((care) => ({
    care,
    ...pupilShown(facts, care.pupilId, 'roster'),
  }));
  return {
    columns: [
      { key: 'name', label: c.pupils },
      { key: 'school', label: c.school },
      { key: 'bearer', label: c.bearer },
      { key: 'kind', label: c.kind },
    ],
    rows: shown.map(({ care, name }) => ({
      name: name ?? t.hiddenPupils(1),
      school: schoolName(facts, pupil.get(care.pupilId)?.schoolId),
      bearer: personName(facts, care.mentorId),
      kind: care.kind ?? '',
    })),
    total: cares.length,
    audit: shown.flatMap((s) => s.audit),
  };
}

const ATTENDANCE_DAYS = 30;

/** 打卡: what people on secondment have answered in the last thirty days, latest first. */
export const attendanceList: Lister = async (trx, facts, _ids, { page, size }) => {
  const { programme, t, today } = facts;
  const realm = permittedRealm(facts, 'people');
  const c = t.lists.columns;
  const { person } = rosterOf(programme);
  const answers = (await attendanceSince(trx, programme.id, addDays(today, -ATTENDANCE_DAYS))).filter((a) => {
    const who = person.get(a.personId);
    return who !== undefined && isInRealm(facts, realm, who);
  });
  return {
    heading: realmName(programme, realm),
    columns: [
      { key: 'date', label: c.date },
      { key: 'name', label: c.name },
      { key: 'school', label: c.school },
      { key: 'answer', label: c.answer },
    ],
    rows: answers.slice((page - 1) * size, page * size).map((a) => ({
      date: a.day,
      name: personName(facts, a.personId),
      school: schoolName(facts, person.get(a.personId)?.schoolId),
      answer: `${t.term[a.answer]}${a.late ? ` ${t.lists.late}` : ''}`,
    })),
    total: answers.length,
  };
};
