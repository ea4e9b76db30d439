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
  const forms = formsIn(lines);
  if (forms) return forms;
  const sides: Sides = { isHost: (token) => isHost(token, roster), isOwn: (token) => isOwn(token, roster) };
  return (
    tableOf(lines) ??
    speakersOf(plain, tokens, sides) ??
    listOf(plain, tokens, sides) ??
    toldInTurn(plain, tokens) ?? [{ text: plain }]
  );
}

/** One form, or several with the same heading one below the other. */
function formsIn(lines: string[]): Stretch[] | undefined {
  const starts = lines.flatMap((line, k) => (line === lines[0] ? [k] : []));
  const blocks = starts.map((start, k) => lines.slice(start, starts[k + 1]));
  const forms = blocks.flatMap((block) => (block.length > 2 ? (formIn(block) ?? []) : []));
  return forms.length > 0 && forms.length === blocks.length ? forms : undefined;
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
