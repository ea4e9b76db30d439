import type { FieldName } from '../../cards/index.ts';
import type { Activity } from '../../plan/activity.ts';
import { may } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import type { Facts } from '../intake/facts.ts';

/** The values of a form's fields. */
export type Values = Partial<Record<FieldName, string | string[]>>;

/**
 * An activity as a form shows it to its reader: free text that names a pupil they may not know is left blank, and so are notes
 * about one.
 */
export function valuesFor(a: Partial<Activity>, facts: Facts): Values {
  const readable = ([, value]: [string, string | string[]]) =>
    [value].flat().every((v) => wordsShown(v, facts, a.byId) === v);
  const { programme, me } = facts;
  const mayKnowAll = (a.pupilIds ?? []).every((id) => may(me, 'pupils', { kind: 'pupil', id }, programme));
  return Object.fromEntries(
    Object.entries(formValues(mayKnowAll ? a : { ...a, care: undefined })).filter((entry) =>
      readable(entry as [string, string]),
    ),
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
    ...a.care,
    mode: a.mode,
    evaluated: a.evaluated === undefined || a.evaluated === null ? undefined : String(a.evaluated),
    role: a.role,
    reason: a.reason,
  };
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== '')) as Values;
}

/** The required `fields` that are still empty. */
export function missing(a: Partial<Activity>, required: FieldName[]): FieldName[] {
  const values = formValues(a);
  return required.filter((field) => {
    const value = values[field];
    return value === undefined || value.length === 0;
  });
}
