import type { Token } from '../tokens.ts';
import { formOf, type Stretch, tableOf } from './form.ts';
import { listOf } from './list.ts';

export type { Stretch } from './form.ts';

/** What a message is made of: the sentences of a form, a table or a list, or the text as it stands. */
export function stretchesOf(plain: string, tokens: Token[]): Stretch[] {
  if (!/[\n:]/u.test(plain)) return [{ text: plain }];
  const lines = plain
    .split('\n')
    .map((line) => line.replace(/^[\s\-—*·•]+/u, '').trim())
    .filter((line) => line !== '');
  const form = lines.length > 2 ? formOf(lines) : undefined;
  if (form) return [form];
  return tableOf(lines) ?? listOf(plain, tokens) ?? [{ text: plain }];
}
