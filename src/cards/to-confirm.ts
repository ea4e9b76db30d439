import { type ActivityUndated, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, hr, markdown, note } from './card.ts';
import { checker, form, submit } from './form-fields.ts';
import { join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ToConfirm {
  draft: string;
  /** What it would record. */
  shown: ActivityUndated[];
}

/** A message with more activities than this goes to the form. */
export const MOST_TO_CONFIRM = 8;

/** The checkbox of the n-th activity. */
export const tickOf = (n: number): string => `tick_${n}`;

/**
 * 「是这样吗？」: what a message may report, one line per activity, recorded only after 记录. Several lines have checkboxes. Actions
 * `record_drafts`, `discard_drafts` {drafts}; `edit_draft` {draft}. Private only.
 */
export function toConfirm({ drafts }: { drafts: ToConfirm[] }, t: Texts): Card {
  return card({
    title: t.toConfirm.title,
    template: 'orange',
    elements: [...linesToConfirm(drafts, t), note(md`${t.toConfirm.hint}`)],
  });
}

/** So many stand under records; the others wait in 我的任务. */
export const MOST_BENEATH = 4;

/** The lines that wait, under what the same message has recorded. */
export function beneathRecords(all: ToConfirm[], t: Texts): (Element | undefined)[] {
  const drafts = all.slice(0, MOST_BENEATH);
  if (drafts.length === 0) return [];
  return [
    hr(),
    markdown(md`**${t.toConfirm.title}**`),
    ...linesToConfirm(drafts, t),
    note(md`${t.toConfirm.hintBeneath(drafts.length)}`),
  ];
}

function linesToConfirm(all: ToConfirm[], t: Texts): (Element | undefined)[] {
  const drafts = all.slice(0, MOST_TO_CONFIRM);
  return drafts.length === 1 ? single(drafts[0]!, t) : several(drafts, t);
}

/** A single one is recorded, changed or refused; several are ticked and recorded together. */
function single(only: ToConfirm, t: Texts): (Element | undefined)[] {
  const ids = { drafts: [only.draft] };
  return [
    markdown(detailsOf(only, t)),
    buttons(
      button(t.toConfirm.record, press('record_drafts', ids), { type: 'primary' }),
      button(t.buttons.edit, press('edit_draft', { draft: only.draft })),
      button(t.toConfirm.no, press('discard_drafts', ids)),
    ),
  ];
}

function several(drafts: ToConfirm[], t: Texts): (Element | undefined)[] {
  const ids = { drafts: drafts.map((d) => d.draft) };
  return [
    form('confirm', [
      ...drafts.map((d, n) => checker(tickOf(n), detailsOf(d, t))),
      submit(t.toConfirm.record, press('record_drafts', ids)),
    ]),
    buttons(
      ...drafts.map((d, n) =>
        button(t.toConfirm.editNth(n + 1), press('edit_draft', { draft: d.draft }), { small: true }),
      ),
      button(t.toConfirm.no, press('discard_drafts', ids), { small: true }),
    ),
  ];
}

const detailsOf = ({ shown }: ToConfirm, t: Texts): Markdown => join(shown.map((one) => activityLine(one, t, false)));

/** A waiting one on a reminder. Actions `record_drafts`, `discard_drafts` {drafts, notice}. */
export function waitingAsked(
  { draft, notice: reminder, shown }: { draft: string; notice: string; shown: ActivityUndated },
  t: Texts,
): (Element | undefined)[] {
  const ids = { drafts: [draft], notice: reminder };
  return [
    markdown(activityLine(shown, t, false)),
    buttons(
      button(t.toConfirm.record, press('record_drafts', ids), { type: 'primary', small: true }),
      button(t.toConfirm.no, press('discard_drafts', ids), { small: true }),
    ),
  ];
}

/** 「2 条待确认」, on a card with other contents. Action `waiting`. */
export function waitingLine(count: number, t: Texts): (Element | undefined)[] {
  if (count === 0) return [];
  return [
    buttons(
      button(`${t.toConfirm.waiting(count)} · ${t.toConfirm.look}`, press('waiting'), { type: 'primary', small: true }),
    ),
  ];
}
