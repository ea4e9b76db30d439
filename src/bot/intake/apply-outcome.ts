import { type Card, cardText, textsOf } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';

import { insertAudit, logNames } from '../../store/audit.ts';
import { changeRoster } from '../../store/change-roster.ts';
import { saveAttendance, saveCheckIn } from '../../store/check-ins.ts';
import { planChore } from '../../store/chores.ts';
import { settleClaim } from '../../store/claims.ts';
import { closeDraft, insertDraft, updateDraft } from '../../store/drafts.ts';
import { changeEvidence } from '../../store/evidence.ts';
import { saveHelp } from '../../store/help.ts';
import { takeIn } from '../../store/inbox.ts';
import { bindMember, changeSettings, memberOf } from '../../store/members.ts';
import { adoptCard, type Hint, planNotice } from '../../store/notices.ts';
import { type LedgerChange, type Recorded, recordChanges } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { renewCards, writeNudges, writeUrgent } from '../reminders/reminders.ts';
import { confirmationsWanted } from '../report/confirm.ts';
import type { Facts } from './facts.ts';
import { localeOf } from './language.ts';
import type { Outcome } from './outcome.ts';
import { redraw } from './redraw.ts';

/**
 * Writes what an outcome asks for, plans the redrawing of cards that show what changed, and lets it say what it has to say.
 * Returns that card, and what now waits to be sent.
 */
export async function carryOut(
  trx: Trx,
  facts: Facts,
  outcome: Outcome,
): Promise<{ card: Card | undefined; hints: Hint[] }> {
  const { now, today, me, programme, cause } = facts;
  const first = !outcome.once || (await takeIn(trx, [outcome.once], now)).fresh;
  const at = { now, today, byId: me.id, cause: outcome.recordUnder ?? cause };
  const changes = first ? (outcome.changes ?? []).map(unconfirmed) : [];
  const recorded = changes.length > 0 ? await recordChanges(trx, programme, changes, at) : [];
  if (first && outcome.roster?.length) await changeRoster(trx, programme, outcome.roster, { ...facts, actor: me.id });
  for (const draft of outcome.openDrafts ?? []) await insertDraft(trx, draft);
  for (const draft of outcome.changeDrafts ?? []) await updateDraft(trx, draft);
  for (const { draft, state } of outcome.closeDrafts ?? []) await closeDraft(trx, draft, state);
  const hints: Hint[] = [];
  const told = first ? [...(outcome.notify ?? []), ...confirmationsWanted(facts, recorded)] : [];
  if (outcome.audit) await insertAudit(trx, programme.id, { actor: me.id, now, newId: facts.newId }, outcome.audit);
  if (outcome.help) await saveHelp(trx, programme.id, outcome.help);
  if (outcome.settings) await changeSettings(trx, facts.member, outcome.settings);
  if (outcome.adopt) await adoptCard(trx, outcome.adopt.messageId, outcome.adopt.cause);
  if (outcome.claim) await claimed(trx, now, outcome.claim);
  hints.push(...(await answered(trx, facts, outcome, recorded)));
  for (const photo of outcome.deletePhotos ?? []) {
    await changeEvidence(trx, photo, { state: 'deleted' });
    hints.push(
      ...(await chore({ identity: `remove:${photo.file}`, kind: 'remove_photo', body: { file: photo.file } })),
    );
  }
  for (const one of outcome.chores ?? []) hints.push(...(await chore(one)));
  for (const { identity, kind, personId, card: drawn, line = 'notices' } of told) {
    const member = await memberOf(trx, programme.id, personId);
    if (!member) continue;
    const id = facts.newId();
    const card = typeof drawn === 'function' ? drawn(textsOf(localeOf(member.settings))) : drawn;
    const outgoing = { op: 'send' as const, openId: member.openId, card, text: cardText(card) };
    const who = { recipient: member.openId, programmeId: programme.id, personId };
    if (await planNotice(trx, { id, identity, kind, line, ...who, cause, dueAt: now, outgoing }))
      hints.push({ id, line, attempt: 0 });
  }
  for (const cause of outcome.redraw ?? []) hints.push(...(await redraw(trx, facts, cause)));
  const card = await outcome.say?.(recorded);
  await logNames(trx, programme, facts);
  return { card, hints };

  function chore(one: { identity: string; kind: string; body: object }): Promise<Hint[]> {
    return planChore(trx, { id: facts.newId(), ...one }, now);
  }
}

/** What somebody has said or done about duties, and what that changes on reminders already sent. */
async function answered(trx: Trx, facts: Facts, outcome: Outcome, recorded: Recorded[]): Promise<Hint[]> {
  const { programme, me, member, today } = facts;
  // Whoever writes or presses can be reached again.
  if (member.settings.unreachableSince !== undefined)
    await changeSettings(trx, member, { unreachableSince: undefined });
  const credited = recorded.flatMap((r) => (r.activity.status === 'done' ? r.credited : []));
  const done = new Set(
    credited
      .map((c) => c.obligation)
      .filter((o) => o.bearerIds.includes(me.id))
      .map((o) => o.id),
  );
  for (const obligationId of done)
    await saveCheckIn(trx, programme.id, { personId: me.id, obligationId, on: today, answer: 'reported' });
  for (const said of outcome.checkIns ?? []) await saveCheckIn(trx, programme.id, said);
  if (outcome.attendance) await saveAttendance(trx, programme.id, outcome.attendance);
  return [
    ...(await renewCards(trx, facts, recorded)),
    ...(await writeNudges(trx, facts, outcome.nudges ?? [])),
    ...(outcome.urgent ? await writeUrgent(trx, facts, outcome.urgent.messageId, outcome.urgent.personId) : []),
  ];
}

/** What is changed after it was confirmed or disputed is asked about anew. */
const unconfirmed = (change: LedgerChange): LedgerChange =>
  change.what === 'edited'
    ? { ...change, activity: { ...change.activity, confirmation: undefined, disputeReason: undefined } }
    : change;

async function claimed(trx: Trx, now: number, { request, personId }: NonNullable<Outcome['claim']>): Promise<void> {
  const { openId, programmeId } = request;
  if (personId && !(await bindMember(trx, { openId, programmeId, personId }, now))) throw new UserError('stale');
  await settleClaim(trx, request, personId ? { state: 'claimed', personId } : { state: 'rejected' });
}
