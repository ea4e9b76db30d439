import { type Pairing, SCHOOL_KINDS, type School } from '../plan/people.ts';
import { rosterOf } from '../plan/roster.ts';
import { alive, rangeOf } from '../plan/spells.ts';
import type { OpenColumn } from './column.ts';

export const SCHOOL_COLUMNS: readonly OpenColumn<School>[] = [
  { name: 'id', type: 'string', says: 'Never changes', of: (s) => s.id },
  { name: 'name', type: 'string', says: 'Name', of: (s) => s.name },
  {
    name: 'district',
    type: 'string',
    nullable: true,
    says: 'District',
    of: (s, { programme }) => rosterOf(programme).district.get(s.districtId ?? '')?.name,
  },
  { name: 'school_kind', type: 'string', values: SCHOOL_KINDS, nullable: true, says: 'Kind', of: (s) => s.kind },
  { name: 'level', type: 'string', nullable: true, says: 'Level', of: (s) => s.level },
  {
    name: 'staff',
    type: 'integer',
    says: 'Staff in the programme today',
    of: (s, { programme, today }) =>
      (rosterOf(programme).peopleOfSchool.get(s.id) ?? []).filter((p) => alive(p, today)).length,
  },
];

export const PAIRING_COLUMNS: readonly OpenColumn<Pairing>[] = [
  { name: 'id', type: 'string', says: 'Never changes', of: (p) => p.id },
  {
    name: 'name',
    type: 'string',
    says: 'Both schools',
    of: (p, { programme }) =>
      `${rosterOf(programme).schoolName(p.supporterId)}→${rosterOf(programme).schoolName(p.recipientId)}`,
  },
  {
    name: 'supporter',
    type: 'string',
    says: 'Supporter school',
    of: (p, { programme }) => rosterOf(programme).schoolName(p.supporterId),
  },
  {
    name: 'recipient',
    type: 'string',
    says: 'Recipient school',
    of: (p, { programme }) => rosterOf(programme).schoolName(p.recipientId),
  },
  { name: 'kinds', type: 'strings', says: 'Kinds of support', of: (p) => p.kinds },
  { name: 'from', type: 'string', format: 'date', nullable: true, says: 'From', of: (p) => rangeOf(p).start },
  { name: 'until', type: 'string', format: 'date', nullable: true, says: 'To', of: (p) => rangeOf(p).end },
  {
    name: 'team_names',
    type: 'strings',
    nullable: true,
    names: true,
    says: 'Its team, with the scope names',
    of: (p, { programme }) => p.team.map((id) => rosterOf(programme).personName(id) ?? ''),
  },
];
