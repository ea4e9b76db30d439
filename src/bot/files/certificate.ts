import { UserError } from '../../errors.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { filed } from './export.ts';

/** 开证明: a certificate of what the sender has done this term, or last term during the holidays. */
export const certificateCommand: Command = {
  name: 'certificate',
  match: (text) =>
    /^(?:我?(?:想|要)?(?:开|要|出)(?:一?[份个张])?)?(?:帮扶工作|工作|帮扶)?证明[。.!！]*$|^certificate$/i.test(text)
      ? {}
      : undefined,
  run: async (_trx, facts) => filed(facts, { what: 'certificate', term: latestTerm(facts) }),
};

/** 要一份证明, below the thanks at a term's end. */
export const certificateAction: Action<'certificate'> = {
  name: 'certificate',
  run: async (_trx, facts, { value }) => ({
    do: filed(facts, { what: 'certificate', term: value.term }).do,
    toast: { type: 'success', content: facts.t.lists.sending },
  }),
};

function latestTerm({ programme, today }: Facts): string {
  const term = programme.terms.filter((t) => t.start <= today).toSorted((a, b) => (a.start < b.start ? 1 : -1))[0];
  if (!term) throw new UserError('gone');
  return term.start;
}
