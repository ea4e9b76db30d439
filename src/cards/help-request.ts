import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note, type Template } from './card.ts';
import { form, input, submit } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface HelpRequestModel {
  help: string;
  name: string;
  school: string;
  /** The duty it is about. */
  about?: string;
  text: string;
  /** Pupils whose names the reader may not see, and who may disclose them. */
  blanked?: { school: string; grade: string; knows: string[] }[];
  state: 'open' | 'taken' | 'answered' | 'closed';
  /** Who handles it. */
  takenBy?: string;
  answers: { by: string; text: string }[];
  /** For the asker: closable, but not answerable. */
  own: boolean;
}

const TEMPLATES: Record<HelpRequestModel['state'], Template> = {
  open: 'orange',
  taken: 'blue',
  answered: 'blue',
  closed: 'grey',
};

/**
 * 求助 as coordinators and the asker see it. Actions `take_help` {help}, `answer_help` {help} with field `answer`, `close_help`
 * {help}.
 */
export function helpRequest(model: HelpRequestModel, t: Texts): Card {
  const h = t.helpRequest;
  const { help, state, own, about, takenBy } = model;
  const answers = model.answers.slice(-5).map((a) => md`**${clip(a.by, 20)}**  ${clip(a.text, 200)}`);
  const open = state !== 'closed';
  return card({
    title: own ? h.states[state] : h.asks[state](clip(model.name, 20)),
    template: TEMPLATES[state],
    elements: [
      markdown(
        join([
          own ? undefined : md`${clip(model.school, 40)}`,
          about ? md`${h.about}: ${clip(about, 40)}` : undefined,
          md`${clip(model.text, 500)}`,
        ]),
      ),
      ...(own ? [] : (model.blanked ?? []))
        .slice(0, 3)
        .map((p) =>
          note(md`${h.blanked(clip(`${p.school}${p.grade}`, 40), clip([model.name, ...p.knows].join(t.or), 40))}`),
        ),
      answers.length > 0 ? markdown(join(answers)) : undefined,
      takenBy && open ? note(md`${h.takenBy(clip(takenBy, 20))}`) : undefined,
      own && state === 'open' ? note(md`${h.sent}`) : undefined,
      !own && state === 'open' ? buttons(button(h.take, press('take_help', { help }), { type: 'primary' })) : undefined,
      !open || own
        ? undefined
        : form('help', [
            input({ name: 'answer', label: h.answer, required: true, multiline: true, maxLength: 500 }),
            submit(h.reply, press('answer_help', { help })),
          ]),
      open ? buttons(button(h.close, press('close_help', { help }))) : undefined,
    ],
  });
}
