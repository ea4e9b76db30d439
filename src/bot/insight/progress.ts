import { UserError } from '../../errors.ts';
import type { Programme } from '../../plan/programme.ts';
import type { Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import type { Ids } from './list.ts';
import { showList } from './lists.ts';

/** 进度, 进度 学校|老师|甲校→乙校: x of y of one's realm, or of the one that is named. */
export const progress: Command<{ name: string }> = {
  name: 'progress',
  match: (text) => {
    if (/^(?:进展|完成情况|(?:进度|进展|完成情况)(?:怎么样|如何))$/.test(plainQuestion(text))) return { name: '' };
    const said = /^(?:进度|progress)(?:[\s:：]+(.{1,60}))?$/i.exec(text);
    return said ? { name: said[1]?.trim() ?? '' } : undefined;
  },
  run: (trx, facts, { name }) => {
    const ids = named(facts.programme, name, facts.me.schoolId);
    if (!ids) throw new UserError('gone', name);
    return showList(trx, facts, ids.person === undefined ? 'progress' : 'duties', ids, 1);
  },
};

/** A school, a pairing (`甲→乙`, `甲-乙`, `甲 乙`) or a person by name; of several persons the one of one's own school. */
export function named(programme: Programme, name: string, ownSchool: string | undefined): Ids | undefined {
  if (name === '') return {};
  const schoolOf = (text: string) => programme.schools.find((s) => s.name === text || s.short.includes(text))?.id;
  const school = schoolOf(name);
  if (school) return { school };
  const [from, to] = name.split(/\s*(?:→|->|-|—|到|对|\s)\s*/).map(schoolOf);
  const pairing = programme.pairings.find((p) => p.supporterId === from && p.recipientId === to);
  if (pairing) return { pairing: pairing.id };
  const people = programme.people.filter((p) => p.name === name);
  const person = people.find((p) => p.schoolId === ownSchool) ?? people[0];
  return person && { person: person.id };
}
