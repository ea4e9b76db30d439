/** The text of a Word document: its paragraphs, a line each, cells of a table between tabs. Measured before it is unpacked. */
import { unzipSync } from 'fflate';

const MOST_BYTES = 10_000_000;
const MOST_TEXT = 30_000_000;

/** Undefined if the bytes are not a .docx, or inflate beyond reason. */
export function docxText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_BYTES || bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => name === 'word/document.xml' && originalSize <= MOST_TEXT,
    });
    const document = files['word/document.xml'];
    return document && paragraphs(new TextDecoder().decode(document));
  } catch {
    return undefined;
  }
}

function paragraphs(xml: string): string {
  return (
    xml
      // Paragraphs of a cell are one text, cells of a row one line.
      .replace(
        /<w:tc>[\s\S]*?<\/w:tc>/g,
        (cell) =>
          `${cell
            .replace(/<\/w:p>(?=[\s\S]*<\/w:p>)/g, ' ')
            .replace(/<\/w:p>/g, '')
            .replace(/<w:tab\/>|<w:br\b[^>]*\/>/g, ' ')}\t`,
      )
      .replace(/\t<\/w:tr>|<\/w:tr>/g, '\n')
      .replace(/<w:(?:del|moveFrom|instrText)\b[^>]*>[\s\S]*?<\/w:(?:del|moveFrom|instrText)>/g, '')
      .replace(/<w:tab\/>/g, '\t')
      .replace(/<w:br\b[^>]*\/>|<\/w:p>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .replace(
        /&(lt|gt|quot|apos|amp);/g,
        (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]!,
      )
      .replace(/&#x?([0-9a-f]{1,6});/gi, (whole, code: string) =>
        String.fromCodePoint(Number.parseInt(code, whole.startsWith('&#x') ? 16 : 10) || 32),
      )
  );
}
