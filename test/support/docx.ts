import { strFromU8, unzipSync } from 'fflate';

/** The text of a document, one line per paragraph or cell. */
export const docxText = (bytes: Uint8Array) =>
  strFromU8(unzipSync(bytes)['word/document.xml']!)
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');
