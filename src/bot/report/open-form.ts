import { activityForm, type FieldName } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '../../plan/activity.ts';
import { readMessage } from '../../reading/read.ts';
import { type Facts, readerKnows } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { choicesOf, formValues } from './form-values.ts';
import { startOf } from './to-activity.ts';

type Values = Partial<Record<FieldName, string | string[]>>;

/** 填报 by form: first the kind, then only its fields, with today, the only place and what was written already filled in. */
export const openForm: Action = {
  name: 'open_form',
  run: async (_trx, facts, { value }) => {
    if (facts.group) throw new UserError('group');
    const kind = kindOf(value.kind);
    const written = typeof value.message === 'string' ? value.message.slice(0, 500) : undefined;
    return { say: () => reportForm(facts, kind, { values: kind && written ? readFor(facts, kind, written) : {} }) };
  },
};

export const kindOf = (value: unknown): ActivityKind | undefined => ACTIVITY_KINDS.find((kind) => kind === value);

/** The form of a kind, or the choice of one. The same `nonce` is the same report: it is recorded once. */
export function reportForm(
  facts: Facts,
  activityKind: ActivityKind | undefined,
  { values = {}, nonce = facts.newId(), problem }: { values?: Values; nonce?: string; problem?: string } = {},
) {
  const { programme, me, today } = facts;
  const mine = programme.pairings.filter((p) => p.supporterId === me.schoolId || p.recipientId === me.schoolId);
  const place = mine.length === 1 ? mine[0]!.recipientId : undefined;
  const offered = new Set(programme.plans.flatMap((use) => use.plan.requirements.map((r) => r.activity)));
  const usual = {
    date: today,
    ...(place ? { place } : {}),
    ...(activityKind === 'demo_lesson' ? { lessons: '1' } : {}),
  };
  return activityForm(
    {
      purpose: { kind: 'report', nonce, kinds: offered.size > 0 ? [...offered] : undefined },
      activityKind,
      values: { ...usual, ...values },
      options: choicesOf(facts),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}

/** What a message tells of this kind of activity, though not enough for a record. */
function readFor(facts: Facts, kind: ActivityKind, written: string): Values {
  const { readings } = readMessage(written, facts.at, readerKnows(facts));
  const reading = readings.find((r) => r.kind === kind);
  return reading ? formValues(startOf(reading, facts)) : {};
}
