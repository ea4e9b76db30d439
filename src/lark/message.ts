import { z } from 'zod';
import { documentLinks } from './document-link.ts';

/** What a person sent, by type. Keys are for `client.download`. */
export type MessageContent =
  /** People who are mentioned stand as marks in the text; see `worded`. */
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
  /** As Feishu displays it, which may hold an office, a subject or another language: who it is says the open_id. */
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
 * Reads the `content` string of a message event. A content that does not fit its type is `other`, never an error.
 * Mentions of people stay in the text as the platform's own marks (`@_user_2`), to be put into words by `worded`; those of
 * a bot and of everybody vanish.
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
 * Mentions that stand only in a rich text, as happens where it holds documents or was pasted: their elements carry the
 * open_id where the event's list would have a mark.
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

/** A text with the people it mentions in words. */
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

/** What is received has no language around it; what was forwarded or written by a program may. */
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

/** A document's link stands for its title, which is no word of a report. */
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
