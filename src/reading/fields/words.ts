import type { Mode } from '../../plan/activity.ts';
import { sentenceEnd } from '../judge/features.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** Kinds whose subject a plan may require. */
const TOLD: ReadonlySet<string> = new Set([
  'meeting',
  'document',
  'exchange',
  'research',
  'lecture',
  'training',
  'care_roster',
]);
/** Kinds that two schools may hold online. */
const SCREEN_KINDS: ReadonlySet<string> = new Set([
  'joint_prep',
  'meeting',
  'research',
  'training',
  'exchange',
  'lecture',
]);
const SCREEN = /线上|网上|在线|视频|连线|直播|腾讯会议|钉钉|飞书会议|云端|远程|online/u;
/** Shorter text does not describe a talk. */
const SHORTEST_NOTE = 4;

/** What is told in words: the topic, what a talk was about, the reason of a failure, evidence. */
export function wordsOf(telling: Telling): Partial<Reading> {
  const { kind, status, own, text, roster } = telling;
  const evidence = own.find((token) => has(token, 'photo', 'record'));
  const about = TOLD.has(kind) ? topicsIn(sentenceOf(telling), roster.knows.topics) : [];
  return {
    ...(kind === 'document' ? paperOf(own) : { topic: PUPIL_KINDS.has(kind) ? undefined : topicOf(own, text) }),
    about: about.length > 0 ? about : undefined,
    note: PUPIL_KINDS.has(kind) && status !== 'not_done' ? noteOf(telling) : undefined,
    mode: SCREEN_KINDS.has(kind) && SCREEN.test(text) ? 'online' : undefined,
    evidence: evidence && (has(evidence, 'photo') ? 'photo' : 'record'),
    reason: status === 'not_done' ? reasonOf(telling) : undefined,
    ...(kind === 'lecture' ? { audience: audienceOf(own), external: own.some(isExternal) ? true : undefined } : {}),
  };
}

/** The words before it that belong to no activity, its own, and the rest of its sentence. */
function sentenceOf({ script, activity: { span } }: Telling): string {
  const { pieces, text } = script;
  return text.slice(pieces[span.lead]!.start, pieces[sentenceEnd(script, span) - 1]!.end);
}

const isExternal = (token: Token): boolean => has(token, 'external') && token.text !== '邀请';

/** 找小杰谈话，了解了他的困难: the content of a talk, in the words after the piece that names it, to the end of its sentence. */
function noteOf({ script, activity: { span } }: Telling): string | undefined {
  const { pieces, text } = script;
  const named = pieces.findIndex(({ tags }, k) => k >= span.from && k < span.to && tags.includes(`K${span.kind}`));
  const from = (named < 0 ? span.main : Math.min(named, span.main)) + 1;
  const to = sentenceEnd(script, span);
  if (from >= to) return undefined;
  const said = text.slice(pieces[from - 1]!.end, pieces[to - 1]!.end);
  const note = said.replace(/^[,，。;；:、\s]+|[,，。;；:、\s]+$/gu, '').replace(/[,，;；]\s*/gu, '，');
  return note.length >= SHORTEST_NOTE ? note : undefined;
}

const ABOUT =
  /(?:关于|有关|围绕|主题(?:是|为)?|题为|题目是|讲的是|内容(?:是|为)?|就)[:"]?([^,。;:!?\n"]{2,24}?)"?(?:的?(?:专题)?(?:讲座|报告|培训|研讨|座谈|交流|课题|会议|宣讲)|主题|开展|进行|作了|做了|$|[,。;\n])/u;

/** The subject of a lesson, a talk or a training: a title, or the words after 关于 and its like. */
function topicOf(own: Token[], text: string): string | undefined {
  const title = own.find(({ type }) => type === 'title' || type === 'quote');
  return title ? title.value || undefined : ABOUT.exec(text)?.[1]?.replace(/的$/u, '');
}

/** Which document it was, and how many. */
function paperOf(own: Token[]): Partial<Reading> {
  const said = own.filter((token) => token.kind === 'document');
  // 帮扶心得体会 is one document in two words.
  const papers = [...new Set(said.filter((token, k) => said[k - 1]?.end !== token.start).map(({ text }) => text))];
  const title = own.find(({ type }) => type === 'title' || type === 'quote')?.value;
  const pieces = own.find(({ count }) => /^(?:份|篇|本|个|套|页|张|册|期)$/u.test(count?.measure ?? ''))?.count?.n;
  return { topic: title ?? (papers.join('、') || undefined), pieces: pieces ?? 1 };
}

/** The plans' topics in a text, without those contained in a longer one. */
function topicsIn(text: string, topics: string[] = []): string[] {
  const found = topics.filter((word) => text.includes(word));
  return found.filter((word, k) => !found.slice(0, k).some((longer) => longer.includes(word)));
}

/** 报送了工作方案和工作总结: documents that the plans distinguish are a record each. */
export function papersApart(reading: Reading, topics: string[] = []): Reading[] {
  const papers = reading.kind === 'document' ? (reading.topic?.split('、') ?? []) : [];
  const apart = papers.map((topic) => ({ topic, about: topicsIn(topic, topics) }));
  const kinds = new Set(apart.map(({ about }) => about.join()));
  if (papers.length < 2 || kinds.size < papers.length || kinds.has('')) return [reading];
  return apart.map((paper) => ({ ...reading, ...paper, pieces: 1 }));
}

function audienceOf(own: Token[]): string | undefined {
  const at = own.findIndex(
    (token, k) =>
      k > 0 &&
      /^(?:给|为|向|面向)$/u.test(own[k - 1]!.text) &&
      !isSchool(token) &&
      has(token, 'teacherWord', 'pupil', 'kin'),
  );
  return own[at]?.text;
}

const BECAUSE = /(?:因为|由于|原因是?|因)([^,。;!?\n]{2,24})/u;

/** Why it did not happen: the words after 因为, else the words of the piece beside the one that names it. */
function reasonOf({ script, activity: { span }, text }: Telling): string | undefined {
  const because = BECAUSE.exec(text)?.[1];
  if (because) return trimmed(because);
  const beside = [span.main + 1, span.main - 1].filter((k) => k >= span.lead && k < span.to);
  for (const k of beside) {
    const { start, end } = script.pieces[k]!;
    const said = trimmed(script.text.slice(start, end));
    if (said) return said;
  }
  return undefined;
}

function trimmed(said: string): string | undefined {
  const out = said
    .replace(/^[\s,:。;、了]+|[\s,:。;、]+$/gu, '')
    .replace(/^(?:但是?|可是?|不过|结果|却|所以|因此|于是|只好|就|又|的)+/u, '')
    .replace(/(?:所以|因此|就|都|又|于是|只好|才|的|而|没去成?|没去)+$/u, '');
  return out.length >= 2 && out.length <= 24 ? out : undefined;
}

const VISITED = /家访|上门|走访|登门|入户|看望|探望|拜访|慰问/u;

/** How a family was met, by the words for it alone: a call, a screen, or a visit. */
export function modeOf(tokens: Token[]): Mode | undefined {
  const words = tokens.filter(({ type }) => type === 'word' || type === 'count').map(({ text }) => text);
  if (words.some((word) => /短信|视频|微信|云家访|线上|网上|网络|钉钉|腾讯|在线|远程/u.test(word))) return 'online';
  if (words.some((word) => /电话|电访|通话|语音|致电|去电|拨|打通|接通|打不通|没打通|没接通/u.test(word)))
    return 'phone';
  return words.some((word) => VISITED.test(word)) || tokens.some((token) => token.verbs?.has('visit'))
    ? 'visit'
    : undefined;
}

/** 上门, 去了小杰家: the family was visited, or was to be; not 给小杰家去了个电话. */
export const namesVisit = (text: string): boolean =>
  VISITED.test(text) || /[去到跑进].{0,8}家(?!长)|家里?坐/u.test(text);
