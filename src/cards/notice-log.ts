import type { Texts } from './texts/zh-CN.ts';

/** A notice in words: its subject, its outcome and the reason. For the coordinators' list and the operator. */
export function noticeWords(
  n: { kind: string; parts: string[]; state: string; reason?: string },
  t: Texts,
): { kind: string; state: string } {
  const r = t.reminders;
  const named = (names: Record<string, string>, key: string): string => (Object.hasOwn(names, key) ? names[key]! : key);
  const kind = n.parts.length > 0 ? n.parts.map((k) => named(r.parts, k)).join(t.comma) : named(r.kinds, n.kind);
  const state = named(r.noticeStates, n.state);
  return { kind, state: n.reason ? `${state} (${named(r.reasons, n.reason)})` : state };
}
