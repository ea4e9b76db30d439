import type { Card } from '../../cards/index.ts';
import { about, asOneCard } from '../../cards/together.ts';
import { withoutOthers } from '../../plan/pupil-names.ts';
import { current, type Facts } from './facts.ts';

/** Whether somebody has posts in several programmes: only then is a programme worth a word. */
export const inSeveral = ({ posts }: Pick<Facts, 'posts'>): boolean =>
  new Set(posts.map((p) => p.programme.id)).size > 1;

/** A card that names its programme, to somebody who is in several; what names one already is left as it is. */
export function inPost(card: Card, facts: Facts): Card {
  const { content = '' } = (card.header.subtitle ?? {}) as { content?: string };
  const named = facts.posts.some((p) => content.includes(p.programme.name));
  return inSeveral(facts) && !named ? about(card, facts.programme.name) : card;
}

/** The other posts of today, in other programmes. */
export const otherPosts = (facts: Facts) =>
  current(facts.posts, facts.today).filter((p) => p.programme.id !== facts.programme.id);

/** What somebody writes as one programme keeps it: without the pupils of their others. */
export const wordsIn = (text: string, facts: Facts): string =>
  inSeveral(facts)
    ? withoutOthers(
        text,
        facts.programme,
        facts.posts.filter((p) => p.programme.id !== facts.programme.id),
      )
    : text;

type Answer = { card: Card; facts: Facts };

/** The answers of several posts: what all say alike is said once, and what belongs together is one card if it fits. */
export function answersOfPosts(answers: Answer[], belong: boolean): Answer[] {
  const [first, ...others] = answers;
  if (!first) return [];
  const same = others.every(({ card }) => JSON.stringify(card) === JSON.stringify(first.card));
  if (same && others.some(({ facts }) => facts.me.id !== first.facts.me.id)) return [first];
  const parts = answers.map(({ card, facts: { programme, me } }) => ({ card, programme, personId: me.id }));
  const whole = belong && others.length > 0 ? asOneCard(parts) : undefined;
  if (whole) return [{ card: whole, facts: first.facts }];
  return answers.map(({ card, facts }) => ({ card: inPost(card, facts), facts }));
}
