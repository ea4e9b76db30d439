/** `file` and `image` are keys from an upload. Text goes out as plain text: it cannot mention or link. */
export type OutgoingContent = { card: object } | { text: string } | { file: string } | { image: string };

/** Those of Feishu's emoji under messages that the bot uses; an unknown name is refused (231001), and case matters. */
export type Reaction = 'OK' | 'THUMBSUP' | 'THANKS' | 'DONE' | 'SMILE' | 'APPLAUSE';

export interface LarkUpload {
  data: Buffer;
  /** With its ending. */
  name: string;
}

/** What the message endpoints take: a type and the content as a JSON string. */
export function wire(content: OutgoingContent): { msg_type: string; content: string } {
  if ('card' in content) return { msg_type: 'interactive', content: JSON.stringify(content.card) };
  if ('text' in content) return { msg_type: 'text', content: JSON.stringify({ text: inert(content.text) }) };
  if ('file' in content) return { msg_type: 'file', content: JSON.stringify({ file_key: content.file }) };
  return { msg_type: 'image', content: JSON.stringify({ image_key: content.image }) };
}

// Text messages interpret <at …>, <b> and [t](url) and have no escape for them: use look-alikes.
function inert(text: string): string {
  return text.replace(/<(?=[/a-zA-Z])/g, '＜').replace(/\]\(/g, '］(');
}

/** The platform's name for a file's kind, by its ending. */
export function fileType(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const types: Record<string, string> = { pdf: 'pdf', doc: 'doc', docx: 'doc', xls: 'xls', xlsx: 'xls', ppt: 'ppt' };
  return types[ending] ?? 'stream';
}
