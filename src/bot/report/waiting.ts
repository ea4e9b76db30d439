import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { isWhole, openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import type { Action } from '../intake/outcome.ts';
import { draftCard } from './draft-card.ts';
import { changeCard } from './mending.ts';
import { waitingCard } from './to-confirm.ts';

/** 看看 on 「2 条待确认」: the open cards, oldest first, merged if they came from one message. */
export const waitingAction: Action<'waiting'> = {
  name: 'waiting',
  run: async (trx, facts) => {
    if (facts.group) throw new UserError('group');
    const open = await openDraftsOf(trx, facts.programme.id, facts.me.id, facts.now - WAITS_MS);
    const [oldest] = open;
    if (!oldest) return { toast: { type: 'info', content: facts.t.toConfirm.nothingWaits } };
    const together = open.filter((draft) => isWhole(draft) && draft.cause === oldest.cause);
    const card = oldest.change
      ? await changeCard(trx, facts, oldest)
      : isWhole(oldest)
        ? await waitingCard(trx, facts, together)
        : draftCard(oldest, facts);
    const identity = NOTICE.asked(oldest.id, facts.cause);
    return { do: [{ what: 'notify', identity, kind: 'answer', personId: facts.me.id, card, line: 'answers' }] };
  },
};
