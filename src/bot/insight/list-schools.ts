import { realmName } from '../../cards/summary.ts';
import type { School } from '../../plan/people.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import type { Realm } from '../../plan/summary.ts';
import type { Facts } from '../intake/facts.ts';
import { permittedRealm } from '../intake/permit.ts';
import { type Lister, schoolName } from './lister.ts';

/** 学校名单: the schools the reader answers for and today's partner of each; schools without a partner first. */
export const schoolList: Lister = async (_trx, facts, _ids, { page, size }) => {
  const { programme, today, t } = facts;
  const realm = permittedRealm(facts, 'counts');
  const { pairingsOfSchool } = rosterOf(programme);
  const c = t.lists.columns;
  const all = programme.schools
    .filter((school) => isSchoolOf(facts, realm, school))
    .map((school) => {
      const pairs = (pairingsOfSchool.get(school.id) ?? []).filter((p) => alive(p, today));
      const supports = pairs.filter((p) => p.supporterId === school.id).map((p) => schoolName(facts, p.recipientId));
      const supported = pairs.filter((p) => p.recipientId === school.id).map((p) => schoolName(facts, p.supporterId));
      return { school, supports, supported, isAlone: pairs.length === 0 };
    });
  const sorted = [...all.filter((s) => s.isAlone), ...all.filter((s) => !s.isAlone)];
  return {
    heading: `${realmName(programme, realm)} · ${t.lists.alone(all.filter((s) => s.isAlone).length)}`,
    columns: [
      { key: 'school', label: c.school },
      { key: 'level', label: c.level },
      { key: 'supports', label: c.supports },
      { key: 'supported', label: c.supported },
    ],
    rows: sorted.slice((page - 1) * size, page * size).map(({ school, supports, supported, isAlone }) => ({
      school: school.name,
      level: school.level ?? '',
      supports: isAlone ? t.lists.unpaired : arrow('→', supports, t.comma),
      supported: arrow('←', supported, t.comma),
    })),
    total: all.length,
  };
};

const arrow = (sign: string, names: string[], comma: string): string =>
  names.length === 0 ? '' : `${sign} ${names.join(comma)}`;

/** A school sees itself and its partners. */
function isSchoolOf({ programme }: Facts, realm: Realm, { id, districtId }: School): boolean {
  if (realm.kind === 'programme') return true;
  if (realm.kind === 'district') return districtId === realm.id;
  const { pairing, pairingsOfSchool } = rosterOf(programme);
  const pairs = realm.kind === 'pairing' ? [pairing.get(realm.id)] : pairingsOfSchool.get(realm.id);
  return id === realm.id || (pairs ?? []).some((p) => p?.supporterId === id || p?.recipientId === id);
}
