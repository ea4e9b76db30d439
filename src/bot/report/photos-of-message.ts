import { randomBytes } from 'node:crypto';
import { refused } from '../../cards/index.ts';
import { documentLinks } from '../../lark/document-link.ts';
import type { MessageEvent } from '../../lark/event.ts';
import type { MessageContent } from '../../lark/message.ts';
import { doersOf } from '../../plan/feeds.ts';
import { CHORE } from '../../plan/identities.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { openDraftsOf } from '../../store/drafts.ts';
import { insertEvidence } from '../../store/evidence.ts';
import { activitiesOfCause, latestOf } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import { fileUse } from '../files/file-use.ts';
import type { Change } from '../intake/change.ts';
import type { ChoreBodies } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { REACH_MS } from './waiting-evidence.ts';

/** The most pictures a Feishu album holds. */
const MOST = 9;

type Item = Pick<ChoreBodies['fetch_photo'], 'type' | 'key'>;

/** The photos, files and links to Feishu documents of a message. */
export function evidenceIn(content: MessageContent): Item[] {
  const images = content.kind === 'image' ? [content.imageKey] : content.kind === 'post' ? content.imageKeys : [];
  const links = content.kind === 'text' || content.kind === 'post' ? documentLinks(content.text) : [];
  return [
    ...images.slice(0, MOST).map((key): Item => ({ type: 'image', key })),
    ...(content.kind === 'file' ? [{ type: 'file', key: content.fileKey } as const] : []),
    ...links.slice(0, MOST).map((key): Item => ({ type: 'link', key })),
  ];
}

/**
 * The evidence in a message, fetched after commit. It belongs to the records of the same message, else to the record it replies
 * to, else to the sender's last one; else it waits. Called after the message's own records are written.
 */
export async function photosOf(trx: Trx, facts: Facts, { content, messageId }: MessageEvent): Promise<Outcome> {
  const items = evidenceIn(content);
  if (items.length === 0) return {};
  if (content.kind === 'file' && (await fileUse(trx, facts, content)) !== 'evidence') return {};
  const place = await placeFor(trx, facts);
  const { t, programme, me, newId, openId, group } = facts;
  if (place === 'not_yours') return { say: () => refused({ reason: 'not_yours' }, t) };
  const chores: Change[] = [];
  for (const [i, item] of items.entries()) {
    const id = newId();
    const file = randomBytes(16).toString('hex');
    const row = { id, programmeId: programme.id, personId: me.id, file, messageId, sentAt: facts.said };
    await insertEvidence(trx, { ...row, ...(place === 'waits' ? {} : { activityId: place.id }) });
    const body = { programmeId: programme.id, evidence: id, file, messageId, ...item, openId, group };
    chores.push({ what: 'chore', identity: CHORE.fetchPhoto(messageId, i), kind: 'fetch_photo', body });
  }
  if (place === 'waits') {
    const body = { messageId, openId };
    const identity = CHORE.dropEvidence(messageId);
    chores.push({ what: 'chore', identity, kind: 'drop_evidence', body, inMs: REACH_MS });
  }
  return { do: chores };
}

/** The record that evidence belongs to. It waits if there is none yet, or while a question about the next one is open. */
async function placeFor(trx: Trx, facts: Facts): Promise<StoredActivity | 'waits' | 'not_yours'> {
  const { programme, me, quotes, said, now } = facts;
  const ownRecord = ownOf(await activitiesOfCause(trx, facts.cause), me.id);
  if (ownRecord) return ownRecord;
  const quoted = quotes ? await activitiesOfCause(trx, quotes) : [];
  if (quoted.length > 0) return ownOf(quoted, me.id) ?? 'not_yours';
  const last = await lastRecord(trx, facts, said);
  if (!last) return 'waits';
  const openDraft = (await openDraftsOf(trx, programme.id, me.id, now - REACH_MS)).at(-1);
  return openDraft && openDraft.createdAt > last.recordedAt ? 'waits' : last;
}

/** The sender's last record in the half hour before the evidence, or since. */
export async function lastRecord(
  trx: Trx,
  { programme, me }: Facts,
  sentAt: number,
): Promise<StoredActivity | undefined> {
  const latest = await latestOf(trx, programme.id, me.id, 20);
  const last = latest.find((a) => a.status !== 'withdrawn' && a.cause !== undefined);
  if (!last || last.recordedAt < sentAt - REACH_MS) return undefined;
  const together = latest.filter((a) => a.cause === last.cause);
  return ownOf(together, me.id);
}

const ownOf = (list: StoredActivity[], personId: string) =>
  list.findLast((a) => a.status !== 'withdrawn' && [a.reporterId, ...doersOf(a)].includes(personId));
