import type { SandboxState } from './state.ts';

/** Notes one call under `key`; if more than `max` fell into the last `windowMs`, refuses it unnoted and returns the wait. */
function overLimit(state: SandboxState, key: string, max: number, windowMs: number): number | undefined {
  const at = state.monotonic();
  const marks = (state.marks.get(key) ?? []).filter((mark) => mark > at - windowMs);
  if (marks.length >= max) {
    state.marks.set(key, marks);
    return Math.max(1, Math.ceil(((marks[0] ?? at) + windowMs - at) / 1000));
  }
  marks.push(at);
  state.marks.set(key, marks);
  return undefined;
}

/**
 * Feishu's limit per API and tenant: 50 a second and 1,000 a minute.
 * @returns the answer's headers if the call exceeds it, else undefined
 */
export function overApiLimit(state: SandboxState, route: string): Record<string, string> | undefined {
  if (!state.limits) return undefined;
  const { perSecond, perMinute } = state.limits;
  for (const [max, windowMs] of [
    [perSecond, 1000],
    [perMinute, 60_000],
  ] as const) {
    const reset = overLimit(state, `${route} ${windowMs}`, max, windowMs);
    if (reset) return { 'x-ogw-ratelimit-limit': String(max), 'x-ogw-ratelimit-reset': String(reset) };
  }
  return undefined;
}

/** Five messages a second to one person or group, five updates a second of one card: 230020 beyond that. */
export const overReceiverLimit = (state: SandboxState, chatId: string): boolean =>
  state.limits !== false && overLimit(state, `to ${chatId}`, state.limits.perReceiver, 1000) !== undefined;

export const overMessageLimit = (state: SandboxState, messageId: string): boolean =>
  state.limits !== false && overLimit(state, `of ${messageId}`, state.limits.perMessage, 1000) !== undefined;
