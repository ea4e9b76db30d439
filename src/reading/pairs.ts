import type { ActivityKind } from '../plan/types.ts';
import { has, isPerson, isPupil, isSchool } from './is.ts';
import type { Noun, Verb } from './tables/kinds.ts';
import type { Token } from './tokens.ts';

/** A verb that with its object names a kind of activity. */
export interface Pair {
  verb: Verb;
  kind: ActivityKind;
  object: (token: Token, clause: Token[], all: Token[]) => boolean;
  /** Whether the clause must hold more for this pair to mean the kind. */
  when?: (clause: Token[], verbAt: number, all: Token[]) => boolean;
}

export const noun =
  (...names: Noun[]) =>
  (token: Token) =>
    names.some((name) => token.nouns?.has(name));
export const lessonCount = (token: Token) => token.type === 'count' && token.count?.unit === 'lessons';
const lessonTimes = (token: Token) => token.type === 'count' && /课$/u.test(token.count?.measure ?? '');
const pupilCount = (token: Token) => /孩子|学生|娃|同学/u.test(token.count?.measure ?? '');
const aboutPupil = (tokens: Token[]) =>
  tokens.some((token) => isPupil(token) || has(token, 'pupil', 'everyone', 'kin') || pupilCount(token));
const colleague = (clause: Token[]) =>
  clause.some(
    (token) => (token.type === 'name' && !isPupil(token) && !isSchool(token)) || has(token, 'ownLife', 'boss'),
  );
export const isKin = (token: Token) => has(token, 'kin') && !/^家[里中]?$/u.test(token.text);
export const household = (token: Token) => /^(?:家|户|户人家|个家庭)$/u.test(token.count?.measure ?? '');
const kinIn = (clause: Token[]) => clause.some(isKin);

/** Verb and object, the more telling first: 听…课 before 上…课, because 听老师上课 is listening. */
export const PAIRS: Pair[] = [
  { verb: 'listen', kind: 'training', object: (token) => token.kind === 'lecture' },
  {
    verb: 'listen',
    kind: 'observe',
    object: (token) =>
      lessonCount(token) ||
      lessonTimes(token) ||
      noun('lesson')(token) ||
      token.kind === 'demo_lesson' ||
      Boolean(token.subject),
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
      (clause.some((token) => isPupil(token) || has(token, 'everyone') || pupilCount(token)) ||
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
        clause.some((token, k) => (has(token, 'everyone', 'pupil') && !ofPupil(clause, k)) || pupilCount(token)) ||
        (pupilHere(all) && !colleague(clause))) &&
      !kinIn(clause) &&
      !withOther(clause),
  },
  {
    verb: 'prepare',
    kind: 'joint_prep',
    object: (token) => noun('lesson')(token) || lessonCount(token) || token.text === '备课' || token.text === '备了课',
    when: (clause) =>
      clause.some((token) => has(token, 'joint', 'together') || isSchool(token) || has(token, 'partner')),
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
      (/课/u.test(token.text) && !noun('goods')(token)) ||
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
      clause[at + 1]?.text !== '我' && (/[捐赠]|资助|援助|慰问/u.test(clause[at]!.text) || givenAway(all)),
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

/** Whether the other school is named: a 家长会 of one's own class is no activity of the programme. */
export function withPartner(tokens: Token[]): boolean {
  return tokens.some((token) => isSchool(token) || has(token, 'partner'));
}

/** 昨天的课…, 在万佑上的: the lesson was named before. */
const GIVEN = /^(?:上|讲|教|执教)的$/u;

/** 交给我, 发我: asked of others. */
function toMe(clause: Token[], at: number): boolean {
  const [next, after] = [clause[at + 1], clause[at + 2]];
  const me = next?.text === '给' ? after : next;
  return me !== undefined && /^[我咱]/u.test(me.text) && has(me, 'me');
}

/** Given to a school or to pupils, and not to a colleague or one's own child. */
function givenAway(tokens: Token[]): boolean {
  const toPupils = (token: Token) =>
    isPupil(token) ||
    has(token, 'everyone') ||
    (has(token, 'pupil') && token.text !== '孩子') ||
    /学生|孩子/u.test(token.count?.measure ?? '');
  return tokens.some((token) => isSchool(token) || has(token, 'partner') || toPupils(token));
}

/** 跟同事聊小杰的情况, 和校长谈了谈: spoken with somebody who is no pupil. */
function withOther(clause: Token[]): boolean {
  const spokenTo = clause.flatMap((token, k) =>
    /^[跟和与找同]$/u.test(token.text) && clause[k + 1] ? [clause[k + 1]!] : [],
  );
  const grown = (token: Token) =>
    has(token, 'teacherWord', 'boss', 'ownLife') || (token.type === 'name' && !isPupil(token) && !isSchool(token));
  return (
    spokenTo.some(grown) &&
    !spokenTo.some((token) => isPupil(token) || has(token, 'pupil', 'everyone')) &&
    !clause.some((token) => /^(?:一起|一同|一块)$/u.test(token.text))
  );
}

/** Verbs that help a pupil only where it is done for one: 帮小雨分析了试卷, and not 分析了小雨的成绩. */
const HELPS = /^(?:分析|检查|批改|复习|讲评|整理)/u;

function forPupil(clause: Token[], at: number): boolean {
  return clause.some(
    (token, k) =>
      k < at && isPupil(token) && clause[k - 1] !== undefined && /^[给帮为陪带教]$/u.test(clause[k - 1]!.text),
  );
}

/** 孩子的情况: what was spoken about, and not with whom. */
function ofPupil(clause: Token[], k: number): boolean {
  const next = clause[k + 1];
  return next !== undefined && next.start - clause[k]!.end === 1 && has(next, 'mention');
}

/** 给妈妈打, 和家长聊, 联系了爸爸, 爸爸我联系了: turned to the family; 他爸爸打工去了 is not. */
function towardsKin(clause: Token[], at: number): boolean {
  return clause.some(
    (token, k) =>
      isKin(token) &&
      (k > at ||
        /不通|[没未].*通|联系/u.test(clause[at]!.text) ||
        clause.slice(Math.max(0, k - 4), k).some((before) => has(before, 'to', 'together')) ||
        clause.slice(k + 1, at).some((between) => has(between, 'me'))),
  );
}

/** 在学校见到了他爸爸: the family came to school, nobody visited a home. */
function atSchool(clause: Token[]): boolean {
  return clause.some((token) => /^(?:学校|办公室|教室|校门口|学校里|校内)$/u.test(token.text));
}

/** 小杰家长打电话来, 妈妈打来电话: the family called, not the teacher. */
function familyCalled(clause: Token[], at: number): boolean {
  const reached = /通|联系/u.test(clause[at]!.text) || clause.some((token) => has(token, 'me'));
  const received = clause.slice(0, at).some((token) => /^接[到了]/u.test(token.text));
  return received || (clause.slice(0, at).some(isKin) && !towardsKin(clause, at) && !reached);
}

/** A pupil spoken with, and not 小杰的班主任 or 小杰妈妈. */
function pupilHere(tokens: Token[]): boolean {
  return tokens.some((token, k) => {
    const next = tokens[k + 1];
    const owner =
      next !== undefined &&
      next.start - token.end <= 1 &&
      (isKin(next) || has(next, 'boss', 'teacherWord') || (next.type === 'name' && !isPupil(next) && !isSchool(next)));
    return isPupil(token) && !owner;
  });
}

/** 去…家 of a colleague is no home visit. */
function toColleague(clause: Token[], at: number): boolean {
  const next = clause.slice(at + 1).find((token) => token.type === 'name' || has(token, 'ownLife'));
  return next !== undefined && next.type === 'name' && !isPupil(next) && !isSchool(next) && isPerson(next);
}

/**
 * Whether a lesson was given elsewhere or shown to others: one's own daily lessons are no activity of the programme, and
 * a record of them would be false.
 */
export function taughtAway(tokens: Token[]): boolean {
  return tokens.some((token) => isSchool(token) || has(token, 'partner', 'own') || token.kind === 'demo_lesson');
}

/** 给万佑讲课 teaches a school, 给小杰讲题 a pupil: the name before the verb decides. */
function nearestIsSchool(clause: Token[], at: number): boolean {
  const name = clause.findLast((token, k) => k < at && token.type === 'name');
  return name !== undefined && isSchool(name);
}
