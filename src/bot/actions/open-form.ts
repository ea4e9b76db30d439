import { activityForm } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '../../plan/types.ts';
import type { Facts } from '../facts.ts';
import { choicesOf } from '../form-values.ts';
import type { Action } from '../outcome.ts';

/** 填报 by form: first the kind, then only its fields, with today and the only place already filled in. */
export const openForm: Action = {
  name: 'open_form',
  run: async (_trx, facts, { value }) => {
    if (facts.group) throw new UserError('group');
    return { say: () => reportForm(facts, kindOf(value.kind)) };
  },
};

export const kindOf = (value: unknown): ActivityKind | undefined => ACTIVITY_KINDS.find((kind) => kind === value);

export function reportForm(facts: Facts, activityKind: ActivityKind | undefined, problem?: string) {
  const { programme, me, today } = facts;
  const mine = programme.pairings.filter((p) => p.supporterId === me.schoolId || p.recipientId === me.schoolId);
  const place = mine.length === 1 ? mine[0]!.recipientId : undefined;
  const offered = new Set(programme.plans.flatMap((use) => use.plan.requirements.map((r) => r.activity)));
  return activityForm(
    {
      purpose: { kind: 'report', nonce: facts.newId(), kinds: offered.size > 0 ? [...offered] : undefined },
      activityKind,
      values: { date: today, ...(place ? { place } : {}), ...(activityKind === 'demo_lesson' ? { lessons: '1' } : {}) },
      options: choicesOf(facts),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}
