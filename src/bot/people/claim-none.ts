import type { Action } from '../intake/outcome.ts';
import { openRequest, outcomeCard } from './claim.ts';

/** 都不是: this stranger is nobody of the roster. They may still be recognised when a roster with their mobile is imported. */
export const claimNone: Action = {
  name: 'claim_none',
  forAdministrators: true,
  run: async (trx, facts, click) => {
    const request = await openRequest(trx, facts, click, undefined);
    if (request.state !== 'open') return { say: () => outcomeCard(facts, request) };
    return { claim: { request }, say: () => outcomeCard(facts, { ...request, state: 'rejected' }) };
  },
};
