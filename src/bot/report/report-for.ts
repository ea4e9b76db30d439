import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { peopleCalled } from '../../plan/called.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Person } from '../../plan/people.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { LedgerChange } from '../../store/record.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { report } from './report.ts';

/** 代报 李晓梅 昨天到万佑上了一节数学: read as that person's message, stored under its author's name. */
export const reportForCommand: Command<{ name: string; text: string }> = {
  name: 'report-for',
  match: (text) => {
    const match = /^代报[\s:：]*([^\s:：，,]{1,40})[\s:：，,]+([\s\S]+)$/.exec(text);
    return match ? { name: match[1]!, text: match[2]! } : undefined;
  },
  run: async (trx, facts, { name, text }) => {
    const { programme, me, cause } = facts;
    const people = peopleCalled(programme, name);
    const person = people.find((p) => p.schoolId === me.schoolId) ?? people[0];
    if (!person) throw new UserError('unknown_name', name);
    permit(facts, 'report_for', { kind: 'person', id: person.id });
    const outcomes = await report(trx, { ...facts, me: actingOn(person, facts.today), reader: me }, text);
    const signedOutcomes = outcomes.map((outcome) => signed(facts, outcome, person));
    const recorded = signedOutcomes.some((o) => o.do?.some((change) => change.what === 'record'));
    const behalfNotice = (readerTexts: Texts) => {
      const { onBehalfTitle: title, onBehalf } = readerTexts.recorded;
      return notice({ title, text: onBehalf(me.name, text.slice(0, 200)) }, readerTexts);
    };
    const identity = NOTICE.behalf(cause);
    const behalf: Change = { what: 'notify', identity, kind: 'behalf', personId: person.id, card: behalfNotice };
    return [
      ...signedOutcomes,
      {
        do: [
          { what: 'audit', entries: [{ act: 'report_for', target: `person:${person.id}` }] },
          // People are notified of reports made on their behalf.
          ...(recorded && person.id !== me.id ? [behalf] : []),
        ],
      },
    ];
  },
};

/** Everything the message makes belongs to its author, who can correct it, and is marked as 代报. */
function signed(facts: Facts, outcome: Outcome, person: Person): Outcome {
  const reporterId = facts.me.id;
  const school = rosterOf(facts.programme).schoolName(person.schoolId);
  const by = [school, person.name].filter(Boolean).join('/');
  const reportedBy = (change: LedgerChange): LedgerChange =>
    'before' in change ? change : { ...change, activity: { ...change.activity, reporterId, onBehalf: true } };
  return {
    ...outcome,
    do: outcome.do?.map((change): Change => {
      if (change.what === 'record') return { ...change, changes: change.changes.map(reportedBy) };
      if (change.what !== 'open_draft') return change;
      const reading = { ...change.draft.reading, by, on_behalf: true };
      return { ...change, draft: { ...change.draft, personId: reporterId, reading } };
    }),
    // Drawn for the author, not for the person it is about.
    say: (recorded) => (recorded.length > 0 ? recordedCard(facts, recorded) : outcome.say?.(recorded)),
  };
}
