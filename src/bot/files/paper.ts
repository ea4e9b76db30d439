import { UserError } from '../../errors.ts';
import type { Paper } from '../../plan/plan.ts';
import { realmOf } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { idsNamed } from '../insight/ask-for-list.ts';
import type { PaperOf } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { filed } from './export.ts';
import { type PaperAsked, paperAsked } from './paper-asked.ts';

/** 写一份本学期总结, 帮我起草心得, 生成万佑的考核材料: a draft of facts as a document. */
export const paperCommand: Command<PaperAsked> = {
  name: 'paper',
  match: paperAsked,
  run: async (_trx, facts, { paper, name, span }) => {
    const of = paperSubject(facts, paper, name);
    if (!of) throw new UserError('unknown_name', name);
    permit(facts, 'archive', of);
    return filed(facts, { what: 'paper', paper, of, span });
  },
};

/** What the request names. By default: the sender, or their school and its only pairing, or for a bureau everything. */
function paperSubject({ programme, me }: Facts, paper: Paper, name: string): PaperOf | undefined {
  const ids = idsNamed(programme, name, me.schoolId);
  if (ids?.pairing) return { kind: 'pairing', id: ids.pairing };
  if (ids?.school) return { kind: 'school', id: ids.school };
  if (ids?.person) return { kind: 'person', id: ids.person };
  if (name !== '') return undefined;
  const ofSchool =
    ['appraisal', 'commendation'].includes(paper) ||
    (['summary', 'plan'].includes(paper) && realmOf(me, 'archive', programme) !== undefined);
  const realm = me.schoolId ? undefined : realmOf(me, 'counts', programme);
  if (realm?.kind === 'district') return { kind: 'district', id: realm.id };
  if (realm) return { kind: 'programme', id: programme.id };
  if (!ofSchool || !me.schoolId) return { kind: 'person', id: me.id };
  const [only, more] = rosterOf(programme).pairingsOfSchool.get(me.schoolId) ?? [];
  return only && !more ? { kind: 'pairing', id: only.id } : { kind: 'school', id: me.schoolId };
}
