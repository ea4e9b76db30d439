import { strFromU8, unzipSync } from 'fflate';

/** The words of a document, a paragraph or cell a line. */
export const docxText = (bytes: Uint8Array) =>
  strFromU8(unzipSync(bytes)['word/document.xml']!)
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');
