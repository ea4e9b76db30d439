import { type CardNode, INTERACTIVE, nodes } from './card-read.ts';
import { cardSchema } from './card-schema.ts';
import type { CardJson } from './tenant.ts';

/** Why Feishu would refuse a card: the API's `code`, and the ErrCode inside its message as `sub`. */
export interface CardFault {
  code: 230099 | 230025;
  sub?: number;
  path: string;
  msg: string;
}

const MAX_BYTES = 30 * 1024;
const MAX_NODES = 200;
const MAX_TABLES = 5;
const MAX_MARKDOWN_TABLES = 4;
const MAX_DEPTH = 5;
const CONTAINERS = new Set(['column_set', 'form', 'interactive_container', 'collapsible_panel']);
const ROOT_ONLY = new Set(['form', 'table']);
const FORM_ONLY = new Set(['multi_select_static', 'multi_select_person']);

/**
 * What is wrong with a card by the rules of Card JSON 2.0 (Feishu, "card-json-v2-structure", component pages and
 * breaking changes), the first fault first. An empty list means that Feishu accepts it.
 */
export function checkCard(card: unknown): CardFault[] {
  const bytes = Buffer.byteLength(JSON.stringify(card) ?? '');
  if (bytes > MAX_BYTES)
    return [{ code: 230025, path: '', msg: `the card has ${bytes} bytes, more than ${MAX_BYTES}` }];
  if (typeof card !== 'object' || card === null || Array.isArray(card))
    return [fault(200621, '', 'a card is an object')];
  if (Object.keys(card).length === 0) return [];
  if ((card as CardJson).schema !== '2.0')
    return [fault(200621, 'schema', 'schema must be "2.0" (the sandbox knows no 1.0 cards)')];
  return [...schemaFaults(card), ...ruleFaults(nodes(card))];
}

const fault = (sub: number, path: string, msg: string): CardFault => ({ code: 230099, sub, path, msg });

type Issue = { code?: string; path?: PropertyKey[]; message?: string; keys?: string[]; note?: string };

function schemaFaults(card: object): CardFault[] {
  const parsed = cardSchema.safeParse(card);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue: Issue) => {
    const path = (issue.path ?? []).map(String).join('.');
    if (issue.code === 'unrecognized_keys') return fault(200621, path, `unknown property ${issue.keys?.join(', ')}`);
    if (issue.code === 'invalid_union' && path.endsWith('tag')) {
      const tag = (issue.path ?? []).reduce<unknown>((at, key) => (at as CardJson)?.[key as string], card);
      return fault(200861, path, `not support tag: ${String(tag)} in schema V2`);
    }
    return fault(path.includes('chart_spec') ? 200550 : 200621, path, issue.message ?? 'invalid');
  });
}

function ruleFaults(all: CardNode[]): CardFault[] {
  const faults: CardFault[] = [];
  if (all.length > MAX_NODES)
    faults.push(fault(11310, '', `element exceeds the limit (${all.length} of ${MAX_NODES})`));

  const markdownTables = all.map(({ node }) =>
    node.tag === 'markdown' ? countMarkdownTables(String(node.content)) : 0,
  );
  const tables = all.filter(({ node }) => node.tag === 'table').length + markdownTables.reduce((a, b) => a + b, 0);
  if (tables > MAX_TABLES) faults.push(fault(11310, '', 'card table number over limit'));

  const names = new Map<string, string>();
  const ids = new Set<string>();
  for (const [i, found] of all.entries()) {
    const { node, path, around } = found;
    const tag = String(node.tag);
    const parents = around.map((parent) => String(parent.tag));
    if ((markdownTables[i] ?? 0) > MAX_MARKDOWN_TABLES)
      faults.push(fault(11310, path, 'card table number over limit (markdown)'));
    if (ROOT_ONLY.has(tag) && parents.length > 0)
      faults.push(fault(200621, path, `${tag} must be at the root of body`));
    if (FORM_ONLY.has(tag) && !parents.includes('form')) faults.push(fault(200621, path, `${tag} must be in a form`));
    if (CONTAINERS.has(tag) && parents.filter((parent) => CONTAINERS.has(parent)).length >= MAX_DEPTH)
      faults.push(fault(11310, path, `containers are nested deeper than ${MAX_DEPTH}`));
    if (tag === 'form') faults.push(...formFaults(found, all));
    if (tag === 'button' && node.form_action_type && !parents.includes('form'))
      faults.push(fault(200621, path, 'form_action_type outside a form'));
    // The platform accepts such a card and shows 200530 only on use; refused here at once, so that a test sees it.
    if (parents.includes('form') && INTERACTIVE.has(tag) && tag !== 'interactive_container' && !node.name)
      faults.push(fault(200530, path, `${tag} in a form needs a name`));
    if (typeof node.name === 'string' && (INTERACTIVE.has(tag) || tag === 'form')) {
      if (names.has(node.name)) faults.push(fault(200621, path, `name ${node.name} is used twice`));
      names.set(node.name, path);
    }
    if (typeof node.element_id === 'string') {
      if (ids.has(node.element_id)) faults.push(fault(200621, path, `element_id ${node.element_id} is used twice`));
      ids.add(node.element_id);
    }
    if (tag === 'table') faults.push(...tableFaults(found));
  }
  return faults;
}

const formFaults = ({ node, path }: CardNode, all: CardNode[]): CardFault[] =>
  all.some(({ node: n, around }) => n.tag === 'button' && n.form_action_type === 'submit' && around.includes(node))
    ? []
    : [fault(200621, path, 'a form needs a button with form_action_type submit')];

const CELLS: Record<string, (cell: unknown) => boolean> = {
  text: (cell) => typeof cell === 'string',
  lark_md: (cell) => typeof cell === 'string',
  markdown: (cell) => typeof cell === 'string',
  number: (cell) => typeof cell === 'number',
  date: (cell) => typeof cell === 'number',
  persons: (cell) => typeof cell === 'string' || Array.isArray(cell),
  options: (cell) => Array.isArray(cell) && cell.every((item) => typeof item?.text === 'string'),
};

function tableFaults({ node, path }: CardNode): CardFault[] {
  if (!Array.isArray(node.columns) || !Array.isArray(node.rows)) return [];
  const kinds = new Map(
    (node.columns as CardJson[]).map((column) => [column.name, String(column.data_type ?? 'text')]),
  );
  return (node.rows as CardJson[]).flatMap((row, i) =>
    Object.entries(row ?? {}).flatMap(([key, cell]) => {
      const kind = kinds.get(key);
      const at = `${path}.rows[${i}].${key}`;
      if (kind === undefined) return [fault(200915, at, `row key ${key} is not a column`)];
      return CELLS[kind]?.(cell) === false ? [fault(200914, at, `cell is not a ${kind}`)] : [];
    }),
  );
}

const DASHES = /^(?=.*\|) *\|? *:?-+:? *(\| *:?-+:? *)*\|? *$/;

/** Tables in Markdown syntax: a line of cells followed by a line of dashes. */
const countMarkdownTables = (content: string): number =>
  content.split('\n').filter((line, i, lines) => DASHES.test(line) && lines[i - 1]?.includes('|')).length;
