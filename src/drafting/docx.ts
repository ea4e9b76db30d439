/** The text of a Word document: one line per paragraph, table cells separated by tabs. Its size is checked before unpacking. */
import { unzipSync } from 'fflate';

const MOST_BYTES = 10_000_000;
const MOST_TEXT = 30_000_000;

/** Undefined if the bytes are not a .docx, or would unpack to more than that. */
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
      // A cell's paragraphs become one text, a row's cells one line.
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
      .replace(/&#x?([0-9a-f]{1,6});/gi, (match, code: string) =>
        String.fromCodePoint(Number.parseInt(code, match.startsWith('&#x') ? 16 : 10) || 32),
      )
  );
}
