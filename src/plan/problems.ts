/** The problems of a file that people wrote: the place, and what was expected there. */
import type { core } from 'zod';

export interface Problem {
  file: string;
  /** As in `requirements[2].period`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** A problem inside one file, before its path is formatted. */
export type Found = { path: PropertyKey[]; message: string };

export const pathText = (path: PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${String(key)}`)).join('');

const list = (values: readonly unknown[]): string => values.map(String).join('|');

const EXPECTED: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '映射（键: 值）',
  record: '映射（键: 值）',
};

type Raw = Found | core.$ZodIssue;

/** A short message in Chinese with its English gist in brackets; our own messages already have this form. */
function messageOf(issue: Raw): string {
  if (!('code' in issue)) return issue.message;
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.message.startsWith('Invalid input: expected') && issue.message.endsWith('undefined'))
        return `缺少此项，应为${EXPECTED[issue.expected] ?? issue.expected} (required: ${issue.expected})`;
      return `应为${EXPECTED[issue.expected] ?? issue.expected} (expected ${issue.expected})`;
    }
    case 'invalid_value':
      return `应为 ${list(issue.values)} (expected one of these)`;
    case 'unrecognized_keys':
      return `不认识的项：${issue.keys.join('、')} (unknown key)`;
    case 'too_small':
      return `至少 ${issue.minimum} (at least ${issue.minimum})`;
    case 'too_big':
      return `至多 ${issue.maximum} (at most ${issue.maximum})`;
    default:
      return issue.message;
  }
}

/** A validator's issues as problems in reading order. */
export const problemsOf = (issues: readonly Raw[], file: string): Problem[] =>
  issues.map((issue) => ({ file, path: pathText([...issue.path]), message: messageOf(issue) }));

export const problemText = (p: Problem): string => `${p.file}${p.path ? `: ${p.path}` : ''}: ${p.message}`;

/** A copy with every string trimmed and in NFC, so that the same name typed twice is equal; nulls are removed. */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null) return undefined;
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value as object).flatMap(([key, v]) => (v === null || v === undefined ? [] : [[key, tidy(v)]])),
    );
  return value;
}
