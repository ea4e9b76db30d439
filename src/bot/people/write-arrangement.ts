import { UserError } from '../../errors.ts';
import { changesOf } from '../../plan/arrangement.ts';
import { type Proposal, saveProposal } from '../../store/arrangements.ts';
import { changeRoster, undoRoster } from '../../store/change-roster.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/** Writes what an arrangement changes, and stores how to undo it. */
export async function arrange(trx: Trx, facts: Facts, proposal: Proposal): Promise<void> {
  const { programme, me } = facts;
  const { undo } = await changeRoster(trx, programme, changesOf(proposal.arrangement), { ...facts, actor: me.id });
  await saveProposal(trx, programme.id, { ...proposal, undo });
}

/** Restores what an arrangement changed. Throws unchanged if the roster has changed there since. */
export async function unarrange(trx: Trx, facts: Facts, { undo, ...proposal }: Proposal): Promise<void> {
  const { programme, me, t } = facts;
  if (undo && !(await undoRoster(trx, programme, undo, { ...facts, actor: me.id })))
    throw new UserError('unchanged', t.arrange.changedSince);
  await saveProposal(trx, programme.id, proposal);
}
