import { LOCALES, textsOf } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '../../plan/activity.ts';
import { readMessage } from '../../reading/read.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { formValues, type Values } from './form-values.ts';
import { reportForm } from './report-form.ts';
import { startOf } from './to-activity.ts';

/** 填报, 填报 家访: the form, for people who prefer one to a sentence. Only in private. */
export const reportCommand: Command<{ kind?: ActivityKind }> = {
  name: 'report',
  match: (text) => {
    const match = /^(?:填报|填表|我要(?:填报|报送)|report)[\s:：]*(.{0,30})$/i.exec(text);
    if (!match) return undefined;
    const [, rest = ''] = match;
    if (rest === '') return {};
    const kind = ACTIVITY_KINDS.find((k) =>
      LOCALES.some((l) => textsOf(l).kinds[k].toLowerCase() === rest.toLowerCase()),
    );
    return kind && { kind };
  },
  run: async (_trx, facts, { kind }) => {
    if (facts.group) throw new UserError('group');
    return { say: () => reportForm(facts, kind) };
  },
};

/** 填报 by form: first the kind, then only its fields, prefilled with today, the only place and what was already written. */
export const openFormAction: Action<'open_form'> = {
  name: 'open_form',
  run: async (_trx, facts, { value }) => {
    if (facts.group) throw new UserError('group');
    const { kind } = value;
    const written = value.message?.slice(0, 500);
    return { say: () => reportForm(facts, kind, { values: kind && written ? readFor(facts, kind, written) : {} }) };
  },
};

/** The kind was chosen: opens its form. */
export const chooseKindAction: Action<'choose_kind'> = {
  name: 'choose_kind',
  run: async (_trx, facts, { value }) => {
    if (facts.group) throw new UserError('group');
    return { say: () => reportForm(facts, value.kind) };
  },
};

/** What a message says about this kind of activity, even if it is too little for a record. */
function readFor(facts: Facts, kind: ActivityKind, written: string): Values {
  const { readings } = readMessage(written, facts.at, readerKnows(facts));
  const reading = readings.find((r) => r.kind === kind);
  return reading ? formValues(startOf(reading, facts)) : {};
}
