import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Segment } from '../structure/clauses.ts';
import { asideTokens, isAside, lessonSubjectsOf, THEY } from '../structure/subjects.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { discussesLater, discussesOwn, hadHearers, shared, thanks } from './belongs.ts';
import { type Hearing, heardMood } from './hearing.ts';
import { type Mood, moodOf } from './mood.ts';

/** The part of a message about one activity, from which a reading is made. */
export interface ActivityDraft {
  kind: ActivityKind;
  segments: Segment[];
  moods: Mood[];
  tokens: Token[];
  /** The one person of several who did this part, if it was not the sender. */
  doer?: string;
  /** The preceding draft, whose dates, places and pupils may apply here too. */
  before?: ActivityDraft;
}

const isSingleDay = ({ date }: Token) =>
  date !== undefined && /^(?:day|month_day|day_of_month|weekday)$/u.test(date.said);

/** Collects segments into drafts: each kind opens one, and a segment without a kind joins its neighbour. */
export function draftsOf(said: Segment[], today: Ymd, hearing?: Hearing, sender?: string): ActivityDraft[] {
  const segments = said.map((segment) =>
    isAside(segment) ? { ...segment, tokens: asideTokens(segment.tokens) } : segment,
  );
  const drafts: ActivityDraft[] = [];
  let waiting: { segment: Segment; mood: Mood }[] = [];
  let dropped = -1;
  let ofFamily = -1;
  let emptyUntil = -1;
  const told = segments.some((segment) =>
    segment.tokens.some((token) => has(token, 'late') || (has(token, 'toBot') && /[登记报]/u.test(token.text))),
  );
  segments.forEach((segment, index) => {
    const heard = moodOf(segment, today, told || toldNext(segment, segments[index + 1]));
    const own = hearing ? heardMood(hearing, segment, heard) : heard;
    const mood = isAside(said[index]!) ? { ...own, negated: false, future: false, intended: false } : own;
    if (thanks(segment)) dropped = segment.sentence;
    // 我老公他们单位下乡, 捐了20袋米: the family member mentioned is still the subject.
    if (ofFamily === segment.sentence && !segment.tokens.some(named)) return;
    if (segment.kind === undefined && segment.tokens.some((token) => has(token, 'ownLife')))
      ofFamily = segment.sentence;
    if (mood.foreign) {
      if (
        segment.kind !== undefined ||
        segment.tokens.some((token) => has(token, 'condition', 'hearsay', 'you', 'ownLife', 'suggest'))
      )
        dropped = segment.sentence;
      if (segment.kind === undefined && dropped !== segment.sentence) attachLoose(segment, mood);
      return;
    }
    if (dropped === segment.sentence && segment.tokens[0] && has(segment.tokens[0], 'they')) return;
    if (dropped === segment.sentence && !mood.happened) return;

    const last = drafts.at(-1);
    if (
      segment.kind === undefined ||
      [discussesOwn, hadHearers].some((part) => part(segment, last)) ||
      discussesLater(segment, mood, last)
    )
      attachLoose(segment, mood, segments[index + 1], index);
    else open(segment, mood);
  });
  return shared(drafts);

  /** 11月11日，雨，…: a sentence that opens with a day of its own, after an activity that has one. */
  function opensDay(segment: Segment, index: number): boolean {
    const last = drafts.at(-1);
    const day = headsDay(segment, index);
    return last?.tokens.some((token) => isSingleDay(token) && token.text !== day) === true && day !== undefined;
  }

  /** The day at the beginning of a sentence. */
  function headsDay({ tokens: [first], start, sentence }: Segment, index: number): string | undefined {
    const heads = first !== undefined && isSingleDay(first) && first.start - start <= 1;
    return heads && segments[index - 1]?.sentence !== sentence ? first.text : undefined;
  }

  function attachLoose(segment: Segment, mood: Mood, next?: Segment, index = 0): void {
    const last = drafts.at(-1);
    if (emptyUntil > index) return;
    // 听了一节，听完还一起评了课，下午自己上了一节.
    if (
      last?.kind === 'observe' &&
      !segment.tokens.some(({ date }) => date) &&
      segment.tokens.some((token) => has(token, 'evaluate'))
    ) {
      extend(last, segment, mood);
      return;
    }
    if (opensDay(segment, index)) {
      const after = segments.findIndex((item, k) => k > index && headsDay(item, k));
      const rest = segments.slice(index + 1, after < 0 ? undefined : after);
      if (rest.some(({ kind }) => kind !== undefined)) waiting.push({ segment, mood });
      // 11月11日，雨，无事: a day on which nothing happened.
      else if (rest.length > 0) emptyUntil = after < 0 ? segments.length : after;
      if (rest.length > 0) return;
    }
    if (mood.question) {
      if (last && segment.tokens.some(howMuch))
        drafts.push({ kind: last.kind, segments: [segment], moods: [mood], tokens: segment.tokens, before: last });
      return;
    }
    const forNext =
      next?.kind !== undefined &&
      (last === undefined || segment.sentence !== last.segments.at(-1)!.sentence || opens(segment)) &&
      segment.tokens.some(
        (token, k) =>
          token.type === 'date' ||
          isSchool(token) ||
          isPupil(token) ||
          has(token, 'next', 'late') ||
          // 我同一天, 听了一节: the opening word is the subject of what follows.
          (k === 0 && token.text === '我' && token.start === segment.start),
      );
    if (last && !forNext && waiting.length === 0) extend(last, segment, mood);
    else waiting.push({ segment, mood });
  }

  function opens(segment: Segment): boolean {
    return (
      segment.tokens.some((token) => token.type === 'date' || has(token, 'next', 'afternoon')) &&
      !segment.tokens.some((token) => token.type === 'count')
    );
  }

  function open(segment: Segment, said: Mood): void {
    const last = drafts.at(-1);
    const mood = last && plansOn(last, segment, said) ? { ...said, future: true } : said;
    const ahead = dated(segment) ? waiting.map(undated).map(withoutTrips) : waiting;
    waiting = [];
    if (
      last &&
      continues(
        last,
        segment,
        mood,
        ahead.map((item) => item.segment),
        sender,
      )
    ) {
      for (const item of ahead) extend(last, item.segment, item.mood);
      extend(last, segment, mood);
      return;
    }
    const all = [...ahead, { segment, mood }];
    drafts.push({
      kind: segment.kind!,
      segments: all.map((item) => item.segment),
      moods: all.map((item) => item.mood),
      tokens: all.flatMap((item) => item.segment.tokens),
      before: last,
    });
  }
}

/** 三十号去送教, 上了两节: the next segment shows that it happened, and so the side of today of an open day. */
function toldNext(segment: Segment, next: Segment | undefined): boolean {
  if (!next?.hit || next.kind !== segment.kind || next.sentence !== segment.sentence) return false;
  return (
    next.tokens.slice(next.hit.first, next.hit.last + 1).some((token) => /[了过]/u.test(token.text)) &&
    !next.tokens.some((token) => token.date || has(token, 'negation', 'failed')) &&
    !segment.tokens.some((token) => has(token, 'tomorrow', 'aspect'))
  );
}

/** 明天打算先备课再去上课: a plan extends to the end of its sentence. */
function plansOn(last: ActivityDraft, segment: Segment, mood: Mood): boolean {
  const same = segment.sentence === last.segments.at(-1)!.sentence;
  return (
    same &&
    last.moods.some((item) => item.future) &&
    !mood.happened &&
    !mood.earlier &&
    !segment.tokens.some((token) => token.date)
  );
}

/** The token names the sender, a school or a pupil. */
function named(token: Token): boolean {
  return has(token, 'me') || isSchool(token) || isPupil(token);
}

/** 还差几次, 够不够: a question about the account; 怎么做 is not. */
function howMuch(token: Token): boolean {
  return (
    (has(token, 'ask') && /[还差缺剩欠够多满完]/u.test(token.text)) ||
    (/^(?:times|lessons|days|weeks|persons)$/u.test(token.count?.unit ?? '') && /^几/u.test(token.text))
  );
}

function extend(draft: ActivityDraft, segment: Segment, mood: Mood): void {
  draft.segments.push(segment);
  draft.moods.push(mood);
  draft.tokens.push(...segment.tokens);
}

/** A day of its own: what was said about earlier days is unrelated (前天开学, 今天去送教). */
function dated({ tokens }: Segment): boolean {
  return tokens.some(
    (token) =>
      token.date && (token.date.said === 'day' || token.date.said === 'month_day' || token.date.said === 'weekday'),
  );
}

function undated(item: { segment: Segment; mood: Mood }): { segment: Segment; mood: Mood } {
  const { tokens } = item.segment;
  if (tokens.some((token) => token.count?.unit === 'times' || token.count?.unit === 'lessons' || has(token, 'late')))
    return item;
  if (tokens.every((token) => token.date || has(token, 'goto', 'me', 'afternoon') || isSchool(token))) return item;
  return { ...item, segment: { ...item.segment, tokens: tokens.filter((token) => !token.date) } };
}

/** 跑了两趟实小, 周二…, 周四…: each trip is reported separately. */
function withoutTrips(item: { segment: Segment; mood: Mood }): { segment: Segment; mood: Mood } {
  const { tokens } = item.segment;
  const trips = tokens.some(({ count }) => count?.measure === '趟') || tokens.some((token) => has(token, 'goto'));
  if (!tokens.some((token) => token.count?.unit === 'times') || !trips) return item;
  return { ...item, segment: { ...item.segment, tokens: tokens.filter((token) => token.count?.unit !== 'times') } };
}

/** 周文博执教1节, 陈思远执教1节: another person does it, unless both were said to go and nothing is counted yet. */
function anotherDoes(last: ActivityDraft, segment: Segment, ahead: Segment[], sender: string | undefined): boolean {
  const ofPupil = PUPIL_KINDS.has(segment.kind!);
  const now = [...ahead, segment]
    .flatMap((item) => lessonSubjectsOf(item, sender))
    .filter((name) => !ofPupil || name !== THEY);
  const said = last.segments.map((item) => lessonSubjectsOf(item, sender)).findLast((names) => names.length > 0) ?? [];
  if (now.length === 0) return false;
  const counted = last.tokens.some((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times');
  if (said.length === 0) return counted && now.every((name) => name === THEY || !name.startsWith('\u0000'));
  return counted
    ? now.some((name) => !said.includes(name)) || said.length > now.length
    : now.some((name) => !said.includes(name));
}

/** 高原带领毕晓东、沙金花赴新华送教。毕晓东执教1节: the first sentence says who went, the next ones who taught. */
function namesOneOf(last: ActivityDraft, segment: Segment): boolean {
  const counted = (tokens: Token[]) => tokens.some((token) => token.count?.unit === 'lessons');
  const people = (tokens: Token[]) => tokens.filter(isPerson).map((token) => token.named!.people.join());
  const went = new Set(people(last.tokens));
  const own = people(segment.tokens.slice(0, segment.hit!.first));
  return (
    segment.sentence > last.segments.at(-1)!.sentence &&
    went.size > 1 &&
    !counted(last.tokens) &&
    counted(segment.tokens) &&
    own.length === 1 &&
    went.has(own[0]!)
  );
}

/** The same activity continues: same kind, same mood, and nothing that separates the two. */
function continues(
  last: ActivityDraft,
  segment: Segment,
  mood: Mood,
  ahead: Segment[],
  sender: string | undefined,
): boolean {
  if (last.kind !== segment.kind) return false;
  if (anotherDoes(last, segment, ahead, sender) || namesOneOf(last, segment)) return false;
  const days = (tokens: Token[]) => tokens.some((token) => token.date);
  if (last.kind === 'donation' && days(last.tokens) && days([...ahead, segment].flatMap((item) => item.tokens)))
    return false;
  // A question about the account names no kind itself.
  const moodOfLast = last.moods[last.segments.findIndex((item) => item.kind)];
  if (!moodOfLast || moodOfLast.question !== mood.question) return false;
  if (moodOfLast.future !== mood.future && !mood.negated && !mood.failed && !last.moods.some((item) => item.intended))
    return false;
  const here = [...ahead.flatMap((item) => item.tokens), ...segment.tokens];
  const differ = (pick: (token: Token) => string | undefined) => {
    const before = new Set(last.tokens.map(pick).filter((text) => text !== undefined));
    const now = here.map(pick).filter((text) => text !== undefined);
    return before.size > 0 && now.length > 0 && now.some((text) => !before.has(text));
  };
  if (
    PUPIL_KINDS.has(last.kind) &&
    differ((token) => (isPupil(token) ? token.named!.pupils.join() || token.text : undefined))
  )
    return false;
  if (differ((token) => (isSchool(token) ? token.named!.schools.join() : undefined))) return false;
  if (PUPIL_KINDS.has(last.kind) && differ(modeWord)) return false;
  // 周二听了罗老师一节, 周四又听了何老师一节: another day with another teacher or subject is another activity.
  const apart = days(last.tokens) && days(here) && last.segments.some((item) => item.hit && days(item.tokens));
  if (
    apart &&
    !PUPIL_KINDS.has(last.kind) &&
    (differ(personName) || differ(({ subject, value }) => (subject ? value : undefined)))
  )
    return false;
  if ((mood.negated || mood.failed) && moodOfLast.happened && !moodOfLast.negated)
    return here.every((token) => token.type !== 'date');
  return true;
}

function personName(token: Token): string | undefined {
  return token.type === 'name' && !isPupil(token) && !isSchool(token)
    ? token.named!.people.join() || token.text
    : undefined;
}

function modeWord(token: Token): string | undefined {
  if (/电话|电访/u.test(token.text)) return 'phone';
  if (/视频/u.test(token.text)) return 'online';
  return /家访|上门|走访|登门/u.test(token.text) ? 'visit' : undefined;
}
