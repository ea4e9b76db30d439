/** Reads the container of old Office files: chained sectors. In an untrusted one, chains may be circular or leave the file. */

const HEAD = 512;
/** Larger sector numbers have special meanings: end of chain, free, table. */
const LAST_SECTOR = 0xfffffffa;

/** The bytes of a stream; undefined if it does not exist. Throws RangeError if the container is broken. */
export function streamOf(bytes: Uint8Array, names: string[]): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 1 << Math.min(view.getUint16(30, true), 16);
  const most = Math.ceil(bytes.length / size);
  const sector = (n: number): Uint8Array => {
    const at = HEAD + n * size;
    if (at >= bytes.length) throw new RangeError('a sector beyond the end');
    return bytes.subarray(at, at + size);
  };
  const chained = (first: number, next: (n: number) => number): Uint8Array => {
    const parts: Uint8Array[] = [];
    for (let n = first; n < LAST_SECTOR; n = next(n)) {
      parts.push(sector(n));
      if (parts.length > most) throw new RangeError('sectors in a circle');
    }
    return joined(parts);
  };
  const tables: number[] = [];
  for (let at = 76; at < HEAD; at += 4) tables.push(view.getUint32(at, true));
  for (let n = view.getUint32(68, true), i = 0; n < LAST_SECTOR; i++) {
    if (i > most) throw new RangeError('tables in a circle');
    const more = numbers(sector(n));
    n = more.pop()!;
    tables.push(...more);
  }
  const next = numbers(joined(tables.filter((n) => n < LAST_SECTOR).map(sector)));
  const follow = (n: number) => next[n] ?? LAST_SECTOR;
  const directory = entriesIn(chained(view.getUint32(48, true), follow));
  const found = directory.find(({ name, kind }) => kind === 2 && names.includes(name));
  if (!found) return undefined;
  if (found.size >= view.getUint32(56, true)) return chained(found.first, follow).subarray(0, found.size);
  // Small streams are stored inside the root's stream.
  const root = directory.find(({ kind }) => kind === 5);
  const pool = chained(root?.first ?? LAST_SECTOR, follow);
  const small = 1 << Math.min(view.getUint16(32, true), 16);
  const nextSmall = numbers(chained(view.getUint32(60, true), follow));
  const parts: Uint8Array[] = [];
  for (let n = found.first; n < LAST_SECTOR; n = nextSmall[n] ?? LAST_SECTOR) {
    parts.push(pool.subarray(n * small, (n + 1) * small));
    if (parts.length * small > pool.length + small) throw new RangeError('pieces in a circle');
  }
  return joined(parts).subarray(0, found.size);
}

interface Entry {
  name: string;
  /** 2 is a stream, 5 the root. */
  kind: number;
  first: number;
  size: number;
}

function entriesIn(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 128) }, (_, i) => {
    const at = i * 128;
    const length = Math.min(Math.max(view.getUint16(at + 64, true) - 2, 0), 62);
    const name = new TextDecoder('utf-16le').decode(bytes.subarray(at, at + length));
    const [first, size] = [view.getUint32(at + 116, true), view.getUint32(at + 120, true)];
    return { name, kind: bytes[at + 66]!, first, size };
  });
}

const joined = (parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const numbers = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(i * 4, true));
};
