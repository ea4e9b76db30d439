import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tap } from '../context.ts';
import { withheld, withheldPath } from '../lark/trace.ts';

/** While open, writes the traffic with Feishu into DATA_DIR for `doctor --trace`; one line of JSON each. */
export function createTap(dataDir: string, now: () => number): Tap {
  const file = join(dataDir, 'trace.jsonl');
  let until = 0;
  return {
    file,
    open(ms) {
      until = now() + ms;
    },
    note(exchange) {
      if (now() >= until) return;
      const path = exchange.what === 'call' ? { path: withheldPath(exchange.path) } : {};
      const line = {
        at: Temporal.Instant.fromEpochMilliseconds(now()).toString(),
        ...(withheld(exchange) as object),
        ...path,
      };
      appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    },
  };
}
