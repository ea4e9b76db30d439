/** `file` and `image` are keys from an upload. Text is sent as plain text: it cannot mention or link. */
export type OutgoingContent = { card: object } | { text: string } | { file: string } | { image: string };

/** The emoji that the bot puts under messages; an unknown name is refused (231001), and case matters. */
export type Reaction = 'OK' | 'THUMBSUP' | 'THANKS' | 'DONE' | 'SMILE' | 'APPLAUSE';

export interface LarkUpload {
  data: Buffer;
  /** With its extension. */
  name: string;
}

/** What the message endpoints take: a type, and the content as a JSON string. */
export function wire(content: OutgoingContent): { msg_type: string; content: string } {
  if ('card' in content) return { msg_type: 'interactive', content: JSON.stringify(content.card) };
  if ('text' in content) return { msg_type: 'text', content: JSON.stringify({ text: inert(content.text) }) };
  if ('file' in content) return { msg_type: 'file', content: JSON.stringify({ file_key: content.file }) };
  return { msg_type: 'image', content: JSON.stringify({ image_key: content.image }) };
}

// Text messages interpret <at …>, <b> and [t](url) and cannot escape them, so look-alikes replace them.
function inert(text: string): string {
  return text.replace(/<(?=[/a-zA-Z])/g, '＜').replace(/\]\(/g, '］(');
}

/** The platform's name for a file's kind, by its extension. */
export function fileType(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const types: Record<string, string> = { pdf: 'pdf', doc: 'doc', docx: 'doc', xls: 'xls', xlsx: 'xls', ppt: 'ppt' };
  return types[ending] ?? 'stream';
}
