/** Card markdown whose parts from people are already escaped; only `md` makes it. */
export interface Markdown {
  readonly markdown: string;
}

/**
 * People's text as inert card markdown: one line, every ASCII sign that could begin a mention, link, tag, emoji, list
 * or style as an `&#NN;` entity (the only escape the platform documents). Control and direction-changing
 * characters are dropped: they can make a name read as another.
 */
export function escapeMarkdown(text: string): string {
  return plain(text).replace(/[!#$&()*+\-.:<=>@[\\\]^_`{|}~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** People's text for plain_text places: one line, nothing invisible. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** At most `length` characters, the last one … where something was cut. */
export function clip(text: string, length: number): string {
  const signs = [...plain(text)];
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length - 1).join('')}…`;
}

/**
 * Markdown from a template: the template itself may style, everything put into it is escaped, unless it is itself
 * `Markdown`. This is the only way views write markdown, so forgetting to escape is not possible.
 */
export function md(template: TemplateStringsArray, ...parts: (string | number | Markdown)[]): Markdown {
  const put = (part: string | number | Markdown) =>
    typeof part === 'object' ? part.markdown : escapeMarkdown(String(part));
  return { markdown: template.map((text, i) => (i < parts.length ? text + put(parts[i]!) : text)).join('') };
}

/** Several pieces in one, empty ones left out. */
export function join(parts: (Markdown | undefined)[], separator: ' · ' | '\n' | ' ' = '\n'): Markdown {
  const texts = parts.flatMap((part) => (part && part.markdown !== '' ? [part.markdown] : []));
  return { markdown: texts.join(separator) };
}

/** Markdown back to what a person reads, for the text fallback. */
export function readable(markdown: string): string {
  return markdown
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/\*\*|~~/g, '')
    .replace(/^- /gm, '· ')
    .replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
}
