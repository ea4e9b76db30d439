import { type Card, notice } from '../../cards/index.ts';
import { tickOf, toConfirm } from '../../cards/to-confirm.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { type Draft, lockDraft } from '../../store/drafts.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { ownDraft } from './answer-draft.ts';
import { draftCard } from './draft-card.ts';
import { type Fresh, newOrRepeated } from './new-or-repeated.ts';
import { draftsShown } from './to-activity.ts';

/** 「是这样吗？」 about drafts. */
export const confirmCard = (drafts: Draft[], facts: Facts) =>
  toConfirm({ drafts: draftsShown(drafts, facts) }, facts.t);

/** The same under what their message has recorded. */
export const waitingCard = async (trx: Trx, facts: Facts, drafts: Draft[]): Promise<Card> => {
  const [first] = drafts;
  return (first?.cause && (await causeCard(trx, facts, first.cause))) || confirmCard(drafts, facts);
};

/** Keeps complete but unsure readings as drafts under one card. In a group, only the sender is asked. */
export function askToConfirm(facts: Facts, drafts: Draft[]): Outcome {
  const open = drafts.map((draft): Change => ({ what: 'open_draft', draft }));
  if (!facts.group) return { do: open, say: () => confirmCard(drafts, facts) };
  const alone: Change = {
    what: 'notify',
    identity: NOTICE.asked(drafts[0]!.id, facts.cause),
    kind: 'answer',
    personId: facts.me.id,
    card: confirmCard(drafts, { ...facts, group: false }),
    line: 'answers',
  };
  return {
    do: [...open, alone],
    say: () => notice({ title: facts.t.toConfirm.title, text: facts.t.form.askedAlone }, facts.t),
  };
}

/** Records drafts as they are, and asks about those that repeat a record; also closes the ones left out. */
export async function recordDrafts(trx: Trx, facts: Facts, wanted: Draft[], others: Draft[] = []): Promise<Outcome[]> {
  const cause = wanted[0]?.cause ?? facts.cause;
  const fresh: Fresh[] = [];
  const questions: Outcome[] = [];
  for (const draft of wanted) questions.push(...(await newOrRepeated(trx, facts, draft.reading, fresh)));
  const recorded: Outcome = {
    do: [
      ...(fresh.length > 0 ? [{ what: 'record', changes: fresh, under: cause } satisfies Change] : []),
      ...wanted.map((draft): Change => ({ what: 'close_draft', draft, state: 'done' })),
      ...others.map((draft): Change => ({ what: 'close_draft', draft, state: 'discarded' })),
    ],
    ...(fresh.length > 0 && { say: () => causeCard(trx, facts, cause) }),
  };
  return [recorded, ...questions];
}

/** Closes drafts without a record; the answer shows what else their message recorded. */
export const discardDrafts = (trx: Trx, facts: Facts, drafts: Draft[]): Outcome => ({
  do: drafts.map((draft): Change => ({ what: 'close_draft', draft, state: 'discarded' })),
  say: async () => {
    const cause = drafts[0]?.cause;
    const beside = cause === undefined ? undefined : await causeCard(trx, facts, cause);
    const { talk, form } = facts.t;
    return beside ?? notice({ title: talk.refusedTitle, text: form.discarded, template: 'grey' }, facts.t);
  },
});

/** The drafts of a button, locked in id order. Throws gone or not_yours. */
async function pressedDrafts(trx: Trx, facts: Facts, ids: string[]): Promise<Draft[]> {
  const drafts = new Map<string, Draft>();
  for (const id of ids.toSorted()) {
    const draft = await lockDraft(trx, facts.programme.id, id);
    if (!draft) throw new UserError('gone');
    if (draft.personId !== facts.me.id) throw new UserError('not_yours');
    drafts.set(id, draft);
  }
  return ids.map((id) => drafts.get(id)!);
}

/** 记录: records the ticked lines. A second press shows what was recorded. */
export const recordDraftsAction: Action<'record_drafts'> = {
  name: 'record_drafts',
  run: async (trx, facts, click) => {
    const drafts = await pressedDrafts(trx, facts, click.value.drafts);
    const isTicked = (n: number) => drafts.length === 1 || ![false, 'false'].includes(click.form[tickOf(n)] as never);
    const open = drafts
      .map((draft, n) => ({ draft, ticked: isTicked(n) }))
      .filter(({ draft }) => draft.state === 'open');
    const done = drafts.find((draft) => draft.state === 'done');
    if (open.length === 0)
      return {
        say: () => (done?.cause ? causeCard(trx, facts, done.cause) : undefined),
        toast: { type: 'info', content: facts.t.form[done ? 'done' : 'discarded'] },
      };
    const [wanted, others] = [open.filter((o) => o.ticked), open.filter((o) => !o.ticked)];
    if (wanted.length === 0)
      return discardDrafts(
        trx,
        facts,
        others.map((o) => o.draft),
      );
    const { notice: reminder } = click.value;
    const [recorded, ...questions] = await recordDrafts(
      trx,
      facts,
      wanted.map((o) => o.draft),
      others.map((o) => o.draft),
    );
    if (!recorded!.say && !reminder)
      return { do: [recorded!, ...questions].flatMap((o) => o.do ?? []), say: questions[0]?.say };
    // A click has one card, which shows what was recorded; questions about repeats get new cards.
    const separateCards: Change[] = [];
    for (const { do: open = [], say } of questions) {
      const card = await say?.([]);
      const [first] = open;
      if (!card || first?.what !== 'open_draft') continue;
      const identity = NOTICE.asked(first.draft.id, facts.cause);
      separateCards.push(first, {
        what: 'notify',
        identity,
        kind: 'answer',
        personId: facts.me.id,
        card,
        line: 'answers',
      });
    }
    const changes = [...(recorded!.do ?? []), ...separateCards];
    return reminder === undefined
      ? { do: changes, say: recorded!.say }
      : {
          do: changes,
          say: async (made) => (await reminderCard(trx, facts, reminder)) ?? recorded!.say?.(made),
          toast: { type: 'success', content: facts.t.toConfirm.recorded },
        };
  },
};

/** 不是: records nothing. */
export const discardDraftsAction: Action<'discard_drafts'> = {
  name: 'discard_drafts',
  run: async (trx, facts, click) => {
    const drafts = await pressedDrafts(trx, facts, click.value.drafts);
    const { notice: reminder } = click.value;
    const discarded = discardDrafts(
      trx,
      facts,
      drafts.filter((draft) => draft.state === 'open'),
    );
    return reminder === undefined
      ? discarded
      : { ...discarded, say: async (made) => (await reminderCard(trx, facts, reminder)) ?? discarded.say?.(made) };
  },
};

/** 修改: the form of one of them, with all its fields. */
export const editDraftAction: Action<'edit_draft'> = {
  name: 'edit_draft',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    if (draft.state !== 'open') return { toast: { type: 'info', content: facts.t.form[draft.state] } };
    return { say: () => draftCard(draft, facts) };
  },
};
