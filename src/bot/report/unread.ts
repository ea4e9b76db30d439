import { examplesFor } from '../../cards/examples.ts';
import { notUnderstood } from '../../cards/index.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { kindsOf } from '../../plan/feeds.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import { likelyKinds } from '../../reading/answers/likely-kinds.ts';
import { type SmallTalk, smallTalk } from '../../reading/answers/yes-no.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { helpForm } from '../reminders/ask-help.ts';
import { describesHardship } from './hardship.ts';

const EMOJI = { thanks: 'THANKS', agreed: 'OK', praise: 'SMILE', other: 'THUMBSUP' } as const satisfies Record<
  SmallTalk,
  Outcome['react']
>;

/** Signs that the writer waits for a reply, so an emoji is not enough. */
const ASKS =
  /怎么|如何|咋|啥|能不能|行不行|有没有|什么时候|(?<!没)什么|哪[些个几位所]|[多几][少个次名项份天]|谁|吗|么$|名单|联系|[?？]|错了|不是我|提醒|导出|出差|请假|换成|取消/u;

/** What makes it a question rather than news of a pupil. */
const QUESTION = /[?？]|吗|么$|谁|怎么|如何|咋|啥|(?<!没)什么|哪|[多几][少个次]|能不能|行不行|有没有|提醒|导出/u;

/**
 * The answer to a private message that could not be read (DESIGN section 5, *Never silent*): the likeliest kinds as buttons if it
 * mentions an activity, a school or a person, else an emoji.
 */
export function unread(trx: Trx, facts: Facts, text: string): Outcome[] {
  if (facts.group || text === '') return [];
  if (describesHardship(text)) return [{ say: () => helpForm(trx, facts, text) }];
  const heard = likelyKinds(text);
  const told = toldOfPupil(facts, text);
  const kinds = heard.length > 0 ? heard : told;
  if (ASKS.test(text) && told.length === 0)
    return [{ say: () => notUnderstood({ message: text, examples: examplesFor(facts, facts.t) }, facts.t) }];
  if (smallTalk(text) !== 'other' || (kinds.length === 0 && !namesSomebody(facts, text)))
    return [{ react: EMOJI[smallTalk(text)] }];
  return [{ say: () => notUnderstood({ message: text, kinds, examples: examplesFor(facts, facts.t) }, facts.t) }];
}

/** What a mentor may have said about a pupil in their care, as far as a plan asks for it: a visit, a talk, a note in the care record. */
export function toldOfPupil({ programme, me, today, group }: Facts, text: string): ActivityKind[] {
  if (group || QUESTION.test(text)) return [];
  const { caresOfMentor, pupil } = rosterOf(programme);
  const living = (caresOfMentor.get(me.id) ?? []).filter((c) => alive(c, today));
  if (!living.some((c) => text.includes(pupil.get(c.pupilId)?.name ?? '\n'))) return [];
  const asked = new Set(programme.plans.flatMap(({ plan }) => plan.requirements.flatMap(kindsOf)));
  return (['home_visit', 'talk', 'care_roster'] as const).filter((kind) => asked.has(kind));
}

/** Whether it mentions a school, or somebody of the sender's own or paired schools. */
function namesSomebody({ programme, me }: Facts, text: string): boolean {
  const { pairingsOfSchool, peopleOfSchool, caresOfMentor, pupil } = rosterOf(programme);
  const pairings = pairingsOfSchool.get(me.schoolId ?? '') ?? [];
  const near = new Set([me.schoolId, ...pairings.flatMap((p) => [p.supporterId, p.recipientId])]);
  const names = [
    ...programme.schools.flatMap((s) => [s.name, ...s.short]),
    ...[...near].flatMap((id) => peopleOfSchool.get(id ?? '') ?? []).map((p) => p.name),
    ...(caresOfMentor.get(me.id) ?? []).flatMap((c) => pupil.get(c.pupilId)?.name ?? []),
  ];
  return names.some((name) => name.length > 1 && text.includes(name));
}
