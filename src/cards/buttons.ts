import { z } from 'zod';
import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { GROUPINGS, SPANS } from '../plan/summary.ts';

/** The tables that a coordinator's buttons open. */
export const LIST_VIEWS = [
  'overdue',
  'progress',
  'duties',
  'roster',
  'schools',
  'unbound',
  'notices',
  'records',
  'help',
  'attendance',
  'confirmations',
  'inspections',
] as const;
export type ListView = (typeof LIST_VIEWS)[number];

const id = z.string();
const nothing = z.object({});
const record = z.object({ activity: id, v: z.int() });
const draft = z.object({ draft: id });
/** `notice`: the reminder that contains the button. */
const drafts = z.object({ drafts: z.array(id).min(1).max(8), notice: id.optional() });
const versionedDraft = draft.extend({ v: z.int() });
const duty = z.object({ notice: id, obligation: id });
const plan = z.object({ notice: id, activity: id });
const help = z.object({ help: id });
const inspection = z.object({ inspection: id });
const upload = z.object({ import: id });
const arrangement = z.object({ arrangement: id, v: z.int() });
const summary = z.object({ by: z.enum(GROUPINGS), span: z.enum(SPANS) });
/** What a list is narrowed to; checked again each time. */
/** A kind that no longer exists is asked for again. */
const kind = z.enum(ACTIVITY_KINDS).optional().catch(undefined);
const ids = z.object({
  school: id.optional(),
  pairing: id.optional(),
  person: id.optional(),
  requirement: id.optional(),
  kind,
  span: z.string().optional(),
  of: z.string().optional(),
  /** The owner of the duties (`ownerOf`), and whether only late ones are shown. */
  owner: z.string().optional(),
  late: z.boolean().optional(),
  /** The summary it was opened from: `by.span`. */
  back: z.string().optional(),
});
export type ListIds = z.output<typeof ids>;
const list = ids.extend({ view: z.enum(LIST_VIEWS) });
const page = z.int().min(1);

/** Every button by name, with the values it carries. Buttons of cards already in a chat must stay readable. */
const BUTTONS = {
  activities: ids,
  add_finding: inspection,
  answer_finding: inspection,
  another_time: draft,
  apply_change: draft,
  answer_help: help,
  arrange_cancel: arrangement,
  arrange_confirm: arrangement,
  arrange_decline: arrangement,
  arrange_edit: arrangement,
  arrange_save: arrangement,
  arrange_undo: arrangement,
  back_to_notice: z.object({ notice: id, obligation: id.optional(), activity: id.optional() }),
  behind: summary,
  cancel_edit: record,
  change_earlier: draft,
  /** One form about a few duties; each is the first of its line. `all`: the same answer to each. */
  certificate: z.object({ term: z.string() }),
  check_in: z.object({ notice: id, duties: z.array(id).min(1).max(3), all: z.literal('planned').optional() }),
  choose_kind: z.object({ kind }),
  circulate: inspection,
  claim: z.object({ request: id, person: id }),
  claim_add: z.object({ request: id }),
  claim_choose: z.object({ request: id }),
  claim_none: z.object({ request: id }),
  claim_pick: z.object({ request: id }),
  close_help: help,
  close_inspection: inspection,
  complete_draft: versionedDraft,
  confirm: record,
  delete_photo: record.extend({ photo: id }),
  discard_draft: versionedDraft,
  discard_drafts: drafts,
  dispute: record,
  edit: record,
  edit_draft: draft,
  export_ledger: nothing,
  export_list: list,
  help: nothing,
  import_cancel: upload,
  import_confirm: upload,
  list,
  mend_finding: inspection.extend({ n: z.int().min(1) }),
  my_record: z.object({ activity: id }),
  /** 改到另一项目: the record and those recorded with it. */
  move_record: z.object({ activity: id, to: id }),
  my_tasks: nothing,
  /** `view`, `page`: the list that contains it, if it is not on a digest. */
  nudge: z.object({ person: id, view: z.enum(LIST_VIEWS).optional(), page: page.optional() }),
  nudge_all: z.object({ view: z.enum(LIST_VIEWS).optional(), page: page.optional() }),
  new_year: nothing,
  new_year_preview: z.object({ year: z.int() }),
  not_done: duty,
  not_me: record.extend({ notice: id }),
  not_held: record,
  open_form: z.object({ kind, message: z.string().optional() }),
  page: z.union([
    summary.extend({ view: z.literal('weekly'), page }),
    z.object({ view: z.enum(['my_tasks', 'my_records', 'coordinator']), page }),
    list.extend({ page }),
  ]),
  plan_adopt: upload,
  plan_discard: upload,
  planned_done: plan,
  planned_failed: plan,
  planned_failed_save: plan,
  planned_finish: plan,
  planned_move: plan,
  planned_move_save: plan,
  record_drafts: drafts,
  records: nothing,
  report_done: duty,
  /** A message waiting for its programme; `said`: when it was written, in epoch milliseconds. */
  report_in: z.object({ text: z.string(), said: z.int() }),
  restore: record,
  same_occasion: record,
  save_edit: record,
  secondment_leave: z.object({ date: z.string() }),
  secondment_present: z.object({ date: z.string() }),
  separate_occasion: record,
  show_inspection: inspection,
  show_photos: z.object({ activity: id }),
  snooze: z.object({ days: z.literal([3, 7]), notice: id.optional() }),
  submit_form: z.object({ kind: z.enum(ACTIVITY_KINDS), nonce: z.string().regex(/^[\w-]{8,64}$/) }),
  summary_by: summary,
  take_help: help,
  tell_help: nothing,
  urgent: z.object({ person: id }),
  waiting: nothing,
  /** Without a duty: the one chosen in the form. */
  why: z.object({ obligation: id.optional() }),
  which_duty: record.extend({ obligation: id }),
  withdraw: record,
  year_undo: upload,
};
export type ButtonName = keyof typeof BUTTONS;
/** What a button carries. */
export type Pressed<N extends ButtonName = ButtonName> = z.output<(typeof BUTTONS)[N]>;

declare const made: unique symbol;
/** What a button sends back; only `press` makes one, so that names and fields match the table. */
export interface Press {
  readonly [made]: true;
  readonly action: ButtonName;
}

export function press<N extends ButtonName>(
  action: N,
  ...[value]: Record<string, never> extends Pressed<N> ? [value?: Pressed<N>] : [value: Pressed<N>]
): Press {
  const present = Object.entries(value ?? {}).filter(([, v]) => v !== undefined);
  return { action, ...Object.fromEntries(present) } as unknown as Press;
}

/** The post that a card is for: every button carries its programme, and its person if a user has several posts there. */
export interface CardPost {
  programmeId?: string;
  personId?: string;
}

/** The same card with its post in every button; buttons that have one keep theirs. */
export function stamped<T extends object>(card: T, { programmeId, personId }: CardPost): T {
  if (programmeId === undefined) return card;
  const post = [programmeId, personId].filter(Boolean).join('/');
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const { type, value } = node as { type?: unknown; value?: object };
    if (type === 'callback' && value) return 'in' in value ? node : { ...node, value: { ...value, in: post } };
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)]));
  };
  return walk(card) as T;
}

/** The values sent back from a card, untrusted; undefined if the table has no such button. Unknown fields are dropped. */
export function readPress(
  value: Record<string, unknown>,
): { action: ButtonName; value: Pressed; post: CardPost } | undefined {
  const { action, in: post } = value;
  if (typeof action !== 'string' || !Object.hasOwn(BUTTONS, action)) return undefined;
  const read = BUTTONS[action as ButtonName].safeParse(value);
  if (!read.success) return undefined;
  const [programmeId, personId] = typeof post === 'string' ? post.split('/') : [];
  return { action: action as ButtonName, value: read.data, post: { programmeId, personId } };
}
