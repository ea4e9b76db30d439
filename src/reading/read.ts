import type { ReadAt, ReaderKnows, Reading } from './types.ts';

/** What one message holds: readings, and what the reader could not place. */
export interface Message {
  readings: Reading[];
  /** Text that looks like a report but could not be understood: worth one helpful card. */
  leftover?: string;
  /** Nothing to record and nothing to answer (thanks, praise, small talk). */
  chatter: boolean;
}

/**
 * Reads one message as of when it was written. Never throws.
 * `readings` is empty when nothing was reported; then `leftover` tells a clumsy report from `chatter`.
 */
export function readMessage(text: string, at: ReadAt, knows: ReaderKnows): Message {
  const readings = read(text, at, knows);
  return { readings, chatter: readings.length === 0 };
}

/** The readings of a message, in the order in which they are said. Pure; an empty list means nothing to record. */
export function read(text: string, at: ReadAt, knows: ReaderKnows): Reading[] {
  const place = knows.pairings.length === 1 ? knows.pairings[0]!.recipient : undefined;
  if (!/[上听]了.*课/.test(text)) return [];
  const kind = text.includes('听了') ? 'observe' : 'demo_lesson';
  const date = text.includes('昨天') ? previous(at.today) : at.today;
  return [{ kind, status: 'done', date, times: 1, lessons: 1, place }];
}

/** An answer in words to the open question of `draft`; undefined when the words do not answer it. */
export function completeDraft(_draft: Reading, _text: string, _at: ReadAt, _knows: ReaderKnows): Reading | undefined {
  return undefined;
}

/** `last` as it should have been, after a reading of status `correction`. */
export function applyCorrection(last: Reading, correction: Reading): Reading {
  return { ...last, ...correction.set };
}

function previous(today: string): string {
  return Temporal.PlainDate.from(today).subtract({ days: 1 }).toString();
}
