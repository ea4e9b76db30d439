/** What a photo's bytes say it is. Names and content types are written by whoever sends it and prove nothing. */
export type PictureType = 'jpg' | 'png' | 'gif' | 'webp' | 'heic' | 'bmp';

const at = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));

/**
 * The type of a picture by its first bytes, undefined where it is none that Feishu's clients take. Own code: these are six
 * comparisons, and the library for it knows two hundred types that we would have to refuse one by one.
 */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  if (bytes.length < 16) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpg';
  if (at(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' && at(bytes, 12, 16) === 'IHDR') return 'png';
  if (/^GIF8[79]a$/.test(at(bytes, 0, 6))) return 'gif';
  if (at(bytes, 0, 4) === 'RIFF' && at(bytes, 8, 12) === 'WEBP') return 'webp';
  if (/^ftyp(heic|heix|mif1|msf1|hevc)$/.test(at(bytes, 4, 12))) return 'heic';
  if (at(bytes, 0, 2) === 'BM' && at(bytes, 6, 10) === '\0\0\0\0') return 'bmp';
  return undefined;
}
