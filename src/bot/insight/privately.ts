import { type Card, notice } from '../../cards/index.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';

/** What others in a group are not to read: sent to the asker alone, and the group sees only that it was. */
export async function privately(
  facts: Facts,
  title: string,
  card: (facts: Facts) => Card | Promise<Card>,
): Promise<Outcome> {
  if (!facts.group) return { say: () => card(facts) };
  const { me, cause } = facts;
  const alone = await card({ ...facts, group: false });
  const identity = NOTICE.alone(cause, me.id);
  return {
    do: [{ what: 'notify', identity, kind: 'answer', personId: me.id, card: alone, line: 'answers' }],
    say: () => notice({ title, text: facts.t.talk.sentAlone }, facts.t),
  };
}
