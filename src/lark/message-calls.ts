import type { Readable } from 'node:stream';
import { type Caller, segment } from './caller.ts';
import { fileType, type LarkUpload, type OutgoingContent, type Reaction, wire } from './outgoing.ts';
import { LarkRefused } from './refusal.ts';

export type Receiver = { openId: string } | { chatId: string };
export interface Sent {
  messageId: string;
  /** For a person, their private chat with the bot. */
  chatId: string;
}

/** Messages, cards and files, from the bot and to it. `timeoutMs`: how long a download may stall. */
export function messageCalls({ call, official, request, upload }: Caller, timeoutMs: number) {
  return {
    /** Sends to a person or chat. The same `uuid` (≤ 50 characters) within an hour sends at most once. */
    async send(message: { to: Receiver; content: OutgoingContent; uuid: string }): Promise<Sent> {
      const { to, content, uuid } = message;
      const [type, id] = 'openId' in to ? (['open_id', to.openId] as const) : (['chat_id', to.chatId] as const);
      const data = { receive_id: id, ...wire(content), uuid };
      const answer = await official('send', (sdk, as) =>
        sdk.im.v1.message.create({ params: { receive_id_type: type }, data }, as),
      );
      return sent('send', answer.data);
    },

    /** Replies in the chat of `messageId`; `uuid` as in send. */
    async reply(message: { messageId: string; content: OutgoingContent; uuid: string }): Promise<Sent> {
      const path = { message_id: segment('reply', message.messageId) };
      const data = { ...wire(message.content), uuid: message.uuid };
      const answer = await official('reply', (sdk, as) => sdk.im.v1.message.reply({ path, data }, as));
      return sent('reply', answer.data);
    },

    /** Replaces a card the bot sent, at most 14 days old; at most 5 a second per message. */
    async patchCard(messageId: string, card: object): Promise<void> {
      const path = { message_id: segment('patchCard', messageId) };
      const data = { content: JSON.stringify(card) };
      await official('patchCard', (sdk, as) => sdk.im.v1.message.patch({ path, data }, as));
    },

    /** Replaces the clicked card by its callback's token; works only after the callback was answered. */
    async updateCardByToken(updateToken: string, card: object): Promise<void> {
      const body = { token: updateToken, card };
      await call('updateCardByToken', (token) => request(token, 'POST', '/open-apis/interactive/v1/card/update', body));
    },

    /** Takes at most 10 MB; returns the image key to send. */
    async uploadImage(file: LarkUpload): Promise<string> {
      const data = await upload('uploadImage', '/open-apis/im/v1/images', 'image', file, { image_type: 'message' });
      return data.image_key ?? '';
    },

    /** Takes at most 30 MB; returns the file key to send. The type that people see follows the name's extension. */
    async uploadFile(file: LarkUpload): Promise<string> {
      const extra = { file_type: fileType(file.name), file_name: file.name };
      const data = await upload('uploadFile', '/open-apis/im/v1/files', 'file', file, extra);
      return data.file_key ?? '';
    },

    /** Fetches what a person sent with a message. Stops reading and throws (code 234006) beyond `maxBytes`. */
    async download(source: {
      messageId: string;
      fileKey: string;
      type: 'image' | 'file';
      maxBytes: number;
    }): Promise<{ data: Buffer; contentType: string }> {
      const path = {
        message_id: segment('download', source.messageId),
        file_key: segment('download', source.fileKey),
      };
      return official('download', async (sdk, as) => {
        const params = { type: source.type };
        const file = await sdk.im.v1.messageResource.get({ path, params }, as);
        const contentType = String((file.headers as Record<string, unknown>)['content-type'] ?? '');
        return { data: await readUpTo(file.getReadableStream(), source.maxBytes, timeoutMs), contentType };
      });
    },

    /** Puts an emoji under a message in a chat the bot is in. Repeating the same emoji has no effect. */
    async react(messageId: string, emoji: Reaction): Promise<void> {
      const path = { message_id: segment('react', messageId) };
      const data = { reaction_type: { emoji_type: emoji } };
      await official('react', (sdk, as) => sdk.im.v1.messageReaction.create({ path, data }, as));
    },

    /** 加急 inside Feishu: the bot's own message, up to 200 people; returns those it could not reach. */
    async urgentApp(messageId: string, openIds: string[]): Promise<string[]> {
      const path = { message_id: segment('urgentApp', messageId) };
      const payload = { path, params: { user_id_type: 'open_id' as const }, data: { user_id_list: openIds } };
      const answer = await official('urgentApp', (sdk, as) => sdk.im.v1.message.urgentApp(payload, as));
      return answer.data?.invalid_user_id_list ?? [];
    },
  };
}

function sent(method: string, data: { message_id?: string; chat_id?: string } | undefined): Sent {
  if (!data?.message_id) throw new LarkRefused({ method, code: 0, status: 200, retry: 'unknown_outcome' });
  return { messageId: data.message_id, chatId: data.chat_id ?? '' };
}

// The client's timeout covers only the answer's head; a body that stalls must not hold the caller either.
async function readUpTo(stream: Readable, maxBytes: number, idleMs: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const idle = setTimeout(() => stream.destroy(new Error('stalled')), idleMs);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      idle.refresh();
      size += chunk.length;
      if (size > maxBytes)
        throw new LarkRefused({ method: 'download', code: 234006, status: 0, retry: 'never', detail: 'too large' });
      chunks.push(chunk);
    }
  } finally {
    clearTimeout(idle);
  }
  return Buffer.concat(chunks);
}
