import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { join, type Markdown, md } from './markdown.ts';
import type { RecordState } from './recorded.ts';
import type { Texts } from './texts/zh-CN.ts';

interface Changed {
  before?: ActivityShown;
  after: ActivityShown;
  state: RecordState;
}

/** 「要这样改吗？」: records before and after the change. Actions `apply_change` {draft}, `discard_drafts` {drafts}. */
export function toChange(model: { draft: string; lines: Changed[]; group: boolean }, t: Texts): Card {
  return card({
    title: model.lines.some((line) => line.before) ? t.toChange.title : t.toConfirm.title,
    template: 'orange',
    elements: [
      ...model.lines.slice(0, 8).map((line) => markdown(changed(line, model.group, t))),
      buttons(
        button(t.toChange.yes, press('apply_change', { draft: model.draft }), { type: 'primary' }),
        button(t.toConfirm.no, press('discard_drafts', { drafts: [model.draft] })),
      ),
      note(md`${t.toChange.hint}`),
    ],
  });
}

function changed({ before, after, state }: Changed, group: boolean, t: Texts): Markdown {
  const line = activityLine(after, t, group);
  if (state === 'withdrawn') return join([md`${t.toChange.withdraw}`, line], ' ');
  if (state === 'attempted') return join([md`${t.toChange.attempted}`, line], ' ');
  return before ? join([activityLine(before, t, group), join([md`→`, line], ' ')]) : line;
}
