import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/tenant.ts';
import { type World, words, world } from '../support/world.ts';

/*
 * Plays the demo's term day by day, to 1 March, with people who do nothing: how many cards each person gets, and how many lines each
 * shows on a phone before it is unfolded. Prints the figures; runs with `SOAK=1` (some minutes).
 */

const PEOPLE = ['陈志远', '李晓梅', '周丽华', '马文骏', '赵思敏', '杨一帆', '王建业', '刘洪涛'];
const FROM = '2026-11-20';
const DAYS = 101;

/** Full-width characters on a line of a card that is 300 px wide. */
const PER_LINE = 19;
const widthOf = (text: string): number => [...text].reduce((n, c) => n + (/[\u2e80-\uffff]/.test(c) ? 1 : 0.55), 0);
const wrapped = (text: string): number =>
  text
    .replace(/<[^>]+>|\*\*|~~/g, '')
    .replace(/&#\d+;/g, '.')
    .split('\n')
    .reduce((n, line) => n + Math.max(1, Math.ceil(widthOf(line) / PER_LINE)), 0);

type Node = Record<string, unknown> & { tag?: string };
/** The lines of an element while its folds are closed. */
function linesOf(node: Node): number {
  const inside = (key: string) => ((node[key] as Node[]) ?? []).map(linesOf);
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  if (node.tag === 'markdown') return wrapped(String(node.content));
  if (node.tag === 'column_set')
    return Math.max(
      0,
      ...((node.columns as Node[]) ?? []).map((c) => sum(((c.elements as Node[]) ?? []).map(linesOf))),
    );
  if (node.tag === 'form') return sum(inside('elements'));
  if (node.tag === 'table') return 1 + ((node.rows as unknown[]) ?? []).length;
  if (node.tag === 'chart') return 8;
  return 1;
}
function lines(message: SandboxMessage): number {
  const card = message.card as { header: { title: { content: string } }; body: { elements: Node[] } };
  return wrapped(card.header.title.content) + card.body.elements.reduce((n, e) => n + linesOf(e), 0);
}
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

if (process.env.SOAK) {
  let w: World;
  const perDay = new Map<string, number>();
  const received = new Map<string, SandboxMessage[]>();

  beforeAll(async () => {
    w = await world({ at: `${FROM}T18:00` });
    for (let day = 0; day < DAYS; day++) {
      const before = new Map(PEOPLE.map((name) => [name, w.inbox(name).length]));
      await w.advance({ days: 1 });
      await w.quiet();
      for (const name of PEOPLE) {
        const fresh = w.inbox(name).slice(before.get(name));
        received.set(name, [...(received.get(name) ?? []), ...fresh]);
        perDay.set(`${name} ${day}`, fresh.length);
      }
    }
  }, 900_000);
  afterAll(() => w.close());

  it('sends each person at most one card a day, and each expired duty once', () => {
    const rows = PEOPLE.map((name) => {
      const cards = (received.get(name) ?? []).filter((m) => m.card);
      return {
        name,
        cards: cards.length,
        'lines, median': median(cards.map(lines)),
        'lines, most': Math.max(0, ...cards.map(lines)),
      };
    });
    console.table(rows);
    const all = [...received.values()].flat().filter((m) => m.card);
    console.info(`in total ${all.length} cards, median ${median(all.map(lines))} lines`);
    if (process.env.CARDS_OUT)
      for (const [name, list] of received) for (const m of list) console.info(`--- ${name}\n${words(m)}`);
    // At most one card a day, except a coordinator's digests of several programmes.
    expect(Math.max(...perDay.values())).toBeLessThanOrEqual(1);
  });
}

it('counts the lines that a phone shows', () => {
  const closed = { tag: 'collapsible_panel', elements: [{ tag: 'markdown', content: 'a\nb' }] };
  expect(linesOf({ tag: 'markdown', content: '**家访**\n谈话' })).toBe(2);
  expect(linesOf(closed)).toBe(1);
});
