import { CHORE } from '../plan/identities.ts';
import { planChore } from './chores.ts';
import type { Hint } from './notices.ts';
import type { Trx } from './transaction.ts';

/** Plans to look up a programme's unbound people in Feishu, once for each `why`. Returns the hint for the queue after commit. */
export const planFindPeople = (
  trx: Trx,
  programmeId: string,
  why: string,
  { now, newId }: { now: number; newId: () => string },
): Promise<Hint[]> =>
  planChore(
    trx,
    { id: newId(), identity: CHORE.findPeople(programmeId, why), kind: 'find_people', body: { programmeId } },
    now,
  );
