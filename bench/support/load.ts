import { Agent, request } from 'node:http';
import type { Push } from './feishu.ts';

/** The result of a run: pushes a second, and how long single ones took, ms. */
export interface Went {
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers that were not 200. */
  refused: number;
}

export function summed(took: number[], ms: number, refused = 0): Went {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { perSecond: Math.round((took.length * 1_000) / ms), p50: at(0.5), p99: at(0.99), refused };
}

/** Posts a push; resolves with the status once the whole answer has arrived. */
function post(url: string, agent: Agent, { body, headers }: Push): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/webhook`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode!));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Posts as fast as pushes are answered, `concurrency` at a time, to each address in turn. */
export async function asFastAs(
  urls: string[],
  pushes: (Push & { sentAt?: number })[],
  concurrency = 16,
): Promise<Went> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const took: number[] = [];
  let next = 0;
  let refused = 0;
  const one = async () => {
    while (next < pushes.length) {
      const n = next++;
      const begun = performance.now();
      pushes[n]!.sentAt = begun;
      if ((await post(urls[n % urls.length]!, agent, pushes[n]!)) !== 200) refused++;
      took.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, one));
  const ms = performance.now() - begun;
  agent.destroy();
  return summed(took, ms, refused);
}

/** Posts at a fixed pace, whether or not pushes are answered: what people experience when `perSecond` of them write. */
export async function atPace(urls: string[], pushes: Push[], perSecond: number): Promise<Went> {
  const agent = new Agent({ keepAlive: true });
  const took: number[] = [];
  let refused = 0;
  const begun = performance.now();
  const all = pushes.map(async (push, n) => {
    const due = begun + (n * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    if ((await post(urls[n % urls.length]!, agent, push)) !== 200) refused++;
    // Measured from when it was due, so that a slow sender does not make the program look fast.
    took.push(performance.now() - due);
  });
  await Promise.all(all);
  const ms = performance.now() - begun;
  agent.destroy();
  return summed(took, ms, refused);
}
