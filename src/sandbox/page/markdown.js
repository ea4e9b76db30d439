import { h } from 'preact';
import { html } from './html.js';

/*
 * Feishu's dialect of Markdown (font, at, text_tag … and &#NN; entities), drawn as elements and never as HTML
 * text, so that a person's words cannot become markup here. No library supports the dialect.
 */

const COLOURS = 'neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine grey'.split(
  ' ',
);
export const colour = (name) => COLOURS.find((one) => String(name ?? '').startsWith(one)) ?? 'neutral';

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };
const plain = (text) =>
  text
    .replace(/\\([\\`*_{}[\]()#+\-.!~|<>])/g, '$1')
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, n) => String.fromCodePoint(Number.parseInt(n, hex ? 16 : 10) || 0xfffd))
    .replace(/&(\w+);/g, (all, name) => NAMED[name] ?? all);

const attribute = (attributes, name) => new RegExp(`${name}\\s*=\\s*['"]?([^'"\\s>]+)`).exec(attributes ?? '')?.[1];
const webLink = (url) => (/^https?:\/\//.test(url) ? url : undefined);

const INLINE = [
  [/^`([^`]+)`/, ([, code]) => html`<code>${code}</code>`],
  [/^\*\*(?=\S)([\s\S]+?)\*\*/, ([, text], c) => html`<strong>${inline(text, c)}</strong>`],
  [/^~~(?=\S)([\s\S]+?)~~/, ([, text], c) => html`<del>${inline(text, c)}</del>`],
  [/^\*(?=\S)([^*\n]+?)\*/, ([, text], c) => html`<em>${inline(text, c)}</em>`],
  [/^\[([^\]\n]+)\]\(([^)\s]+)\)/, ([, text, url], c) => link(url, inline(text, c))],
  [/^<br\s*\/?>/, () => html`<br />`],
  [/^<hr\s*\/?>/, () => html`<hr />`],
  [
    /^<font([^>]*)>([\s\S]*?)<\/font>/,
    ([, a, text], c) => html`<span class=${`c-${colour(attribute(a, 'color'))}`}>${inline(text, c)}</span>`,
  ],
  [
    /^<(?:text_tag|number_tag)([^>]*)>([\s\S]*?)<\/(?:text_tag|number_tag)>/,
    ([, a, text], c) => html`<span class=${`tag t-${colour(attribute(a, 'color'))}`}>${inline(text, c)}</span>`,
  ],
  [
    /^<at([^>]*)>(?:([\s\S]*?)<\/at>)?/,
    ([, a, text], c) =>
      html`<span class="at">@${c.name?.(attribute(a, 'id') ?? attribute(a, 'user_id')) ?? text ?? ''}</span>`,
  ],
  [
    /^<person([^>]*)>(?:[\s\S]*?<\/person>)?/,
    ([, a], c) => html`<span class="at">${c.name?.(attribute(a, 'id')) ?? ''}</span>`,
  ],
  [
    /^<(?:link|a)(\s[^>]*)>([\s\S]*?)<\/(?:link|a)>/,
    ([, a, text], c) => link(attribute(a, 'url') ?? attribute(a, 'href') ?? '', inline(text, c)),
  ],
  [/^<raw>([\s\S]*?)<\/raw>/, ([, text]) => text],
];

const link = (url, inside) =>
  webLink(url)
    ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${inside}</a>`
    : html`<span>${inside}</span>`;

/** What a plain text message of the bot interprets: four styles, links and @, but no Markdown. */
const IN_TEXT = [
  INLINE.find(([pattern]) => pattern.source.startsWith('^\\[')),
  INLINE.find(([pattern]) => pattern.source.startsWith('^<at')),
  [/^<(b|i|u|s)>([\s\S]*?)<\/\1>/, ([, tag, text], c) => h(tag, {}, messageText(text, c))],
];
export const messageText = (text, c) => inline(text, c, IN_TEXT);

/** Inline Markdown as elements; `c.name(openId)` gives the name behind an @. */
export function inline(text, c = {}, rules = INLINE) {
  const out = [];
  let buffer = '';
  const flush = () => {
    if (buffer) out.push(rules === INLINE ? plain(buffer) : buffer);
    buffer = '';
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    if (rules === INLINE && rest[0] === '\\' && rest.length > 1) {
      buffer += rest.slice(0, 2);
      at += 2;
      continue;
    }
    const hit =
      '`*~[<'.includes(rest[0]) && rules.map(([pattern, draw]) => [pattern.exec(rest), draw]).find(([m]) => m);
    if (hit) {
      flush();
      out.push(hit[1](hit[0], c));
      at += hit[0][0].length;
    } else if (rest[0] === '\n') {
      flush();
      out.push(html`<br />`);
      at++;
    } else {
      buffer += rest[0];
      at++;
    }
  }
  flush();
  return out;
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
const isDashes = (line) => /^(?=.*\|) *\|? *:?-+:? *(\| *:?-+:? *)*\|? *$/.test(line ?? '');

/** A whole Markdown text as elements. */
export function markdown(text, c = {}) {
  const lines = String(text ?? '').split('\n');
  const out = [];
  let i = 0;
  const take = (test) => {
    const from = i;
    while (i < lines.length && test(lines[i])) i++;
    return lines.slice(from, i);
  };
  while (i < lines.length) {
    const line = lines[i];
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') i++;
    else if (/^```/.test(line)) {
      i++;
      out.push(html`<pre><code>${take((l) => !/^```/.test(l)).join('\n')}</code></pre>`);
      i++;
    } else if (heading) {
      out.push(
        html`<div class=${`md-h md-h${heading[1].length}`} role="heading" aria-level=${heading[1].length + 2}>${inline(heading[2], c)}</div>`,
      );
      i++;
    } else if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) {
      out.push(html`<hr />`);
      i++;
    } else if (line.includes('|') && isDashes(lines[i + 1])) {
      const head = cells(line);
      i += 2;
      const rows = take((l) => l.includes('|')).map(cells);
      out.push(html`<div class="table-scroll"><table class="md"><thead><tr>${head.map((cell) => html`<th>${inline(cell, c)}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${head.map((_, k) => html`<td>${inline(row[k] ?? '', c)}</td>`)}</tr>`)}</tbody></table></div>`);
    } else if (/^>\s?/.test(line))
      out.push(
        html`<blockquote>${markdown(
          take((l) => /^>\s?/.test(l))
            .map((l) => l.replace(/^>\s?/, ''))
            .join('\n'),
          c,
        )}</blockquote>`,
      );
    else if (/^\s*[-*+]\s+/.test(line))
      out.push(
        html`<ul>${take((l) => /^\s*[-*+]\s+/.test(l)).map((l) => html`<li>${inline(l.replace(/^\s*[-*+]\s+/, ''), c)}</li>`)}</ul>`,
      );
    else if (/^\s*\d+\.\s+/.test(line))
      out.push(
        html`<ol start=${Number.parseInt(line, 10)}>${take((l) => /^\s*\d+\.\s+/.test(l)).map((l) => html`<li>${inline(l.replace(/^\s*\d+\.\s+/, ''), c)}</li>`)}</ol>`,
      );
    else out.push(html`<p>${inline(paragraph(), c)}</p>`);
  }
  return out;

  function paragraph() {
    const first = lines[i++];
    const more = take((l) => l.trim() !== '' && !/^(#{1,6}\s|```|>|\s*[-*+]\s|\s*\d+\.\s|\s*-{3,}\s*$)/.test(l));
    return [first, ...more].join('\n');
  }
}
