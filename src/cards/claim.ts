import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown } from './card.ts';
import type { Option } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ClaimModel {
  request: string;
  /** As in their Feishu profile. */
  name: string;
  /** Person ids with 「学校 姓名」; the first 20 are offered. */
  candidates: Option[];
  outcome?: { person: string } | 'rejected';
}
/** 认领: which roster person is this Feishu user? Actions `claim` {request, person}, `claim_none` {request}. */
export function claim(model: ClaimModel, t: Texts): Card {
  const name = clip(model.name, 20);
  const { outcome, request } = model;
  if (outcome) {
    const text = outcome === 'rejected' ? t.claim.rejected(name) : t.claim.done(name, clip(outcome.person, 60));
    return card({ title: t.claim.title, template: 'grey', elements: [markdown(md`${text}`)] });
  }
  const candidates = model.candidates.slice(0, 20);
  return card({
    title: t.claim.title,
    elements: [
      markdown(join([md`${t.claim.text(name)}`, candidates.length === 0 ? md`${t.claim.noCandidates}` : undefined])),
      ...candidates.map((c) => buttons(button(c.label, press('claim', { request, person: c.value })))),
      buttons(button(t.buttons.claimNone, press('claim_none', { request }), { type: 'text' })),
    ],
  });
}
