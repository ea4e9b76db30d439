import type { Readable } from 'node:stream';
import { Client, type HttpInstance, withTenantToken } from '@larksuiteoapi/node-sdk';
import { createHttp } from './http.ts';
import { fileType, type OutgoingContent, type Upload, wire } from './outgoing.ts';
import { EXPIRED_TOKEN, LarkRefused } from './refusal.ts';
import { createTokenSource } from './token.ts';

export interface LarkClientOptions {
  appId: string;
  appSecret: string;
  /** `feishu`, `lark` or an origin such as the sandbox's. */
  domain: string;
  timeoutMs: number;
  /** Epoch milliseconds; decides when a token is renewed. */
  now: () => number;
  /** Called once per API call that went out (the token's too), e.g. to count the monthly quota. */
  onCall?: (method: string, refusal?: LarkRefused) => void;
}

export type Receiver = { openId: string } | { chatId: string };
export interface Sent {
  messageId: string;
  /** For a person: their private chat with the bot. */
  chatId: string;
}
export interface LarkUser {
  openId: string;
  unionId?: string;
  name?: string;
  /** Mainland numbers without +86, as a roster has them. */
  mobile?: string;
  /** Personal and company addresses. */
  emails: string[];
  resigned: boolean;
}
export type LarkClient = ReturnType<typeof createLarkClient>;

/** The origin of a domain setting, without a trailing slash (the SDK does not strip it). */
export function originOf(domain: string): string {
  if (domain === 'feishu') return 'https://open.feishu.cn';
  if (domain === 'lark') return 'https://open.larksuite.com';
  return domain.replace(/\/+$/, '');
}

/**
 * Feishu's Open API as plain functions over the official SDK. Every function throws LarkRefused and nothing else of
 * its own; an expired token is renewed and the call repeated once. Pace is the caller's business (jobs/).
 */
export function createLarkClient(options: LarkClientOptions) {
  const domain = originOf(options.domain);
  const http = createHttp(domain, options.timeoutMs);
  const sdk = new Client({
    appId: options.appId,
    appSecret: options.appSecret,
    domain,
    httpInstance: http as unknown as HttpInstance,
    disableTokenCache: true,
    // Failures arrive here as LarkRefused anyway; the SDK's own words have leaked tokens before.
    logger: { error() {}, warn() {}, info() {}, debug() {}, trace() {} },
  });

  async function attempt<T>(method: string, run: () => Promise<T>): Promise<T> {
    try {
      const answer = await run();
      options.onCall?.(method);
      return answer;
    } catch (error) {
      const refusal = asRefusal(method, error);
      options.onCall?.(method, refusal);
      throw refusal;
    }
  }

  async function call<T>(method: string, run: (token: string) => Promise<T>): Promise<T> {
    const token = await tokens.get();
    try {
      return await attempt(method, () => run(token));
    } catch (error) {
      if (!(error instanceof LarkRefused && EXPIRED_TOKEN.has(error.code))) throw error;
      tokens.forget(token);
      const renewed = await tokens.get();
      return attempt(method, () => run(renewed));
    }
  }

  const tokens = createTokenSource(() => {
    const app = { app_id: options.appId, app_secret: options.appSecret };
    return attempt('token', () => http.post(`${domain}/open-apis/auth/v3/tenant_access_token/internal`, app));
  }, options.now);

  /** A request to a path the SDK has no typed function for, or whose typed function falls short. */
  function request<T>(token: string, method: string, path: string, data?: unknown): Promise<T> {
    const authorization = { Authorization: `Bearer ${token}` };
    return http.request({ method, url: `${domain}${path}`, data, headers: authorization }) as unknown as Promise<T>;
  }

  // The SDK's multipart parts for a Buffer have no file name, which the platform has refused; node's FormData has one.
  async function upload(method: string, path: string, field: string, file: Upload, extra: Record<string, string>) {
    const form = new FormData();
    for (const [name, value] of Object.entries(extra)) form.append(name, value);
    form.append(field, new Blob([new Uint8Array(file.data)]), file.name);
    const answer = await call(method, (token) => request<{ data: Record<string, string> }>(token, 'POST', path, form));
    return answer.data;
  }

  return {
    /** Sends to a person or chat. `uuid` (≤ 50): the same one within an hour sends at most once. */
    async send(message: { to: Receiver; content: OutgoingContent; uuid: string }): Promise<Sent> {
      const { to, content, uuid } = message;
      const [type, id] = 'openId' in to ? (['open_id', to.openId] as const) : (['chat_id', to.chatId] as const);
      const data = { receive_id: id, ...wire(content), uuid };
      const answer = await call('send', (token) =>
        sdk.im.v1.message.create({ params: { receive_id_type: type }, data }, withTenantToken(token)),
      );
      return sent('send', answer.data);
    },

    /** Replies in the chat of `messageId`; `uuid` as in send. */
    async reply(message: { messageId: string; content: OutgoingContent; uuid: string }): Promise<Sent> {
      const path = { message_id: segment('reply', message.messageId) };
      const data = { ...wire(message.content), uuid: message.uuid };
      const answer = await call('reply', (token) => sdk.im.v1.message.reply({ path, data }, withTenantToken(token)));
      return sent('reply', answer.data);
    },

    /** Replaces a card the bot sent, at most 14 days old; at most 5 a second per message. */
    async patchCard(messageId: string, card: object): Promise<void> {
      const path = { message_id: segment('patchCard', messageId) };
      const data = { content: JSON.stringify(card) };
      await call('patchCard', (token) => sdk.im.v1.message.patch({ path, data }, withTenantToken(token)));
    },

    /** Replaces the clicked card by its callback's token; only after the callback was answered. */
    async updateCardByToken(updateToken: string, card: object): Promise<void> {
      const body = { token: updateToken, card };
      await call('updateCardByToken', (token) => request(token, 'POST', '/open-apis/interactive/v1/card/update', body));
    },

    /** At most 10 MB; returns the image key to send. */
    async uploadImage(file: Upload): Promise<string> {
      const data = await upload('uploadImage', '/open-apis/im/v1/images', 'image', file, { image_type: 'message' });
      return data.image_key ?? '';
    },

    /** At most 30 MB; returns the file key to send. The type shown to people follows the name's ending. */
    async uploadFile(file: Upload): Promise<string> {
      const extra = { file_type: fileType(file.name), file_name: file.name };
      const data = await upload('uploadFile', '/open-apis/im/v1/files', 'file', file, extra);
      return data.file_key ?? '';
    },

    /** What a person sent with a message. Stops reading and throws (code 234006) beyond `maxBytes`. */
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
      return call('download', async (token) => {
        const params = { type: source.type };
        const file = await sdk.im.v1.messageResource.get({ path, params }, withTenantToken(token));
        const contentType = String((file.headers as Record<string, unknown>)['content-type'] ?? '');
        return { data: await readUpTo(file.getReadableStream(), source.maxBytes, options.timeoutMs), contentType };
      });
    },

    /** Open ids by mobile and by mail, for those the app may see; 50 of each per call. */
    async resolveUsers(people: { mobiles: string[]; emails: string[] }) {
      const byMobile = new Map<string, string>();
      const byEmail = new Map<string, string>();
      for (let i = 0; i < Math.max(people.mobiles.length, people.emails.length); i += 50) {
        const data = { mobiles: people.mobiles.slice(i, i + 50), emails: people.emails.slice(i, i + 50) };
        const params = { user_id_type: 'open_id' as const };
        const answer = await call('resolveUsers', (token) =>
          sdk.contact.v3.user.batchGetId({ data, params }, withTenantToken(token)),
        );
        for (const user of answer.data?.user_list ?? []) {
          if (user.user_id && user.mobile) byMobile.set(user.mobile, user.user_id);
          if (user.user_id && user.email) byEmail.set(user.email, user.user_id);
        }
      }
      return { byMobile, byEmail };
    },

    /** A person's own profile, as far as the app's scopes show it. */
    async getUser(openId: string): Promise<LarkUser> {
      const path = { user_id: segment('getUser', openId) };
      const params = { user_id_type: 'open_id' as const };
      const answer = await call('getUser', (token) =>
        sdk.contact.v3.user.get({ path, params }, withTenantToken(token)),
      );
      const user = answer.data?.user;
      return {
        openId,
        unionId: user?.union_id || undefined,
        name: user?.name || undefined,
        mobile: user?.mobile?.replace(/^\+86/, '') || undefined,
        emails: [user?.email, user?.enterprise_email].filter((mail): mail is string => Boolean(mail)),
        resigned: Boolean(user?.status?.is_resigned || user?.status?.is_exited),
      };
    },

    /** The bot itself; `openId` is what its mentions in groups carry. */
    async botInfo(): Promise<{ openId: string; name: string; active: boolean }> {
      type Info = { bot?: { open_id?: string; app_name?: string; activate_status?: number } };
      const { bot } = await call('botInfo', (token) => request<Info>(token, 'GET', '/open-apis/bot/v3/info'));
      // 0 new, 1 stopped, 2 running, 3 to be installed, 4 to be activated.
      return { openId: bot?.open_id ?? '', name: bot?.app_name ?? '', active: bot?.activate_status === 2 };
    },

    /** 加急 inside Feishu: the bot's own message, up to 200 people; returns those it could not reach. */
    async urgentApp(messageId: string, openIds: string[]): Promise<string[]> {
      const path = { message_id: segment('urgentApp', messageId) };
      const payload = { path, params: { user_id_type: 'open_id' as const }, data: { user_id_list: openIds } };
      const answer = await call('urgentApp', (token) => sdk.im.v1.message.urgentApp(payload, withTenantToken(token)));
      return answer.data?.invalid_user_id_list ?? [];
    },

    /** Any other call; for checks of the app (doctor.ts). `path` starts with /open-apis and is the caller's to encode. */
    get<T>(method: string, path: string): Promise<T> {
      return call(method, (token) => request<T>(token, 'GET', path));
    },
  };
}

function asRefusal(method: string, error: unknown): LarkRefused {
  if (error instanceof LarkRefused) return error.method ? error : new LarkRefused({ ...facts(error), method });
  const detail = error instanceof Error ? error.name : 'unknown';
  return new LarkRefused({ method, code: 0, status: 0, retry: 'unknown_outcome', detail });
}

function facts(e: LarkRefused) {
  const { code, status, retry, retryAfterSeconds, logId, detail } = e;
  return { code, status, retry, retryAfterSeconds, logId, detail };
}

function sent(method: string, data: { message_id?: string; chat_id?: string } | undefined): Sent {
  if (!data?.message_id) throw new LarkRefused({ method, code: 0, status: 200, retry: 'unknown_outcome' });
  return { messageId: data.message_id, chatId: data.chat_id ?? '' };
}

// The SDK puts path parameters into the URL as they are; an id from outside must not change the path.
function segment(method: string, id: string): string {
  if (/^[\w-]{1,200}$/.test(id)) return id;
  throw new LarkRefused({ method, code: 0, status: 0, retry: 'never', detail: 'bad id' });
}

// axios' timeout ends with the headers; a body that stalls must not hold the caller either.
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
