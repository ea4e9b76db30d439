import type { Ctx } from '../context.ts';
import { roomLeft } from '../vault.ts';

/** Four segments of the embedded engine's log. */
const DISK_RESERVE = 64 * 1024 * 1024;

/**
 * Refuses events while DATA_DIR is nearly full. The embedded engine survives a table that cannot grow, but where it finds no
 * room for the next piece of its log it turns in circles until it is killed (tried): so the last room is left to it.
 */
export function guardDisk({ config, gate, log }: Ctx): NodeJS.Timeout {
  let full = false;
  const look = async () => {
    const left = await roomLeft(config.dataDir);
    const [was, megabytes] = [full, Math.floor(left / 1_048_576)];
    full = left < DISK_RESERVE;
    gate.hold(full);
    if (full && !was)
      log.error({ megabytes }, 'DATA_DIR: the disk is nearly full; nothing is taken in until it is not');
    if (was && !full) log.info({ megabytes }, 'DATA_DIR: there is room again');
  };
  void look();
  return setInterval(() => void look(), 1_000);
}
