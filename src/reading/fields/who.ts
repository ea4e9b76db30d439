import type { ActivityKind } from '../../plan/activity.ts';
import type { ActivityDraft } from '../judge/drafts.ts';
import { lessonSubjectsOf, THEY } from '../structure/subjects.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { TITLE_ROLES } from '../tables/school.ts';
import { has, isPerson, isPupil, isSchool, isUnknown } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { WhoPart } from './pupils.ts';

/** Who did it, with whom, and whose lesson it was. A name that fits several people is asked. */
export function peopleOf(draft: ActivityDraft, roster: NameRoster, text: string): WhoPart {
  const part: WhoPart = { ask: [], choices: {} };
  const sender = roster.knows.sender?.name;
  const hitAt = hitStart(draft);
  let doer = false;
  let lastField: 'by' | 'participants' | 'teacher' | undefined;
  for (const [k, token] of draft.tokens.entries()) {
    const boss = isBoss(token);
    if (!isPerson(token) && !boss) continue;
    // 双方教师: no 方 is meant.
    if (isUnknown(token) && /[双对两各]$/u.test(text.slice(0, token.start))) continue;
    if (isPupil(token) && !/老师|校长|主任|书记|园长/u.test(token.text) && token.named!.pupils.length > 0) continue;
    const beside = draft.tokens[k - 1];
    const joined =
      beside !== undefined && has(beside, 'together') && lastField === 'teacher' ? draft.tokens[k - 2] : beside;
    const listed = joined !== undefined && isPerson(joined) && token.start - joined.end <= 2 ? lastField : undefined;
    const withMe =
      !boss &&
      sender !== undefined &&
      token.start < hitAt &&
      sameClause(draft, token).some((other) => other.text === sender || other.text === '本人');
    const field = withMe && token.text !== sender ? 'participants' : (listed ?? roleOf(draft, k, hitAt, doer, text));
    lastField = field;
    if (!field) continue;
    const names = boss ? leaders(token, roster) : alreadyNamed(fitting(token, roster, sender), draft);
    if (names.length === 0 && !isUnknown(token) && !boss) continue;
    // 跟校长一起: whose head it was is not said, so nobody is credited; 我们校长 says it.
    const ours = draft.tokens[k - 1] !== undefined && has(draft.tokens[k - 1]!, 'me', 'own');
    if (field === 'participants' && (names.length !== 1 || (boss && !ours))) continue;
    if (boss && field === 'by' && names.length === 0 && !hitClause(draft, token)) continue;
    if (field === 'by') doer = true;
    if (names.length === 1) set(part, field, names[0]!);
    else if (field === 'teacher') part.teacher ??= names.length === 0 && !boss ? token.text : undefined;
    // Which of its people it was changes nothing where the school is credited.
    else if (
      SCHOOL_KINDS.has(draft.kind) &&
      names.every((name) => schoolOf(name, roster) === roster.knows.sender?.school)
    )
      continue;
    else {
      part.on_behalf = true;
      part.ask.push('by');
      if (names.length > 1) part.choices.by = names;
    }
  }
  return part.by || part.ask.includes('by') ? part : spokenOf(part, draft, roster);
}

/** Credited to schools and pairings, never to a person. */
const SCHOOL_KINDS: ReadonlySet<ActivityKind> = new Set(['exchange', 'meeting', 'exam', 'donation']);

const schoolOf = (name: string, roster: NameRoster): string | undefined =>
  roster.knows.people.find((person) => person.name === name)?.school;

/** 和庞丽到万佑, 她上了一节: the one colleague spoken of before. */
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
 * Who was said to have done the activity before goes on doing: 「陈思远周一谈话王小明; 周二谈话李雨」. Not where the sender
 * speaks of himself again or of pupils in his own care.
 */
export function goingOn(
  part: WhoPart,
  draft: ActivityDraft,
  earlier: Reading | undefined,
  roster: NameRoster,
): WhoPart {
  if (alongTheWay(part, draft, earlier)) return { ...part, participants: earlier!.participants };
  if (!earlier?.by || earlier.direction || !draft.before || part.by || part.ask.includes('by') || part.participants)
    return part;
  if (draft.tokens.some((token) => has(token, 'me', 'own') || isBoss(token))) return part;
  const pupils = draft.tokens.filter(isPupil).flatMap((token) => token.named!.pupils);
  const theirs = (pupil: string) =>
    roster.knows.care.some((row) => row.pupil === pupil && row.mentor === earlier.by) &&
    !roster.ownPupils.includes(pupil);
  return pupils.every(theirs) ? { ...part, by: earlier.by, on_behalf: true } : part;
}

/** 陪同王校长赴万佑, 听课2节, 座谈1次: who came along did so for all that follows on that day. */
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
    part.teacher = part.teacher && part.teacher !== name ? `${part.teacher}、${name}` : name;
  else if (part.by && part.by !== name) part.participants = [...(part.participants ?? []), name];
  else {
    part.by = name;
    part.on_behalf = true;
  }
}

function hitStart(draft: ActivityDraft): number {
  const segment = draft.segments.find((item) => item.hit);
  return segment ? segment.tokens[segment.hit!.first]!.start : Number.POSITIVE_INFINITY;
}

/** What a person named at this place does in the sentence. */
function roleOf(
  draft: ActivityDraft,
  k: number,
  hitAt: number,
  doer: boolean,
  text: string,
): 'by' | 'participants' | 'teacher' | undefined {
  const { tokens, kind } = draft;
  const token = tokens[k]!;
  const before = tokens[k - 1];
  const near = before !== undefined && token.start - before.end <= 1 ? before : undefined;
  const after = tokens[k + 1];
  const closeAfter = after !== undefined && after.start - token.end <= 1 ? after : undefined;
  if (joins(tokens, k, text)) return 'participants';
  const clause = draft.segments.find((segment) => segment.tokens.includes(token))!;
  const listening =
    clause.tokens.some((other) => other.verbs?.has('listen') && other.end <= token.start) ||
    (kind === 'observe' && near !== undefined && has(near, 'goto'));
  if (kind === 'observe' && after?.nouns?.has('lesson') && after.start - token.end === 1) return 'teacher';
  if (kind === 'observe' && listening && !(near && has(near, 'together'))) return 'teacher';
  if (kind === 'observe' && token.start > hitAt && !(near && has(near, 'together'))) return 'teacher';
  if (near && /^[替帮代]$/u.test(near.text)) return 'by';
  // 替我同事王晓琳报一次.
  const instead = tokens.slice(Math.max(0, k - 3), k).some((other) => /^[替代]$/u.test(other.text));
  if (instead && clause.tokens.some((other) => /报|登记/u.test(other.text))) return 'by';
  if (near?.text.endsWith('请')) return 'by';
  if (isBoss(token) && near && has(near, 'me'))
    return tokens[k - 2] && has(tokens[k - 2]!, 'together') ? 'participants' : 'by';
  if (isBoss(token) && near && has(near, 'they', 'partner')) return undefined;
  // 和万佑的何俊老师: with the person, whose school stands before the name.
  const led = before !== undefined && isSchool(before) && token.start - before.end <= 3 ? tokens[k - 2] : undefined;
  if (led && before!.start - led.end <= 1 && has(led, 'together') && token.start < hitAt) return 'participants';
  if (near && has(near, 'together', 'to'))
    return /^[给找]$/u.test(near.text) || has(near, 'goto') ? undefined : 'participants';
  if (listsMe(tokens, k)) return 'participants';
  if (closeAfter && has(closeAfter, 'together') && tokens[k + 2] && has(tokens[k + 2]!, 'me')) return 'participants';
  if (near && near.type === 'name' && doer) return 'by';
  if (
    tokens.slice(0, k).some((other) => has(other, 'me') && clause.tokens.includes(other)) &&
    !(near && near.text === '、')
  )
    return undefined;
  const mine = draft.segments.some(
    (segment) => segment.hit && segment.end < clause.start && segment.tokens.some((other) => has(other, 'me')),
  );
  if (mine && clause.hit && token.start <= clause.tokens[clause.hit.first]!.start) return 'participants';
  if (token.start > hitAt) return undefined;
  if (
    clause.tokens.some(
      (other, j) => other.start > token.start && has(other, 'together') && clause.tokens[j + 1]?.text === '我',
    )
  )
    return 'participants';
  if (closeAfter && /^(?:的课|班|那边|那里|家)$/u.test(closeAfter.text)) return undefined;
  if (closeAfter && sentMe(tokens, k + 1)) return undefined;
  return 'by';
}

function sameClause(draft: ActivityDraft, token: Token): Token[] {
  return draft.segments.find((segment) => segment.tokens.includes(token))?.tokens ?? [];
}

/** 由赵主任主持, 王校长陪同, 罗敏同行, 赵主任带我们去: with the sender, and not instead. */
function joins(tokens: Token[], k: number, text: string): boolean {
  const behind = text.slice(tokens[k]!.end, tokens[k]!.end + 6);
  if (
    /^(?:老师|主任|校长|书记)?(?:主持|陪同|同行|随行|参加|也在|也?(?:和|跟|同|与)我(?:们)?(?:一起|一同|一道|一路|一块))/u.test(
      behind,
    )
  )
    return true;
  const led = tokens.slice(k + 1, k + 4).findIndex((token) => /^带领?$|^领着?$|^率领?$/u.test(token.text));
  const whom = led >= 0 ? tokens[k + 2 + led] : undefined;
  return whom !== undefined && has(whom, 'me');
}

/** 王晓琳、赵立新、我三人: the sender among those listed. */
function listsMe(tokens: Token[], k: number): boolean {
  let last = k;
  while (tokens[last + 1] && isPerson(tokens[last + 1]!) && tokens[last + 1]!.start - tokens[last]!.end <= 1) last += 1;
  const next = tokens[last + 1];
  return next?.text === '我' && next.start - tokens[last]!.end === 1;
}

/** 校长让我去听课; 陈老师让我帮他登记 is about what he did. */
function sentMe(tokens: Token[], k: number): boolean {
  const next = tokens[k + 1];
  return /^.{1,2}我$/u.test(tokens[k]!.text) && !(next && (/^[帮代替]/u.test(next.text) || has(next, 'toBot')));
}

/** Whether it stands in a clause that names the activity; 领导临时安排了别的事 does not. */
function hitClause(draft: ActivityDraft, token: Token): boolean {
  return draft.segments.some((segment) => segment.hit && segment.tokens.includes(token));
}

function isBoss(token: Token): boolean {
  return has(token, 'boss');
}

/** 王老师 after 王晓琳老师 is she. */
function alreadyNamed(names: string[], draft: ActivityDraft): string[] {
  if (names.length < 2) return names;
  const said = [...(draft.before?.tokens ?? []), ...draft.tokens].filter(isPerson).map((token) => token.named!.people);
  const known = names.filter((name) => said.some((people) => people.length === 1 && people[0] === name));
  return known.length === 1 ? known : names;
}

/** The people a form fits, without the sender and without those whose office the title excludes. */
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
