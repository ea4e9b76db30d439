import { z } from 'zod';

/** What a person sent, by type. Keys are for `client.download`. */
export type Content =
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
  key: string;
  openId?: string;
  name: string;
  bot: boolean;
}

const Text = z.object({ text: z.string() });
const Image = z.object({ image_key: z.string() });
const File = z.object({ file_key: z.string(), file_name: z.string().default('') });
const Post = z.object({
  title: z.string().nullish(),
  content: z.array(
    z.array(
      z.looseObject({
        tag: z.string(),
        text: z.string().optional(),
        user_id: z.string().optional(),
        image_key: z.string().optional(),
      }),
    ),
  ),
});

/**
 * Reads the `content` string of a message event. A content that does not fit its type is `other`, never an error:
 * the bot answers it kindly. Mentions of a bot vanish from the text, those of people become their names, because
 * 「和@李雨 一起听课」 is only a report with the name in it.
 */
export function readContent(messageType: string, content: string, mentions: Mention[]): Content {
  const other: Content = { kind: 'other', messageType };
  const body = json(content);
  switch (messageType) {
    case 'text': {
      const text = Text.safeParse(body);
      return text.success ? { kind: 'text', text: named(text.data.text, mentions) } : other;
    }
    case 'post': {
      const post = Post.safeParse(body);
      return post.success ? readPost(post.data, mentions) : other;
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
      return { kind: messageType, fileKey: file.data.file_key, fileName: file.data.file_name };
    }
    case 'sticker':
      return { kind: 'sticker' };
    default:
      return other;
  }
}

function readPost(post: z.infer<typeof Post>, mentions: Mention[]): Content {
  const lines = post.content.map((line) => line.map((el) => (el.tag === 'at' ? el.user_id : el.text) ?? '').join(''));
  const imageKeys = post.content.flat().flatMap((el) => (el.tag === 'img' && el.image_key ? [el.image_key] : []));
  const text = [post.title ?? '', ...lines].filter((line) => line.trim() !== '').join('\n');
  return { kind: 'post', text: named(text, mentions), imageKeys };
}

function named(text: string, mentions: Mention[]): string {
  const names = new Map(mentions.map((m) => [m.key, m.bot ? '' : m.name]));
  return text
    .replace(/@_user_\d+|@_all/g, (key) => names.get(key) ?? '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
