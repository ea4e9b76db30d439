import { randomBytes } from 'node:crypto';
import { notice } from '../../cards/index.ts';
import type { MessageEvent } from '../../lark/event.ts';
import { doersOf } from '../../plan/feeds.ts';
import { CHORE } from '../../plan/identities.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { insertEvidence } from '../../store/evidence.ts';
import { activitiesOfCause, latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';

/** A photo that answers nothing belongs to the sender's last record, if it is no older than this. */
const REACH_MS = 30 * 60_000;
/** As many as a Feishu album holds in one message. */
const MOST = 9;

function keysOf({ content }: MessageEvent): string[] {
  if (content.kind === 'image') return [content.imageKey];
  return content.kind === 'post' ? content.imageKeys.slice(0, MOST) : [];
}

/**
 * The photos of a message, to be fetched after commit. They belong to what the message itself recorded, else to the record it
 * replies to, else to the sender's last. Called when the message's own records have been written.
 */
export async function photosOf(trx: Trx, facts: Facts, event: MessageEvent): Promise<Outcome> {
  const keys = keysOf(event);
  if (keys.length === 0) return {};
  const record = await recordFor(trx, facts);
  const { t, programme, me, newId, openId, group } = facts;
  if (!record)
    return { say: () => notice({ title: t.photos.noRecordTitle, text: t.photos.noRecord, template: 'grey' }, t) };
  const chores: Change[] = [];
  for (const [i, imageKey] of keys.entries()) {
    const id = newId();
    const file = randomBytes(16).toString('hex');
    const row = { id, programmeId: programme.id, activityId: record.id, personId: me.id, file };
    await insertEvidence(trx, { ...row, messageId: event.messageId, sentAt: facts.said });
    const body = {
      programmeId: programme.id,
      evidence: id,
      file,
      messageId: event.messageId,
      imageKey,
      openId,
      group,
      ...(record.cause ? { cause: record.cause } : {}),
    };
    chores.push({ what: 'chore', identity: CHORE.fetchPhoto(event.messageId, i), kind: 'fetch_photo', body });
  }
  return { do: chores };
}

async function recordFor(trx: Trx, facts: Facts): Promise<StoredActivity | undefined> {
  const mine = (list: StoredActivity[]) =>
    list.findLast((a) => a.status !== 'withdrawn' && [a.reporterId, ...doersOf(a)].includes(facts.me.id));
  const own = mine(await activitiesOfCause(trx, facts.cause));
  if (own) return own;
  if (facts.quotes) {
    const meant = mine(await activitiesOfCause(trx, facts.quotes));
    if (meant) return meant;
  }
  const latest = await latestOf(trx, facts.programme.id, facts.me.id, 20);
  const last = latest.find((a) => a.status !== 'withdrawn' && a.cause !== undefined);
  if (!last || last.recordedAt < facts.said - REACH_MS) return undefined;
  return mine(latest.filter((a) => a.cause === last.cause));
}
