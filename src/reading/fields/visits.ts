import type { ActivityDraft } from '../judge/drafts.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { WhoPart } from './pupils.ts';
import type { PlaceSaid } from './where.ts';
import { homeSchoolOf } from './who.ts';

/** The facts around an activity that decide who visited whom. */
interface Around {
  draft: ActivityDraft;
  earlier: Reading | undefined;
  said: Token[];
  roster: NameRoster;
}

/** Who did it and where, considering who belongs to which school. */
export function visitOf(
  people: WhoPart,
  place: PlaceSaid,
  { draft, earlier, said, roster }: Around,
): { named: WhoPart; place: PlaceSaid } {
  const named = ours(heardThere(guestGoesOn(people, draft, earlier), draft, roster), draft, roster);
  const hosted = hosting(named, place, draft, said, roster);
  return hosted.direction === 'inbound' && tookPart(draft)
    ? { named, place: { ...hosted, direction: undefined } }
    : { named, place: hosted };
}

/** 在民中办了培训, 万佑的何俊来参加了; 高原昨天来我校参加联合教研: done by both, and not by the visitors. */
const tookPart = ({ kind, tokens }: ActivityDraft): boolean =>
  /^(?:research|training|joint_prep|meeting|exchange)$/u.test(kind) && tokens.some(({ text }) => /^参加/u.test(text));

/** 左丽萍化学1节 in a list of observed lessons: a teacher of the other school, without a mention of a visit, was observed there. */
function heardThere(people: WhoPart, draft: ActivityDraft, roster: NameRoster): WhoPart {
  const theirs = people.by && homeSchoolOf(people.by, roster);
  const own = roster.knows.sender?.school;
  if (draft.kind !== 'observe' || people.teacher || !theirs || theirs === own || !roster.partners.includes(theirs))
    return people;
  const here = draft.tokens.some((token) => has(token, 'own', 'me') || /^(?:来|过来|来了|听了?|被)$/u.test(token.text));
  if (here) return people;
  const { by, on_behalf: _behalf, ...rest } = people;
  return { ...rest, teacher: by };
}

/** 何俊与思远联合备课: of the two, the sender's colleague is the one whose activity we record. */
function ours(people: WhoPart, { kind }: ActivityDraft, roster: NameRoster): WhoPart {
  const own = roster.knows.sender?.school;
  const together = kind === 'joint_prep' || kind === 'research' || kind === 'training';
  const colleague = people.participants?.find((name) => homeSchoolOf(name, roster) === own);
  if (!together || !people.by || !colleague || homeSchoolOf(people.by, roster) === own) return people;
  const participants = [people.by, ...people.participants!.filter((name) => name !== colleague)];
  return { ...people, by: colleague, participants };
}

/** 段老师来听了一节, 然后给我们讲了…: the visitor goes on, if no other person is named and the sender does not act. */
function guestGoesOn(people: WhoPart, draft: ActivityDraft, earlier: Reading | undefined): WhoPart {
  if (earlier?.direction !== 'inbound' || !earlier.by || !draft.before || people.by) return people;
  // 周老师来听了我的课, 然后找小杰谈了话: only in the same breath.
  const apart = draft.before.segments.at(-1)!.sentence !== draft.segments[0]!.sentence;
  if (PUPIL_KINDS.has(draft.kind) && apart) return people;
  const hit = draft.segments.find((segment) => segment.hit);
  const until = hit ? hit.tokens[hit.hit!.first]!.start : 0;
  const she = draft.tokens.some((token) => token.start < until && /^[他她]$/u.test(token.text));
  const mine = draft.tokens.some((token, k) => {
    const led = draft.tokens[k - 1] && has(draft.tokens[k - 1]!, 'to', 'together');
    return token.start < until && has(token, 'me') && !led;
  });
  const moved = draft.tokens.some(
    (token) => token.date || (has(token, 'goto') && token.text !== '来' && !PUPIL_KINDS.has(draft.kind)),
  );
  return mine || (moved && !she) ? people : { ...people, by: earlier.by, on_behalf: true };
}

/**
 * A teacher of a partner school did it, and nothing places it there: a visit to the sender's school (reading.md, 16). A secondment of
 * theirs always is one.
 */
function hosting(
  people: WhoPart,
  place: PlaceSaid,
  draft: ActivityDraft,
  said: Token[],
  roster: NameRoster,
): PlaceSaid {
  const { kind } = draft;
  const own = roster.knows.sender?.school;
  const theirs = people.by && homeSchoolOf(people.by, roster);
  if (!own || !theirs || theirs === own || !roster.partners.includes(theirs)) return place;
  const told =
    place.said || said.some((token, k) => isSchool(token) && token.named!.schools[0] === theirs && placed(said, k));
  const forUs = draft.tokens.some(
    (token, k) =>
      /^(?:我们|咱们?|我校|我们学校)$/u.test(token.text) &&
      /^(?:给|为|对|来给)$/u.test(draft.tokens[k - 1]?.text ?? ''),
  );
  const there = told && !forUs && place.place !== own && [place.place, place.partner, place.to].includes(theirs);
  if (PUPIL_KINDS.has(kind) || kind === 'document' || (there && kind !== 'secondment')) return place;
  const at = kind === 'donation' ? { to: own } : { place: own, partner: theirs };
  return { ...place, ask: [], choices: {}, to: undefined, ...at, direction: 'inbound' };
}

/**
 * If others came to the sender's school, the named visitor did it, and the lesson observed was the sender's or a colleague's (reading.md,
 * 16); the audience does not count.
 */
export function visiting(people: WhoPart, place: PlaceSaid, draft: ActivityDraft, roster: NameRoster): WhoPart {
  const own = roster.knows.sender?.school;
  const visited = place.partner !== undefined && place.place !== undefined && place.place === own;
  if (!visited) return people;
  const { by, on_behalf: _behalf, teacher: _teacher, participants, ...rest } = people;
  const named = draft.tokens
    .filter(isPerson)
    .flatMap((token) =>
      token.named!.people.slice(0, 2).map((name) => ({ name, token, only: token.named!.people.length === 1 })),
    );
  const guests = named.filter(({ name }) => homeSchoolOf(name, roster) === place.partner);
  if (tookPart(draft) && guests.length > 0)
    return {
      ...rest,
      ask: [],
      participants: [
        ...new Set([...(participants ?? []), ...guests.filter(({ only }) => only).map(({ name }) => name)]),
      ],
    };
  if (place.direction !== 'inbound') return { ...people, ask: [], on_behalf: people.by ? people.on_behalf : undefined };
  const hosts = named.filter(
    ({ name, only }) => only && homeSchoolOf(name, roster) === own && !guests.some((guest) => guest.name === name),
  );
  const mine = /[听观](?:了|取|完|摩了?)?我(?![们校园])|我(?:的|上的)?(?:一节)?课|我班/u.test(
    draft.tokens.map((token) => token.text).join(''),
  );
  const teacher =
    draft.kind === 'observe' ? (hosts[0]?.name ?? (mine ? roster.knows.sender?.name : undefined)) : undefined;
  const alone = guests.length > 0 && guests.every(({ name }) => name === guests[0]!.name) ? guests[0]!.name : undefined;
  const guest = by && homeSchoolOf(by, roster) === place.partner ? by : alone;
  // 石磊校长带左丽萍老师来我校: who came along; of the hosts, those who met them.
  const along =
    guest === undefined ? [] : guests.filter(({ name, only }) => only && name !== guest).map(({ name }) => name);
  const met = draft.kind === 'observe' ? [] : (participants ?? []).filter((name) => homeSchoolOf(name, roster) === own);
  const others = [...new Set([...along, ...met])];
  return { ...rest, ask: [], by: guest, teacher, participants: others.length > 0 ? others : undefined };
}

/** 到万佑, 地点: 万佑: a place; 万佑的何俊 is not. */
function placed(tokens: Token[], k: number): boolean {
  const before = tokens[k - 1];
  return before !== undefined && (before.text === ':' || has(before, 'goto')) && before.text !== '来';
}
