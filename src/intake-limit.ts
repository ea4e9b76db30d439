/** Too much is under way: nothing was begun, and the platform should deliver it again. */
export class Busy extends Error {}

/** Incoming events that are not finished. One for each process, however events arrive. */
export interface IntakeLimit {
  /** Runs `work`, or throws Busy if the store falls behind. */
  pass<T>(type: string, work: () => Promise<T>): Promise<T>;
  /** Work that continues after its event was answered: `settled` waits for it too. */
  follow(work: Promise<unknown>): void;
  /** Whether the next event would pass. */
  open(): boolean;
  /** Refuses everything while `shut`, however little is under way: what cannot be stored must not be begun. */
  hold(shut: boolean): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** More than the store handles at once: above this, events wait for each other. */
const QUEUED_FROM = 10;
/** An event that waits this long will hardly be answered within the platform's three seconds, nor will those behind it. */
const PATIENCE_MS = 2_000;
/** The pace is averaged over about this many events. */
const RECENT = 20;
/** The most that one process holds, whatever the pace; a message takes some kilobytes. */
const MOST = 500;

/**
 * Accepts events as long as they can be answered in time. An immediate refusal is better than a timeout: the platform repeats either, but
 * a timeout holds memory and its turn at the store meanwhile. `monotonic` is a clock in milliseconds; `done` gets each outcome.
 */
export function createIntakeLimit(
  monotonic: () => number,
  done: (type: string, outcome: 'done' | 'failed' | 'refused', seconds: number) => void = () => {},
): IntakeLimit {
  const running = new Map<Promise<unknown>, number>();
  // The delay, in ms, that one more event causes to those behind it: from the duration of recent ones and how many were in line with them.
  let each = 0;
  let held = false;
  const track = (work: Promise<unknown>) => {
    const over: Promise<unknown> = Promise.allSettled([work]).then(() => running.delete(over));
    running.set(over, monotonic());
  };
  const open = () => {
    if (held) return false;
    if (running.size < QUEUED_FROM) return true;
    // A map keeps the order of insertion: the first is the oldest.
    const [oldest] = running.values();
    if (running.size >= MOST || monotonic() - oldest! >= PATIENCE_MS) return false;
    return (running.size + 1) * each < PATIENCE_MS;
  };
  return {
    open,
    hold(shut) {
      held = shut;
    },
    follow: track,
    async pass(type, work) {
      if (!open()) {
        done(type, 'refused', 0);
        throw new Busy('busy');
      }
      const begun = monotonic();
      const inLine = running.size + 1;
      const result = work();
      track(result);
      const finish = (outcome: 'done' | 'failed') => {
        const took = monotonic() - begun;
        each += (took / inLine - each) / RECENT;
        done(type, outcome, took / 1_000);
      };
      result.then(
        () => finish('done'),
        () => finish('failed'),
      );
      return result;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running.keys());
    },
  };
}
