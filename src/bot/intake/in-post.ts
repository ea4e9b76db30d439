import type { Card } from '../../cards/index.ts';
import { about, asOneCard } from '../../cards/together.ts';
import { withoutOthers } from '../../plan/pupil-names.ts';
import { current, type Facts } from './facts.ts';

/** Whether somebody has posts in several programmes: only then do cards name the programme. */
export const inSeveral = ({ posts }: Pick<Facts, 'posts'>): boolean =>
  new Set(posts.map((p) => p.programme.id)).size > 1;

/** Adds the programme's name to a card for somebody in several programmes, unless the card names it already. */
export function inPost(card: Card, facts: Facts): Card {
  const { content = '' } = (card.header.subtitle ?? {}) as { content?: string };
  const named = facts.posts.some((p) => content.includes(p.programme.name));
  return inSeveral(facts) && !named ? about(card, facts.programme.name) : card;
}

/** The person's other current posts, in other programmes. */
export const otherPosts = (facts: Facts) =>
  current(facts.posts, facts.today).filter((p) => p.programme.id !== facts.programme.id);

/** Text as one programme keeps it: without pupils of the writer's other programmes. */
export const wordsIn = (text: string, facts: Facts): string =>
  inSeveral(facts)
    ? withoutOthers(
        text,
        facts.programme,
        facts.posts.filter((p) => p.programme.id !== facts.programme.id),
      )
    : text;

type Answer = { card: Card; facts: Facts };

/** The answers of several posts: identical ones are said once, and those that belong together share one card if they fit. */
export function answersOfPosts(answers: Answer[], belong: boolean): Answer[] {
  const [first, ...others] = answers;
  if (!first) return [];
  const same = others.every(({ card }) => JSON.stringify(card) === JSON.stringify(first.card));
  if (same && others.some(({ facts }) => facts.me.id !== first.facts.me.id)) return [first];
  const parts = answers.map(({ card, facts: { programme, me } }) => ({ card, programme, personId: me.id }));
  const merged = belong && others.length > 0 ? asOneCard(parts) : undefined;
  if (merged) return [{ card: merged, facts: first.facts }];
  return answers.map(({ card, facts }) => ({ card: inPost(card, facts), facts }));
}
