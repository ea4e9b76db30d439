import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown } from './card.ts';
import { form, input, submit } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface HelpRequestModel {
  help: string;
  name: string;
  school: string;
  text: string;
  state: 'open' | 'answered' | 'closed';
  answers: { by: string; text: string }[];
  /** Shown to the one who asked: may be closed, is not answered. */
  own: boolean;
}

/** 求助 as coordinators and the one who asked see it. Actions `answer_help` {help} with field `answer`, `close_help` {help}. */
export function helpRequest(model: HelpRequestModel, t: Texts): Card {
  const h = t.helpRequest;
  const { help, state } = model;
  const answers = model.answers.slice(-5).map((a) => md`**${clip(a.by, 20)}**  ${clip(a.text, 200)}`);
  return card({
    title: h.states[state],
    template: state === 'open' ? 'orange' : state === 'answered' ? 'blue' : 'grey',
    elements: [
      markdown(join([md`${clip(model.school, 40)} ${clip(model.name, 20)}`, md`${clip(model.text, 500)}`])),
      answers.length > 0 ? markdown(join(answers)) : undefined,
      state === 'closed' || model.own
        ? undefined
        : form('help', [
            input({ name: 'answer', label: h.answer, required: true, multiline: true, maxLength: 500 }),
            submit(t.buttons.send, press('answer_help', { help })),
          ]),
      state === 'closed' ? undefined : buttons(button(h.close, press('close_help', { help }))),
    ],
  });
}
