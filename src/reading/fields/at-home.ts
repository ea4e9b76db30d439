import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';

/** A school in a message, or the schools that 对方学校 can mean. */
export interface SchoolSaid {
  token: Token;
  names: string[];
}

/** Whether it happened at the sender's own school: 在我校, 来我们学校. 我校教师到万佑 only says who went. */
export function ownPlace(draft: ActivityDraft, named: SchoolSaid[], own: string | undefined): boolean {
  // 接待万佑来访的老师: at home.
  const received = draft.tokens.findIndex((token) =>
    (draft.kind === 'donation' ? /^[收接][到收]了?$/u : /^接待了?$/u).test(token.text),
  );
  const guests = draft.tokens[received + 1];
  if (received >= 0 && guests && (isSchool(guests) || has(guests, 'partner'))) return true;
  return draft.tokens.some((token, k) => {
    const mine =
      has(token, 'own') || (isSchool(token) && token.named!.schools.length === 1 && token.named!.schools[0] === own);
    if (!mine) return false;
    const before = leading(draft.tokens, k);
    const led = before !== undefined && ((has(before, 'goto') && before.text !== '回') || doneToUs(draft.tokens, k));
    return (
      led ||
      (has(token, 'own') &&
        draft.kind !== 'secondment' &&
        !draft.tokens.some((other) => /^送[教课培研]/u.test(other.text)) &&
        !/[回]$/u.test(before?.text ?? '') &&
        named.every((item) => item.names[0] === own) &&
        !draft.tokens.some((other) => has(other, 'goto') && other.start > token.start))
    );
  });
}

/** The word right before a school: 到万佑, 到我们万佑. */
function leading(tokens: Token[], k: number): Token | undefined {
  const beside = tokens[k - 1];
  const from = beside && has(beside, 'me') && beside.end === tokens[k]!.start ? k - 1 : k;
  const before = tokens[from - 1];
  return before && tokens[from]!.start - before.end <= 1 ? before : undefined;
}

/** 民族中学的老师昨天来上了一节: they came to the sender's school. */
export function cameHere(tokens: Token[], other: Token | undefined): boolean {
  if (!other || (tokens[tokens.indexOf(other) - 1] && has(tokens[tokens.indexOf(other) - 1]!, 'goto', 'to')))
    return false;
  const came = tokens.findIndex(
    (token) => /^(?:来|来了|过来|过来了|[送捐拉寄赠运]来了?)$/u.test(token.text) && token.start >= other.end,
  );
  const next = tokens[came + 1];
  // 万佑只来了一半学生: the class.
  const pupils = tokens.slice(came + 1, came + 4).some((token) => has(token, 'pupil'));
  return came >= 0 && !pupils && !(next && (isSchool(next) || has(next, 'partner')));
}

/** 民中对我校教师进行了培训: another school did it at ours. */
function doneToUs(tokens: Token[], k: number): boolean {
  const to = has(tokens[k - 1]!, 'me') ? k - 2 : k - 1;
  return to >= 0 && /^[对给为向]$/u.test(tokens[to]!.text) && tokens.slice(0, to).some(isSchool);
}

/** 周文博老师来给我们上课: somebody of a partner school. */
export function visitor(tokens: Token[], roster: NameRoster): Token | undefined {
  return tokens.find(
    (token) =>
      isPerson(token) &&
      token.named!.people.length === 1 &&
      roster.knows.people.some(
        (person) => person.name === token.named!.people[0] && roster.partners.includes(person.school ?? ''),
      ),
  );
}

/** 周老师来我校: the school of the one person named. */
export function visitorsSchool(tokens: Token[], roster: NameRoster): string | undefined {
  const visitor = tokens.find((token) => isPerson(token) && token.named!.people.length === 1)?.named?.people[0];
  const school = roster.knows.people.find((person) => person.name === visitor)?.school;
  return school === roster.knows.sender?.school ? undefined : school;
}
