import type { ActivityKind } from '../../plan/activity.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { lessonCount, noun, PAIRS, type Pair } from './pairs.ts';
import { standsAlone } from './stands.ts';
import { household, isKin } from './whom.ts';

/** A kind of activity that a clause names, with its tokens. */
export interface Hit {
  kind: ActivityKind;
  first: number;
  last: number;
}

const REACH = 26;

/** The kinds named in one clause, in order, without overlaps. */
export function hitsIn(clause: Token[], all: Token[] = clause): Hit[] {
  const pairs = clause.flatMap((_, at) => pairAt(clause, at, all) ?? []);
  const words = clause.flatMap((token, at) =>
    token.kind && standsAlone(clause, at, all) ? [{ kind: token.kind, first: at, last: at }] : [],
  );
  // 主题是大单元教学: the subject.
  const about = clause.findIndex((token) => has(token, 'about'));
  const named = [...pairs, ...words];
  const equated = named.length > 1 ? clause.findIndex((token) => /^(?:算|算是|算不算|属于)$/u.test(token.text)) : -1;
  const taken: Hit[] = [];
  for (const hit of named) {
    if (equated > 0 && hit.first > equated && taken.some((other) => other.last < equated)) continue;
    if (about >= 0 && hit.first > about && !/[了过]/u.test(clause[hit.first]!.text)) continue;
    if (!taken.some((other) => hit.first <= other.last && other.first <= hit.last)) taken.push(hit);
  }
  return sameKindOnce(
    taken.sort((a, b) => a.first - b.first),
    clause,
  );
}

function pairAt(clause: Token[], at: number, all: Token[]): Hit | undefined {
  const token = clause[at]!;
  if (!token.verbs?.size) return undefined;
  for (const pair of PAIRS) {
    if (!token.verbs.has(pair.verb) || (pair.when && !pair.when(clause, at, all))) continue;
    const object = objectOf(clause, at, pair, all);
    if (object !== undefined) return { kind: pair.kind, first: Math.min(at, object), last: Math.max(at, object) };
  }
  return undefined;
}

/** The object after the verb, or before it if it comes first (课上了两节, 计划交了). */
function objectOf(clause: Token[], at: number, pair: Pair, all: Token[]): number | undefined {
  const token = clause[at]!;
  if (pair.verb === 'talk' || (actsAlone(token, pair) && pair.object(token, clause, all))) return at;
  if (pair.verb === 'call' && SPOKE.test(token.text) && pair.object !== isKin) return at;
  for (let k = at + 1; k < clause.length; k += 1) {
    const other = clause[k]!;
    if (other.start - token.end > REACH) break;
    if (pair.object(other, clause, all)) return farthest(clause, k, pair, all);
    if (other.kind && other.kind !== pair.kind && !other.nouns?.size) break;
    if (has(other, 'next') || opensAnother(other, pair)) break;
    if (pair.kind === 'training' && (lessonCount(other) || noun('lesson')(other))) break;
  }
  if (pair.verb === 'visit') return homeBefore(clause, at);
  // 罗老师的课听了.
  if (pair.verb === 'listen') {
    if (pair.kind !== 'observe') return undefined;
    const said = clause[at - 1];
    return said?.nouns?.has('lesson') && said.end === token.start && /[了过完]$/u.test(token.text) ? at - 1 : undefined;
  }
  for (let k = at - 1; k >= 0; k -= 1) {
    const other = clause[k]!;
    if (token.start - other.end > 8) break;
    // 两节课在万佑上.
    if (pair.verb === 'teach' && at === clause.length - 1 && lessonCount(other)) return k;
    if (pair.verb === 'teach' && (other.kind || lessonCount(other) || other.subject)) break;
    if (pair.object(other, clause, all)) return k;
  }
  return undefined;
}

/** Another predicate begins (上了…打了): its object does not belong to this verb. 听王老师上了一节课 is one predicate. */
function opensAnother(token: Token, pair: Pair): boolean {
  if (!token.verbs?.size) return false;
  if (pair.verb === 'teach' && token.verbs.has('listen')) return true;
  return /[了过完]$/u.test(token.text) && !(pair.verb === 'listen' && token.verbs.has('teach'));
}

/** 王小明家昨天去了: the home is named first. */
function homeBefore(clause: Token[], at: number): number | undefined {
  const home = clause.findLastIndex(
    (token, k) =>
      k > 0 &&
      k < at &&
      (token.nouns?.has('home') ||
        household(token) ||
        (isKin(token) && clause.slice(k, at).some((other) => has(other, 'me')))) &&
      (isPupil(clause[k - 1]!) || /孩子|学生|娃/u.test(clause[k - 1]!.count?.measure ?? '')),
  );
  return home >= 0 && clause[at]!.start - clause[home]!.end <= 12 ? home : undefined;
}

const SPOKE =
  /视频[了聊]|通话|通了话|通过话|致电|去电|电话(?:联系|沟通|交流)|语音通话|连线|微信(?:视频|语音|联系|沟通|聊)/u;

/** 上课 contains its own object; 电话 and 送 do not. */
function actsAlone(token: Token, pair: Pair): boolean {
  return pair.verb !== 'give' && pair.verb !== 'call' && token.text.length > 1;
}

/** 上了一节七年级语文课: the object extends as far as its parts are adjacent. */
function farthest(clause: Token[], from: number, pair: Pair, all: Token[]): number {
  let last = from;
  for (let k = from + 1; k < clause.length && clause[k]!.start - clause[k - 1]!.end <= 3; k += 1) {
    if (!pair.object(clause[k]!, clause, all) && clause[k]!.type !== 'grade') break;
    last = k;
  }
  return last;
}

/** 周一去小雨家了周三又去了小杰家: another day and another pupil make another visit, even without a comma. */
function another(last: Hit, hit: Hit, clause: Token[]): boolean {
  const pupils = (from: number, to: number) => clause.slice(from, to).filter(isPupil);
  const [before, after] = [pupils(0, last.last + 1), pupils(last.last + 1, hit.last + 1)];
  const turn = clause.slice(last.last + 1, hit.first).some((token) => token.date || has(token, 'next'));
  return (
    PUPIL_KINDS.has(hit.kind) && turn && before.length > 0 && after.length > 0 && before.at(-1)!.text !== after[0]!.text
  );
}

/** Adjacent words of one kind are one hit (送教…上了两节课); a compound keeps its first part (集体备课研讨会). */
function sameKindOnce(hits: Hit[], clause: Token[]): Hit[] {
  const out: Hit[] = [];
  for (const hit of hits) {
    const last = out.at(-1);
    const compound = last && hit.kind === 'meeting' && clause[hit.first]!.start === clause[last.last]!.end;
    // 联考质量分析会: the exam is the subject of the meeting.
    const about = compound && last.kind === 'exam';
    const lecture =
      last && hit.kind === 'lecture' && last.kind === 'training' && clause[hit.first]!.start === clause[last.last]!.end;
    // 培训讲座 is a lecture: the last part decides.
    if (lecture || about) Object.assign(last, { kind: hit.kind, last: hit.last });
    else if (last && ((last.kind === hit.kind && !another(last, hit, clause)) || compound)) last.last = hit.last;
    else out.push({ ...hit });
  }
  return out;
}
