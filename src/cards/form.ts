import { ACTIVITY_KINDS, type ActivityKind, CARE_NOTES } from '../plan/activity.ts';
import { type ActivityUndated, activityLine } from './activity-line.ts';
import { type Press, press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { type FieldName, KIND_FIELDS } from './fields.ts';
import { datePicker, form, input, multiSelect, type Option, select, submit } from './form-fields.ts';
import { clip, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** The purpose of the form; it determines title, fields and actions. */
export type FormPurpose =
  /** Asks only for missing fields. Actions `complete_draft`, `discard_draft` with {draft, v}. */
  | { kind: 'draft'; draft: string; v: number; ask: FieldName[] }
  /**
   * A plan was carried out, and these fields are still missing. Actions `planned_finish`, `back_to_notice` {activity, notice}.
   */
  | { kind: 'planned'; activity: string; notice: string; ask: FieldName[] }
  /** All fields of the kind. Actions `save_edit`, `cancel_edit` with {activity, v}. */
  | { kind: 'edit'; activity: string; v: number }
  /** 填报. Without a kind: `choose_kind` with {kind}; with one: `submit_form` with {kind, nonce}, and `choose_kind` to go back. */
  | { kind: 'report'; nonce: string; kinds?: ActivityKind[] };

export interface FormModel {
  purpose: FormPurpose;
  activityKind?: ActivityKind;
  /** The known values by field; ids for place, pupils and participants. */
  values: Partial<Record<FieldName, string | string[]>>;
  /** A draft's reading in words, shown above the questions. */
  understood?: ActivityUndated;
  /**
   * Ids with names. A list of more than 40 schools or pupils or 30 people, or an empty one, becomes a text field `<name>_text` to
   * be resolved by name.
   */
  options: { place: Option[]; pupils: Option[]; participants: Option[] };
  /** Why the last answer was rejected. */
  problem?: string;
}

/** The one form for drafts, corrections and 填报; fields.ts names its answers. Only in private chats. */
export function activityForm(model: FormModel, t: Texts): Card {
  const { purpose, activityKind: kind } = model;
  const f = t.form;
  if (purpose.kind === 'report' && !kind) return chooseKind(purpose.kinds ?? [...ACTIVITY_KINDS], t);
  const { title, ok, cancel } = actions(purpose, kind, t);
  const ask = 'ask' in purpose ? purpose.ask : undefined;
  const fields = ask ?? fieldsOf(kind);
  const required = new Set(ask ?? (kind ? KIND_FIELDS[kind].required : []));
  return card({
    title: ask || !kind ? title : `${title} · ${t.kinds[kind]}`,
    template: ask ? 'orange' : 'blue',
    elements: [
      model.problem ? markdown(md`<font color='red'>${clip(model.problem, 200)}</font>`) : undefined,
      model.understood ? markdown(md`${f.understood} ${activityLine(model.understood, t, false)}`) : undefined,
      ask ? markdown(md`**${f.ask(fields.map((x) => t.fields[x]).join(t.comma))}**`) : undefined,
      form('activity', [
        ...fields.flatMap((name) => field(name, required.has(name), model, t)),
        submit(purpose.kind === 'edit' ? t.buttons.save : t.buttons.submit, ok),
      ]),
      buttons(button(purpose.kind === 'draft' ? t.buttons.cancel : t.buttons.back, cancel)),
      purpose.kind === 'draft' ? note(md`${t.sayOrTap}`) : undefined,
    ],
  });
}

function actions(p: FormPurpose, kind: ActivityKind | undefined, t: Texts) {
  type Actions = { title: string; ok: Press; cancel: Press };
  if (p.kind === 'draft') {
    const ids = { draft: p.draft, v: p.v };
    const ok = press('complete_draft', ids);
    return { title: t.form.draftTitle, ok, cancel: press('discard_draft', ids) } satisfies Actions;
  }
  if (p.kind === 'planned') {
    const ids = { activity: p.activity, notice: p.notice };
    const ok = press('planned_finish', ids);
    return { title: t.form.draftTitle, ok, cancel: press('back_to_notice', ids) } satisfies Actions;
  }
  if (p.kind === 'edit') {
    const ids = { activity: p.activity, v: p.v };
    return {
      title: t.form.editTitle,
      ok: press('save_edit', ids),
      cancel: press('cancel_edit', ids),
    } satisfies Actions;
  }
  const ok = press('submit_form', { kind: kind!, nonce: p.nonce });
  return { title: t.form.reportTitle, ok, cancel: press('open_form') } satisfies Actions;
}

function chooseKind(kinds: ActivityKind[], t: Texts): Card {
  return card({
    title: t.form.reportTitle,
    elements: [
      markdown(md`${t.form.chooseKind}`),
      buttons(...kinds.map((kind) => button(t.kinds[kind], press('choose_kind', { kind })))),
      note(md`${t.sayOrTap}`),
    ],
  });
}

function fieldsOf(kind: ActivityKind | undefined): FieldName[] {
  return kind ? [...KIND_FIELDS[kind].required, ...KIND_FIELDS[kind].optional] : [];
}

function field(name: FieldName, required: boolean, model: FormModel, t: Texts): Element[] {
  const value = model.values[name];
  const one = Array.isArray(value) ? value[0] : value;
  const many = Array.isArray(value) ? value : value ? [value] : [];
  const placeholder = t.form.choose;
  const label = markdown(required ? md`**${t.fields[name]}**` : md`${t.fields[name]}`);
  const choice = (options: Option[]) => [label, select({ name, options, initial: one, required, placeholder })];
  const typed = (hint?: string) => {
    const text = many.map((id) => labelOf(name, id, model)).join(t.comma);
    return [input({ name: `${name}_text`, label: t.fields[name], value: text, required, placeholder: hint })];
  };
  switch (name) {
    case 'date':
    case 'dateTo':
      return [label, datePicker({ name, initial: one, required, placeholder })];
    case 'kind':
      return choice(ACTIVITY_KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] })));
    case 'mode':
      return choice(Object.entries(t.modes).map(([mode, text]) => ({ value: mode, label: text })));
    case 'evaluated':
      return choice([
        { value: 'true', label: t.form.yes },
        { value: 'false', label: t.form.no },
      ]);
    case 'place':
      return listable(model.options.place, 40) ? choice(model.options.place) : typed(t.form.typeNames);
    case 'pupils':
    case 'participants': {
      const options = model.options[name];
      if (!listable(options, name === 'pupils' ? 40 : 30)) return typed(t.form.typePeople);
      return [label, multiSelect({ name, options, selected: many, required, placeholder })];
    }
    default:
      return [input({ name, label: t.fields[name], value: one, required, multiline: LONG.has(name) })];
  }
}

/** Free-text fields. */
const LONG: ReadonlySet<FieldName> = new Set(['topic', 'reason', ...CARE_NOTES]);

function listable(options: Option[], most: number): boolean {
  return options.length > 0 && options.length <= most;
}

function labelOf(name: FieldName, id: string, model: FormModel): string {
  const options = name === 'place' || name === 'pupils' || name === 'participants' ? model.options[name] : [];
  return options.find((o) => o.value === id)?.label ?? id;
}
