import type { Reading } from '../../reading/types.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { shownLines } from './shown-lines.ts';
import { waitingCard } from './to-confirm.ts';

/**
 * 「不是小杰，是小雨」, 「改成昨天」 while the newest card waits for confirmation: corrects the card, which keeps waiting. Undefined if no such
 * card is open, or several of its lines fit.
 */
export async function mendOpen(trx: Trx, facts: Facts, correction: Reading): Promise<Outcome | undefined> {
  const { drafts: open } = await shownLines(trx, facts);
  const { replace_pupil: swap, set = {} } = correction;
  const meant = swap ? open.filter((d) => d.reading.pupils?.includes(swap.from)) : open;
  const [draft, ...others] = meant;
  if (!draft || others.length > 0) return undefined;
  const mended = { ...draft, reading: corrected(draft, set, swap) };
  const drafts = open.map((d) => (d.id === draft.id ? mended : d));
  return { do: [{ what: 'change_draft', draft: mended }], say: () => waitingCard(trx, facts, drafts) };
}

/** The reading of a draft with a correction applied. */
export function corrected({ reading }: Draft, set: object, swap: Reading['replace_pupil']): Reading {
  const { date, dates } = set as Partial<Reading>;
  // A corrected day replaces every day understood so far.
  const { dates: _all, date_from: _from, date_to: _to, date_given: _given, ...rest } = reading;
  const kept = date || dates ? rest : reading;
  const pupils = swap && reading.pupils?.map((name) => (name === swap.from ? swap.to : name));
  return { ...kept, ...set, ...(pupils && { pupils }) };
}
