import { z } from 'zod';
import { documentLinks } from './document-link.ts';

/** What a person sent, by type. Keys are for `client.download`. */
export type MessageContent =
  /** People who are mentioned appear as marks in the text; see `worded`. */
  | { kind: 'text'; text: string }
  /** Rich text: its words as lines, its pictures as keys. */
  | { kind: 'post'; text: string; imageKeys: string[] }
  | { kind: 'image'; imageKey: string }
  | { kind: 'file'; fileKey: string; fileName: string }
  | { kind: 'audio'; fileKey: string }
  | { kind: 'media'; fileKey: string; fileName: string }
  | { kind: 'sticker' }
  | { kind: 'other'; messageType: string };

export interface Mention {
  /** The mark in the text, e.g. `@_user_2`. */
  key: string;
  openId?: string;
  /** As Feishu displays it, possibly with an office, a subject or in another language; the open_id identifies the person. */
  name: string;
  bot: boolean;
}

const Text = z.object({ text: z.string().nullish() });
const Image = z.object({ image_key: z.string() });
const File = z.object({ file_key: z.string(), file_name: z.string().nullish() });
const maybe = z.string().nullish().catch(undefined);
const Element = z.looseObject({
  tag: maybe,
  text: maybe,
  user_id: maybe,
  user_name: maybe,
  image_key: maybe,
  href: maybe,
});
const Post = z.object({ title: maybe, content: z.array(z.array(Element)) });

/**
 * Reads the `content` string of a message event; one that does not fit its type becomes `other`. Mentions of people stay in the
 * text as the platform's marks (`@_user_2`) for `worded` to replace; mentions of a bot or of everybody are removed.
 */
export function readContent(messageType: string, content: string, mentions: Mention[]): MessageContent {
  const other: MessageContent = { kind: 'other', messageType };
  const body = json(content);
  switch (messageType) {
    case 'text': {
      const text = Text.safeParse(body);
      return text.success ? { kind: 'text', text: peopleOnly(text.data.text ?? '', mentions) } : other;
    }
    case 'post': {
      const post = postOf(body);
      return post ? readPost(post, mentions) : other;
    }
    case 'image': {
      const image = Image.safeParse(body);
      return image.success ? { kind: 'image', imageKey: image.data.image_key } : other;
    }
    case 'file':
    case 'media':
    case 'audio': {
      const file = File.safeParse(body);
      if (!file.success) return other;
      return { kind: messageType, fileKey: file.data.file_key, fileName: file.data.file_name ?? '' };
    }
    case 'sticker':
      return { kind: 'sticker' };
    default:
      return other;
  }
}

/**
 * Mentions that appear only in a rich text, as happens if it contains documents or was pasted: their elements carry the
 * open_id instead of a mark from the event's list.
 */
export function mentionsIn(messageType: string, content: string): { key: string; openId: string; name: string }[] {
  const post = messageType === 'post' ? postOf(json(content)) : undefined;
  const found = new Map<string, { key: string; openId: string; name: string }>();
  for (const el of post?.content.flat() ?? []) {
    const openId = el.user_id ?? '';
    if (el.tag === 'at' && openId.startsWith('ou_'))
      found.set(openId, { key: markOf(el), openId, name: el.user_name ?? '' });
  }
  return [...found.values()];
}

/** A text with its mentions replaced by names. */
export function worded(text: string, mentions: Mention[], nameOf: (mention: Mention) => string): string {
  const known = new Map(mentions.map((m) => [m.key, m]));
  return text
    .replace(MARK, (key) => {
      const mention = known.get(key);
      return mention ? nameOf(mention) : '';
    })
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

const MARK = /@_(?:user_\d+|ou_\w+|all)/g;

/** Received content has no language level around it; content forwarded or written by a program may have one. */
function postOf(body: unknown): z.infer<typeof Post> | undefined {
  const layers = [body, ...(typeof body === 'object' && body !== null ? Object.values(body) : [])];
  return layers.map((layer) => Post.safeParse(layer)).find((read) => read.success)?.data;
}

function readPost(post: z.infer<typeof Post>, mentions: Mention[]): MessageContent {
  const lines = post.content.map((line) => line.map(wordsOf).join(''));
  const imageKeys = post.content.flat().flatMap((el) => (el.tag === 'img' && el.image_key ? [el.image_key] : []));
  const text = [post.title ?? '', ...lines].filter((line) => line.trim() !== '').join('\n');
  return { kind: 'post', text: peopleOnly(text, mentions), imageKeys };
}

/** The text of a document's link is the document's title, which is not part of a report. */
function wordsOf(el: z.infer<typeof Element>): string {
  if (el.tag === 'at') return markOf(el);
  return documentLinks(el.href ?? '').length > 0 ? ` ${el.href} ` : (el.text ?? '');
}

function markOf({ user_id: id, user_name: name }: z.infer<typeof Element>): string {
  if (id?.startsWith('ou_')) return `@_${id}`;
  return id?.startsWith('@_') ? id : id === 'all' ? '' : (name ?? '');
}

const peopleOnly = (text: string, mentions: Mention[]): string =>
  worded(text, mentions, (mention) => (mention.bot ? '' : mention.key));

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
