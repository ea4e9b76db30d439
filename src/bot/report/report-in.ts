import type { Card } from '../../cards/index.ts';
import { dayAt, timeAt } from '../../plan/clock.ts';
import { NOTICE } from '../../plan/identities.ts';
import { isWhole, lockOpenDraft } from '../../store/drafts.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import { noticeOfMessage } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import { wordsIn } from '../intake/in-post.ts';
import type { Action } from '../intake/outcome.ts';
import { draftCard } from './draft-card.ts';
import { report } from './report.ts';
import { confirmCard } from './to-confirm.ts';

/** The programme was chosen: reads and records the message there, as of when it was written. */
export const reportInAction: Action<'report_in'> = {
  name: 'report_in',
  run: async (trx, facts, { value: { text, said }, messageId }) => {
    const cause = (await noticeOfMessage(trx, messageId))?.cause ?? facts.cause;
    const { timezone, programme } = facts;
    const before = await madeBefore(trx, facts, cause);
    if (before) return { say: () => before };
    const at = { today: dayAt(said, timezone), time: timeAt(said, timezone) };
    const asWritten: Facts = { ...facts, said, at, cause };
    const outcomes = await report(trx, asWritten, wordsIn(text, facts));
    const [first] = outcomes;
    const changes: Change[] = outcomes.flatMap((o) => o.do ?? []);
    // A click has one card; further questions get new cards.
    for (const [i, { say }] of outcomes.entries()) {
      const card = i > 0 && (await say?.([]));
      const identity = NOTICE.asked(`${programme.id}:${i}`, cause);
      if (card)
        changes.push({ what: 'notify', identity, kind: 'answer', personId: facts.me.id, card, line: 'answers' });
    }
    const under = changes.map((c): Change => (c.what === 'record' ? { ...c, under: c.under ?? cause } : c));
    return { do: [...under, { what: 'adopt', messageId, cause, post: facts }], say: first?.say };
  },
};

/** A second press, perhaps on the other button: returns the first result. */
async function madeBefore(trx: Trx, facts: Facts, cause: string): Promise<Card | undefined> {
  const [made] = await activitiesOfCause(trx, cause);
  for (const post of facts.posts) {
    const postFacts = { ...facts, ...post };
    if (made?.programmeId === post.programme.id) return causeCard(trx, postFacts, cause);
    const draft = await lockOpenDraft(trx, post.programme.id, post.me.id, 0, cause);
    if (draft) return isWhole(draft) ? confirmCard([draft], postFacts) : draftCard(draft, postFacts);
  }
  return undefined;
}
