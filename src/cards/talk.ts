import type { ActivityKind } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { press, stamped } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note, type Template } from './card.ts';
import { shortDate } from './dates.ts';
import { byDuty, type DutyShown, dutyLine, dutyRest } from './duty.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/*
 * The small cards of a conversation: help, answers that could not be given, first contact. Buttons: `open_form`
 * ({kind?, text?}: prefilled from what was written), `my_tasks`, `help`, `records`. `examples`: what this person could write.
 */

/** 帮助. `offices`: what the reader may do for others. */
export function help(model: { offices: (keyof Texts['talk']['offices'])[]; examples: string[] }, t: Texts): Card {
  const words = model.offices.map((office) => t.talk.offices[office]).join(t.comma);
  return card({
    title: t.talk.helpTitle,
    elements: [
      markdown(join([md`${t.talk.help}`, examples(model)])),
      markdown(join([md`${t.talk.helpMore}`, words ? md`${t.talk.helpOffice(words)}` : undefined])),
      mainButtons(t),
    ],
  });
}

/** A helpful card if nothing was recorded. `message` lets 填报 open prefilled with the text. */
export function notUnderstood(
  model: { message?: string; guess?: ActivityKind; kinds?: ActivityKind[]; examples: string[] },
  t: Texts,
): Card {
  const { message, guess, kinds = [] } = model;
  if (kinds.length > 0) return wasThatReport({ message, kinds }, t);
  return card({
    title: t.talk.notUnderstoodTitle,
    template: 'orange',
    elements: [
      guess ? markdown(md`${t.talk.guess(t.kinds[guess])}`) : undefined,
      markdown(join([md`${t.talk.notUnderstood}`, examples(model)])),
      buttons(
        button(t.buttons.report, press('open_form', { kind: guess, message }), { type: 'primary' }),
        button(t.buttons.myTasks, press('my_tasks')),
        button(t.buttons.help, press('help')),
      ),
    ],
  });
}

/** 「是要报送吗」: the likeliest kinds as buttons, each opening its prefilled form. */
function wasThatReport({ message, kinds }: { message?: string; kinds: ActivityKind[] }, t: Texts): Card {
  return card({
    title: t.talk.wasThatReport,
    elements: [
      markdown(md`${t.talk.pickKind}`),
      buttons(
        ...kinds.map((kind) => button(t.kinds[kind], press('open_form', { kind, message }))),
        button(t.talk.otherKind, press('open_form', { message }), { type: 'text' }),
      ),
    ],
  });
}

/** 提醒太多了. Action `snooze` {days}. */
export function fewerReminders(t: Texts): Card {
  return card({
    title: t.talk.fewerTitle,
    elements: [
      markdown(md`${t.talk.fewer}`),
      buttons(
        button(t.buttons.snooze3, press('snooze', { days: 3 })),
        button(t.buttons.snooze7, press('snooze', { days: 7 })),
        button(t.buttons.myTasks, press('my_tasks'), { type: 'text' }),
      ),
    ],
  });
}

/** The reply to a message about a child in danger: what to do first. In a group it repeats nothing about the child. */
export function childInNeed({ group }: { group: boolean }, t: Texts): Card {
  return card({
    title: t.talk.childTitle,
    template: 'orange',
    elements: [markdown(md`${group ? t.talk.childGroup : t.talk.child}`)],
  });
}

/** The reply to voice messages, files and forwards. */
export function unsupported(t: Texts, what: 'voice_or_file' | 'no_words'): Card {
  const text = what === 'no_words' ? t.talk.noWords : t.talk.unsupported;
  return notice({ title: t.talk.unsupportedTitle, text }, t);
}

/** The reply to somebody in no roster; `again` if the coordinators have already been asked. */
export function unknownSender(model: { again: boolean }, t: Texts): Card {
  const text = model.again ? t.talk.unknownAgain : t.talk.unknown;
  return notice({ title: t.talk.unknownTitle, text, template: 'grey' }, t);
}

/** First contact with a known person, or right after a claim (`bound`). */
export function welcome(model: { name: string; school: string; bound?: boolean; examples: string[] }, t: Texts): Card {
  const name = clip(model.name, 20);
  return card({
    title: t.talk.welcomeTitle(name),
    elements: [
      model.bound ? markdown(md`${t.talk.bound(name, clip(model.school, 40))}`) : undefined,
      markdown(join([md`${t.talk.welcome}`, md`${t.talk.help}`, examples(model)])),
      mainButtons(t),
    ],
  });
}

/** Something was refused and nothing changed; for the person alone. `detail`: the exact problem, e.g. a form field. */
export function refused(model: { reason: keyof Texts['refusals']; detail?: string }, t: Texts): Card {
  const detail = model.detail ? clip(model.detail, 200) : undefined;
  return card({
    title: t.talk.refusedTitle,
    template: 'grey',
    elements: [markdown(md`${t.refusals[model.reason]}`), detail ? note(md`${detail}`) : undefined],
  });
}

/** Any short message; `text` is plain, and so are the `lines` below it. */
export function notice(
  model: { title: string; text: string; lines?: string[]; template?: Template; withTasks?: boolean },
  t: Texts,
): Card {
  return card({
    title: model.title,
    template: model.template,
    elements: [
      markdown(join([md`${clip(model.text, 600)}`, ...(model.lines ?? []).map((line) => md`- ${clip(line, 200)}`)])),
      model.withTasks ? buttons(button(t.buttons.myTasks, press('my_tasks'))) : undefined,
    ],
  });
}

/** 「记到哪个项目？」, asked once: later ones go to the same programme as the last of that kind. The message waits in the buttons. */
export function whichProgramme(
  model: { text: string; said: number; programmes: { programmeId: string; personId: string; name: string }[] },
  t: Texts,
): Card {
  const { text, said, programmes } = model;
  return card({
    title: t.programmes.askTitle,
    elements: [
      markdown(md`「${clip(text, 200)}」`),
      markdown(md`${t.programmes.ask}`),
      buttons(
        ...programmes.map(({ name, ...post }) =>
          stamped(button(name, press('report_in', { text, said }), { type: 'primary' }), post),
        ),
      ),
    ],
  });
}

/** 还差几次: the obligations asked about, from the ledger. */
export function answer(model: { asked?: ActivityKind; duties: DutyShown[]; group: boolean }, t: Texts): Card {
  const { asked, duties, group } = model;
  const lines = byDuty(duties);
  const shown = lines.slice(0, 20);
  const rest = lines.length - shown.length;
  return card({
    title: asked ? `${t.talk.answerTitle} · ${t.kinds[asked]}` : t.talk.answerTitle,
    elements: [
      duties.length === 0 ? markdown(md`${t.talk.answerNone}`) : undefined,
      markdown(join(shown.map((line) => join([dutyLine(line, t, { group, period: true }), dutyRest(line, t)], ' · ')))),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
      buttons(
        button(t.buttons.report, press('open_form', { kind: asked })),
        button(t.buttons.myTasks, press('my_tasks')),
      ),
    ],
  });
}

/** 今年送教多少次, for people who answer for others: how often it was done, and how much of it was required. */
export function timesDone(
  model: {
    kind: ActivityKind;
    activities: number;
    /** The start of the counted span. */
    from: Ymd;
    realm: string;
    rows: { name: string; progress: string; late: number }[];
  },
  t: Texts,
): Card {
  const lines = model.rows.slice(0, 12).map((r) => {
    const late = r.late > 0 ? md`<font color='red'>${t.weekly.late} ${r.late}</font>` : undefined;
    return join([md`- **${clip(r.name, 40)}** ${r.progress}`, late], ' · ');
  });
  return card({
    title: t.weekly.asked(t.kinds[model.kind], model.activities, shortDate(model.from, t)),
    subtitle: clip(model.realm, 60),
    elements: [
      markdown(lines.length > 0 ? join(lines) : md`${t.weekly.askedNone}`),
      buttons(
        button(t.buttons.activities, press('activities', { kind: model.kind })),
        button(t.weekly.spans.week, press('summary_by', { by: 'requirement', span: 'week' })),
      ),
    ],
  });
}

function examples({ examples: lines }: { examples: string[] }) {
  return join(lines.slice(0, 6).map((line) => md`- ${clip(line, 60)}`));
}

function mainButtons(t: Texts) {
  return buttons(
    button(t.buttons.report, press('open_form'), { type: 'primary' }),
    button(t.buttons.myTasks, press('my_tasks')),
    button(t.buttons.showRecords, press('records')),
    button(t.buttons.help, press('help')),
  );
}
