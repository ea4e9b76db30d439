/** Which records of its kinds a requirement accepts: `accepts` of a plan file, DESIGN section 6 "Credit". */
import { type Activity, type ActivityKind, CARE_NOTES, type CareNotes } from './activity.ts';
import { doersOf } from './feeds.ts';
import type { Accepts, Requirement } from './plan.ts';
import type { Programme } from './programme.ts';
import type { NotCounted } from './reasons.ts';
import { rosterOf } from './roster.ts';

/** All that a record says about its subject; money alone is not an item. */
const saidOf = ({ topic, about = [], subject, items = [], cashYuan, valueYuan, care = {} }: Activity): string[] =>
  [
    ...[topic, ...about, subject, ...items.map((i) => i.name), cashYuan && !valueYuan ? '现金' : undefined],
    ...CARE_NOTES.map((note) => care[note] && CARE_WORDS[note]),
  ].filter((word) => word !== undefined);

/** What plans call the parts of a care record. */
const CARE_WORDS: Required<CareNotes> = { cause: '成因', measures: '措施', course: '记录', result: '成效' };

/** Whether a record mentions one of the words. */
export const isAbout = (activity: Activity, words: string[]): boolean =>
  saidOf(activity).some((part) => words.some((word) => part.includes(word)));

/** Kinds that say by themselves what they are about: a gift without items, a list of pupils. */
const PLAIN_KINDS: ReadonlySet<ActivityKind> = new Set(['donation', 'care_roster']);

function aboutOther(words: string[], activity: Activity): NotCounted | undefined {
  const silent = saidOf(activity).length === 0;
  if (isAbout(activity, words) || (silent && PLAIN_KINDS.has(activity.kind))) return undefined;
  return { code: silent ? 'no_topic' : 'other_topic', asked: words[0]! };
}

type Rule<K extends keyof Accepts> = (
  accepted: NonNullable<Accepts[K]>,
  activity: Activity,
  programme: Programme,
) => NotCounted | undefined;

/** One rule for each field of `accepts`; a test goes through them. */
const RULES: { [K in keyof Required<Accepts>]: Rule<K> } = {
  mode: (modes, { mode = 'visit' }) => (modes.includes(mode) ? undefined : { code: 'other_mode' }),
  // A stay without a role may be any.
  role: (roles, { role }) =>
    role === undefined || roles.includes(role) ? undefined : { code: 'other_role', asked: roles },
  except: (words, activity) => {
    const asked = words.find((word) => isAbout(activity, [word]));
    return asked === undefined ? undefined : { code: 'excepted', asked };
  },
  external: (accepted, { external = false }) =>
    accepted === external ? undefined : { code: accepted ? 'not_external' : 'external' },
  by: (roles, activity, programme) => {
    const { person } = rosterOf(programme);
    const isDoneByRole = doersOf(activity).some((id) => person.get(id)?.roles.some((role) => roles.includes(role)));
    return isDoneByRole ? undefined : { code: 'other_doer' };
  },
  // Last: what fails only here is a question of what the record is about, and the card asks it.
  topic: aboutOther,
  about: aboutOther,
};

/** Why a requirement does not accept a record of one of its kinds; undefined if it does. */
export function notAccepted(
  { accepts = {} }: Requirement,
  activity: Activity,
  programme: Programme,
): NotCounted | undefined {
  for (const key of Object.keys(RULES) as (keyof Accepts)[]) {
    const accepted = accepts[key];
    const rule = RULES[key] as Rule<keyof Accepts>;
    const reason = accepted === undefined ? undefined : rule(accepted, activity, programme);
    if (reason) return reason;
  }
  return undefined;
}

/** Every word by which the programme's plans distinguish papers, meetings and talks, the longest first. */
export const topicWords = ({ plans }: Programme): string[] =>
  [
    ...new Set(
      plans.flatMap(({ plan }) =>
        plan.requirements.flatMap(({ accepts }) => [
          ...(accepts?.topic ?? []),
          ...(accepts?.about ?? []),
          ...(accepts?.except ?? []),
        ]),
      ),
    ),
  ].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
