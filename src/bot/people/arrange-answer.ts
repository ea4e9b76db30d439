import { mayArrange } from '../../plan/arrangement.ts';
import { yesOrNo } from '../../reading/answers/yes-no.ts';
import { openProposals, type Proposal } from '../../store/arrangements.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { cancelled, confirmed, declined } from './arrange-decide.ts';
import { personNamed } from './names-and-dates.ts';

/** How long words can answer an arrangement's card. */
const OPEN_MS = 24 * 3_600_000;

const AGREED = /^(?:同意|批准|准了?|批了|准假)[了吧的。.!！]*$/u;
const REFUSED = /^(?:不同意|不批准?|不准|驳回|取消|不行)[了吧的。.!！]*$/u;

/**
 * 「确认」, 「同意」, 「不批」: applied to the arrangement whose card is quoted, else to the newest one, unless another card has asked
 * something since `after`. Undefined if no arrangement waits for this person.
 */
export async function arrangementAnswered(
  trx: Trx,
  facts: Facts,
  text: string,
  after: number,
): Promise<Outcome | undefined> {
  const answer = REFUSED.test(text) ? 'no' : AGREED.test(text) ? 'yes' : yesOrNo(text);
  if (answer === undefined || facts.group) return undefined;
  const [newest] = await waitingFor(trx, facts);
  if (!newest || (!facts.quotes && newest.createdAt < after)) return undefined;
  const { id, version, state, personId } = newest;
  const click = { value: { arrangement: id, v: version } };
  const isOwn = personId === facts.me.id;
  if (answer === 'no') return state === 'asked' && !isOwn ? declined(trx, facts, click) : cancelled(trx, facts, click);
  return mayArrange(facts.me, newest.arrangement, facts.programme) ? confirmed(trx, facts, click) : undefined;
}

/** Arrangements this person has proposed or may decide, newest first. */
async function waitingFor(trx: Trx, { programme, me, now, quotes }: Facts): Promise<Proposal[]> {
  const open = await openProposals(trx, programme.id, now - OPEN_MS);
  return open.filter(
    (p) => (!quotes || p.cause === quotes) && (p.personId === me.id || mayArrange(me, p.arrangement, programme)),
  );
}

/** A leave the writer has asked for and that is undecided. */
async function leaveAsked(trx: Trx, { programme, me, now }: Facts, personId: string): Promise<Proposal | undefined> {
  const open = await openProposals(trx, programme.id, now - 14 * OPEN_MS);
  return open.find(
    (p) => p.arrangement.what === 'leave' && p.arrangement.personId === personId && p.personId === me.id,
  );
}

/** 不请假了 before the leave is decided: withdraws the request. */
export async function leaveGivenUp(trx: Trx, facts: Facts, who: string | undefined): Promise<Outcome | undefined> {
  const leave = await leaveAsked(trx, facts, who === undefined ? facts.me.id : personNamed(facts, who).id);
  return leave && cancelled(trx, facts, { value: { arrangement: leave.id, v: leave.version } });
}

/** The person's own undecided leave, and the change that withdraws it when another replaces it. */
export async function leaveOpen(
  trx: Trx,
  facts: Facts,
): Promise<{ proposal: Proposal; dropped: Change[] } | undefined> {
  const proposal = await leaveAsked(trx, facts, facts.me.id);
  if (!proposal) return undefined;
  const dropped: Proposal = { ...proposal, state: 'dropped', version: proposal.version + 1 };
  return { proposal, dropped: [{ what: 'proposal', proposal: dropped }] };
}
