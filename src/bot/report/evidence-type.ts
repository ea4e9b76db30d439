/** The sender chooses a file's name and content type, so only its bytes are reliable. */
export const PICTURES = ['jpg', 'png', 'gif', 'webp', 'heic', 'bmp'] as const;
export type PictureType = (typeof PICTURES)[number];
export type DocumentType = 'pdf' | 'docx' | 'xlsx' | 'doc' | 'xls';

const at = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));

/**
 * The type of a picture or document by its bytes, undefined if it is not accepted as evidence. Own code: a dozen comparisons,
 * whereas the library knows two hundred types that we would have to refuse one by one.
 */
export function evidenceType(bytes: Buffer): PictureType | DocumentType | undefined {
  if (bytes.length < 16) return undefined;
  return pictureType(bytes) ?? documentType(bytes);
}

function pictureType(bytes: Buffer): PictureType | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpg';
  if (at(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' && at(bytes, 12, 16) === 'IHDR') return 'png';
  if (/^GIF8[79]a$/.test(at(bytes, 0, 6))) return 'gif';
  if (at(bytes, 0, 4) === 'RIFF' && at(bytes, 8, 12) === 'WEBP') return 'webp';
  if (/^ftyp(heic|heix|mif1|msf1|hevc)$/.test(at(bytes, 4, 12))) return 'heic';
  if (at(bytes, 0, 2) === 'BM' && at(bytes, 6, 10) === '\0\0\0\0') return 'bmp';
  return undefined;
}

/** Reads the part names, which a ZIP stores in plain text, without unpacking. Files with macros are refused. */
function documentType(bytes: Buffer): DocumentType | undefined {
  const contains = (name: string, encoding: BufferEncoding = 'latin1') => bytes.includes(Buffer.from(name, encoding));
  if (at(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (at(bytes, 0, 4) === 'PK\x03\x04' && contains('[Content_Types].xml') && !contains('vbaProject.bin')) {
    if (contains('word/document.xml')) return 'docx';
    return contains('xl/workbook.xml') ? 'xlsx' : undefined;
  }
  if (bytes.readUInt32BE(0) !== 0xd0cf11e0 || contains('_VBA_PROJECT', 'utf16le')) return undefined;
  if (contains('WordDocument', 'utf16le')) return 'doc';
  return contains('Workbook', 'utf16le') ? 'xls' : undefined;
}
