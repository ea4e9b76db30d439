import { helpRequest } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { type Actor, allActingOn } from '../../plan/policy.ts';
import { pupilsBlanked, wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { type HelpRequest, lockHelp } from '../../store/help.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/** A request as a reader sees it; by default the person who wrote or clicked. */
export function helpCard(facts: Facts, help: HelpRequest, reader?: Actor) {
  const { person, school } = rosterOf(facts.programme);
  const readerFacts = { ...facts, reader: reader ?? facts.me, group: reader === undefined && facts.group };
  const words = (text: string) => wordsShown(text, readerFacts, help.personId);
  const asker = person.get(help.personId);
  return helpRequest(
    {
      help: help.id,
      name: asker?.name ?? '',
      school: school.get(asker?.schoolId ?? '')?.name ?? '',
      ...(help.about && { about: help.about }),
      text: words(help.text),
      blanked: pupilsBlanked(help.text, readerFacts, help.personId).map((id) => whoIs(facts, id)),
      state: help.state,
      ...(help.takenBy && { takenBy: person.get(help.takenBy)?.name ?? '' }),
      answers: help.answers.map((a) => ({ by: person.get(a.byId)?.name ?? '', text: words(a.text) })),
      own: readerFacts.reader.id === help.personId,
    },
    facts.t,
  );
}

/** A pupil without the name: school and grade, and who at the school may disclose it. */
function whoIs({ programme, today }: Facts, pupilId: string) {
  const { pupil, schoolName, peopleOfSchool } = rosterOf(programme);
  const { schoolId, grade } = pupil.get(pupilId) ?? {};
  const coordinators = allActingOn(peopleOfSchool.get(schoolId ?? '') ?? [], today).filter((p) =>
    p.roles.includes('coordinator'),
  );
  return { school: schoolName(schoolId) ?? '', grade: grade ?? '', knows: coordinators.map((p) => p.name) };
}

/** The request a button refers to, locked. Throws gone. */
export async function helpOf(trx: Trx, facts: Facts, { value }: { value: { help: string } }): Promise<HelpRequest> {
  const help = await lockHelp(trx, facts.programme.id, value.help);
  if (!help) throw new UserError('gone');
  return help;
}
