import { mkdir, open, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Photos and files on disk, under random names. In `DATA_DIR`, which several hosts may share. */
export interface Vault {
  /** Stores the bytes under this name; whole or not at all. Replaces an existing file. */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined if there is no such file. */
  read(name: string): Promise<Buffer | undefined>;
  /** Removes it; does nothing if it does not exist. */
  remove(name: string): Promise<void>;
}

export function openVault(dataDir: string): Vault {
  const dir = join(dataDir, 'evidence');
  // A directory for each first letter pair: a county has hundreds of thousands of photos.
  const pathOf = (name: string) => {
    if (!/^[0-9a-f]{32}$/.test(name)) throw new Error('bad evidence name');
    return join(dir, name.slice(0, 2), name);
  };
  return {
    async keep(name, bytes) {
      const path = pathOf(name);
      const made = await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      // Every directory on the way may be new.
      if (made) for (const at of [join(dir, '..'), dir]) await syncDirectory(at);
      const half = `${path}.part`;
      try {
        const file = await open(half, 'w', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(half, path);
        await syncDirectory(join(path, '..'));
      } catch (error) {
        // On a full disk, the partial file would occupy the last free space.
        await rm(half, { force: true });
        throw error;
      }
    },
    read: (name) =>
      readFile(pathOf(name)).catch((error: { code?: string }) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      }),
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

/** Makes a new name survive a power cut. Windows cannot open a directory and does not need this. */
async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Bytes that this process may still write below a directory; infinite if the system does not say. */
export async function roomLeft(dir: string): Promise<number> {
  const disk = await statfs(dir).catch(() => undefined);
  return disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
}
