import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import { formIn, type Stretch, tableOf } from './form.ts';
import { listOf, type Sides, speakersOf } from './list.ts';
import { toldInTurn } from './turns.ts';

export type { Stretch } from './form.ts';

/** The parts of a message: the sentences of a form, a table or a list, or the text as it stands. */
export function stretchesOf(plain: string, tokens: Token[], roster: NameRoster): Stretch[] {
  if (!/[\n:】]/u.test(plain)) return toldInTurn(plain, tokens) ?? [{ text: plain }];
  const cells = (plain.match(/[\p{Script=Han}]{2,6}:/gu) ?? []).length;
  const lines = plain
    .split(cells > 2 && !/。/u.test(plain) ? /[\n;|]/u : '\n')
    .map((line) => line.replace(/^[\s\-—*·•]+/u, '').trim())
    .filter((line) => line !== '');
  const form = lines.length > 2 ? formIn(lines) : undefined;
  if (form) return [form];
  const sides: Sides = { isHost: (token) => isHost(token, roster), isOwn: (token) => isOwn(token, roster) };
  return (
    tableOf(lines) ??
    speakersOf(plain, tokens, sides) ??
    listOf(plain, tokens, sides) ??
    toldInTurn(plain, tokens) ?? [{ text: plain }]
  );
}

/** A person of another school than the sender's. */
function isHost(token: Token, { knows }: NameRoster): boolean {
  const own = knows.sender?.school;
  const names = token.named?.people ?? [];
  return names.length > 0 && names.every((name) => knows.people.find((person) => person.name === name)?.school !== own);
}

function isOwn(token: Token, { knows }: NameRoster): boolean {
  const { schools = [] } = token.named ?? {};
  return schools.length > 0 && schools.every((name) => name === knows.sender?.school);
}
