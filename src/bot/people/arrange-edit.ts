import { UserError } from '../../errors.ts';
import { type Arrangement, lacking } from '../../plan/arrangement.ts';
import type { Proposal } from '../../store/arrangements.ts';
import type { Action, Click } from '../intake/outcome.ts';
import { deciding, refuseNothing, shown } from './arrange-press.ts';
import { proposalCard } from './arrangement-card.ts';

/** 改: the same arrangement as a form. */
export const arrangeEditAction: Action<'arrange_edit'> = {
  name: 'arrange_edit',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    return { say: () => proposalCard(facts, proposal, { as: 'arranger', editing: open }) };
  },
};

/** The form's answer replaces the proposal under the same id. */
export const arrangeSaveAction: Action<'arrange_save'> = {
  name: 'arrange_save',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    if (!open) return shown(facts, proposal);
    const arrangement = withAnswers(proposal.arrangement, click.form);
    const missing = lacking(arrangement);
    if (missing.length === 0) refuseNothing(facts, arrangement);
    const next: Proposal = { ...proposal, arrangement, version: proposal.version + 1 };
    return { do: [{ what: 'proposal', proposal: next }], ...shown(facts, next) };
  },
};

/** What the form says, replacing what was said. */
function withAnswers(a: Arrangement, form: Click['form']): Arrangement {
  const day = (name: string) => /^\d{4}-\d\d-\d\d/.exec(String(form[name] ?? ''))?.[0];
  if (a.what === 'lift' || a.what === 'team_joins') return a;
  if (a.what === 'replace' && a.to && a.to < (day('on') ?? a.on)) throw new UserError('bad_form');
  if (a.what !== 'leave' && a.what !== 'waive') return { ...a, on: day('on') ?? a.on };
  const [from, to] = [day('from') ?? a.from, day('to') ?? a.to ?? day('from')];
  if (from && to && to < from) throw new UserError('bad_form');
  const reason = typeof form.reason === 'string' ? form.reason.trim().normalize('NFC').slice(0, 100) : a.reason;
  return { ...a, ...(from && { from }), ...(to && { to }), ...(reason ? { reason } : { reason: undefined }) };
}
