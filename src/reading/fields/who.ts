import type { ActivityKind } from '../../plan/activity.ts';
import type { ActivityDraft } from '../judge/drafts.ts';
import type { Segment } from '../structure/clauses.ts';
import { lessonSubjectsOf, THEY } from '../structure/subjects.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { TITLE_ROLES } from '../tables/school.ts';
import { has, isPerson, isPupil, isUnknown } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { WhoPart } from './pupils.ts';
import { askedMe, isBoss, roleOf } from './role.ts';

/** Who did it, with whom, and whose lesson it was. If a name fits several people, the bot asks. */
export function peopleOf(draft: ActivityDraft, roster: NameRoster, text: string): WhoPart {
  const part: WhoPart = { ask: [], choices: {} };
  if (draft.doer) return { ...part, by: draft.doer, on_behalf: true };
  const sender = roster.knows.sender?.name;
  const hitAt = hitStart(draft, text);
  const mine = draft.segments.some((segment) => segment.hit && actsInIt(segment));
  let doer = false;
  let lastField: 'by' | 'participants' | 'teacher' | undefined;
  for (const [k, token] of draft.tokens.entries()) {
    const boss = isBoss(token);
    if (!isPerson(token) && !boss) continue;
    // 班主任培训, 校长会: who it is for.
    if (boss && /^(?:们)?(?:培训|研修|会|例会|论坛|工作会|会议)/u.test(text.slice(token.end))) continue;
    // 请来师范大学的王教授: an outsider, whose lecture the school organised.
    if (isUnknown(token) && /(?:教授|专家|博士|院士|教研员)$/u.test(token.text)) continue;
    // 双方教师: 方 is not a family name here.
    if (isUnknown(token) && /[双对两各]$/u.test(text.slice(0, token.start))) continue;
    if (isPupil(token) && !/老师|校长|主任|书记|园长/u.test(token.text) && token.named!.pupils.length > 0) continue;
    const beside = draft.tokens[k - 1];
    const joined =
      beside !== undefined && has(beside, 'together') && lastField === 'teacher' ? draft.tokens[k - 2] : beside;
    const listed = joined !== undefined && isPerson(joined) && token.start - joined.end <= 2 ? lastField : undefined;
    const withMe =
      !boss &&
      !askedMe(token, text) &&
      sender !== undefined &&
      token.start < hitAt &&
      sameClause(draft, token).some((other) => other.text === sender || other.text === '本人');
    // 周二：语文1节（段玉梅）: who gave it.
    const gave =
      LESSONS.has(draft.kind) &&
      text[token.start - 1] === '(' &&
      text[token.end] === ')' &&
      token.named!.people.length === 1 &&
      homeSchoolOf(token.named!.people[0]!, roster) === roster.knows.sender?.school;
    const field = gave
      ? 'by'
      : withMe && token.text !== sender
        ? 'participants'
        : (listed ?? roleOf(draft, k, hitAt, doer, text));
    lastField = field;
    if (!field || (field === 'by' && mine && !hitClause(draft, token))) continue;
    const names = boss ? leaders(token, roster) : alreadyNamed(fitting(token, roster, sender), draft);
    if (names.length === 0 && !isUnknown(token) && !boss) continue;
    // 跟校长一起 does not say which head, so none is credited; 我们校长 does.
    const ours = draft.tokens[k - 1] !== undefined && has(draft.tokens[k - 1]!, 'me', 'own');
    if (field === 'participants' && (names.length !== 1 || (boss && !ours))) continue;
    if (boss && field === 'by' && names.length === 0 && !hitClause(draft, token)) continue;
    if (field === 'by') doer = true;
    if (names.length === 1) set(part, field, names[0]!);
    else if (field === 'teacher') part.teacher ??= names.length === 0 && !boss ? token.text : undefined;
    // If the school is credited, it does not matter which of its people it was.
    else if (
      SCHOOL_KINDS.has(draft.kind) &&
      names.every((name) => homeSchoolOf(name, roster) === roster.knows.sender?.school)
    )
      continue;
    else {
      part.on_behalf = true;
      part.ask.push('by');
      if (names.length > 1) part.choices.by = names;
    }
  }
  if (part.teacher !== undefined && part.teacher === part.by) part.teacher = undefined;
  if (draft.kind === 'meeting') return metWith(part, draft);
  const doerNamed = subjectOf(draft, roster, text);
  if (!part.by && doerNamed && part.participants?.includes(doerNamed)) {
    const others = part.participants.filter((name) => name !== doerNamed);
    return { ...part, by: doerNamed, on_behalf: true, participants: others.length > 0 ? others : undefined };
  }
  if (part.by && doerNamed && part.by !== doerNamed && !part.ask.includes('by')) {
    const others = (part.participants ?? []).filter((name) => name !== doerNamed);
    return { ...part, by: doerNamed, participants: [part.by, ...others] };
  }
  return part.by || part.ask.includes('by') ? part : spokenOf(part, draft, roster);
}

/** 滑梯是俸艳老师刷的漆。我给中班上了一节: the sender is the subject of the clause. */
function actsInIt({ tokens, hit }: Segment): boolean {
  const at = tokens.findIndex((token) => /^(?:我|本人)$/u.test(token.text));
  const before = tokens[at - 1];
  return (
    at >= 0 &&
    at < hit!.first &&
    !(before && has(before, 'to', 'together')) &&
    !/^(?:帮|替|代)/u.test(tokens[at + 1]?.text ?? '')
  );
}

/** 马校长带孙丽华来我校，孙老师上了一节: the one person who begins the clause of the activity. */
function subjectOf(draft: ActivityDraft, roster: NameRoster, text: string): string | undefined {
  const hits = draft.segments.filter((segment) => segment.hit);
  const [hit] = hits;
  const [first, next] = hit?.tokens ?? [];
  if (!hit || hits.length > 1 || !first || !isPerson(first) || first.start - hit.start > 1) return undefined;
  const led = draft.segments.some(
    (segment) => segment.end <= hit.start && /带|领|率|陪/u.test(text.slice(segment.start, segment.end)),
  );
  const several = new Set(
    draft.segments
      .filter(({ end }) => end <= hit.start)
      .flatMap(({ tokens }) => tokens.filter(isPerson).map((token) => token.named!.people.join())),
  );
  if ((!led && several.size < 2) || (next && has(next, 'together')) || first.start >= hit.tokens[hit.hit!.first]!.start)
    return undefined;
  const names = alreadyNamed(fitting(first, roster, roster.knows.sender?.name), draft);
  return names.length === 1 ? names[0] : undefined;
}

/** 杨校长和字校长开了会, 王校带队，我随行: several people who met, or one with the sender, all took part. */
function metWith(part: WhoPart, { tokens }: ActivityDraft): WhoPart {
  const { by, participants = [], on_behalf, ...rest } = part;
  const mine = tokens.some((token) => /^(?:我|本人)$/u.test(token.text));
  if (!by || (participants.length === 0 && !mine)) return part;
  return { ...rest, participants: [by, ...participants] };
}

const LESSONS: ReadonlySet<ActivityKind> = new Set(['demo_lesson', 'lecture']);

/** Credited to schools and pairings, never to a person. */
const SCHOOL_KINDS: ReadonlySet<ActivityKind> = new Set(['exchange', 'meeting', 'exam', 'donation']);

const TOGETHER: ReadonlySet<ActivityKind> = new Set(['research', 'joint_prep', 'meeting', 'exchange', 'exam']);

/** The school of a person in the roster. */
export const homeSchoolOf = (name: string, roster: NameRoster): string | undefined =>
  roster.knows.people.find((person) => person.name === name)?.school;

/** 和庞丽到万佑, 她上了一节: the one colleague mentioned before. */
function spokenOf(part: WhoPart, draft: ActivityDraft, roster: NameRoster): WhoPart {
  const sender = roster.knows.sender?.name;
  const hit = draft.segments.find((segment) => segment.hit);
  if (!hit || PUPIL_KINDS.has(draft.kind) || !lessonSubjectsOf(hit, sender).includes(THEY)) return part;
  const before = [...(draft.before?.tokens ?? []), ...draft.tokens].filter(
    (token) => isPerson(token) && token.start < hit.start,
  );
  const names = [...new Set(before.flatMap((token) => fitting(token, roster, sender)))];
  const own = names.filter(
    (name) => roster.knows.people.find((person) => person.name === name)?.school === roster.knows.sender?.school,
  );
  if (own.length !== 1) return part;
  const participants = part.participants?.filter((name) => name !== own[0]);
  return { ...part, by: own[0], on_behalf: true, participants: participants?.length ? participants : undefined };
}

/**
 * The person of the previous activity continues: 「陈思远周一谈话王小明; 周二谈话李雨」. Not if the sender speaks of himself again or of
 * pupils in his own care.
 */
export function goingOn(
  part: WhoPart,
  draft: ActivityDraft,
  earlier: Reading | undefined,
  roster: NameRoster,
  mixed = false,
): WhoPart {
  // 本人执教1节, 陈思远执教1节, 课后联合教研: after activities of several people, all of them took part.
  if (mixed && TOGETHER.has(draft.kind)) return part;
  if (alongTheWay(part, draft, earlier)) return { ...part, participants: earlier!.participants };
  if (
    !earlier?.by ||
    earlier.direction ||
    !draft.before ||
    part.by ||
    part.ask.includes('by') ||
    colleagues(part, roster)
  )
    return part;
  const { name: sender } = roster.knows.sender ?? {};
  if (draft.kind === 'donation') return part;
  if (draft.tokens.some((token) => has(token, 'me', 'own') || isBoss(token) || token.named?.people.join() === sender))
    return part;
  const pupils = draft.tokens.filter(isPupil).flatMap((token) => token.named!.pupils);
  const theirs = (pupil: string) =>
    roster.knows.care.some((row) => row.pupil === pupil && row.mentor === earlier.by) &&
    !roster.ownPupils.includes(pupil);
  return pupils.every(theirs) ? { ...part, by: earlier.by, on_behalf: true } : part;
}

/** If the others are from the sender's own school, the sender does it with them. */
const colleagues = ({ participants = [] }: WhoPart, roster: NameRoster): boolean =>
  participants.some((name) => homeSchoolOf(name, roster) === roster.knows.sender?.school);

/** 陪同王校长赴万佑, 听课2节, 座谈1次: companions take part in everything that follows on that day. */
function alongTheWay(part: WhoPart, draft: ActivityDraft, earlier: Reading | undefined): boolean {
  if (!earlier?.participants || !draft.before || part.by || part.participants || part.ask.includes('by')) return false;
  if (PUPIL_KINDS.has(draft.kind) || draft.kind === 'donation') return false;
  if (draft.tokens.some((token) => token.date || isPerson(token) || has(token, 'me', 'own'))) return false;
  return draft.before.segments.some(
    (segment) =>
      segment.tokens.some(isPerson) && segment.tokens.some((token) => has(token, 'goto') && token.text !== '在'),
  );
}

function set(part: WhoPart, field: 'by' | 'participants' | 'teacher', name: string): void {
  if (field === 'participants') part.participants = [...new Set([...(part.participants ?? []), name])];
  else if (field === 'teacher')
    part.teacher =
      part.teacher && !part.teacher.split('、').includes(name) ? `${part.teacher}、${name}` : (part.teacher ?? name);
  else if (part.by && part.by !== name) part.participants = [...(part.participants ?? []), name];
  else {
    part.by = name;
    part.on_behalf = true;
  }
}

function hitStart({ segments }: ActivityDraft, text: string): number {
  const hits = segments.filter((item) => item.hit);
  // 春季送教: 何静老师今天上了一节: the word before the colon is only a heading.
  const segment = hits.length > 1 && text[hits[0]!.end] === ':' ? hits[1] : hits[0];
  return segment ? segment.tokens[segment.hit!.first]!.start : Number.POSITIVE_INFINITY;
}

/** Whether the token is in a clause that names the activity; 领导临时安排了别的事 is not. */
function hitClause(draft: ActivityDraft, token: Token): boolean {
  return draft.segments.some((segment) => segment.hit && segment.tokens.includes(token));
}

/** 王老师 after 王晓琳老师 is the same person. */
function alreadyNamed(names: string[], draft: ActivityDraft): string[] {
  if (names.length < 2) return names;
  const said = [...(draft.before?.tokens ?? []), ...draft.tokens].filter(isPerson).map((token) => token.named!.people);
  const known = names.filter((name) => said.some((people) => people.length === 1 && people[0] === name));
  return known.length === 1 ? known : names;
}

/** The people that a form of a name fits, without the sender and without those whose office the title excludes. */
function fitting(token: Token, roster: NameRoster, sender: string | undefined): string[] {
  const people = token.named!.people;
  if (sender && people.includes(sender)) {
    const others = people.filter((name) => name !== sender);
    return token.text === sender ? [] : others;
  }
  const title = Object.keys(TITLE_ROLES).find((word) => token.text.endsWith(word));
  if (!title || people.length < 2) return people;
  const inOffice = people.filter((name) =>
    roster.knows.people.some(
      (person) => person.name === name && person.roles?.some((role) => TITLE_ROLES[title]!.includes(role)),
    ),
  );
  return inOffice.length > 0 ? inOffice : people;
}

/** 校长 without a name: the one head of the sender's school. */
function leaders(token: Token, roster: NameRoster): string[] {
  const roles = TITLE_ROLES[token.text];
  const school = roster.knows.sender?.school;
  if (!roles || !school) return [];
  const first = token.text === '校长' || token.text === '园长' ? ['principal'] : roles;
  return roster.knows.people
    .filter((person) => person.school === school && person.roles?.some((role) => first.includes(role)))
    .map((person) => person.name);
}

function sameClause(draft: ActivityDraft, token: Token): Token[] {
  return draft.segments.find((segment) => segment.tokens.includes(token))?.tokens ?? [];
}
