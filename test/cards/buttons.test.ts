import { expect, test } from 'vitest';
import { actions } from '../../src/bot/actions.ts';
import { press, readPress, stamped } from '../../src/cards/buttons.ts';
import { button } from '../../src/cards/card.ts';

/** Values of buttons in existing chats, as sent before the table of buttons existed. */
const inChats: Record<string, unknown>[] = [
  { action: 'answer_help', help: 'h1' },
  { action: 'arrange_cancel', arrangement: 'ar1', v: 1 },
  { action: 'arrange_confirm', arrangement: 'ar1', v: 1 },
  { action: 'arrange_decline', arrangement: 'ar1', v: 1 },
  { action: 'arrange_edit', arrangement: 'ar1', v: 1 },
  { action: 'arrange_save', arrangement: 'ar1', v: 1 },
  { action: 'arrange_undo', arrangement: 'ar1', v: 1 },
  { action: 'back_to_notice', activity: 'a1', notice: 'n1' },
  { action: 'back_to_notice', obligation: 'ob1', notice: 'n1' },
  { action: 'behind', by: 'requirement', span: 'week' },
  { action: 'certificate', term: '2026-09-01' },
  { action: 'check_in', notice: 'n1', duties: ['ob1'], all: 'planned' },
  { action: 'cancel_edit', activity: 'a1', v: 1 },
  { action: 'choose_kind', kind: 'demo_lesson' },
  { action: 'claim', request: 'r1', person: 'p1' },
  { action: 'claim_add', request: 'r1' },
  { action: 'claim_choose', request: 'r1' },
  { action: 'claim_none', request: 'r1' },
  { action: 'claim_pick', request: 'r1' },
  { action: 'close_help', help: 'h1' },
  { action: 'complete_draft', draft: 'd1', v: 1 },
  { action: 'confirm', activity: 'a1', v: 1 },
  { action: 'delete_photo', photo: 'f1', activity: 'a1', v: 1 },
  { action: 'discard_draft', draft: 'd1', v: 1 },
  { action: 'dispute', activity: 'a1', v: 1 },
  { action: 'edit', activity: 'a1', v: 1 },
  { action: 'export_ledger' },
  { action: 'export_list', view: 'progress', by: 'school' },
  { action: 'help' },
  { action: 'import_cancel', import: 'i1' },
  { action: 'import_confirm', import: 'i1' },
  { action: 'list', view: 'overdue' },
  { action: 'move_record', activity: 'a1', to: 'g2' },
  { action: 'my_record', activity: 'a1' },
  { action: 'my_tasks' },
  { action: 'nudge', person: 'p1' },
  { action: 'nudge_all' },
  { action: 'open_form', kind: 'home_visit' },
  { action: 'open_form', kind: 'observe', message: 'om_1' },
  { action: 'open_form' },
  { action: 'page', view: 'my_records', page: 2 },
  { action: 'page', view: 'progress', page: 1, by: 'school' },
  { action: 'plan_adopt', import: 'i1' },
  { action: 'plan_discard', import: 'i1' },
  { action: 'planned_done', activity: 'a1', notice: 'n1' },
  { action: 'planned_failed', activity: 'a1', notice: 'n1' },
  { action: 'planned_failed_save', activity: 'a1', notice: 'n1' },
  { action: 'planned_finish', activity: 'a1', notice: 'n1' },
  { action: 'planned_move', activity: 'a1', notice: 'n1' },
  { action: 'planned_move_save', activity: 'a1', notice: 'n1' },
  { action: 'records' },
  { action: 'report_done', obligation: 'ob1', notice: 'n1' },
  { action: 'report_in', text: '今天上了一节课', said: 1_795_000_000_000 },
  { action: 'restore', activity: 'a1', v: 3 },
  { action: 'same_occasion', activity: 'a1', v: 2 },
  { action: 'save_edit', activity: 'a1', v: 1 },
  { action: 'secondment_leave', date: '2026-11-19' },
  { action: 'secondment_present', date: '2026-11-19' },
  { action: 'separate_occasion', activity: 'a1', v: 1 },
  { action: 'another_time', draft: 'd1' },
  { action: 'apply_change', draft: 'd1' },
  { action: 'change_earlier', draft: 'd1' },
  { action: 'show_photos', activity: 'a1' },
  { action: 'snooze', days: 3, notice: 'n1' },
  { action: 'submit_form', kind: 'observe', nonce: '0198b2f4-7c11-7000-8000-00000000000a' },
  { action: 'summary_by', by: 'school', span: 'week' },
  { action: 'take_help', help: 'h1' },
  { action: 'tell_help' },
  { action: 'urgent', person: 'p2' },
  { action: 'why', obligation: 'ob4' },
  { action: 'add_finding', inspection: 'in1' },
  { action: 'answer_finding', inspection: 'in1' },
  { action: 'circulate', inspection: 'in1' },
  { action: 'close_inspection', inspection: 'in1' },
  { action: 'mend_finding', inspection: 'in1', n: 1 },
  { action: 'show_inspection', inspection: 'in1' },
  { action: 'which_duty', activity: 'a1', v: 1, obligation: 'ob1' },
  { action: 'withdraw', activity: 'a1', v: 1 },
  { action: 'year_undo', import: 'i1' },
  { action: 'new_year' },
  { action: 'new_year_preview', year: 2027 },
  { action: 'not_done', obligation: 'ob1', notice: 'n1' },
  { action: 'not_held', activity: 'a1', v: 1 },
  { action: 'not_me', activity: 'a1', v: 1, notice: 'n1' },
  { action: 'record_drafts', drafts: ['d1'] },
  { action: 'discard_drafts', drafts: ['d1'] },
  { action: 'edit_draft', draft: 'd1' },
  { action: 'waiting' },
  { action: 'activities', school: 's1', requirement: 'p/r' },
  { action: 'export_list', view: 'duties', person: 'p1', requirement: 'p/r' },
  { action: 'nudge', view: 'overdue', page: 2, person: 'p1' },
  { action: 'nudge_all', view: 'overdue', page: 2 },
  { action: 'page', view: 'weekly', page: 2, by: 'school', span: 'term' },
  { action: 'page', view: 'my_tasks', page: 2 },
  { action: 'page', view: 'coordinator', page: 2 },
  { action: 'page', view: 'roster', page: 2, of: 'pupils' },
  { action: 'page', view: 'records', page: 2, pairing: 'x', span: 'month' },
];

test('every button of a card carries its post; one that carries a post keeps it', () => {
  const other = stamped(button('b', press('help')), { programmeId: 'g2', personId: 'p2' });
  const card = stamped({ elements: [button('a', press('my_tasks')), other] }, { programmeId: 'g1' });
  const posts = card.elements.map(
    (b) => readPress((b.behaviors as { value: Record<string, unknown> }[])[0]!.value)?.post,
  );
  expect(posts).toEqual([
    { programmeId: 'g1', personId: undefined },
    { programmeId: 'g2', personId: 'p2' },
  ]);
});

test('every button of a card already in a chat can still be read', () => {
  for (const value of inChats) {
    const { by: _, ...needed } = value;
    const read = readPress(value);
    expect({ action: read?.action, ...read?.value }).toMatchObject('by' in (read?.value ?? {}) ? value : needed);
  }
  expect([...new Set(inChats.map((value) => value.action))].sort()).toEqual(Object.keys(actions).sort());
});

test.each<[string, Record<string, unknown>]>([
  ['no name', {}],
  ['a name that is no text', { action: 7 }],
  ['a name that every object has', { action: 'constructor' }],
  ['a name that is gone', { action: 'edit_v0', activity: 'a1', v: 1 }],
  ['a field that is missing', { action: 'edit', v: 1 }],
  ['a field of another type', { action: 'edit', activity: ['a1'], v: 1 }],
  ['a choice that is none', { action: 'snooze', days: 300, notice: 'n1' }],
  ['a page that is none', { action: 'page', view: 'my_tasks', page: 0 }],
  ['a list that is none', { action: 'list', view: 'secrets' }],
])('a value with %s is not read', (_, value) => {
  expect(readPress(value)).toBeUndefined();
});

test('a wrong name or field does not compile, and undefined values are not sent', () => {
  expect(press('open_form', { kind: undefined })).toEqual({ action: 'open_form' });
  expect(press('snooze', { days: 3, notice: 'n1' })).toEqual({ action: 'snooze', days: 3, notice: 'n1' });
  // @ts-expect-error: no button has this name
  press('snoze', { days: 3, notice: 'n1' });
  // @ts-expect-error: no such choice
  press('snooze', { days: 4, notice: 'n1' });
  // @ts-expect-error: the version is missing
  press('edit', { activity: 'a1' });
  // @ts-expect-error: no such field
  press('snooze', { days: 3, notice: 'n1', until: '2026-12-01' });
  // @ts-expect-error: needs its fields
  press('snooze');
  // @ts-expect-error: made by hand
  button('b', { action: 'help' });
});
