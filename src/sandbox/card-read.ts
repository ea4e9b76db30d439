import type { CardJson } from './tenant.ts';

/** A tagged node of a card, with what surrounds it (outermost first). */
export interface CardNode {
  node: CardJson;
  path: string;
  around: CardJson[];
}

/** Every node with a `tag`, depth first in document order; chart specs are data and are skipped. */
export function nodes(card: unknown, path = '', around: CardJson[] = []): CardNode[] {
  if (Array.isArray(card)) return card.flatMap((item, i) => nodes(item, `${path}[${i}]`, around));
  if (typeof card !== 'object' || card === null) return [];
  const node = card as CardJson;
  const tagged = typeof node.tag === 'string';
  const inside = tagged ? [...around, node] : around;
  const self: CardNode[] = tagged ? [{ node, path, around }] : [];
  const skip = node.tag === 'chart' ? 'chart_spec' : node.tag === 'table' ? 'rows' : 'behaviors';
  return self.concat(
    Object.entries(node).flatMap(([key, value]) =>
      key === skip ? [] : nodes(value, path ? `${path}.${key}` : key, inside),
    ),
  );
}

/** Tags that a person can operate. */
export const INTERACTIVE = new Set([
  'button',
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'overflow',
  'checker',
  'interactive_container',
]);

/** The value that a callback behaviour of the node carries. */
export function callbackValue(node: CardJson): Record<string, unknown> | undefined {
  const list = Array.isArray(node.behaviors) ? (node.behaviors as CardJson[]) : [];
  return list.find((behaviour) => behaviour.type === 'callback')?.value as Record<string, unknown> | undefined;
}

/** All text that the node shows, to find a button by its label. */
export const shownText = (node: CardJson): string =>
  nodes(node)
    .map(({ node: inner }) => inner.content)
    .filter((content): content is string => typeof content === 'string')
    .join('\n');
