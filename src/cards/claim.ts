import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown } from './card.ts';
import { form, input, type Option, select, submit } from './form-fields.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface ClaimModel {
  request: string;
  /** As in their Feishu profile. */
  name: string;
  /** Person ids with 「学校 姓名」; the first 20 are offered. */
  candidates: Option[];
  /** The roster to choose from, and the schools to add somebody to, once requested. */
  choose?: { people: Option[]; schools: Option[]; problem?: string };
  outcome?: { person: string } | 'rejected';
}
/**
 * 认领: asks which roster person this Feishu user is. Actions `claim` {request, person}, `claim_none`, `claim_choose`, `claim_pick`
 * with field `person`, `claim_add` with fields `name` and `school`, all {request}.
 */
export function claim(model: ClaimModel, t: Texts): Card {
  const name = clip(model.name, 20);
  const { outcome, request, choose } = model;
  if (outcome) {
    const text = outcome === 'rejected' ? t.claim.rejected(name) : t.claim.done(name, clip(outcome.person, 60));
    return card({ title: t.claim.title, template: 'grey', elements: [markdown(md`${text}`)] });
  }
  const candidates = choose ? [] : model.candidates.slice(0, 20);
  return card({
    title: t.claim.title,
    elements: [
      markdown(
        join([
          md`${t.claim.text(name)}`,
          candidates.length === 0 && !choose ? md`${t.claim.noCandidates}` : undefined,
          choose?.problem ? md`${choose.problem}` : undefined,
        ]),
      ),
      ...candidates.map((c) => buttons(button(c.label, press('claim', { request, person: c.value })))),
      ...(choose ? forms(model.name, request, choose, t) : []),
      buttons(
        choose ? undefined : button(t.claim.choose, press('claim_choose', { request })),
        button(t.buttons.claimNone, press('claim_none', { request }), { type: 'text' }),
      ),
    ],
  });
}

function forms(name: string, request: string, { people, schools }: NonNullable<ClaimModel['choose']>, t: Texts) {
  const c = t.claim;
  return [
    ...(people.length > 0
      ? [
          form('pick', [
            select({ name: 'person', options: people.slice(0, 100), placeholder: c.person }),
            submit(c.pick, press('claim_pick', { request })),
          ]),
        ]
      : []),
    ...(schools.length > 0
      ? [
          form('add', [
            input({ name: 'name', label: c.name, value: name, maxLength: 20 }),
            select({
              name: 'school',
              options: schools.slice(0, 100),
              placeholder: c.school,
              ...(schools.length === 1 && { initial: schools[0]!.value }),
            }),
            submit(c.add, press('claim_add', { request })),
          ]),
        ]
      : []),
  ];
}
