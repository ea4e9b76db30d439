import type { Option } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { pupilName } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';
import type { FormAnswers } from '../intake/outcome.ts';

type Choices = { place: Option[]; pupils: Option[]; participants: Option[] };

/**
 * The choices in an activity's form: all schools, and for the person who did it, the pupils in care that the reader may know and
 * the people of their school and of the schools paired with it.
 */
export function choicesOf(facts: Facts, { byId }: Pick<Partial<Activity>, 'byId'> = {}): Choices {
  const { programme } = facts;
  const doer = byId === undefined ? undefined : rosterOf(programme).person.get(byId);
  const me = doer ?? facts.me;
  const roster = rosterOf(programme);
  const pairings = me.schoolId ? (roster.pairingsOfSchool.get(me.schoolId) ?? []) : [];
  const schools = new Set(pairings.flatMap((p) => [p.supporterId, p.recipientId]));
  if (me.schoolId) schools.add(me.schoolId);
  const cares = roster.caresOfMentor.get(me.id) ?? [];
  return {
    place: programme.schools.map((s) => ({ value: s.id, label: s.name })),
    pupils: cares.flatMap((c) => {
      const label = pupilName(c.pupilId, facts);
      return label === undefined ? [] : [{ value: c.pupilId, label }];
    }),
    participants: programme.people
      .filter((p) => p.id !== me.id && p.schoolId !== undefined && schools.has(p.schoolId))
      .map((p) => ({ value: p.id, label: p.name })),
  };
}

/** The school chosen by id or typed by name; undefined if the field is empty. Throws bad_form. */
export function chosenSchool(facts: Facts, form: FormAnswers): string | undefined {
  const given = form.place ?? form.place_text;
  if (given === undefined || given === '') return undefined;
  const school = facts.programme.schools.find(
    (s) => s.id === given || s.name === given || s.short.includes(String(given).trim()),
  );
  if (!school) throw new UserError('bad_form', facts.t.fields.place);
  return school.id;
}

/** The same for several, each among the choices of `base`'s form. */
export function chosenPeople(
  facts: Facts,
  field: 'pupils' | 'participants',
  form: FormAnswers,
  base: Partial<Activity>,
): string[] | undefined {
  const given = form[field] ?? form[`${field}_text`];
  if (given === undefined || given === '') return undefined;
  const options = choicesOf(facts, base)[field];
  const values = Array.isArray(given)
    ? given
    : String(given)
        .split(/[、,，\s]+/)
        .filter(Boolean);
  return values.map((value) => {
    const matching = options.filter((o) => o.value === value || o.label === value);
    if (matching.length !== 1) throw new UserError('bad_form', `${facts.t.fields[field]}：${value.slice(0, 20)}`);
    return matching[0]!.value;
  });
}
