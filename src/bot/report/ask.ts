import { notice } from '../../cards/index.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Reading } from '../../reading/types.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { draftCard } from './draft-card.ts';

/** A reading as a draft that waits for its writer. */
export const draftOf = (facts: Facts, reading: Reading): Draft => ({
  id: facts.newId(),
  programmeId: facts.programme.id,
  personId: facts.me.id,
  state: 'open',
  createdAt: facts.now,
  cause: facts.cause,
  reading,
});

/** Keeps the reading as a draft; its card asks only for what is missing. */
export function ask(facts: Facts, reading: Reading): Outcome {
  return askedFor({ what: 'open_draft', draft: draftOf(facts, reading) }, facts);
}

/** The form names pupils: a question from a group goes to the sender privately. */
export function askedFor(change: Extract<Change, { what: 'open_draft' | 'change_draft' }>, facts: Facts): Outcome {
  const { draft } = change;
  const { t, group, me, cause } = facts;
  if (!group) return { do: [change], say: () => draftCard(draft, facts) };
  const alone: Change = {
    what: 'notify',
    identity: NOTICE.asked(draft.id, cause),
    kind: 'answer',
    personId: me.id,
    card: draftCard(draft, { ...facts, group: false }),
    line: 'answers',
  };
  const title = t.kinds[draft.reading.kind as ActivityKind];
  return { do: [change, alone], say: () => notice({ title, text: t.form.askedAlone }, t) };
}
