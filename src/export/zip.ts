import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  /** With folders, `/` between them; each part already safe for a file system. */
  path: string;
  bytes: Uint8Array | string;
}

const PACKED = /\.(jpe?g|png|gif|webp|heic|docx|xlsx)$/i;

/** Writes a ZIP entry by entry, whole or not at all; memory is that of one entry. Entries of one path are numbered apart. */
export async function writeZip(path: string, entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Promise<number> {
  const half = `${path}.part`;
  const out = createWriteStream(half, { mode: 0o600 });
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  const zip = new Zip((error, chunk, final) => {
    if (error) out.destroy(error);
    else out.write(chunk);
    if (final) out.end();
  });
  const used = new Set<string>();
  try {
    for await (const entry of entries) {
      let name = entry.path;
      for (let n = 2; used.has(name.toLowerCase()); n++) name = entry.path.replace(/(\.[^./]*)?$/, ` ${n}$1`);
      used.add(name.toLowerCase());
      const part = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
      zip.add(part);
      part.push(typeof entry.bytes === 'string' ? Buffer.from(entry.bytes) : entry.bytes, true);
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), failed]);
    }
    zip.end();
    await Promise.race([once(out, 'close'), failed]);
    await rename(half, path);
    return used.size;
  } catch (error) {
    out.destroy();
    await rm(half, { force: true });
    throw error;
  }
}
