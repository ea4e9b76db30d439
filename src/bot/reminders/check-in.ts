import { answerField, dayField, reasonField } from '../../cards/check-in.ts';
import { UserError } from '../../errors.ts';
import { addDays, isYmd, type Ymd } from '../../plan/dates.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { CheckInAnswer } from '../../plan/notices/index.ts';
import { standingOn } from '../../plan/standing.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, FormAnswers } from '../intake/outcome.ts';
import { FURTHEST_DAYS } from '../planned/planned-move.ts';
import { formOf } from '../report/report-done.ts';
import { askForHelp } from './ask-help.ts';
import { lineOn, ownReminder, reminderCard } from './own-reminder.ts';

/**
 * The one form of a check-in: 按计划 holds until the due day, 有困难 goes to the coordinators, 已完成 opens the report form, since only
 * what a person reports is recorded.
 */
export const checkInAction: Action<'check_in'> = {
  name: 'check_in',
  run: async (trx, facts, click) => {
    const { notice, duties, all } = click.value;
    const { me, today, t } = facts;
    const shown = await ownReminder(trx, facts, click);
    const day = plannedDay(facts, click.form[dayField(duties)]);
    const written = click.form[reasonField(duties)];
    const reason = typeof written === 'string' ? written.trim().normalize('NFC').slice(0, 200) : '';
    const changes = duties.flatMap((id, n): Change[] => {
      const line = lineOn(shown, id, me.id);
      const [first] = line;
      const chosen = all ?? click.form[answerField(id)];
      if (!first || typeof chosen !== 'string' || chosen === '') return [];
      const { requirement } = first.obligation;
      if (chosen === 'reported') {
        const card = formOf(facts, line);
        const identity = NOTICE.form(`${facts.cause}.${n}`);
        return [{ what: 'notify', identity, kind: 'answer', personId: me.id, line: 'answers', card }];
      }
      if (chosen === 'planned')
        return line.map(({ obligation, done }): Change => {
          const { checkpoint } = standingOn(obligation, done, today);
          const plannedFor = day ?? (checkpoint < today ? obligation.period.end : checkpoint);
          const answer: CheckInAnswer = {
            personId: me.id,
            obligationId: obligation.id,
            on: today,
            answer: 'planned',
            plannedFor,
          };
          return { what: 'check_in', answer };
        });
      if (chosen !== 'help') return [];
      const text = reason || t.checkIn.helpText(requirement.title);
      const help = {
        id: facts.newId(),
        personId: me.id,
        state: 'open' as const,
        askedAt: facts.now,
        text,
        answers: [],
      };
      const others = line.slice(1).map(
        ({ obligation }): Change => ({
          what: 'check_in',
          answer: { personId: me.id, obligationId: obligation.id, on: today, answer: 'help', reason: text },
        }),
      );
      return [
        ...askForHelp(facts, { ...help, obligationId: first.obligation.id, about: requirement.title }),
        ...others,
      ];
    });
    if (changes.length === 0) throw new UserError('bad_form', t.checkIn.nothingChosen);
    return { do: changes, say: () => reminderCard(trx, facts, notice) };
  },
};

/** The day given for 按计划, by default the due day. Throws bad_form. */
function plannedDay({ today, t }: Facts, date: FormAnswers[string] | undefined): Ymd | undefined {
  if (date === undefined || date === '') return undefined;
  if (typeof date !== 'string' || !isYmd(date) || date < today || date > addDays(today, FURTHEST_DAYS))
    throw new UserError('bad_form', t.fields.date);
  return date;
}
