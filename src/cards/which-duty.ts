import { press } from './buttons.ts';
import { button, buttons, type Element, markdown } from './card.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** A duty that asks for a paper or meeting of this kind. */
export interface DutyAsked {
  obligation: string;
  title: string;
}

/** 「这是哪一项？」, if a record says too little to count for any duty of its kind. Action `which_duty` {activity, v, obligation}. */
export function whichDuty(record: { activity: string; v: number }, duties: DutyAsked[], t: Texts): Element[] {
  if (duties.length === 0) return [];
  const choices = duties.map(({ obligation, title }) =>
    button(clip(title, 24), press('which_duty', { ...record, obligation }), { small: true }),
  );
  return [markdown(md`**${t.recorded.which}**`), buttons(...choices)].filter((element) => element !== undefined);
}
