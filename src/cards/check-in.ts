import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { DONE, dutyLine, whenShown } from './duty.ts';
import { datePicker, form, input, type Option, select, submit } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import type { ReminderShown } from './morning.ts';
import type { Texts } from './texts/zh-CN.ts';

/** The form's field names, derived from the duties: one card may hold the forms of several programmes. */
export const answerField = (duty: string): string => `answer_${duty}`;
export const dayField = ([first = '']: string[]): string => `date_${first}`;
export const reasonField = ([first = '']: string[]): string => `reason_${first}`;
export const CHECK_IN_ANSWERS = ['reported', 'planned', 'help'] as const;

/**
 * 「进展如何」 about a few duties, in one form with one submit; answered ones show their answer. Action `check_in` {notice, duties}
 * with the fields below. `byDuty` makes `lines`.
 */
export function checkIn(
  { notice, lines }: { notice: string; lines: ReminderShown[][] },
  t: Texts,
): (Element | undefined)[] {
  const c = t.checkIn;
  const open = lines.filter(([d]) => !d!.answer && d!.state !== 'met' && d!.state !== 'waived');
  const said = lines.filter((line) => !open.includes(line));
  const duties = open.map(([d]) => d!.obligation);
  const names = { reported: t.buttons.reportDone, planned: c.planned, help: t.buttons.askHelp };
  const options = CHECK_IN_ANSWERS.map((value) => ({ value, label: names[value] }));
  return [
    ...said.map((line) => {
      const [d] = line as [ReminderShown];
      const answer = d.answer && answerText(d.answer, t);
      return markdown(join([dutyLine(line, t, { strike: true }), answer ? md`${DONE} ${answer}` : undefined], ' · '));
    }),
    open.length === 0
      ? undefined
      : form(`check_in_${duties[0]}`, [
          ...open.flatMap((line) => [
            markdown(join([dutyLine(line, t), md`${whenShown(line[0]!, t) ?? ''}`], ' · ')),
            select({ name: answerField(line[0]!.obligation), options, placeholder: c.choose }),
          ]),
          markdown(md`<font color='grey'>${c.day}</font>`),
          datePicker({ name: dayField(duties), placeholder: c.dayShort }),
          input({ name: reasonField(duties), label: c.reason, maxLength: 200 }),
          submit(t.buttons.submit, press('check_in', { notice, duties }), { name: `submit_${duties[0]}` }),
        ]),
    open.length === 0
      ? undefined
      : buttons(button(c.allPlanned, press('check_in', { notice, duties, all: 'planned' }), { small: true })),
  ];
}

function answerText(answer: NonNullable<ReminderShown['answer']>, t: Texts): string {
  if (answer.kind === 'planned') return clip(t.morning.planned(shortDate(answer.date, t)), 40);
  const said = { helped: t.morning.helped, not_done: t.morning.notDone, reported: t.morning.reported };
  return said[answer.kind];
}

/** 有困难: a reason for the coordinator, optionally about one duty. Action `tell_help` with fields `duty` and `reason`. */
export function askHelp({ duties, reason }: { duties: Option[]; reason?: string }, t: Texts): Card {
  const options = duties.slice(0, 50);
  return card({
    title: t.morning.helpTitle,
    elements: [
      form('help', [
        ...(options.length > 0 ? [select({ name: 'duty', options, placeholder: t.helpRequest.anyDuty })] : []),
        input({ name: 'reason', label: t.fields.reason, required: true, multiline: true, value: reason }),
        submit(t.buttons.send, press('tell_help')),
      ]),
      note(md`${t.morning.helpHint}`),
    ],
  });
}
