import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { checker, datePicker, form, input, multiSelect, type Option, submit } from './form-fields.ts';
import { join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** Feishu's limit for a list of choices; a larger school sends a workbook. */
export const MOST_CHOICES = 80;

export interface NewYearModel {
  year: number;
  /** Terms to confirm or correct; absent if somebody else sets them. */
  terms?: { name: string; start: string; end: string }[];
  /** Current relations; the coordinator chooses those that end. */
  cares: Option[];
  mentorships: Option[];
  stays: Option[];
  /** Pupils whose grade is known. */
  pupils: number;
  problem?: string;
  /** What was typed before. */
  added?: string;
}

/** 新学年: one form for everything that changes. Action `new_year_preview` {year}. */
export function newYear(model: NewYearModel, t: Texts): Card {
  const n = t.newYear;
  const { terms = [], cares, mentorships, stays } = model;
  const ending = (name: string, label: string, options: Option[]) =>
    options.length > 0
      ? [markdown(md`${label}`), multiSelect({ name, placeholder: n.allGoOn, options: options.slice(0, MOST_CHOICES) })]
      : [];
  return card({
    title: n.title(model.year),
    template: model.problem ? 'orange' : 'blue',
    elements: [
      model.problem ? markdown(md`**${model.problem}**`) : undefined,
      markdown(md`${n.intro(cares.length, mentorships.length, stays.length)}`),
      form('new_year', [
        ...terms.flatMap((term, i) => [
          markdown(md`${n.termDays(term.name)}`),
          datePicker({ name: `start_${i}`, placeholder: n.start, initial: term.start }),
          datePicker({ name: `end_${i}`, placeholder: n.end, initial: term.end }),
        ]),
        ...ending('cares', n.endingCares, cares),
        ...ending('mentorships', n.endingMentorships, mentorships),
        ...ending('stays', n.endingStays, stays),
        input({
          name: 'added',
          label: n.added,
          placeholder: n.addedHint,
          multiline: true,
          maxLength: 1_000,
          value: model.added,
        }),
        ...(model.pupils > 0 ? [checker('promote', md`${n.promote(model.pupils)}`)] : []),
        submit(n.preview, press('new_year_preview', { year: model.year })),
      ]),
      note(join([md`${n.workbook}`, cares.length > MOST_CHOICES ? md`${n.tooMany(MOST_CHOICES)}` : undefined])),
    ],
  });
}

/** From June on: asks a coordinator. Action `new_year`. */
export function newYearAsked({ year }: { year: number }, t: Texts): Card {
  return card({
    title: t.newYear.askedTitle(year),
    elements: [
      markdown(md`${t.newYear.asked}`),
      buttons(button(t.newYear.begin, press('new_year', {}), { type: 'primary' })),
    ],
  });
}
