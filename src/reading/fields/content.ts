import { type ContentField, contentIn } from '../judge/content.ts';
import { type Stretch, sentenceEnd } from '../judge/features.ts';
import type { Weighed } from '../judge/sure.ts';
import type { Table } from '../judge/weights.ts';
import type { Script } from '../structure/pieces.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import type { Reading } from '../types.ts';

/** The field for free text: the reason of a failure, the note of a talk or visit, otherwise the topic. */
export const contentField = ({ kind, status }: Partial<Reading>): ContentField =>
  status === 'not_done' ? 'reason' : PUPIL_KINDS.has(kind!) ? 'note' : 'topic';

const TOLD: ReadonlySet<string> = new Set(['done', 'planned', 'needs_detail', 'not_done']);

/** 听了罗老师一节语文，讲的是《背影》, 路塌了没去成: adds to each reading what the message says about it in free text. */
export function withContent(made: Weighed[], script: Script, table: Table): Weighed[] {
  return made.map((one) => {
    const { reading, activity } = one;
    const field = contentField(reading);
    if (!activity || !TOLD.has(reading.status) || reading.kind === 'same_as_last' || reading[field]) return one;
    const title = field === 'topic' ? titleIn(script, activity.span) : undefined;
    const place = title ? undefined : contentIn(script, windowOf(script, activity.span), field, reading.kind, table);
    const said =
      title || (place && script.text.slice(...(field === 'topic' ? place : wholeClause(script, place, field))));
    return said ? { ...one, reading: { ...reading, [field]: tidy(said) } } : one;
  });
}

const LONGEST_CLAUSE = 24;
/** A reason this short says little: 医院. */
const BARE = 2;
const FAILS = /[没未不]|取消|改[到期天]/u;

/**
 * 谈话，了解了他的困难: a note extends to its whole clause (reading.md, 20), unless that clause also names the activity; so does a reason of
 * two characters (没去成，我还在医院), unless the clause also says that something failed (路塌了没去成).
 */
function wholeClause({ text, tokens }: Script, [from, to]: [number, number], field: ContentField): [number, number] {
  const start = text.slice(0, from).search(/[^,。;:!?\n]*$/u);
  const end = to + text.slice(to).search(/[,。;:!?\n]|$/u);
  const names = tokens.some((token) => start <= token.start && token.start < end && token.kind !== undefined);
  const fails = field === 'reason' && (to - from > BARE || FAILS.test(text.slice(start, end)));
  return names || fails || end - start > LONGEST_CLAUSE ? [from, to] : [start, end];
}

/** Where its free text may stand: from the words before it that belong to no other activity to the end of its sentence. */
function windowOf(script: Script, span: Stretch): [number, number] {
  const { pieces } = script;
  return [pieces[span.lead]!.start, pieces[sentenceEnd(script, span) - 1]!.end];
}

/** 《背影》: a title is the topic. */
function titleIn({ pieces, tokens }: Script, { from, to }: Stretch): string | undefined {
  const own = tokens.slice(pieces[from]!.first, pieces[to - 1]!.last);
  return own.find(({ type }) => type === 'title' || type === 'quote')?.value;
}

const tidy = (said: string): string =>
  said
    .trim()
    .replace(/[,;]\s*/gu, '，')
    .replace(/^《([^《》]*)》$/u, '$1')
    .replace(/\([^()]*$/u, '$&)');
