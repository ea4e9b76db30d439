import { activityForm } from '../../cards/index.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import type { Facts } from '../intake/facts.ts';
import { choicesOf } from './form-choices.ts';
import type { Values } from './form-values.ts';

/** The form of a kind, or the choice of one. One `nonce` records at most once. */
export function reportForm(
  facts: Facts,
  activityKind: ActivityKind | undefined,
  { values = {}, nonce = facts.newId(), problem }: { values?: Values; nonce?: string; problem?: string } = {},
) {
  const { programme, me, today } = facts;
  const ownPairings = programme.pairings.filter((p) => p.supporterId === me.schoolId || p.recipientId === me.schoolId);
  const place = ownPairings.length === 1 ? ownPairings[0]!.recipientId : undefined;
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
