import type { Mode } from '../../plan/activity.ts';
import { sentenceEnd } from '../judge/features.ts';
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
/** What single words say: the name of a document, topics of the plans, evidence, the audience. Free text is read in `content.ts`. */
export function wordsOf(telling: Telling): Partial<Reading> {
  const { kind, own, text, roster } = telling;
  const evidence = own.find((token) => has(token, 'photo', 'record'));
  const about = TOLD.has(kind) ? topicsIn(sentenceOf(telling), roster.knows.topics) : [];
  return {
    ...(kind === 'document' ? paperOf(own) : {}),
    about: about.length > 0 ? about : undefined,
    mode: SCREEN_KINDS.has(kind) && SCREEN.test(text) ? 'online' : undefined,
    evidence: evidence && (has(evidence, 'photo') ? 'photo' : 'record'),
    ...(kind === 'lecture' ? { audience: audienceOf(own), external: own.some(isExternal) ? true : undefined } : {}),
  };
}

/** The words before it that belong to no activity, its own, and the rest of its sentence. */
function sentenceOf({ script, activity: { span } }: Telling): string {
  const { pieces, text } = script;
  return text.slice(pieces[span.lead]!.start, pieces[sentenceEnd(script, span) - 1]!.end);
}

const isExternal = (token: Token): boolean => has(token, 'external') && token.text !== '邀请';

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
