import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLarkClient } from '../../src/lark/client.ts';
import { LarkRefused } from '../../src/lark/refusal.ts';

type Seen = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
type Answer = (res: ServerResponse, seen: Seen) => void;

const SECRET = 'the-app-secret';
let server: Server;
let seen: Seen[];
let tokens: number;
let expire: number;
let answers: Answer[];
let clock: number;
let calls: string[];

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  return (res) => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const created = json(200, { code: 0, msg: 'success', data: { message_id: 'om_1', chat_id: 'oc_1' } });

beforeEach(async () => {
  [seen, tokens, answers, clock, calls, expire] = [[], 0, [], 1_795_000_000_000, [], 7200];
  server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const one = {
      method: req.method ?? '',
      path: req.url ?? '',
      headers: req.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    if (one.path === '/open-apis/auth/v3/tenant_access_token/internal') {
      tokens += 1;
      if (JSON.parse(one.body).app_secret !== SECRET) return json(200, { code: 10015, msg: 'wrong secret' })(res, one);
      return json(200, { code: 0, msg: 'ok', tenant_access_token: `t-${tokens}`, expire })(res, one);
    }
    seen.push(one);
    (answers.shift() ?? created)(res, one);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function client(over: Record<string, unknown> = {}) {
  return createLarkClient({
    appId: 'cli_0123456789abcdef',
    appSecret: SECRET,
    domain: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    timeoutMs: 400,
    now: () => clock,
    onCall: (method, refusal) => calls.push(refusal ? `${method}!${refusal.code}` : method),
    ...over,
  });
}
const hello = { to: { openId: 'ou_1' }, content: { text: '你好' }, uuid: 'u-1' };
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('expected a refusal'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(LarkRefused);
      return error as LarkRefused;
    },
  );

describe('sending', () => {
  it('sends text, card and file with the uuid and returns the chat', async () => {
    const lark = client();
    expect(await lark.send(hello)).toEqual({ messageId: 'om_1', chatId: 'oc_1' });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/open-apis/im/v1/messages?receive_id_type=open_id' });
    expect(seen[0]?.headers.authorization).toBe('Bearer t-1');
    expect(JSON.parse(seen[0]!.body)).toEqual({
      receive_id: 'ou_1',
      msg_type: 'text',
      content: '{"text":"你好"}',
      uuid: 'u-1',
    });
    await lark.send({ to: { chatId: 'oc_1' }, content: { card: { schema: '2.0' } }, uuid: 'u-2' });
    expect(JSON.parse(seen[1]!.body)).toMatchObject({ msg_type: 'interactive', content: '{"schema":"2.0"}' });
    await lark.reply({ messageId: 'om_9', content: { file: 'f_1' }, uuid: 'u-3' });
    expect(seen[2]?.path).toBe('/open-apis/im/v1/messages/om_9/reply');
    expect(JSON.parse(seen[2]!.body)).toMatchObject({ msg_type: 'file', content: '{"file_key":"f_1"}', uuid: 'u-3' });
  });

  it('never lets a text mention a person or become a link', async () => {
    const text = '<at user_id="all">大家</at> [点这里](http://x) 3<5';
    await client().send({ ...hello, content: { text } });
    const sent = JSON.parse(JSON.parse(seen[0]!.body).content).text as string;
    expect(sent).not.toMatch(/<at|\]\(/);
    expect(sent).toContain('3<5');
  });

  it('patches, updates by token and urges', async () => {
    const lark = client();
    await lark.patchCard('om_1', { schema: '2.0' });
    expect(seen[0]).toMatchObject({ method: 'PATCH', path: '/open-apis/im/v1/messages/om_1' });
    await lark.updateCardByToken('c-1', { schema: '2.0' });
    expect(seen[1]).toMatchObject({ path: '/open-apis/interactive/v1/card/update' });
    expect(JSON.parse(seen[1]!.body)).toEqual({ token: 'c-1', card: { schema: '2.0' } });
    answers.push(json(200, { code: 0, data: { invalid_user_id_list: ['ou_2'] } }));
    expect(await lark.urgentApp('om_1', ['ou_1', 'ou_2'])).toEqual(['ou_2']);
  });

  it('puts an emoji under a message', async () => {
    await client().react('om_1', 'THANKS');
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/open-apis/im/v1/messages/om_1/reactions' });
    expect(JSON.parse(seen[0]!.body)).toEqual({ reaction_type: { emoji_type: 'THANKS' } });
  });

  it('refuses an id that would change the path, without a call', async () => {
    const error = await refusal(client().patchCard('../../x', {}));
    expect(error).toMatchObject({ retry: 'never', method: 'patchCard' });
    expect(seen).toEqual([]);
  });
});

describe('connections', () => {
  it('are kept alive: one carries consecutive calls', async () => {
    let opened = 0;
    server.on('connection', () => {
      opened += 1;
    });
    const lark = client();
    for (let n = 0; n < 5; n++) await lark.send({ ...hello, uuid: `u-${n}` });
    expect([seen.length, opened]).toEqual([5, 1]);
  });

  it('use the proxy of the environment, except on this machine', async () => {
    const { port } = server.address() as AddressInfo;
    const proxies = { HTTP_PROXY: `http://127.0.0.1:${port}` };
    const far = client({ domain: 'http://feishu.invalid', proxies });
    answers.push(json(200, { code: 0, tenant_access_token: 't-far', expire }));
    expect(await far.send(hello)).toMatchObject({ messageId: 'om_1' });
    expect(seen.at(-1)?.path).toBe('http://feishu.invalid/open-apis/im/v1/messages?receive_id_type=open_id');
    await client({ proxies: { HTTP_PROXY: 'http://127.0.0.1:1' } }).send(hello);
    expect(seen.at(-1)?.path).toBe('/open-apis/im/v1/messages?receive_id_type=open_id');
  });
});

describe('tokens', () => {
  it('are fetched once for parallel calls and renewed before their end', async () => {
    const lark = client();
    await Promise.all([1, 2, 3, 4].map((n) => lark.send({ ...hello, uuid: `u-${n}` })));
    expect(tokens).toBe(1);
    clock += (7200 - 180) * 1000;
    await lark.send(hello);
    expect(tokens).toBe(2);
    expect(calls.filter((method) => method === 'token')).toHaveLength(2);
  });

  it.each([99991663, 99991661])('are renewed once when the platform answers %d', async (code) => {
    const lark = client();
    answers.push(json(400, { code, msg: 'invalid token' }));
    expect(await lark.send(hello)).toMatchObject({ messageId: 'om_1' });
    expect(seen.map((one) => one.headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
    answers.push(json(400, { code, msg: 'x' }), json(400, { code, msg: 'x' }));
    expect(await refusal(lark.send(hello))).toMatchObject({ code, retry: 'after' });
    expect(seen).toHaveLength(4);
  });

  it('report a wrong secret without showing it', async () => {
    const error = await refusal(client({ appSecret: 'another-secret' }).send(hello));
    expect(error).toMatchObject({ code: 10015, retry: 'never', method: 'token' });
    expect(error.advice).toContain('LARK_APP_SECRET');
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('another-secret');
  });
});

describe('refusals', () => {
  it.each([
    [
      'code at HTTP 200',
      json(200, { code: 230013, msg: 'no availability' }),
      { code: 230013, unreachable: true, retry: 'never' },
    ],
    [
      'gateway limit',
      json(429, { code: 99991400, msg: 'limit' }, { 'x-ogw-ratelimit-reset': '7', 'x-tt-logid': 'L1' }),
      { retry: 'after', retryAfterSeconds: 7, logId: 'L1', status: 429 },
    ],
    ['gateway limit as 400', json(400, { code: 99991400 }, { 'x-ogw-ratelimit-reset': '3' }), { retryAfterSeconds: 3 }],
    ['limit without a header', json(429, {}), { retry: 'after', retryAfterSeconds: 1 }],
    ['receiver limit', json(400, { code: 230020, msg: 'x' }), { retry: 'receiver' }],
    ['being sent', json(400, { code: 230049 }), { retry: 'unknown_outcome' }],
    ['the same request', json(400, { code: 18121 }), { retry: 'unknown_outcome' }],
    ['no rights of the app yet', json(400, { code: 234019 }), { retry: 'after', retryAfterSeconds: 5 }],
    ['a missing scope', json(400, { code: 99991672 }), { retry: 'app' }],
    ['no cards in that chat', json(400, { code: 230054 }), { retry: 'never', badCard: true }],
    ['a word filter', json(400, { code: 230022 }), { retry: 'never', badContent: true, badCard: false }],
    [
      'a card in use',
      json(400, {
        code: 230099,
        msg: 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ',
      }),
      { retry: 'receiver', badCard: false },
    ],
    ['bad card', json(400, { code: 230099, msg: 'ErrCode: 11310' }), { retry: 'never', badCard: true }],
    ['server error', json(502, 'bad gateway'), { retry: 'unknown_outcome', status: 502 }],
    ['hang-up', ((res) => res.destroy()) as Answer, { retry: 'unknown_outcome', status: 0 }],
    ['silence', (() => {}) as Answer, { retry: 'unknown_outcome', status: 0 }],
    ['a page of some proxy', ((res) => res.end('<html>')) as Answer, { retry: 'unknown_outcome', status: 200 }],
    ['an answer without a message', json(200, { code: 0, data: {} }), { retry: 'unknown_outcome' }],
  ])('classifies %s', async (_name, answer, expected) => {
    answers.push(answer);
    const error = await refusal(client().send(hello));
    expect(error).toMatchObject({ method: 'send', ...expected });
    expect(calls.at(-1)).toBe(_name === 'an answer without a message' ? 'send' : `send!${error.code}`);
  });

  it('knows that a refused connection sent nothing', async () => {
    const error = await refusal(client({ domain: 'http://127.0.0.1:1' }).send(hello));
    expect(error).toMatchObject({ retry: 'after', status: 0 });
  });

  it('carries no secret or token, in any printed form', async () => {
    answers.push(json(400, { code: 230001, msg: 'bad' }));
    const error = await refusal(client().send(hello));
    const printed = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify(Object.getOwnPropertyDescriptors(error))}`;
    expect(printed).not.toContain(SECRET);
    expect(printed).not.toContain('t-1');
    expect(error.cause).toBeUndefined();
  });
});

describe('files', () => {
  it('uploads with a file name', async () => {
    answers.push(
      json(200, { code: 0, data: { image_key: 'img_1' } }),
      json(200, { code: 0, data: { file_key: 'f_1' } }),
    );
    const lark = client();
    expect(await lark.uploadImage({ data: Buffer.from('png'), name: 'a.png' })).toBe('img_1');
    expect(seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[0]?.body).toContain('filename="a.png"');
    expect(await lark.uploadFile({ data: Buffer.from('x'), name: '台账.xlsx' })).toBe('f_1');
    expect(seen[1]?.body).toMatch(/name="file_type"\r\n\r\nxls\r\n/);
  });

  it('throws if an upload is refused at HTTP 200', async () => {
    answers.push(json(200, { code: 234011, msg: 'format' }));
    expect(await refusal(client().uploadImage({ data: Buffer.from('x'), name: 'a.png' }))).toMatchObject({
      code: 234011,
    });
  });

  it('downloads up to a size limit', async () => {
    const bytes: Answer = (res) => res.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(1000, 7));
    const source = { messageId: 'om_1', fileKey: 'img_1', type: 'image' as const };
    answers.push(bytes, bytes, json(400, { code: 234037, msg: 'too big' }));
    const lark = client();
    const file = await lark.download({ ...source, maxBytes: 1000 });
    expect([file.data.length, file.contentType]).toEqual([1000, 'image/png']);
    expect(seen[0]?.path).toBe('/open-apis/im/v1/messages/om_1/resources/img_1?type=image');
    expect(await refusal(lark.download({ ...source, maxBytes: 999 }))).toMatchObject({ code: 234006 });
    expect(await refusal(lark.download({ ...source, maxBytes: 9 }))).toMatchObject({
      code: 234037,
      method: 'download',
    });
  });
});

it('gives up a download that stalls', async () => {
  answers.push((res) => res.writeHead(200, { 'content-length': '100' }).write('x'));
  const source = { messageId: 'om_1', fileKey: 'f', type: 'file' as const, maxBytes: 1000 };
  expect(await refusal(client().download(source))).toMatchObject({ method: 'download', retry: 'unknown_outcome' });
});

describe('people', () => {
  it('resolves 50 at a time', async () => {
    const echo: Answer = (res, one) => {
      const { mobiles, emails } = JSON.parse(one.body) as { mobiles: string[]; emails: string[] };
      const user_list = [
        ...mobiles.map((mobile) => (mobile.endsWith('7') ? { mobile } : { mobile, user_id: `ou_${mobile}` })),
        ...emails.map((email) => ({ email, user_id: `ou_${email}` })),
      ];
      json(200, { code: 0, data: { user_list } })(res, one);
    };
    answers.push(echo, echo, echo);
    const mobiles = Array.from({ length: 120 }, (_, i) => String(13900000000 + i));
    const found = await client().resolveUsers({ mobiles, emails: ['a@x.cn'] });
    expect(seen.map((one) => JSON.parse(one.body).mobiles.length)).toEqual([50, 50, 20]);
    expect(found.byMobile.size).toBe(108);
    expect(found.byMobile.has('13900000007')).toBe(false);
    expect(found.byEmail.get('a@x.cn')).toBe('ou_a@x.cn');
  });

  it('reads a profile and the bot itself', async () => {
    answers.push(
      json(200, {
        code: 0,
        data: { user: { name: '王芳', mobile: '+8613900000000', email: '', enterprise_email: 'w@x.cn' } },
      }),
      json(200, { code: 0, bot: { open_id: 'ou_bot', app_name: '结对', activate_status: 2 } }),
    );
    expect(await client().getUser('ou_1')).toEqual({
      openId: 'ou_1',
      unionId: undefined,
      name: '王芳',
      mobile: '13900000000',
      emails: ['w@x.cn'],
      resigned: false,
    });
    expect(await client().botInfo()).toEqual({ openId: 'ou_bot', name: '结对', active: true });
  });
});
