import type { Card, Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { concerned, effectOf, lacking } from '../../plan/arrangement.ts';
import { NOTICE } from '../../plan/identities.ts';
import { type Actor, actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Proposal } from '../../store/arrangements.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { type Deciding, deciding, permitArranging, pressed, shown } from './arrange-press.ts';
import { proposalCard, UNDO_MS } from './arrangement-card.ts';

/** 确认: the arrangement takes effect and everyone concerned is notified. */
export const arrangeConfirmAction: Action<'arrange_confirm'> = { name: 'arrange_confirm', run: confirmed };

/** As the button, or 「确认」 in words. */
export async function confirmed(trx: Trx, facts: Facts, click: Deciding): Promise<Outcome> {
  const { proposal, open } = await deciding(trx, facts, click);
  if (!open) return shown(facts, proposal);
  const { programme, me, now, today, newId } = facts;
  const { arrangement, version } = proposal;
  if (lacking(arrangement).length > 0) throw new UserError('stale');
  const effect = effectOf(programme, arrangement, today, newId);
  if (!effect) throw new UserError('unchanged', facts.t.arrange.none);
  const done: Proposal = { ...proposal, state: 'done', version: version + 1, byId: me.id, doneAt: now };
  return {
    do: [
      { what: 'arrange', proposal: done },
      ...cardsForConcerned(facts, done, NOTICE.arranged, (reader, t) =>
        proposalCard(facts, done, { as: seesAs(done, reader), reader, t, after: effect.after }),
      ),
    ],
    ...shown(facts, done),
  };
}
/** 取消: by the proposer or a coordinator. */
export const arrangeCancelAction: Action<'arrange_cancel'> = { name: 'arrange_cancel', run: cancelled };

/** As the button, or 「取消」 in words. */
export async function cancelled(trx: Trx, facts: Facts, click: Deciding): Promise<Outcome> {
  const { proposal, open } = await pressed(trx, facts, click);
  const isOwn = proposal.personId === facts.me.id;
  if (!isOwn) permitArranging(facts, proposal.arrangement);
  const as = isOwn && proposal.words !== undefined ? 'asker' : 'arranger';
  if (!open) return { say: () => proposalCard(facts, proposal, { as }) };
  const dropped: Proposal = { ...proposal, state: 'dropped', version: proposal.version + 1 };
  return { do: [{ what: 'proposal', proposal: dropped }], say: () => proposalCard(facts, dropped, { as }) };
}
/** 不用: declines, and notifies the person who asked. */
export const arrangeDeclineAction: Action<'arrange_decline'> = { name: 'arrange_decline', run: declined };

/** As the button, or 「不同意」 in words. */
export async function declined(trx: Trx, facts: Facts, click: Deciding): Promise<Outcome> {
  const { proposal, open } = await deciding(trx, facts, click);
  if (!open) return shown(facts, proposal);
  const { me, programme, today } = facts;
  const { version, personId, id } = proposal;
  const refused: Proposal = { ...proposal, state: 'refused', version: version + 1, byId: me.id };
  const asker = rosterOf(programme).person.get(personId);
  const reader = asker && actingOn(asker, today);
  return {
    do: [
      { what: 'proposal', proposal: refused },
      {
        what: 'notify',
        identity: NOTICE.arrangementRefused(id),
        kind: 'arranged',
        personId,
        card: (t) => proposalCard(facts, refused, { as: 'asker', t, ...(reader && { reader }) }),
      },
    ],
    ...shown(facts, refused),
  };
}
/** 撤销, within a day: restores roster, duties and counts, and notifies everyone again. */
export const arrangeUndoAction: Action<'arrange_undo'> = {
  name: 'arrange_undo',
  run: async (trx, facts, click) => {
    const { proposal } = await deciding(trx, facts, click);
    const { state, doneAt = 0, version } = proposal;
    if (state !== 'done') return shown(facts, proposal);
    if (facts.now - doneAt > UNDO_MS) throw new UserError('unchanged', facts.t.arrange.undoOver);
    const undone: Proposal = { ...proposal, state: 'undone', version: version + 1 };
    return {
      do: [
        { what: 'unarrange', proposal: undone },
        ...cardsForConcerned(facts, undone, NOTICE.unarranged, (reader, t) =>
          proposalCard(facts, undone, { as: seesAs(undone, reader), reader, t }),
        ),
      ],
      ...shown(facts, undone),
    };
  },
};

const seesAs = (proposal: Proposal, reader: Actor) =>
  proposal.words !== undefined && proposal.personId === reader.id ? ('asker' as const) : ('concerned' as const);

/** A card for everybody concerned, and for the person who asked. */
function cardsForConcerned(
  facts: Facts,
  { id, arrangement, personId, words }: Proposal,
  identity: (id: string, personId: string) => string,
  card: (reader: Actor, t: Texts) => Card,
): Change[] {
  const { programme, today, me } = facts;
  const people = concerned(programme, arrangement, today);
  const asker = words === undefined ? undefined : rosterOf(programme).person.get(personId);
  const all = asker && !people.some((p) => p.id === asker.id) ? [...people, actingOn(asker, today)] : people;
  return all
    .filter((p) => p.id !== me.id)
    .map((reader) => ({
      what: 'notify',
      identity: identity(id, reader.id),
      kind: 'arranged',
      personId: reader.id,
      card: (t: Texts) => card(reader, t),
    }));
}
