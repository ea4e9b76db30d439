const LINK =
  /https:\/\/(?:[a-z0-9-]+\.)*(?:feishu\.cn|larksuite\.com)\/(?:docx|docs|doc|wiki|sheets|base|file|slides|minutes|mindnotes)\/[A-Za-z0-9]+(?![A-Za-z0-9])/;
/** The suffix a client adds to a link when it is copied. */
const REST = /(?:\/|[?#][\w\-.~%&=?#/+]*)?/;
const WHOLE = new RegExp(`(${LINK.source})${REST.source}`, 'g');

/** The Feishu documents that a text links to, each once, without the suffix that says where the link was copied. */
export const documentLinks = (text: string): string[] => [...new Set([...text.matchAll(WHOLE)].map((m) => m[1]!))];

/** The text without those links, which are not words of a report. */
export const withoutLinks = (text: string): string => text.replaceAll(WHOLE, ' ').trim();
