import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A ZIP that is being written. Entries are sequential: one begins after the previous one has ended. */
export interface OpenZip {
  /** Begins an entry and returns the function that takes its parts, the last one marked. */
  begin(path: string): (part: Uint8Array | string, last?: boolean) => void;
  /** Resolves when the writer has room again; call it between parts to limit memory. */
  room(): Promise<void>;
}

const PACKED = /\.(jpe?g|png|gif|webp|heic|docx|xlsx)$/i;

/** Writes a ZIP to `path` atomically; holds in memory what is written between two calls of `room`. */
export async function zipFile<T>(path: string, fill: (zip: OpenZip) => Promise<T>): Promise<T> {
  const half = `${path}.part`;
  const out = createWriteStream(half, { mode: 0o600 });
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  const zip = new Zip((error, chunk, final) => {
    if (error) out.destroy(error);
    else out.write(chunk);
    if (final) out.end();
  });
  try {
    const result = await fill({
      begin(name) {
        const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
        zip.add(entry);
        return (part, last = false) => entry.push(typeof part === 'string' ? Buffer.from(part) : part, last);
      },
      room: async () => void (out.writableNeedDrain && (await Promise.race([once(out, 'drain'), failed]))),
    });
    zip.end();
    await Promise.race([once(out, 'close'), failed]);
    await rename(half, path);
    return result;
  } catch (error) {
    out.destroy();
    await rm(half, { force: true });
    throw error;
  }
}

export interface ZipEntry {
  /** With folders separated by `/`; each part is already a safe name. */
  path: string;
  bytes: Uint8Array | string;
}

/** Writes whole entries, numbering those with the same path. Returns how many. */
export const writeZip = (path: string, entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Promise<number> =>
  zipFile(path, async (zip) => {
    const used = new Set<string>();
    for await (const entry of entries) {
      let name = entry.path;
      for (let n = 2; used.has(name.toLowerCase()); n++) name = entry.path.replace(/(\.[^./]*)?$/, ` ${n}$1`);
      used.add(name.toLowerCase());
      zip.begin(name)(entry.bytes, true);
      await zip.room();
    }
    return used.size;
  });
