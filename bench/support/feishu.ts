import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { sign } from '../../src/lark/verify.ts';

export const SECRETS = {
  appId: 'cli_00000000000000be',
  appSecret: 'bench-secret',
  encryptKey: 'bench-key',
  verificationToken: 'bench-token',
};
const KEY = createHash('sha256').update(SECRETS.encryptKey).digest();

/** An event as Feishu pushes it: encrypted and signed. */
export interface Push {
  body: Buffer;
  headers: Record<string, string>;
}

let serial = 0;
/** The event of a text that a person writes to the bot. */
export function messageEvent(
  openId: string,
  text: string,
  now: number,
): { type: string; event: object; messageId: string } {
  const id = `${openId}_${process.pid}_${++serial}`;
  return {
    type: 'im.message.receive_v1',
    messageId: `om_${id}`,
    event: {
      sender: { sender_id: { open_id: openId }, sender_type: 'user', tenant_key: 'tk' },
      message: {
        message_id: `om_${id}`,
        create_time: String(now),
        chat_id: `oc_${openId}`,
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
      },
    },
  };
}

/** The event of a button pressed on a card. */
export function clickEvent(openId: string, messageId: string, value: object): { type: string; event: object } {
  return {
    type: 'card.action.trigger',
    event: {
      operator: { open_id: openId, tenant_key: 'tk' },
      token: 'c-token',
      action: { tag: 'button', value },
      host: 'im_message',
      context: { open_message_id: messageId, open_chat_id: `oc_${openId}` },
    },
  };
}

/** The event before encryption. */
export function envelopeOf({ type, event }: { type: string; event: object }, now: number) {
  return {
    schema: '2.0',
    header: {
      event_id: `ev_${process.pid}-${++serial}`,
      event_type: type,
      create_time: String(now),
      token: SECRETS.verificationToken,
      app_id: SECRETS.appId,
      tenant_key: 'tk',
    },
    event,
  };
}

export function pushOf(inside: object, now: number): Push {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', KEY, iv);
  const encrypted = Buffer.concat([iv, cipher.update(JSON.stringify(inside), 'utf8'), cipher.final()]);
  const body = Buffer.from(JSON.stringify({ encrypt: encrypted.toString('base64') }));
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(++serial);
  const signature = sign(timestamp, nonce, SECRETS.encryptKey, body);
  const signed = {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signature,
  };
  return { body, headers: { 'content-type': 'application/json', 'content-length': String(body.length), ...signed } };
}

export interface Accepting {
  url: string;
  messages: () => number;
  /** When each message was first answered, by its id. */
  answered: Map<string, number>;
  /** Records whose cards were sent, with their owners: a click can withdraw them. */
  records: { openId: string; activity: string }[];
  close(): Promise<void>;
}

/** An Open API that accepts every call at once, so that only the program is measured. */
export async function acceptingFeishu(): Promise<Accepting> {
  let sent = 0;
  const answered: Accepting['answered'] = new Map();
  const records: Accepting['records'] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      const message = /messages\/(om_[^/]+)\/reply/.exec(req.url!)?.[1];
      if (message && !answered.has(message)) answered.set(message, performance.now());
      const to = /messages\/om_(ou_\d+)_[^/]+\/reply/.exec(req.url!)?.[1];
      const activity = /withdraw\W+activity\W+([\w-]{36})/.exec(body)?.[1];
      if (to && activity) records.push({ openId: to, activity });
      const messages = req.method === 'POST' && req.url!.includes('/im/v1/messages');
      if (messages) sent++;
      const sender = { id: SECRETS.appId, id_type: 'app_id' };
      const data = messages ? { message_id: `om_bot${sent}`, sender, body: { content: '{}' } } : {};
      res.setHeader('content-type', 'application/json');
      res.end(
        JSON.stringify({
          code: 0,
          msg: 'ok',
          tenant_access_token: 't',
          expire: 7200,
          bot: { open_id: 'ou_bot' },
          data,
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    messages: () => sent,
    answered,
    records,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
