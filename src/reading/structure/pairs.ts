import type { ActivityKind } from '../../plan/activity.ts';
import type { Noun, Verb } from '../tables/kinds.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import {
  aboutPupil,
  atSchool,
  colleague,
  familyCalled,
  forPupil,
  givenAway,
  HELPS,
  household,
  isKin,
  kinIn,
  nearestIsSchool,
  ofPupil,
  pupilHere,
  pupilsCounted,
  taughtAway,
  toColleague,
  toMe,
  towardsKin,
  withKinBefore,
  withOther,
  withPartner,
} from './whom.ts';

/** A verb that with its object names a kind of activity. */
export interface Pair {
  verb: Verb;
  kind: ActivityKind;
  object: (token: Token, clause: Token[], all: Token[]) => boolean;
  /** Whether the rest of the clause lets this pair mean the kind. */
  when?: (clause: Token[], verbAt: number, all: Token[]) => boolean;
}

export const noun =
  (...names: Noun[]) =>
  (token: Token) =>
    names.some((name) => token.nouns?.has(name));

export const lessonCount = (token: Token) => token.type === 'count' && token.count?.unit === 'lessons';

const lessonTimes = (token: Token) => token.type === 'count' && /课$/u.test(token.count?.measure ?? '');

/** Verb and object, the more specific first: 听…课 before 上…课, because 听老师上课 is observing. */
export const PAIRS: Pair[] = [
  { verb: 'listen', kind: 'training', object: (token) => token.kind === 'lecture' },
  {
    verb: 'listen',
    kind: 'observe',
    object: (token, clause, all) =>
      lessonCount(token) ||
      lessonTimes(token) ||
      noun('lesson')(token) ||
      token.kind === 'demo_lesson' ||
      Boolean(token.subject) ||
      // 来听我上课.
      (/^上课/u.test(token.text) && clause[clause.indexOf(token) - 1]?.text === '我') ||
      // 听了高老师的课, 又听了董老师的.
      (isPerson(token) && clause.at(-1) === token && all.some(noun('lesson'))),
  },
  {
    verb: 'call',
    kind: 'home_visit',
    object: (token) => noun('phone')(token) || /电话|视频/u.test(token.count?.measure ?? ''),
    when: (clause, at, all) =>
      (aboutPupil(clause) || (all.some(isPupil) && !colleague(clause))) && !familyCalled(clause, at),
  },
  {
    verb: 'call',
    kind: 'home_visit',
    object: isKin,
    when: (clause, at) => !/^发/u.test(clause[at]!.text) && towardsKin(clause, at),
  },
  {
    verb: 'contact',
    kind: 'home_visit',
    object: isKin,
    when: (clause, at) => towardsKin(clause, at) && !atSchool(clause),
  },
  {
    verb: 'visit',
    kind: 'home_visit',
    object: (token) => noun('home')(token) || has(token, 'kin') || household(token),
    when: (clause, at, all) =>
      (clause.some((token) => isPupil(token) || has(token, 'pupil', 'everyone', 'kin')) ||
        (all.some(isPupil) && clause.some((token) => household(token) || has(token, 'they')))) &&
      !toColleague(clause, at),
  },
  {
    verb: 'tutor',
    kind: 'study_guidance',
    object: (token) =>
      isPupil(token) ||
      has(token, 'pupil', 'they') ||
      Boolean(token.subject) ||
      lessonCount(token) ||
      /题|道|遍|孩子|学生|娃/u.test(token.count?.measure ?? ''),
    when: (clause, at, all) =>
      (clause.some((token) => isPupil(token) || has(token, 'everyone')) ||
        pupilsCounted(clause) ||
        (all.some(isPupil) && clause.some((token) => token.subject || has(token, 'they')))) &&
      !nearestIsSchool(clause, at) &&
      (!HELPS.test(clause[at]!.text) || forPupil(clause, at)),
  },
  {
    verb: 'talk',
    kind: 'talk',
    object: () => true,
    when: (clause, _at, all) =>
      (pupilHere(clause) ||
        clause.some((token, k) => has(token, 'everyone', 'pupil') && !ofPupil(clause, k)) ||
        pupilsCounted(clause) ||
        (pupilHere(all) && !colleague(clause) && !withKinBefore(clause, all))) &&
      !kinIn(clause) &&
      !withOther(clause),
  },
  {
    verb: 'prepare',
    kind: 'joint_prep',
    object: (token) =>
      noun('lesson')(token) || lessonCount(token) || token.type === 'title' || /^备了?课$|^第.+单元$/u.test(token.text),
    when: (clause) =>
      clause.some((token) => has(token, 'joint', 'together') || isSchool(token) || has(token, 'partner')),
  },
  // 讲了场《怎样读书》, 给全校老师讲了一次《学情单》.
  {
    verb: 'teach',
    kind: 'lecture',
    object: (token) => /^[场次]$/u.test(token.count?.measure ?? '') || token.type === 'quote',
    when: (clause, at, all) =>
      /^讲/u.test(clause[at]!.text) &&
      clause.slice(at).some(({ type }) => type === 'quote' || type === 'title') &&
      !clause.some((token) => lessonCount(token) || token.subject) &&
      (taughtAway(all) || clause.some((token) => has(token, 'teacherWord'))),
  },
  // 给家长讲了一场中考备考, 给全校老师讲了《看见孩子》: an audience, and no lesson.
  {
    verb: 'teach',
    kind: 'lecture',
    object: (token) => /^讲(?:了|完|过)/u.test(token.text) || token.count?.measure === '场' || token.type === 'title',
    when: (clause, at, all) =>
      /^讲/u.test(clause[at]!.text) &&
      clause.slice(0, at).some(({ text }) => AUDIENCE.test(text)) &&
      !clause.some((token) => lessonCount(token) || token.subject || isPupil(token)) &&
      (taughtAway(all) || withPartner(all)),
  },
  {
    verb: 'teach',
    kind: 'demo_lesson',
    object: (token, clause, all) =>
      lessonCount(token) ||
      lessonTimes(token) ||
      noun('lesson')(token) ||
      token.type === 'title' ||
      Boolean(token.subject) ||
      (/课(?![堂程题件桌外])/u.test(token.text) && !noun('goods')(token)) ||
      (token.text === '教' && clause.some((other) => /^送[了过完]?$/u.test(other.text))) ||
      (token.type === 'ordinal' && /[课章节]|单元/u.test(token.text)) ||
      (GIVEN.test(token.text) && all.some((other) => lessonCount(other) || noun('lesson')(other))),
    when: (clause, _at, all) =>
      taughtAway(all) ||
      (clause.some((token) => token.subject || token.type === 'grade' || token.type === 'title') &&
        !all.some((token) => has(token, 'tired'))),
  },
  {
    verb: 'give',
    kind: 'donation',
    object: (token) =>
      noun('goods')(token) ||
      (token.type === 'count' && (token.count?.unit === 'money' || token.count?.unit === 'goods')) ||
      has(token, 'cash'),
    when: (clause, at, all) =>
      clause[at + 1]?.text !== '我' &&
      !isKin(clause[at - 1] ?? clause[at]!) &&
      // 在一小门口买了橘子 is for the sender.
      (!/^(?:买|购|采购)/u.test(clause[at]!.text) || clause.some((token) => /^[给为替帮送捐]/u.test(token.text))) &&
      (/[捐赠]|资助|援助|慰问/u.test(clause[at]!.text) || givenAway(all)),
  },
  {
    verb: 'hold',
    kind: 'lecture',
    object: noun('report'),
    when: (clause) => clause.some((token) => token.count?.measure === '场' || has(token, 'external')),
  },
  {
    verb: 'submit',
    kind: 'document',
    object: (token) => token.kind === 'document',
    when: (clause, at) => !toMe(clause, at),
  },
  { verb: 'study', kind: 'research', object: (token) => token.kind === 'research' },
  {
    verb: 'hold',
    kind: 'meeting',
    object: noun('meeting'),
    when: (clause, at, all) =>
      /[了过完]/u.test(clause[at]!.text) || withPartner(all) || !clause.some((token) => token.text === '家长会'),
  },
];

/** Those a lecture is for, and no lesson. */
const AUDIENCE = /^(?:全校|全体|各校|毕业班)?(?:老师们?|教师们?|家长们?|师生|教职工|班主任们?)$|^(?:全校|全体|毕业班)/u;

/** 昨天的课…, 在万佑上的: the lesson was named before. */
const GIVEN = /^(?:上|讲|教|执教)的$/u;
