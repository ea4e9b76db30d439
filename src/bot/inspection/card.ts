import { activityShown } from '../../cards/card-models.ts';
import type { Card } from '../../cards/index.ts';
import { inspectionCard } from '../../cards/inspection.ts';
import type { Ymd } from '../../plan/dates.ts';
import {
  type Inspected,
  type Inspection,
  inspectedName,
  ownersOf,
  schoolsInspected,
  unnamed,
} from '../../plan/inspection.ts';
import { type Actor, allActingOn, may } from '../../plan/policy.ts';
import type { Programme } from '../../plan/programme.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { activitiesById } from '../../store/inspection.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { lateDutiesOf } from './facts.ts';

/** Whether a person may carry an inspection on: its opener, and anybody with the right to inspect the same. */
export const mayInspect = (actor: Actor, inspection: Inspection, programme: Programme): boolean =>
  actor.id === inspection.personId ||
  (may(actor, 'inspect', inspection.of, programme) &&
    !ownersOf(programme, inspection.of, actor.actsOn).includes(actor.id));

/** An inspection as its reader sees it; by default the person who wrote or clicked. `circular`: the findings without names. */
export async function cardOfInspection(
  trx: Trx,
  facts: Facts,
  inspection: Inspection,
  { reader = facts.me, circular = false }: { reader?: Actor; circular?: boolean } = {},
): Promise<Card> {
  const { programme, today, t } = facts;
  const readerFacts = { ...facts, me: reader, reader, group: facts.group };
  const person = (id: string) => rosterOf(programme).personName(id) ?? '';
  const inspects = mayInspect(reader, inspection, programme);
  const owns = inspection.findings.some((f) => f.ownerIds.includes(reader.id));
  const drawn = inspects && !circular ? await activitiesById(trx, programme.id, inspection.sample) : [];
  const byId = new Map(drawn.map((a) => [a.id, a]));
  return inspectionCard(
    {
      inspection: inspection.id,
      name: inspectedName(programme, inspection.of),
      on: inspection.on,
      by: person(inspection.personId),
      state: inspection.state,
      figures: inspection.figures,
      late: inspects && !circular ? await lateDutiesOf(trx, facts, inspection.of) : [],
      sample: inspection.sample.flatMap((id) => byId.get(id) ?? []).map((a) => activityShown(a, readerFacts)),
      findings: inspection.findings.map((f) => ({
        n: f.n,
        text: wordsShown(
          circular ? unnamed(programme, inspection.of, f.text, t.inspection.somebody) : f.text,
          readerFacts,
        ),
        owners: f.ownerIds.map(person),
        due: f.due,
        state: f.state,
        answers: f.answers.map((a) => ({ by: person(a.byId), text: wordsShown(a.text, readerFacts, a.byId) })),
      })),
      reader: inspects ? 'inspector' : owns ? 'owner' : 'reader',
      people: inspects ? peopleToAct(programme, inspection.of, today) : [],
      circular,
    },
    t,
  );
}

/** People the inspector may ask to act: the person inspected, or the people of the schools. */
function peopleToAct(programme: Programme, of: Inspected, today: Ymd) {
  if (of.kind === 'person') return [];
  const schools = schoolsInspected(programme, of);
  const { schoolName } = rosterOf(programme);
  return allActingOn(programme.people, today)
    .filter((p) => p.roles.length > 0 && schools.includes(p.schoolId ?? ''))
    .map((p) => ({ value: p.id, label: `${p.name} ${schoolName(p.schoolId) ?? ''}` }));
}
