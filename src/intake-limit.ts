/** Too much is under way: nothing was begun, and the platform is to bring it again. */
export class Busy extends Error {}

/** What comes in and is not done yet. One for each process, whichever way events come in. */
export interface IntakeLimit {
  /** Runs `work`, or throws Busy where the store falls behind. */
  pass<T>(type: string, work: () => Promise<T>): Promise<T>;
  /** Work that goes on after its event was answered: `settled` waits for it too. */
  follow(work: Promise<unknown>): void;
  /** Whether the next event would pass. */
  open(): boolean;
  /** Lets nothing in while `shut`, however little is under way: what cannot be kept must not be begun. */
  hold(shut: boolean): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** More than the store handles at once: from here on events wait for each other. */
const QUEUED_FROM = 10;
/** Who waits this long will hardly be answered within the platform's three seconds, nor will those behind. */
const PATIENCE_MS = 2_000;
/** Over about as many events the pace is averaged. */
const RECENT = 20;
/** What one process holds at most, whatever the pace; a message is some kilobytes. */
const MOST = 500;

/**
 * Lets events in as long as they can be answered in time. A refusal at once is worth more than a timeout: the platform
 * repeats either, but meanwhile a timeout still holds memory and its turn at the store. `monotonic` is a clock in
 * milliseconds; `done` is told how each one went.
 */
export function createIntakeLimit(
  monotonic: () => number,
  done: (type: string, outcome: 'done' | 'failed' | 'refused', seconds: number) => void = () => {},
): IntakeLimit {
  const running = new Map<Promise<unknown>, number>();
  // What one more in line costs those behind it, ms: by how long recent ones took, and how many were in line with them.
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
      const tell = (outcome: 'done' | 'failed') => {
        const took = monotonic() - begun;
        each += (took / inLine - each) / RECENT;
        done(type, outcome, took / 1_000);
      };
      result.then(
        () => tell('done'),
        () => tell('failed'),
      );
      return result;
    },
    async settled() {
      while (running.size > 0) await Promise.all(running.keys());
    },
  };
}
