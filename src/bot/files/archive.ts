import { UserError } from '../../errors.ts';
import type { ArchiveOf } from '../../export/archive.ts';
import { rosterOf } from '../../plan/roster.ts';
import { idsNamed } from '../insight/ask-for-list.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { permitArchive } from '../intake/permit.ts';
import { filed } from './export.ts';

/** 建档 甲校→乙校, 建档 学校 (of one pairing), 建档 学生, 建档 姓名 (alone: the sender): everything held about it as a ZIP. */
export const archiveCommand: Command<{ name: string }> = {
  name: 'archive',
  match: (text) => {
    const match = /^(?:建档立卡|建档|档案)(?:[\s:：]+(.{1,60}))?$/.exec(text);
    return match ? { name: match[1]?.trim() ?? '' } : undefined;
  },
  run: async (_trx, facts, { name }) => {
    const of = archiveNamed(facts, name);
    if (!of) throw new UserError('unknown_name', name);
    permitArchive(facts, of);
    return filed(facts, { what: 'archive', of });
  },
};

function archiveNamed({ programme, me }: Facts, name: string): ArchiveOf | undefined {
  if (name === '') return { kind: 'person', id: me.id };
  const ids = idsNamed(programme, name, me.schoolId);
  if (ids?.pairing) return { kind: 'pairing', id: ids.pairing };
  const [only, more] = rosterOf(programme).pairingsOfSchool.get(ids?.school ?? '') ?? [];
  if (only && !more) return { kind: 'pairing', id: only.id };
  if (ids?.person) return { kind: 'person', id: ids.person };
  // Of pupils with the same name, the sender's own comes first.
  const { caresOfMentor, pupil } = rosterOf(programme);
  const ownPupils = (caresOfMentor.get(me.id) ?? []).flatMap((c) => pupil.get(c.pupilId) ?? []);
  const found = [...ownPupils, ...programme.pupils.filter((p) => p.schoolId === me.schoolId)].find(
    (p) => p.name === name,
  );
  return found && { kind: 'pupil', id: found.id };
}
