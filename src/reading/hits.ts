import type { ActivityKind } from '../plan/types.ts';
import { has, isPupil, isSchool } from './is.ts';
import type { Noun, Verb } from './tables/kinds.ts';
import type { Token } from './tokens.ts';

/** A kind of activity that a clause names, and the tokens that name it. */
export interface Hit {
  kind: ActivityKind;
  first: number;
  last: number;
}

interface Pair {
  verb: Verb;
  kind: ActivityKind;
  object: (token: Token, clause: Token[]) => boolean;
  /** Whether the clause must hold more for this pair to mean the kind. */
  when?: (clause: Token[], verbAt: number, all: Token[]) => boolean;
}

const noun =
  (...names: Noun[]) =>
  (token: Token) =>
    names.some((name) => token.nouns?.has(name));
const lessonCount = (token: Token) => token.type === 'count' && token.count?.unit === 'lessons';
const lessonTimes = (token: Token) => token.type === 'count' && /课$/u.test(token.count?.measure ?? '');
const aboutPupil = (tokens: Token[]) =>
  tokens.some(
    (token) =>
      isPupil(token) || has(token, 'pupil', 'everyone', 'kin') || /孩子|学生|娃/u.test(token.count?.measure ?? ''),
  );
const colleague = (clause: Token[]) =>
  clause.some(
    (token) => (token.type === 'name' && !isPupil(token) && !isSchool(token)) || has(token, 'ownLife', 'boss'),
  );
const isKin = (token: Token) => has(token, 'kin') && !/^家[里中]?$/u.test(token.text);
const kinIn = (clause: Token[]) => clause.some(isKin);

/** Verb and object, the more telling first: 听…课 before 上…课, because 听老师上课 is listening. */
const PAIRS: Pair[] = [
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
  { verb: 'contact', kind: 'home_visit', object: isKin, when: towardsKin },
  {
    verb: 'visit',
    kind: 'home_visit',
    object: (token) => noun('home')(token) || has(token, 'kin'),
    when: (clause, at) =>
      clause.some((token) => isPupil(token) || has(token, 'pupil', 'everyone', 'kin')) && !toColleague(clause, at),
  },
  {
    verb: 'tutor',
    kind: 'study_guidance',
    object: (token) =>
      isPupil(token) ||
      has(token, 'pupil') ||
      Boolean(token.subject) ||
      lessonCount(token) ||
      /题|道|遍/u.test(token.count?.measure ?? ''),
    when: (clause, at, all) =>
      (clause.some((token) => isPupil(token) || has(token, 'everyone')) ||
        (all.some(isPupil) && clause.some((token) => token.subject))) &&
      !clause.slice(0, at).some(isSchool),
  },
  {
    verb: 'talk',
    kind: 'talk',
    object: () => true,
    when: (clause, _at, all) =>
      (pupilHere(clause) ||
        clause.some((token) => has(token, 'everyone', 'pupil')) ||
        (pupilHere(all) && !colleague(clause))) &&
      !kinIn(clause),
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
    object: (token) =>
      lessonCount(token) ||
      lessonTimes(token) ||
      noun('lesson')(token) ||
      token.type === 'title' ||
      Boolean(token.subject) ||
      /课/u.test(token.text),
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
  { verb: 'submit', kind: 'document', object: (token) => token.kind === 'document' },
  { verb: 'study', kind: 'research', object: (token) => token.kind === 'research' },
  { verb: 'hold', kind: 'meeting', object: noun('meeting') },
];
const REACH = 26;

/**
 * Whether a lesson was given elsewhere or shown to others: one's own daily lessons are no activity of the programme, and
 * a record of them would be false.
 */
export function taughtAway(tokens: Token[]): boolean {
  return tokens.some((token) => isSchool(token) || has(token, 'partner', 'own') || token.kind === 'demo_lesson');
}

/** The kinds named in one clause, in order, without overlaps. */
export function hitsIn(clause: Token[], all: Token[] = clause): Hit[] {
  const pairs = clause.flatMap((_, at) => pairAt(clause, at, all) ?? []);
  const words = clause.flatMap((token, at) =>
    token.kind && standsAlone(clause, at, all) ? [{ kind: token.kind, first: at, last: at }] : [],
  );
  const taken: Hit[] = [];
  for (const hit of [...pairs, ...words]) {
    if (!taken.some((other) => hit.first <= other.last && other.first <= hit.last)) taken.push(hit);
  }
  return sameKindOnce(taken.sort((a, b) => a.first - b.first));
}

function pairAt(clause: Token[], at: number, all: Token[]): Hit | undefined {
  const token = clause[at]!;
  if (!token.verbs?.size) return undefined;
  for (const pair of PAIRS) {
    if (!token.verbs.has(pair.verb) || (pair.when && !pair.when(clause, at, all))) continue;
    const object = objectOf(clause, at, pair);
    if (object !== undefined) return { kind: pair.kind, first: Math.min(at, object), last: Math.max(at, object) };
  }
  return undefined;
}

/** The object after the verb, or, said first, before it (课上了两节, 计划交了). */
function objectOf(clause: Token[], at: number, pair: Pair): number | undefined {
  const token = clause[at]!;
  if (pair.verb === 'talk' || (actsAlone(token, pair) && pair.object(token, clause))) return at;
  if (pair.verb === 'call' && SPOKE.test(token.text) && pair.object !== isKin) return at;
  for (let k = at + 1; k < clause.length; k += 1) {
    const other = clause[k]!;
    if (other.start - token.end > REACH) break;
    if (pair.object(other, clause)) return farthest(clause, k, pair);
    if (other.kind && other.kind !== pair.kind && !other.nouns?.size) break;
    if (pair.verb === 'teach' && other.verbs?.has('listen')) break;
    if (pair.verb !== 'submit' && pair.verb !== 'listen' && other.tags?.has('next')) break;
  }
  if (pair.verb === 'visit') return homeBefore(clause, at);
  if (pair.verb === 'listen') return undefined;
  for (let k = at - 1; k >= 0; k -= 1) {
    const other = clause[k]!;
    if (token.start - other.end > 8) break;
    if (pair.verb === 'teach' && (other.kind || lessonCount(other) || other.subject)) break;
    if (pair.object(other, clause)) return k;
  }
  return undefined;
}

/** 王小明家昨天去了: the home is named first. */
function homeBefore(clause: Token[], at: number): number | undefined {
  const home = clause.findLastIndex(
    (token, k) =>
      k > 0 &&
      k < at &&
      token.nouns?.has('home') &&
      (isPupil(clause[k - 1]!) || /孩子|学生|娃/u.test(clause[k - 1]!.count?.measure ?? '')),
  );
  return home >= 0 && clause[at]!.start - clause[home]!.end <= 12 ? home : undefined;
}

/** 给妈妈打, 和家长聊, 联系了爸爸: turned to the family; 他爸爸打工去了 is not. */
function towardsKin(clause: Token[], at: number): boolean {
  return clause.some(
    (token, k) =>
      isKin(token) && (k > at || clause.slice(Math.max(0, k - 4), k).some((before) => has(before, 'to', 'together'))),
  );
}

/** 小杰家长打电话来, 妈妈打来电话: the family called, not the teacher. */
function familyCalled(clause: Token[], at: number): boolean {
  return clause.slice(0, at).some(isKin) && !towardsKin(clause, at);
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

const SPOKE =
  /视频[了聊]|通话|通了话|通过话|致电|去电|电话(?:联系|沟通|交流)|语音通话|连线|微信(?:视频|语音|联系|沟通|聊)/u;

/** 上课 holds its own object; 电话 and 送 do not. */
function actsAlone(token: Token, pair: Pair): boolean {
  return pair.verb !== 'give' && pair.verb !== 'call' && token.text.length > 1;
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

/** 上了一节七年级语文课: the object reaches as far as its parts follow each other. */
function farthest(clause: Token[], from: number, pair: Pair): number {
  let last = from;
  for (let k = from + 1; k < clause.length && clause[k]!.start - clause[k - 1]!.end <= 3; k += 1) {
    if (!pair.object(clause[k]!, clause) && clause[k]!.type !== 'grade') break;
    last = k;
  }
  return last;
}

const NEEDS_SUPPORT: ReadonlySet<string> = new Set([
  '月考',
  '期中考试',
  '期末考试',
  '期中考',
  '期末考',
  '考试',
  '监考',
  '阅卷',
  '改卷',
  '批卷',
  '会议',
  '开了会',
  '开完会',
  '开了个会',
  '例会',
  '座谈',
  '教研',
  '总结会',
  '考察',
  '报告会',
]);

/** Whether a kind word says that the thing happened, not only that it exists: 家访记录, 送教的照片, 课题的事 do not. */
function standsAlone(clause: Token[], at: number, all: Token[]): boolean {
  const token = clause[at]!;
  if (token.kind === 'document') return false;
  if (clause.some((other) => has(other, 'ask', 'failed'))) return true;
  if (token.kind === 'talk') return talkStands(clause, at);
  const next = clause[at + 1];
  const gap = next ? next.start - token.end : 9;
  if (next && gap <= 1 && has(next, 'mention') && !(token.kind === 'donation') && !followedByCount(clause, at + 1))
    return false;
  if (token.kind === 'research')
    return clause.some((other) => other.verbs?.has('study') || other.verbs?.has('hold')) || token.text.length > 2;
  if (!NEEDS_SUPPORT.has(token.text)) return true;
  if (token.text === '座谈' && (all.some(isSchool) || clause.some((other) => has(other, 'together')))) return true;
  return clause.some(
    (other, k) =>
      k !== at &&
      (other.verbs?.has('hold') || isSchool(other) || has(other, 'joint', 'partner') || other.count?.unit === 'times'),
  );
}

function followedByCount(clause: Token[], at: number): boolean {
  return clause[at + 1]?.count?.unit === 'times' && clause[at]!.text === '活动';
}

/** Talking with colleagues or superiors is no 谈话 of the programme. */
function talkStands(clause: Token[], at: number): boolean {
  if (clause.some((token) => isPupil(token) || has(token, 'pupil', 'everyone'))) return true;
  if (clause[at]!.text.includes('聊天')) return false;
  return !clause.some(
    (token) =>
      (token.type === 'name' && token.named && !isSchool(token)) || has(token, 'teacherWord', 'ownLife', 'kin'),
  );
}

/** 去…家 of a colleague is no home visit. */
function toColleague(clause: Token[], at: number): boolean {
  const next = clause.slice(at + 1).find((token) => token.type === 'name' || has(token, 'ownLife'));
  return (
    next !== undefined &&
    next.type === 'name' &&
    !isPupil(next) &&
    !isSchool(next) &&
    (next.named?.people.length ?? 0) > 0
  );
}

/** Neighbours of one kind are one hit (送教…上了两节课); a compound keeps its first part (集体备课研讨会). */
function sameKindOnce(hits: Hit[]): Hit[] {
  const out: Hit[] = [];
  for (const hit of hits) {
    const last = out.at(-1);
    const compound = last && hit.first === last.last + 1 && hit.kind === 'meeting';
    if (last && (last.kind === hit.kind || compound)) last.last = hit.last;
    else out.push({ ...hit });
  }
  return out;
}
