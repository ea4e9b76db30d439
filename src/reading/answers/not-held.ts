import type { ActivityKind } from '../../plan/activity.ts';
import { addDays, type Ymd } from '../../plan/dates.ts';
import { IN_VAIN, NO_ANSWER, NOBODY_HOME, TURNED_BACK, WITHOUT_SUCCESS } from '../tables/failure.ts';

/** Words for something that was begun and failed; 还没, 不用 and 没法 mean that it was never begun. */
const CAME_TO_NOTHING = new RegExp(
  `${WITHOUT_SUCCESS}|没成(?!绩)|${NOBODY_HOME}|学校没(?:有)?人|没人(?:接|应)|没(?:能)?来|临时?取消|取消了`,
  'u',
);
const NEVER_BEGUN = /还没|还未|没法|不能|没空|来不及|怎么办|[?？吗]/u;
/** The longest message about a single failure; a longer one also says something else. */
const LONGEST = 40;

/** Whether a short message says that something failed: 「没谈成」, 「小杰没来，没谈成」, 「其实没上成」. */
export const saysNotHeld = (text: string): boolean =>
  [...text].length <= LONGEST && CAME_TO_NOTHING.test(text) && !NEVER_BEGUN.test(text);

const SET_OUT = new RegExp(`${NO_ANSWER}|${IN_VAIN}|${TURNED_BACK}`, 'u');

/** Whether somebody set out and it failed, in a message of any length. */
export const cameToNothing = (text: string): boolean => CAME_TO_NOTHING.test(text) || SET_OUT.test(text);

const THINGS: [RegExp, ActivityKind[]][] = [
  [/课/u, ['demo_lesson', 'observe', 'joint_prep']],
  [/会(?!儿)/u, ['meeting', 'lecture', 'research', 'training']],
  [/讲座/u, ['lecture']],
  [/家/u, ['home_visit']],
];

/** The kinds that a failure can be about, by what it names (今天的课取消了 is no visit); undefined if it names nothing. */
export function kindsThatFit(text: string): ActivityKind[] | undefined {
  const kinds = THINGS.filter(([words]) => words.test(text)).flatMap(([, fits]) => fits);
  return kinds.length > 0 ? kinds : undefined;
}

const VERBS: [ActivityKind, RegExp][] = [
  ['talk', /没[谈聊]/u],
  ['demo_lesson', /没[上讲]/u],
  ['observe', /没听/u],
  ['home_visit', /没访|没(?:有)?人在家|家里?没(?:有)?人|不在家|没人接|没打/u],
  ['donation', /没[送捐]/u],
  ['meeting', /没开/u],
];

/** The kind that the words of a failure point to, if there is only one: 没谈成 is a talk. */
export function kindNotHeld(text: string): ActivityKind | undefined {
  const kinds = VERBS.filter(([, words]) => words.test(text)).map(([kind]) => kind);
  return kinds.length === 1 ? kinds[0] : undefined;
}

const DAYS: [RegExp, number][] = [
  [/今天|今早|今晚/u, 0],
  [/昨天|昨晚/u, 1],
  [/前天/u, 2],
];

/** The day that a failure names, if it is one of the last three. */
export function dayNamed(text: string, today: Ymd): Ymd | undefined {
  const said = DAYS.find(([words]) => words.test(text));
  return said && addDays(today, -said[1]);
}
