/** Calls outside the monthly quota: sign-in, address book, the bot itself. */
const FREE = new Set(['token', 'getUser', 'resolveUsers', 'botInfo']);

const WARN = 0.8;
const NO_MIRROR = 0.9;
const NO_REACTIONS = 0.95;
const NO_UPDATES = 0.96;
const NO_DUE_SOON = 0.97;

/** Counts a tenant's calls of the calendar month and says what to save on. A limit of 0 means unlimited. */
export interface Quota {
  limit: number;
  /** Notes one call; `method` is the client's function. */
  note(method: string): void;
  /** Calls of all processes in this month, as far as this one knows. */
  used(): number;
  /** Stop looking at mirrored Bases for people's changes. */
  sparesComparing(): boolean;
  /** Stop writing to mirrored Bases. */
  sparesMirror(): boolean;
  /** Stop putting emoji under messages. */
  sparesReactions(): boolean;
  /** Stop updating cards in place. */
  sparesUpdates(): boolean;
  /** Stop sending notices of what is merely due soon. Answers are always sent. */
  sparesDueSoon(): boolean;
  /** Stores this process's count and reads the others'. Call it every few seconds and at the end. */
  flush(): Promise<void>;
}

/**
 * Counts calls in memory and adds them to the store every few seconds, so that a call costs no write; a killed process
 * loses the count of its last seconds. Calls `warn` once for each month that passes 80 %.
 */
export function createQuota(options: {
  limit: number;
  /** `YYYY-MM` now. */
  month: () => string;
  add: (month: string, calls: number) => Promise<number>;
  warn: (used: number, limit: number) => void;
}): Quota {
  const { limit } = options;
  let month = options.month();
  let stored = 0;
  let pending = 0;
  let warned = '';
  const share = () => (limit > 0 ? (stored + pending) / limit : 0);
  return {
    limit,
    note(method) {
      if (!FREE.has(method)) pending += 1;
    },
    used: () => stored + pending,
    sparesComparing: () => share() >= WARN,
    sparesMirror: () => share() >= NO_MIRROR,
    sparesReactions: () => share() >= NO_REACTIONS,
    sparesUpdates: () => share() >= NO_UPDATES,
    sparesDueSoon: () => share() >= NO_DUE_SOON,
    async flush() {
      const calls = pending;
      const of = month;
      pending -= calls;
      try {
        stored = await options.add(of, calls);
      } catch (error) {
        pending += calls;
        throw error;
      }
      if (share() >= WARN && warned !== of) {
        warned = of;
        options.warn(stored, limit);
      }
      if (options.month() === of) return;
      month = options.month();
      stored = await options.add(month, 0);
    },
  };
}
