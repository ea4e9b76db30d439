import { activityShown } from '../../cards/card-models.ts';
import { pupilRecord } from '../../cards/records.ts';
import type { CareNotes } from '../../plan/activity.ts';
import { ownPupilsCalled, pupilsCalled } from '../../plan/called.ts';
import { may } from '../../plan/policy.ts';
import { pupilName } from '../../plan/pupil-names.ts';
import { activitiesOfPupil } from '../../store/pupil-activities.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { report } from '../report/report.ts';
import { privately } from './privately.ts';

const SAID =
  /^(?<name>\p{Script=Han}{2,6}?)(?:同学)?的?(?:帮扶|谈话|家访|转化|成长)?(?:记录|档案|成因[和与、]?措施|措施和成效)(?:我)?(?:(?:都|有没有)?(?:写|记|填|定|登记)(?:过|了|好)*(?:没有?|吗)?)?$/u;

/** The notes that a question may be about. */
const PARTS: [keyof CareNotes, RegExp][] = [
  ['cause', /成因/u],
  ['measures', /措施/u],
  ['result', /成效/u],
];

/** 小杰的帮扶记录, 小杰的成因和措施: notes and activities of a pupil the asker may know; other words are a report. */
export const pupilRecordCommand: Command<{ text: string; name: string }> = {
  name: 'pupil-record',
  match: (text) => {
    const name = SAID.exec(plainQuestion(text))?.groups?.name;
    return name === undefined ? undefined : { text, name };
  },
  run: async (trx, facts, { text, name }) => {
    const pupilId = pupilMeant(facts, name);
    if (pupilId === undefined) return report(trx, facts, text);
    return privately(facts, facts.t.lists.records, (alone) => recordOf(trx, alone, pupilId, text));
  },
};

/** Finds a pupil by name among those the asker may see, their own first. */
function pupilMeant({ programme, me }: Facts, name: string): string | undefined {
  const known = pupilsCalled(programme, name).filter((p) => may(me, 'pupils', { kind: 'pupil', id: p.id }, programme));
  return (ownPupilsCalled(programme, me.id, name)[0] ?? known[0])?.id;
}

async function recordOf(trx: Trx, facts: Facts, pupilId: string, text: string) {
  const done = (await activitiesOfPupil(trx, facts.programme, pupilId))
    .filter((a) => a.status === 'done')
    .toSorted((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
  // Notes about several pupils are about each of them; what was noted last holds.
  const care: CareNotes = Object.assign({}, ...done.filter((a) => a.pupilIds.includes(pupilId)).map((a) => a.care));
  const activities = done.toReversed().map((a) => activityShown({ ...a, care: undefined, pupilIds: [] }, facts));
  const asked = PARTS.filter(([, words]) => words.test(text)).map(([part]) => part);
  return pupilRecord({ name: pupilName(pupilId, facts) ?? '', care, activities, asked }, facts.t);
}
