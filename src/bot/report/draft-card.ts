import { activityShown } from '../../cards/card-models.ts';
import { activityForm, FIELD_NAMES, type FieldName, KIND_FIELDS } from '../../cards/index.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import type { Reading } from '../../reading/types.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Facts } from '../intake/facts.ts';
import { choicesOf } from './form-choices.ts';
import { valuesFor } from './form-values.ts';
import { startOf } from './to-activity.ts';

/** What a draft still lacks, as form fields. If the reader reports an unknown gap, asks for what the kind requires. */
export function askedFields(reading: Reading): FieldName[] {
  const names: Record<string, FieldName> = { dates: 'date', to: 'place', partner: 'place', by: 'participants' };
  const missing = (reading.ask ?? []).map((name) => names[name] ?? name) as FieldName[];
  const known = missing.filter((name) => FIELD_NAMES.includes(name));
  return known.length > 0 ? [...new Set(known)] : KIND_FIELDS[reading.kind as ActivityKind].required;
}

/** The form of a draft: only the missing fields, prefilled with what was understood. */
export function draftCard(draft: Draft, facts: Facts, problem?: string) {
  const start = startOf(draft.reading, facts);
  const kind = draft.reading.kind as ActivityKind;
  const shown = activityShown({ ...start, id: draft.id, date: start.date ?? facts.at.today }, facts);
  return activityForm(
    {
      purpose: { kind: 'draft', draft: draft.id, v: 1, ask: askedFields(draft.reading) },
      activityKind: kind,
      values: valuesFor(start, facts),
      understood: { ...shown, date: start.date },
      options: choicesOf(facts, start),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}
