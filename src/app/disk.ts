import type { Ctx } from '../context.ts';
import { roomLeft } from '../vault.ts';

/** What the embedded store's log may grow by before it is folded into the file, several times over. */
const DISK_RESERVE = 64 * 1024 * 1024;

/**
 * Refuses events while DATA_DIR is nearly full. A commit that finds no room is refused and nothing of it is kept; but then
 * answers can no longer be marked as sent either, nor photos and logs be written: so the last room is left to those.
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
