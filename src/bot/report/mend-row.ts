import { UserError } from '../../errors.ts';
import { readMessage } from '../../reading/read.ts';
import { hanNumber } from '../../reading/tokens/numerals.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Draft } from '../../store/drafts.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard, recordsCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { permitYear } from '../intake/permit.ts';
import { readerKnows } from '../intake/reader-knows.ts';
import { correctRecord } from './correct.ts';
import { corrected } from './mend-open.ts';
import { attempt } from './not-held.ts';
import { shownLines } from './shown-lines.ts';
import { discardDrafts, waitingCard } from './to-confirm.ts';
import { withdrawn } from './withdraw.ts';

/** What a message says about one line of a card. */
export interface RowMeant {
  n: number;
  what: 'drop' | 'failed' | 'change';
  rest: string;
}

const DROP = '删掉|删除|删了|删|去掉|撤回|撤销|取消|不要|不算|作废|划掉';
const ROW = new RegExp(
  `^(?:请|麻烦|帮我|把|将)*(?<drop>${DROP})?(?:掉)?第(?<n>[一二两三四五六七八]|\\d)[条项个](?:记录)?[，,：:]?(?<rest>.*)$`,
  'u',
);
const END = '[吧了掉的。.!！]*$';
const DROPPED = new RegExp(`^(?:就|先|也)?(?:${DROP}|多了|重复)${END}`, 'u');
const FAILED = new RegExp(`^(?:其实)?(?:没有?(?:做成|去成|谈成|上成|成|做)|不是|没有这回事)${END}`, 'u');

/** 第2条删掉, 删掉第二条, 第1条没做成, 第三条改成电访; undefined if it names no line. */
export function rowMeant(text: string): RowMeant | undefined {
  const groups = ROW.exec(text.replace(/\s/g, ''))?.groups;
  if (!groups) return undefined;
  const { drop, n = '', rest = '' } = groups;
  const row = { n: Number(n) || (hanNumber(n) ?? 0), rest };
  if ((drop && /^[吧了掉。.!！]*$/u.test(rest)) || DROPPED.test(rest)) return { ...row, what: 'drop' };
  if (FAILED.test(rest)) return { ...row, what: 'failed' };
  return drop ? undefined : { ...row, what: 'change' };
}

/** 「第2条…」: withdraws or corrects that line of the card shown last. Undefined if the message names no line. */
export async function mendRow(trx: Trx, facts: Facts, text: string): Promise<Outcome | undefined> {
  const row = rowMeant(text);
  if (!row) return undefined;
  const lines = await shownLines(trx, facts);
  const correction = row.what === 'change' ? correctionIn(facts, row.rest) : undefined;
  if (row.what === 'change' && !correction) return undefined;
  const above = lines.drafts.length > 0 ? lines.records : await rowsOf(trx, lines.records);
  const draft = lines.drafts[row.n - 1 - above.length];
  if (draft) return mendDraft(trx, facts, lines.drafts, draft, row.what === 'change' ? correction : undefined);
  const record = above[row.n - 1];
  if (!record || record.reporterId !== facts.me.id) throw new UserError('gone');
  permitYear(facts, record);
  if (record.status === 'withdrawn') return { say: () => recordsCard(trx, facts, [record]) };
  if (correction) return correctRecord(facts, correction, record);
  const change = row.what === 'drop' ? withdrawn(record) : attempt(record, text);
  return { do: rewrite(change), say: (recorded) => recordedCard(facts, recorded) };
}

/** Everything the message of the records shown last has recorded; withdrawn ones keep their number. */
async function rowsOf(trx: Trx, [last, ...rest]: StoredActivity[]): Promise<StoredActivity[]> {
  if (!last?.cause) return [...(last ? [last] : []), ...rest];
  return (await activitiesOfCause(trx, last.cause)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Corrects a line that waits, or drops it. */
function mendDraft(trx: Trx, facts: Facts, drafts: Draft[], draft: Draft, correction: Reading | undefined): Outcome {
  if (!correction) {
    const others = drafts.filter((d) => d !== draft);
    const dropped = discardDrafts(trx, facts, [draft]);
    return others.length === 0 ? dropped : { ...dropped, say: () => waitingCard(trx, facts, others) };
  }
  const mended = { ...draft, reading: corrected(draft, correction.set ?? {}, correction.replace_pupil) };
  const all = drafts.map((d) => (d === draft ? mended : d));
  return { do: [{ what: 'change_draft', draft: mended }], say: () => waitingCard(trx, facts, all) };
}

/** What the words after 「第2条」 correct; 「是前天」 alone says less than 「不对，是前天」. */
function correctionIn(facts: Facts, rest: string): Reading | undefined {
  const bare = rest.replace(/^(?:不对|错了|有误|写错了|记错了)?[，,。]?/u, '');
  const read = (words: string) =>
    readMessage(words, facts.at, readerKnows(facts)).readings.find((r) => r.status === 'correction');
  return read(bare) ?? read(`不对，${bare}`);
}
