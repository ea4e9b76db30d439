/** Card markdown whose text from people is already escaped; only `md` makes it. */
export interface Markdown {
  readonly markdown: string;
}

/**
 * People's text as inert card markdown: one line, every ASCII sign with a meaning as an `&#NN;` entity, the only escape that Feishu
 * documents. Drops control and direction-changing characters, which can make one name read as another.
 */
export function escapeMarkdown(text: string): string {
  return plain(text).replace(/[!#$&()*+\-.:<=>@[\\\]^_`{|}~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** People's text for plain_text places: one line, without invisible characters. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** At most `length` characters, ending in … if the text was cut. */
export function clip(text: string, length: number): string {
  const signs = [...plain(text)];
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length - 1).join('')}…`;
}

/**
 * Markdown from a template: the template may use mark-up, and every inserted value is escaped unless it is `Markdown` itself.
 * Views have no other way to write markdown, so they cannot forget to escape.
 */
export function md(template: TemplateStringsArray, ...parts: (string | number | Markdown)[]): Markdown {
  const put = (part: string | number | Markdown) =>
    typeof part === 'object' ? part.markdown : escapeMarkdown(String(part));
  return { markdown: template.map((text, i) => (i < parts.length ? text + put(parts[i]!) : text)).join('') };
}

/** Joins several pieces, leaving out empty ones. */
export function join(parts: (Markdown | undefined)[], separator: ' · ' | '\n' | ' ' = '\n'): Markdown {
  const texts = parts.flatMap((part) => (part && part.markdown !== '' ? [part.markdown] : []));
  return { markdown: texts.join(separator) };
}

/** Markdown as a person reads it, for the text fallback. */
export function readable(markdown: string): string {
  return markdown
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/\*\*|~~/g, '')
    .replace(/^- /gm, '· ')
    .replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
}
