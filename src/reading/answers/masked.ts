import { nameAt } from '../tokens/name-index.ts';
import type { NameRoster } from '../tokens/roster.ts';
import { tokenise } from '../tokens/tokens.ts';

/** Every name of a programme, independent of the sender. */
export interface AllNames {
  people: ReadonlySet<string>;
  pupils: ReadonlySet<string>;
  schools: ReadonlySet<string>;
}

/** A text with placeholders for names, and the names behind them. */
export interface Masked {
  text: string;
  unmasked: (said: string) => string;
}

const LONGEST = 30;
/** Mobile numbers and numbers of identity cards. */
const LONG_NUMBER = /\d{7,}/gu;

/** Replaces the names of persons, pupils and schools by placeholders, the same for the same name, and removes long numbers. */
export function masked(text: string, roster: NameRoster, all: AllNames): Masked {
  const unknown = new Map(
    tokenise(text, roster).flatMap(({ type, start, end }) => (type === 'name' ? [[start, end] as const] : [])),
  );
  const placeholders = new Map<string, string>();
  const counts = new Map<string, number>();
  const placeholderOf = (name: string, sort: string) => {
    const known = placeholders.get(name);
    if (known) return known;
    const n = (counts.get(sort) ?? 0) + 1;
    counts.set(sort, n);
    placeholders.set(name, `〔${sort}${n}〕`);
    return placeholders.get(name)!;
  };
  let out = '';
  for (let at = 0; at < text.length; ) {
    const known = nameAt(text, at, roster, () => true);
    const end = Math.max(known?.end ?? 0, unknown.get(at) ?? 0, endOfAny(text, at, all));
    const name = text.slice(at, end);
    if (end > at) out += placeholderOf(name, sortOf(name, known?.named, all));
    else out += text[at];
    at = Math.max(end, at + 1);
  }
  return {
    text: out.replace(LONG_NUMBER, '〔号码〕'),
    unmasked: (said) => [...placeholders].reduce((now, [name, placeholder]) => now.replaceAll(placeholder, name), said),
  };
}

function endOfAny(text: string, at: number, { people, pupils, schools }: AllNames): number {
  for (let end = Math.min(text.length, at + LONGEST); end > at + 1; end -= 1) {
    const name = text.slice(at, end);
    if (people.has(name) || pupils.has(name) || schools.has(name)) return end;
  }
  return 0;
}

function sortOf(name: string, named: { pupils: string[]; schools: string[] } | undefined, all: AllNames): string {
  if (all.pupils.has(name) || (named && named.pupils.length > 0)) return '学生';
  return all.schools.has(name) || (named && named.schools.length > 0) ? '学校' : '老师';
}
