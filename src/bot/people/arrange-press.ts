import { UserError } from '../../errors.ts';
import { type Arrangement, effectOf, mayArrange, targetsOf } from '../../plan/arrangement.ts';
import { lockProposal, type Proposal } from '../../store/arrangements.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Click } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { proposalCard } from './arrangement-card.ts';

const OPEN_MS = 14 * 24 * 3_600_000;

/** A proposal, as the person who decides saw it. */
export type Deciding = Pick<Click<'arrange_confirm'>, 'value'>;

/** The proposal a button refers to, locked. Throws gone, not_allowed, or stale if the click came from an older card. */
export async function pressed(
  trx: Trx,
  facts: Facts,
  { value }: Deciding,
): Promise<{ proposal: Proposal; open: boolean }> {
  const proposal = await lockProposal(trx, facts.programme.id, value.arrangement);
  if (!proposal) throw new UserError('gone');
  const open = proposal.state === 'proposed' || proposal.state === 'asked';
  if (open && (proposal.version !== value.v || facts.now - proposal.createdAt > OPEN_MS)) throw new UserError('stale');
  return { proposal, open };
}

/** The same, and the presser may arrange it. */
export async function deciding(trx: Trx, facts: Facts, click: Deciding) {
  const found = await pressed(trx, facts, click);
  permitArranging(facts, found.proposal.arrangement);
  return found;
}

/** Throws not_allowed, which names who can do it. */
export function permitArranging(facts: Facts, arrangement: Arrangement): void {
  if (mayArrange(facts.me, arrangement, facts.programme)) return;
  for (const target of targetsOf(arrangement)) permit(facts, 'arrange', target);
}

/** The proposal as the arranger sees it now. */
export const shown = (facts: Facts, proposal: Proposal) => ({
  say: () => proposalCard(facts, proposal, { as: 'arranger' }),
});

/** Rejects an arrangement that would change nothing. */
export function refuseNothing({ programme, today, newId, t }: Facts, arrangement: Arrangement): void {
  if (!effectOf(programme, arrangement, today, newId)) throw new UserError('unchanged', t.arrange.none);
}
