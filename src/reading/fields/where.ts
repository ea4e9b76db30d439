import type { ActivityKind } from '../../plan/activity.ts';
import type { ActivityDraft } from '../judge/drafts.ts';
import { PLACE_KINDS, PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import { cameHere, ownPlace, type SchoolSaid, visitor, visitorsSchool } from './at-home.ts';

/** Where it was, with or for whom, and what of that must be asked. */
export type PlaceSaid = Pick<Reading, 'place' | 'partner' | 'to' | 'direction' | 'all_partners'> & {
  ask: string[];
  choices: Record<string, string[]>;
  said: boolean;
};

/** The school an activity was at, with or for; the only pairing if none is named (reading.md, 8). */
export function placeOf(draft: ActivityDraft, roster: NameRoster): PlaceSaid {
  const own = roster.knows.sender?.school;
  const part: PlaceSaid = { ask: [], choices: {}, said: false };
  const named = schoolsIn(draft.tokens, roster);
  const unclear = named.find((item) => item.names.length > 1);
  const foreign = named.filter((item) => item.names.length === 1 && item.names[0] !== own);
  const others = foreign.filter(({ token }) => !ofPerson(draft.tokens, token));
  const other = others[0]?.names[0];
  const atOwn =
    heardMine(draft) ||
    ownPlace(draft, named, own) ||
    cameHere(draft.tokens, foreign[0]?.token ?? visitor(draft.tokens, roster));
  const forUs = draft.tokens.some(
    (token, k) => k > 0 && /^我们|^咱/u.test(token.text) && /[给为向]$/u.test(draft.tokens[k - 1]!.text),
  );
  if ((atOwn || forUs) && own && draft.kind === 'donation') return { ...part, said: true, to: own };
  if (PUPIL_KINDS.has(draft.kind)) return { ...part, said: atOwn || other !== undefined };
  if (atOwn && own) {
    part.said = true;
    part.place = own;
    const from =
      foreign[0]?.names[0] ??
      visitorsSchool(draft.tokens, roster) ??
      (heardMine(draft) ? roster.partners[0] : undefined);
    if (from) part.partner = from;
    const hit = draft.segments.find((segment) => segment.hit);
    const first = foreign[0]?.token.start ?? Number.POSITIVE_INFINITY;
    const led = hit !== undefined && first < hit.tokens[hit.hit!.first]!.start;
    const guests = GUEST_KINDS.has(draft.kind) || (GUESTS_FIRST.has(draft.kind) && led);
    if (guests && (from || inbound(draft.tokens))) part.direction = 'inbound';
    return part;
  }
  if (other) {
    part.said = true;
    put(part, draft, others[0]!, other);
    return part;
  }
  if (unclear) {
    part.said = true;
    part.ask.push(draft.kind === 'donation' ? 'to' : 'place');
    part.choices[draft.kind === 'donation' ? 'to' : 'place'] = unclear.names;
    return part;
  }
  if (draft.kind === 'donation' && own && named.some((item) => item.names[0] === own))
    return { ...part, said: true, to: own };
  const host = draft.kind === 'observe' ? hostOf(draft.tokens, roster) : undefined;
  if (host) return { ...part, said: true, place: host };
  return part;
}

/** 万佑何俊, 民中的周老师: the teacher's school, not a place; 去万佑何老师那里 is one. */
function ofPerson(tokens: Token[], school: Token): boolean {
  const k = tokens.indexOf(school);
  const [before, next] = [tokens[k - 1], tokens[k + 1]];
  const led = before !== undefined && school.start - before.end <= 1 && has(before, 'goto', 'together');
  return !led && next !== undefined && isPerson(next) && next.start - school.end <= 1;
}

/** Kinds for which others may come to the sender's school. */
const GUEST_KINDS: ReadonlySet<ActivityKind> = new Set(['observe', 'exchange', 'secondment', 'training']);
/** The same, if the others are named before the activity: 民中三位老师来送教. */
const GUESTS_FIRST: ReadonlySet<ActivityKind> = new Set(['research', 'lecture', 'demo_lesson']);

/** 六校联考, 各结对学校一起: every partner took part. */
const ALL_PARTNERS =
  /(?:[三四五六七八九十几多各\d]|所有|全部)(?:所|个|家)?(?:结对|受援|帮扶|农村)*(?:学校|中学|小学|校|园)/u;
/** An affair of the sender's own school, if no other is named. */
const OWN_AFFAIR = /家长会|奖励|表彰|表扬|颁奖|全校|教职工|学生大会/u;

/** The place when none is named: inherited from the previous reading, else the only pairing. */
export function filledPlace(
  draft: ActivityDraft,
  part: PlaceSaid,
  roster: NameRoster,
  inherited: Reading | undefined,
  plain: string,
): PlaceSaid {
  if (part.said) return part;
  const text = plain.slice(draft.segments[0]!.start, draft.segments.at(-1)!.end);
  const { sender } = roster.knows;
  // A bureau acts for all of its schools.
  if (sender && !sender.school) return part;
  if (roster.partners.length > 1 && ALL_PARTNERS.test(text)) return { ...part, all_partners: true };
  if (draft.kind === 'meeting' && OWN_AFFAIR.test(text) && sender?.school) return { ...part, place: sender.school };
  const field = draft.kind === 'donation' ? 'to' : 'place';
  if (draft.kind !== 'donation' && !PLACE_KINDS.has(draft.kind)) return part;
  if (draft.kind === 'donation' && toPupil(draft)) return part;
  // 课题 needs no place; 教研 has one.
  if (draft.kind === 'research' && !draft.tokens.some((token) => /教研/u.test(token.text))) return part;
  const [only, second] = roster.partners;
  const online = draft.kind !== 'demo_lesson' && draft.tokens.some((token) => has(token, 'online'));
  // 线上集体备课一次: nowhere, but still with the other school.
  if (online && BOTH_SIDES.has(draft.kind) && only && second === undefined) return { ...part, partner: only };
  if (online || draft.tokens.some((token) => has(token, 'elsewhere'))) return part;
  const before = inherited?.place ?? inherited?.to ?? inherited?.partner;
  const known = before ?? (second === undefined ? only : schoolOfNamed(draft.tokens, roster));
  if (known) return { ...part, [field]: known };
  return second === undefined ? part : { ...part, ask: [field], choices: { [field]: roster.partners } };
}

const BOTH_SIDES: ReadonlySet<string> = new Set(['joint_prep', 'exchange', 'research']);

/** 家访了小雨, 给她带了一件棉衣: for the pupil, not for a school. */
function toPupil(draft: ActivityDraft): boolean {
  return draft.tokens.some(isPupil) || (draft.before !== undefined && PUPIL_KINDS.has(draft.before.kind));
}

/** 和高婷老师一起备课: the partner school of the people named, if there is one. */
function schoolOfNamed(tokens: Token[], roster: NameRoster): string | undefined {
  const names = tokens.filter(isPerson).flatMap((token) => token.named!.people);
  const theirs = roster.knows.people.filter((person) => names.includes(person.name)).map((person) => person.school);
  const [one, more] = roster.partners.filter((school) => theirs.includes(school));
  return more === undefined ? one : undefined;
}

function schoolsIn(tokens: Token[], roster: NameRoster): SchoolSaid[] {
  return tokens.flatMap((token): SchoolSaid[] => {
    if (isSchool(token)) {
      const names = token.named!.schools;
      const paired = names.filter((name) => roster.partners.includes(name));
      return [{ token, names: names.length > 1 && paired.length === 1 ? paired : names }];
    }
    if (has(token, 'partner') && roster.partners.length > 0) return [{ token, names: roster.partners }];
    return [];
  });
}

/** 她听我一节, 何俊来听我的课: the lesson observed was the sender's own. */
function heardMine({ kind, segments }: ActivityDraft): boolean {
  const hit = segments.find((segment) => segment.hit);
  if (kind !== 'observe' || !hit) return false;
  const at = hit.tokens.findIndex((token) => token.verbs?.has('listen'));
  const me = hit.tokens[at + 1];
  return (
    at >= 0 &&
    me !== undefined &&
    /^我$|^本人$/u.test(me.text) &&
    !hit.tokens.slice(0, at).some((token) => has(token, 'me'))
  );
}

function inbound(tokens: Token[]): boolean {
  return tokens.some((token) => /^(?:来|来到|来了|过来|过来了)$/u.test(token.text));
}

function put(part: PlaceSaid, draft: ActivityDraft, said: SchoolSaid, name: string): void {
  if (PUPIL_KINDS.has(draft.kind)) return;
  if (draft.kind === 'donation') part.to = name;
  else if (placed(draft, said.token)) part.place = name;
  else part.partner = name;
}

/** 在万佑研讨课题 happened there, 万佑的课题 belongs to them. */
function placed(draft: ActivityDraft, school: Token): boolean {
  const before = draft.tokens[draft.tokens.indexOf(school) - 1];
  const there = before !== undefined && /^[在到去赴]$/u.test(before.text);
  if (draft.kind === 'research') return there || /教研/u.test(draft.tokens.map((token) => token.text).join(' '));
  return PLACE_KINDS.has(draft.kind) && !with_(draft.tokens, school);
}

/** 跟万佑, 和万佑老师: with them, not there. 和…一起到万佑 is there. */
function with_(tokens: Token[], token: Token): boolean {
  const before = tokens[tokens.indexOf(token) - 1];
  if (!before || token.start - before.end > 1) return false;
  return /^(?:和|跟|与|同|联合|会同|与会)$/u.test(before.text);
}

/** 去陈老师那边听课, 听陈老师的课: the school of the only person of that name. */
function hostOf(tokens: Token[], roster: NameRoster): string | undefined {
  const host = tokens.find((token, k) => {
    const before = tokens[k - 1];
    if (
      !isPerson(token) ||
      token.named!.people.length !== 1 ||
      !before ||
      token.named!.people[0] === roster.knows.sender?.name
    )
      return false;
    return (
      (has(before, 'goto') && token.start - before.end <= 1) ||
      tokens.slice(0, k).some((other) => other.verbs?.has('listen'))
    );
  });
  return host && roster.knows.people.find((person) => person.name === host.named!.people[0])?.school;
}
