import { KIND_FIELDS, notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { isWhole, lockDraft } from '../../store/drafts.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { askedFields, draftCard } from './draft-card.ts';
import { filledIn, orFormAgain } from './form-answers.ts';
import { startOf } from './to-activity.ts';

/** The answers to a draft's questions: makes the record, and turns the draft's card into the record's. */
export const completeDraftAction: Action<'complete_draft'> = {
  name: 'complete_draft',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    if (draft.state !== 'open')
      return {
        say: () => (draft.cause ? causeCard(trx, facts, draft.cause) : undefined),
        toast: { type: 'info', content: facts.t.form[draft.state === 'done' ? 'done' : 'discarded'] },
      };
    const record = (): Outcome => {
      const start = startOf(draft.reading, facts);
      const filled = filledIn(start, click.form, { fields: askedFields(draft.reading) }, facts);
      const date = filled.date ?? (KIND_FIELDS[filled.kind].required.includes('date') ? undefined : facts.today);
      if (!date) throw new UserError('bad_form', facts.t.fields.date);
      // The chosen day replaces the range in the message.
      const activity = { ...filled, id: facts.newId(), date, dateTo: undefined, status: 'done' as const };
      const cause = draft.cause ?? facts.cause;
      return {
        do: [
          { what: 'record', changes: [{ what: 'recorded', activity }], under: cause },
          { what: 'close_draft', draft, state: 'done' },
        ],
        say: () => causeCard(trx, facts, cause),
      };
    };
    return orFormAgain(facts, record, (problem) => draftCard(draft, facts, problem));
  },
};

/** The draft a button refers to, locked; for its owner only. */
export async function ownDraft(trx: Trx, facts: Facts, { value }: { value: { draft: string } }) {
  const draft = await lockDraft(trx, facts.programme.id, value.draft);
  if (!draft) throw new UserError('gone');
  if (draft.personId !== facts.me.id) throw new UserError('not_yours');
  return draft;
}

/** 不记了: discards the draft without a record. */
export const discardDraftAction: Action<'discard_draft'> = {
  name: 'discard_draft',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const content = facts.t.form[draft.state === 'done' ? 'done' : 'discarded'];
    return {
      do: draft.state === 'open' ? [{ what: 'close_draft', draft, state: 'discarded' }] : [],
      // A line that waits under records was edited on their card; a question has a card of its own.
      say: async () =>
        (draft.cause && isWhole(draft) && (await causeCard(trx, facts, draft.cause))) ||
        notice({ title: facts.t.talk.refusedTitle, text: content, template: 'grey' }, facts.t),
    };
  },
};
