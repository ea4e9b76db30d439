import type { ActivityKind, Mode } from '../../plan/activity.ts';
import type { ActivityDraft } from '../judge/drafts.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { SUBJECT_NAMES } from '../tables/school.ts';
import { has, isSchool } from '../tokens/is.ts';
import { LEXICON } from '../tokens/lexicon.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { donationOf } from './donation.ts';
import { secondmentOf } from './secondment.ts';

/** The fields that only some kinds have. */
export function extrasOf(draft: ActivityDraft, text: string, topics: string[] = []): Partial<Reading> {
  const fields: Partial<Reading> = {};
  const make = EXTRAS[draft.kind];
  if (make) Object.assign(fields, make(draft, text));
  const about = TOLD_KINDS.has(draft.kind) ? wordsIn(pieceOf(draft, text), topics) : [];
  if (about.length > 0) fields.about = about;
  const note = PUPIL_KINDS.has(draft.kind) ? saidAfter(draft, text) : undefined;
  if (note) fields.note = note;
  if (SCREEN_KINDS.has(draft.kind) && SCREEN.test(pieceOf(draft, text))) fields.mode = 'online';
  const evidence = draft.tokens.find((token) => has(token, 'photo', 'record'));
  if (evidence) fields.evidence = has(evidence, 'photo') ? 'photo' : 'record';
  if (draft.tokens.some((token) => has(token, 'late') && !forgotElse(token, text))) fields.late = true;
  return fields;
}

/** 学生听得忘了下课, 站上台忘了词: something other than the report was forgotten. */
function forgotElse(token: Token, text: string): boolean {
  if (!/^忘[了记]?$/u.test(token.text)) return false;
  const rest = /^[^,。;!?\n]{0,8}/u.exec(text.slice(token.end))![0];
  return rest.length > 0 && !/报|登|记|录|填|补|签|打卡|写|说|发|交|讲|上传|了$/u.test(rest);
}

/** Kinds that two schools may hold online. */
const SCREEN_KINDS: ReadonlySet<ActivityKind> = new Set([
  'joint_prep',
  'meeting',
  'research',
  'training',
  'exchange',
  'lecture',
]);
const SCREEN = /线上|网上|在线|视频|连线|直播|腾讯会议|钉钉|飞书会议|云端|远程/u;

/** Shorter text does not describe a talk. */
const SHORTEST_NOTE = 4;

/** 找小杰谈话，了解了他的困难: the content of a talk, in the words that follow. */
function saidAfter({ segments }: ActivityDraft, text: string): string | undefined {
  const rest = segments.slice(segments.findIndex((segment) => segment.hit) + 1);
  const said = rest
    .map((segment) => text.slice(segment.start, segment.end).replace(/^[,，。;；\s]+|[,，。;；\s]+$/gu, ''))
    .filter((words) => words !== '')
    .join('，');
  return said.length >= SHORTEST_NOTE ? said : undefined;
}

/** Kinds whose subject a plan may require. */
const TOLD_KINDS: ReadonlySet<ActivityKind> = new Set([
  'meeting',
  'document',
  'exchange',
  'research',
  'lecture',
  'training',
  'care_roster',
]);

const pieceOf = ({ segments }: ActivityDraft, text: string): string =>
  text.slice(segments[0]!.start, segments.at(-1)!.end);

/** The plans' topics in a text, without those contained in a longer one. */
const wordsIn = (text: string, topics: string[]): string[] => {
  const found = topics.filter((word) => text.includes(word));
  return found.filter((word, k) => !found.slice(0, k).some((longer) => longer.includes(word)));
};

/** 报送了工作方案和工作总结: documents that the plans distinguish are a record each. */
export function papersApart(reading: Reading, topics: string[] = []): Reading[] {
  const papers = reading.kind === 'document' ? (reading.topic?.split('、') ?? []) : [];
  const apart = papers.map((topic) => ({ topic, about: wordsIn(topic, topics) }));
  const kinds = new Set(apart.map(({ about }) => about.join()));
  if (papers.length < 2 || kinds.size < papers.length || kinds.has('')) return [reading];
  return apart.map((paper) => ({ ...reading, ...paper, pieces: 1 }));
}

const EXTRAS: Partial<Record<ActivityKind, (draft: ActivityDraft, text: string) => Partial<Reading>>> = {
  home_visit: (draft) => ({ mode: modeOf(draft.tokens) }),
  demo_lesson: lessonFields,
  observe: lessonFields,
  joint_prep: lessonFields,
  exam: lessonFields,
  study_guidance: (draft, text) => pick(lessonFields(draft, text), ['subject']),
  lecture: (draft, text) => ({
    topic: topicOf(draft, text),
    audience: audienceOf(draft.tokens),
    external: draft.tokens.some((token) => has(token, 'external') && token.text !== '邀请') ? true : undefined,
  }),
  training: (draft, text) => ({ topic: topicOf(draft, text) }),
  research: (draft, text) => ({
    ...pick(lessonFields(draft, text), ['subject', 'grade']),
    topic: topicOf(draft, text),
  }),
  meeting: (draft, text) => ({ topic: topicOf(draft, text) }),
  exchange: (draft, text) => ({ topic: topicOf(draft, text) }),
  document: documentFields,
  donation: donationOf,
  secondment: secondmentOf,
};

function pick(fields: Partial<Reading>, names: (keyof Reading)[]): Partial<Reading> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name as keyof Reading)));
}

/** How the family was met: a call, a screen, or a visit. */
export function modeOf(tokens: Token[]): Mode | undefined {
  const texts = tokens.filter((token) => token.type === 'word' || token.type === 'count').map((token) => token.text);
  if (texts.some((word) => /^(?:打不通|没打通|没接通|打不进)$/u.test(word))) return 'phone';
  if (texts.some((word) => /短信|视频|微信|云家访|线上|网上|网络|钉钉|腾讯|在线|远程/u.test(word))) return 'online';
  if (texts.some((word) => /电话|电访|通话|语音|致电|去电|拨|打通|接通/u.test(word))) return 'phone';
  const visited = /家访|上门|走访|登门|入户|看望|探望|拜访|慰问/u;
  return texts.some((word) => visited.test(word)) || tokens.some((token) => token.verbs?.has('visit'))
    ? 'visit'
    : undefined;
}

/** 中班健康, 一节语言课, 健康活动: what a kindergarten teaches. */
const FIELD =
  /(?:[大中小]班(?:的|组)?|[一二两三\d]节|个|年级)(健康|社会|语言|艺术|美工|阅读)(?=活动|课|教学|领域|[\s,。;)（(《]|一节|\d节|$)/u;

function lessonFields(draft: ActivityDraft, text: string): Partial<Reading> {
  const field = FIELD.exec(pieceOf(draft, text))?.[1];
  const named = draft.tokens.filter((token) => token.subject || /[课题]$/u.test(token.text)).map(subjectOf);
  const subjects = [...new Set([...named, field].filter(Boolean))];
  const grades = [
    ...new Set(draft.tokens.filter((token) => token.type === 'grade').flatMap((token) => token.value!.split('、'))),
  ];
  const title = draft.tokens.find((token) => token.type === 'title' || token.type === 'quote');
  return {
    subject: subjects.join('、') || undefined,
    grade: grades.join('、') || undefined,
    topic: title?.value || undefined,
  };
}

function subjectOf(token: Token): string | undefined {
  if (token.subject) return token.value;
  const stem = token.text.slice(0, -1);
  return LEXICON.get(stem)?.subject ? (SUBJECT_NAMES[stem] ?? stem) : undefined;
}

const ABOUT_WORD = '(?:关于|有关|围绕|主题(?:是|为)|题为|题目是|就)';
const ABOUT_END =
  '(?:的?(?:专题)?(?:讲座|报告|培训|研讨|座谈|交流|课题|会议|宣讲)|主题|开展|进行|作了|做了|$|[,。;\\n])';
const ABOUT = new RegExp(`${ABOUT_WORD}"?([^,。;:!?\\n"]{2,24}?)"?${ABOUT_END}`, 'u');

/** The subject of a talk, a training or a piece of research: a title, or the words between 关于 and the noun. */
function topicOf(draft: ActivityDraft, text: string): string | undefined {
  const title = draft.tokens.find((token) => token.type === 'title' || token.type === 'quote');
  if (title) return title.value;
  return ABOUT.exec(pieceOf(draft, text))?.[1]?.replace(/的$/u, '');
}

function audienceOf(tokens: Token[]): string | undefined {
  const at = tokens.findIndex(
    (token, k) =>
      k > 0 &&
      /^(?:给|为|向|面向)$/u.test(tokens[k - 1]!.text) &&
      !isSchool(token) &&
      has(token, 'teacherWord', 'pupil', 'kin'),
  );
  return at < 0 ? undefined : tokens[at]!.text;
}

/** Which document it was, and how many. */
function documentFields(draft: ActivityDraft): Partial<Reading> {
  const said = draft.tokens.filter((token) => token.kind === 'document');
  // 帮扶心得体会 is one document in two words.
  const apart = said.filter((token, k) => said[k - 1]?.end !== token.start);
  const papers = [...new Set(apart.map((token) => token.text))];
  const title = draft.tokens.find((token) => token.type === 'title' || token.type === 'quote')?.value;
  const pieces = draft.tokens.find(
    (token) => token.type === 'count' && /^(?:份|篇|本|个|套|页|张|册|期)$/u.test(token.count?.measure ?? ''),
  )?.count?.n;
  return { topic: title ?? (papers.join('、') || undefined), pieces: pieces ?? 1 };
}
