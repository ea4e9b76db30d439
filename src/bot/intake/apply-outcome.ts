import { drawn } from '../../cards/card-text.ts';
import { type Card, textsOf } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { CHORE } from '../../plan/identities.ts';
import { saveProposal } from '../../store/arrangements.ts';
import { insertAudit, logNames } from '../../store/audit.ts';
import { markEventsOf } from '../../store/calendar.ts';
import { changeRoster } from '../../store/change-roster.ts';
import { endHelpOn, saveAttendance, saveCheckIn } from '../../store/check-ins.ts';
import { planChore } from '../../store/chores.ts';
import { settleClaim } from '../../store/claims.ts';
import { closeDraft, insertDraft, updateDraft } from '../../store/drafts.ts';
import { changeEvidence, moveEvidence } from '../../store/evidence.ts';
import { saveHelp } from '../../store/help.ts';
import { takeIn } from '../../store/inbox.ts';
import { saveInspection } from '../../store/inspections.ts';
import { addressOf, bindMember, changeSettings, memberOf, unbindMember } from '../../store/members.ts';
import { saveMirror } from '../../store/mirror.ts';
import { adoptCard, type Hint } from '../../store/notices.ts';
import { post } from '../../store/post.ts';
import { type LedgerChange, type Recorded, recordChanges } from '../../store/record.ts';
import { forgetRosterBases, saveRosterBase } from '../../store/roster-bases.ts';
import type { Trx } from '../../store/transaction.ts';
import { insertUpload } from '../../store/uploads.ts';
import { arrange, unarrange } from '../people/write-arrangement.ts';
import { renewCards, renewFindings } from '../reminders/renew-cards.ts';
import { writeNudges, writeUrgent } from '../reminders/write-nudges.ts';
import { confirmBothSides } from '../report/both-sides.ts';
import { confirmationsWanted } from '../report/confirmations-wanted.ts';
import { takeWaiting } from '../report/waiting-evidence.ts';
import type { Change, Notification } from './change.ts';
import type { PlannedChore } from './chore.ts';
import type { Facts } from './facts.ts';
import { localeOf } from './language.ts';
import type { Outcome } from './outcome.ts';
import { redraw } from './redraw.ts';

/** The result of a change: what now waits to be sent, and what the ledger holds now. */
type Done = { hints?: Hint[]; recorded?: Recorded[] };
type Handler<W extends Change['what']> = (
  trx: Trx,
  facts: Facts,
  change: Extract<Change, { what: W }>,
) => Promise<Done>;

/** The change was written and has no further effect. */
async function only(written: Promise<unknown>): Promise<Done> {
  await written;
  return {};
}

/** How to write each kind of change. */
const handlers: { [W in Change['what']]: Handler<W> } = {
  record,
  proposal: (trx, { programme }, { proposal }) => only(saveProposal(trx, programme.id, proposal)),
  arrange: (trx, facts, { proposal }) => only(arrange(trx, facts, proposal)),
  unarrange: (trx, facts, { proposal }) => only(unarrange(trx, facts, proposal)),
  open_draft: (trx, _facts, { draft }) => only(insertDraft(trx, draft)),
  change_draft: (trx, _facts, { draft }) => only(updateDraft(trx, draft)),
  close_draft: (trx, _facts, { draft, state }) => only(closeDraft(trx, draft, state)),
  notify: async (trx, facts, change) => ({ hints: await notify(trx, facts, change) }),
  redraw: async (trx, facts, { cause }) => ({ hints: await redraw(trx, facts, cause) }),
  settings: (trx, { member }, { settings }) => only(changeSettings(trx, member, settings)),
  delete_photo: async (trx, facts, { photo }) => {
    await changeEvidence(trx, photo, { state: 'deleted' });
    const { file } = photo;
    return chore(trx, facts, { identity: CHORE.removePhoto(file), kind: 'remove_photo', body: { file } });
  },
  claim: async (trx, { now }, { request, personId }) => {
    const { openId, programmeId } = request;
    if (personId && !(await bindMember(trx, { openId, programmeId, personId }, now))) throw new UserError('stale');
    return only(settleClaim(trx, request, personId ? { state: 'claimed', personId } : { state: 'rejected' }));
  },
  unbind: (trx, { programme }, { personId }) => only(unbindMember(trx, { programmeId: programme.id, personId })),
  add_person: (trx, facts, change) =>
    only(changeRoster(trx, facts.programme, [change], { ...facts, actor: facts.me.id })),
  adopt: (trx, _facts, { messageId, cause, post }) => only(adoptCard(trx, messageId, cause, post?.member)),
  move_evidence: (trx, _facts, { from, to }) => only(moveEvidence(trx, from, to)),
  check_in: (trx, { programme }, { answer }) => only(saveCheckIn(trx, programme.id, answer)),
  attend: (trx, { programme }, { attendance }) => only(saveAttendance(trx, programme.id, attendance)),
  nudge: async (trx, facts, { parts }) => ({ hints: await writeNudges(trx, facts, parts) }),
  urgent: async (trx, facts, { messageId, personId }) => ({
    hints: await writeUrgent(trx, facts, messageId, personId),
  }),
  help: async (trx, { programme }, { help }) => {
    const { obligationId, personId, state } = help;
    if (obligationId && state === 'closed') await endHelpOn(trx, programme.id, personId, obligationId);
    return only(saveHelp(trx, programme.id, help));
  },
  calendar: (trx, { programme, openId, now }) => only(markEventsOf(trx, programme.id, openId, now)),
  roster_base: (trx, _facts, { base }) => only(saveRosterBase(trx, base)),
  forget_roster_bases: (trx, { programme, openId }) => only(forgetRosterBases(trx, programme.id, openId)),
  mirror: (trx, _facts, { mirror }) => only(saveMirror(trx, mirror)),
  inspection: async (trx, facts, { inspection }) => {
    await saveInspection(trx, facts.programme.id, inspection);
    return { hints: await renewFindings(trx, facts, inspection) };
  },
  audit: (trx, { programme, me, now, newId }, { entries }) =>
    only(insertAudit(trx, programme.id, { actor: me.id, now, newId }, entries)),
  upload: (trx, { now }, { upload }) => only(insertUpload(trx, upload, now)),
  chore,
};

/** Writes an outcome's changes in order, then builds its answer. Returns that card and what now waits to be sent. */
export async function applyOutcome(
  trx: Trx,
  facts: Facts,
  outcome: Outcome,
): Promise<{ card: Card | undefined; hints: Hint[] }> {
  const { member, programme } = facts;
  // A person who writes or clicks can be reached again.
  if (member.settings.unreachableSince !== undefined)
    await changeSettings(trx, member, { unreachableSince: undefined });
  const hints: Hint[] = [];
  const recorded: Recorded[] = [];
  for (const change of outcome.do ?? []) {
    const done = await (handlers[change.what] as Handler<Change['what']>)(trx, facts, change as never);
    hints.push(...(done.hints ?? []));
    recorded.push(...(done.recorded ?? []));
  }
  const card = await outcome.say?.(recorded);
  await logNames(trx, programme, facts);
  return { card, hints };
}

/** Writes the ledger and what follows from it: redraws the reminders that asked for it, and asks the other school to confirm. */
async function record(
  trx: Trx,
  asking: Facts,
  { changes, under, once, post: other }: Extract<Change, { what: 'record' }>,
): Promise<Done> {
  const facts = { ...asking, ...other };
  const { now, today, me, programme, cause } = facts;
  if (changes.length === 0 || (once && !(await takeIn(trx, [once], now)).fresh)) return {};
  const at = { now, today, byId: me.id, cause: under ?? cause };
  const written = await recordChanges(trx, programme, changes.map(unconfirmed), at);
  const { recorded, hints: redrawn } = await confirmBothSides(
    trx,
    facts,
    await takeWaiting(trx, facts, changes, written),
  );
  const credited = recorded.flatMap((r) => (r.activity.status === 'done' ? r.credited : []));
  const borneIds = credited.filter((c) => c.obligation.bearerIds.includes(me.id)).map((c) => c.obligation.id);
  for (const obligationId of new Set(borneIds))
    await saveCheckIn(trx, programme.id, { personId: me.id, obligationId, on: today, answer: 'reported' });
  const hints = [...redrawn, ...(await renewCards(trx, facts, recorded))];
  for (const asked of confirmationsWanted(facts, recorded)) hints.push(...(await notify(trx, facts, asked)));
  return { recorded, hints };
}

/** A change after a confirmation or dispute asks the school again. */
const unconfirmed = (change: LedgerChange): LedgerChange =>
  change.what === 'edited'
    ? { ...change, activity: { ...change.activity, confirmation: undefined, disputeReason: undefined } }
    : change;

async function notify(trx: Trx, facts: Facts, notification: Notification): Promise<Hint[]> {
  const { identity, kind, personId, card: made, line = 'notices' } = notification;
  const member = await memberOf(trx, facts.programme.id, personId);
  if (!member) return [];
  const card = typeof made === 'function' ? made(textsOf(localeOf(member.settings))) : made;
  return post(trx, facts, { identity, kind, line, cause: facts.cause, ...addressOf(member), ...drawn(card, member) });
}

async function chore(trx: Trx, { now, newId }: Facts, { identity, kind, body, inMs = 0 }: PlannedChore): Promise<Done> {
  return { hints: await planChore(trx, { id: newId(), identity, kind, body }, now + inMs) };
}
