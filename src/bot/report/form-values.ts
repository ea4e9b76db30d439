import type { FieldName, Option } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, Mode } from '../../plan/activity.ts';
import { isYmd } from '../../plan/dates.ts';
import { pupilName, wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';
import type { FormAnswers } from '../intake/outcome.ts';

type Choices = { place: Option[]; pupils: Option[]; participants: Option[] };

type Values = Partial<Record<FieldName, string | string[]>>;

/** What this person may choose from: all schools, the pupils in one's care, the people of one's own and paired schools. */
export function choicesOf(facts: Facts): Choices {
  const { programme, me } = facts;
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

/** An activity as a form shows it to its reader: words that name a pupil they may not know are left for them to leave alone. */
export function valuesFor(a: Partial<Activity>, facts: Facts): Values {
  const readable = ([, value]: [string, string | string[]]) =>
    [value].flat().every((v) => wordsShown(v, facts, a.byId) === v);
  return Object.fromEntries(
    Object.entries(formValues(a)).filter((entry) => readable(entry as [string, string])),
  ) as Values;
}

/** An activity field by field. */
export function formValues(a: Partial<Activity>): Values {
  const text = (n: number | undefined) => (n === undefined ? undefined : String(n));
  const values: Values = {
    date: a.date,
    dateTo: a.dateTo,
    place: a.placeId ?? a.toId ?? a.partnerId,
    pupils: a.pupilIds,
    participants: a.participantIds,
    lessons: text(a.lessons),
    times: text(a.times),
    days: text(a.days),
    people: text(a.people),
    pupilCount: text(a.pupilCount),
    pieces: text(a.pieces),
    cashYuan: text(a.cashYuan),
    valueYuan: text(a.valueYuan),
    items: a.items?.map((i) => `${i.name}${i.qty ?? ''}${i.unit ?? ''}`).join('、'),
    grade: a.grade,
    subject: a.subject,
    topic: a.topic,
    mode: a.mode,
    evaluated: a.evaluated === undefined || a.evaluated === null ? undefined : String(a.evaluated),
    role: a.role,
    reason: a.reason,
  };
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== '')) as Values;
}

const COUNTS = ['lessons', 'times', 'days', 'people', 'pupilCount', 'pieces'] as const;
const YUAN = ['cashYuan', 'valueYuan'] as const;
const WORDS = ['grade', 'subject', 'topic', 'role', 'reason'] as const;
const MODES: readonly string[] = ['visit', 'phone', 'online'] satisfies Mode[];
const MAX_COUNT = 10_000;
const MAX_YUAN = 1_000_000_000;
export const MAX_TEXT = 200;

/**
 * `base` with the answers of a form, checked as strictly as a reading: the client enforces nothing, and whoever forges a
 * callback may send any value. Only `fields` are taken. Throws bad_form naming the field.
 */
export function withForm<T extends Partial<Activity>>(
  base: T,
  form: FormAnswers,
  fields: FieldName[],
  facts: Facts,
): T {
  const { t, today } = facts;
  const changed: Partial<Activity> = {};
  const wrong = (field: FieldName): never => {
    throw new UserError('bad_form', t.fields[field]);
  };
  const one = (field: FieldName): string | undefined => {
    const value = form[field];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return wrong(field);
    return value.trim().normalize('NFC') || undefined;
  };
  for (const field of fields) {
    if (field === 'date' || field === 'dateTo') {
      const value = one(field);
      if (value === undefined) continue;
      if (!isYmd(value) || (base.status !== 'planned' && field === 'date' && value > today)) wrong(field);
      changed[field] = value;
    } else if (field === 'place') {
      const id = oneOf(facts, field, form);
      if (id) Object.assign(changed, { placeId: id, toId: base.toId && id, partnerId: base.partnerId && id });
    } else if (field === 'pupils' || field === 'participants') {
      const ids = manyOf(facts, field, form);
      if (ids) changed[field === 'pupils' ? 'pupilIds' : 'participantIds'] = ids;
    } else if ((COUNTS as readonly string[]).includes(field)) {
      const value = one(field);
      if (value === undefined) continue;
      if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > MAX_COUNT) wrong(field);
      changed[field as (typeof COUNTS)[number]] = Number(value);
    } else if ((YUAN as readonly string[]).includes(field)) {
      const value = one(field);
      if (value === undefined) continue;
      if (!/^\d{1,10}(\.\d{1,2})?$/.test(value) || Number(value) > MAX_YUAN) wrong(field);
      changed[field as (typeof YUAN)[number]] = Number(value);
    } else if (field === 'mode') {
      const value = one(field);
      if (value === undefined) continue;
      if (!MODES.includes(value)) wrong(field);
      changed.mode = value as Mode;
    } else if (field === 'evaluated') {
      const value = one(field);
      if (value !== undefined && value !== 'true' && value !== 'false') wrong(field);
      if (value !== undefined) changed.evaluated = value === 'true';
    } else if (field === 'items') {
      const value = one(field);
      if (value !== undefined)
        changed.items = value
          .slice(0, MAX_TEXT)
          .split(/[、,，;；]/)
          .map((name) => ({ name: name.trim() }));
    } else if ((WORDS as readonly string[]).includes(field)) {
      const value = one(field);
      if (value !== undefined && value.length > MAX_TEXT) wrong(field);
      if (value !== undefined) changed[field as (typeof WORDS)[number]] = value;
    }
  }
  if (changed.dateTo && changed.dateTo < (changed.date ?? base.date ?? changed.dateTo)) wrong('dateTo');
  return { ...base, ...Object.fromEntries(Object.entries(changed).filter(([, v]) => v !== undefined)) };
}

/** What was typed and is right, field by field: a form that comes back for one wrong answer keeps the others. */
export function typedValues(base: Partial<Activity>, form: FormAnswers, fields: FieldName[], facts: Facts): Values {
  const kept = fields.reduce((activity, field) => {
    try {
      return withForm(activity, form, [field], facts);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return activity;
    }
  }, base);
  return formValues(kept);
}

/** An id that was chosen, or a name that was typed; must be among this person's choices. */
function oneOf(facts: Facts, field: 'place', form: FormAnswers): string | undefined {
  const given = form[field] ?? form[`${field}_text`];
  if (given === undefined || given === '') return undefined;
  const school = facts.programme.schools.find(
    (s) => s.id === given || s.name === given || s.short.includes(String(given).trim()),
  );
  if (!school) throw new UserError('bad_form', facts.t.fields[field]);
  return school.id;
}

function manyOf(facts: Facts, field: 'pupils' | 'participants', form: FormAnswers): string[] | undefined {
  const given = form[field] ?? form[`${field}_text`];
  if (given === undefined || given === '') return undefined;
  const options = choicesOf(facts)[field];
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

/** Fields of `fields` that are required and still empty. */
export function missing(a: Partial<Activity>, required: FieldName[]): FieldName[] {
  const values = formValues(a);
  return required.filter((field) => {
    const value = values[field];
    return value === undefined || value.length === 0;
  });
}
