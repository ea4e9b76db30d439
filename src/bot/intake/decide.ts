import { refused } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { StaleActivity } from '../../store/record.ts';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';

/** What `work` wants. Refusals become an answer here; they change nothing, since nothing has been written yet. */
export async function decide(facts: Facts, work: () => Promise<Outcome | Outcome[]>): Promise<Outcome[]> {
  try {
    return [await work()].flat();
  } catch (error) {
    const code = error instanceof UserError ? error.code : error instanceof StaleActivity ? 'stale' : undefined;
    if (code === undefined) throw error;
    const detail = error instanceof UserError ? error.detail : undefined;
    const card = refused({ reason: code, detail }, facts.t);
    // Nobody is told no before others.
    if (facts.group && code === 'not_allowed')
      return [
        {
          notify: [
            { identity: `refused:${facts.cause}`, kind: 'refused', personId: facts.me.id, card, line: 'answers' },
          ],
        },
      ];
    return [{ say: () => card }];
  }
}
