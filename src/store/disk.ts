import { close, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const synced = promisify(fdatasync);

/** The disk under an embedded store. */
export interface Disk {
  /** Resolves when everything that is in the log now is on disk. */
  reached(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Waits for the disk in another thread, while this one works on the next transaction; one wait serves every commit that is in the log when it
 * begins. A disk that has failed once may have lost a page: from then on nothing is acknowledged until the next start reads what is there.
 */
export function diskUnder(file: string): Disk {
  const log = openSync(`${file}-wal`, 'r+');
  let last = Promise.resolve();
  let next: Promise<void> | undefined;
  let closed: Promise<void> | undefined;
  return {
    reached() {
      // A wait that has begun may have missed the newest commit.
      last = next ??= last.then(() => {
        next = undefined;
        return synced(log);
      });
      return last;
    },
    close() {
      closed ??= last.catch(() => {}).then(() => promisify(close)(log));
      return closed;
    },
  };
}
