import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

export const pupilCount = (token: Token) => /孩子|学生|娃|同学/u.test(token.count?.measure ?? '');

/** 五个跟不上的娃: the number of pupils, whatever comes between. */
export const pupilsCounted = (tokens: Token[]) =>
  tokens.some(
    (token, k) =>
      pupilCount(token) ||
      (/^[个名位]$/u.test(token.count?.measure ?? '') &&
        tokens.slice(k + 1, k + 6).some((other) => has(other, 'pupil') && other.start - token.end <= 10)),
  );

export const aboutPupil = (tokens: Token[]) =>
  tokens.some((token) => isPupil(token) || has(token, 'pupil', 'everyone', 'kin') || pupilCount(token));

export const colleague = (clause: Token[]) =>
  clause.some(
    (token) => (token.type === 'name' && !isPupil(token) && !isSchool(token)) || has(token, 'ownLife', 'boss'),
  );

export const isKin = (token: Token) => has(token, 'kin') && !/^家[里中]?$/u.test(token.text);

export const household = (token: Token) => /^(?:家|户|户人家|个家庭)$/u.test(token.count?.measure ?? '');

export const kinIn = (clause: Token[]) => clause.some(isKin);

/** 跟她爷爷坐了坐, 说了说孩子的事: the talk is still with the family. */
export function withKinBefore(clause: Token[], all: Token[]): boolean {
  const at = all.indexOf(clause[0]!);
  const before = all.slice(Math.max(0, at - 8), Math.max(0, at));
  const kin = before.findLastIndex(isKin);
  return (
    kin > 0 && before.slice(0, kin).some((token) => has(token, 'together', 'to')) && !before.slice(kin).some(isPupil)
  );
}

/** Whether the other school is named: a 家长会 of the sender's own class is not an activity of the programme. */
export function withPartner(tokens: Token[]): boolean {
  return tokens.some((token) => isSchool(token) || has(token, 'partner'));
}

/** 交给我, 发我: a request to others. */
export function toMe(clause: Token[], at: number): boolean {
  const [next, after] = [clause[at + 1], clause[at + 2]];
  const me = next?.text === '给' ? after : next;
  return me !== undefined && /^[我咱]/u.test(me.text) && has(me, 'me');
}

/** Given to a school or to pupils, not to a colleague or the sender's own child. */
export function givenAway(tokens: Token[]): boolean {
  const toPupils = (token: Token) =>
    isPupil(token) ||
    has(token, 'everyone') ||
    (has(token, 'pupil') && token.text !== '孩子') ||
    /学生|孩子/u.test(token.count?.measure ?? '');
  return tokens.some((token) => isSchool(token) || has(token, 'partner') || toPupils(token));
}

/** 跟同事聊小杰的情况, 和校长谈了谈: a talk with somebody who is not a pupil. */
export function withOther(clause: Token[]): boolean {
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

/** Verbs that help a pupil only if done for the pupil: 帮小雨分析了试卷; 分析了小雨的成绩 is not. */
export const HELPS = /^(?:分析|检查|批改|复习|讲评|整理)/u;

export function forPupil(clause: Token[], at: number): boolean {
  return clause.some(
    (token, k) =>
      k < at && isPupil(token) && clause[k - 1] !== undefined && /^[给帮为陪带教]$/u.test(clause[k - 1]!.text),
  );
}

/** 孩子的情况: the subject of the talk, not the other person. */
export function ofPupil(clause: Token[], k: number): boolean {
  const next = clause[k + 1];
  if (next === undefined || !has(next, 'mention')) return false;
  return next.start - clause[k]!.end === (next.text.startsWith('的') ? 0 : 1);
}

/** 给妈妈打, 和家长聊, 联系了爸爸, 爸爸我联系了: the sender contacted the family; 他爸爸打工去了 is not. */
export function towardsKin(clause: Token[], at: number): boolean {
  return clause.some(
    (token, k) =>
      isKin(token) &&
      (k > at ||
        /不通|[没未].*通|联系/u.test(clause[at]!.text) ||
        clause.slice(Math.max(0, k - 4), k).some((before) => has(before, 'to', 'together')) ||
        clause.slice(k + 1, at).some((between) => has(between, 'me'))),
  );
}

/** 在学校见到了他爸爸: the family came to school, so it is not a home visit. */
export function atSchool(clause: Token[]): boolean {
  return clause.some((token) => /^(?:学校|办公室|教室|校门口|学校里|校内)$/u.test(token.text));
}

/** 小杰家长打电话来, 妈妈打来电话: the family called, not the teacher. */
export function familyCalled(clause: Token[], at: number): boolean {
  const reached = /通|联系/u.test(clause[at]!.text) || clause.some((token) => has(token, 'me'));
  const received = clause.slice(0, at).some((token) => /^接[到了]/u.test(token.text));
  return received || (clause.slice(0, at).some(isKin) && !towardsKin(clause, at) && !reached);
}

/** A talk with a pupil; 小杰的班主任 or 小杰妈妈 is not one. */
export function pupilHere(tokens: Token[]): boolean {
  return tokens.some((token, k) => {
    const next = tokens[k + 1];
    const owner =
      next !== undefined &&
      next.start - token.end <= 1 &&
      (isKin(next) || has(next, 'boss', 'teacherWord') || (next.type === 'name' && !isPupil(next) && !isSchool(next)));
    return isPupil(token) && !owner;
  });
}

/** 去…家 of a colleague is not a home visit. */
export function toColleague(clause: Token[], at: number): boolean {
  const next = clause.slice(at + 1).find((token) => token.type === 'name' || has(token, 'ownLife'));
  return next !== undefined && next.type === 'name' && !isPupil(next) && !isSchool(next) && isPerson(next);
}

/**
 * Whether a lesson was given elsewhere or shown to others: a teacher's daily lessons are not an activity of the programme, and a record of
 * them would be false.
 */
export function taughtAway(tokens: Token[]): boolean {
  // 段老师来上了一节: a visitor came to teach.
  const came = tokens.some(
    (token, k) => /^(?:来|过来|来给|来到)$/u.test(token.text) && tokens.slice(0, k).some(isPerson),
  );
  // 周二去上了两节: a teacher does not travel to their own classroom.
  const went = tokens.some(
    (token, k) => /^去$/u.test(token.text) && tokens[k + 1]?.verbs?.has('teach') && tokens[k + 1]!.start === token.end,
  );
  if (came || went) return true;
  return tokens.some((token) => isSchool(token) || has(token, 'partner', 'own') || token.kind === 'demo_lesson');
}

/** 给万佑讲课 teaches a school, 给小杰讲题 a pupil: the name before the verb decides. */
export function nearestIsSchool(clause: Token[], at: number): boolean {
  const name = clause.findLast((token, k) => k < at && token.type === 'name');
  return name !== undefined && isSchool(name);
}
