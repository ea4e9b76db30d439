import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { button, card, counter, handClock, PEOPLE, sdkClient, startBed } from './bed.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
async function bed(...args: Parameters<typeof startBed>) {
  const sandbox = await startBed(...args);
  closers.push(sandbox.close);
  return { sandbox, sdk: sdkClient(sandbox.url) };
}

const to = (openId: string, content: object, uuid?: string, type = 'text') => ({
  params: { receive_id_type: 'open_id' as const },
  data: { receive_id: openId, msg_type: type, content: JSON.stringify(content), ...(uuid ? { uuid } : {}) },
});
const codeOf = (run: Promise<unknown>) =>
  run.then(
    (answer) => (answer as { code: number }).code,
    (error) => error.response?.data?.code ?? error,
  );

test('the official client sends, answers, patches and uploads', async () => {
  const { sandbox, sdk } = await bed();
  const sent = await sdk.im.message.create(
    to('ou_zhao', card(button('撤回', { a: 'undo' })), undefined, 'interactive'),
  );
  expect(sent.code).toBe(0);
  const id = sent.data?.message_id ?? '';
  expect(sandbox.messages('ou_zhao')).toMatchObject([{ messageId: id, from: 'bot', msgType: 'interactive' }]);
  expect(sent.data?.chat_id).toBe(sandbox.person('ou_zhao').chatId);

  const patched = await sdk.im.message.patch({
    path: { message_id: id },
    data: { content: JSON.stringify(card({ tag: 'markdown', content: '已撤回' })) },
  });
  expect(patched.code).toBe(0);
  expect(sandbox.message(id)).toMatchObject({ updatedCount: 1, card: card({ tag: 'markdown', content: '已撤回' }) });

  const reply = await sdk.im.message.reply({
    path: { message_id: id },
    data: { msg_type: 'text', content: '{"text":"好"}' },
  });
  expect(reply.data).toMatchObject({ root_id: id, parent_id: id });

  const png = Buffer.from('89504e470d0a1a0a00000000ff0d0a2d2d', 'hex');
  const image = await sdk.im.image.create({ data: { image_type: 'message', image: png } });
  expect(image?.image_key).toMatch(/^img_v3_/);
  expect((await sdk.im.message.create(to('ou_zhao', { image_key: image?.image_key }, undefined, 'image'))).code).toBe(
    0,
  );
  const file = await sdk.im.file.create({ data: { file_type: 'xls', file_name: '台账.xlsx', file: Buffer.from('x') } });
  expect(file?.file_key).toMatch(/^file_v3_/);
  expect(sandbox.calls.filter((call) => call.path.includes('tenant_access_token'))).toHaveLength(1);
});

test('a sent image comes back byte by byte', async () => {
  const { sandbox, sdk } = await bed({ retryDelays: [] });
  const bytes = Buffer.from('89504e470d0a1a0a0001fffe', 'hex');
  const { messageId = '' } = await sandbox.sendsImage('ou_zhao', bytes);
  const key = String(sandbox.message(messageId)?.content.image_key);
  const resource = await sdk.im.messageResource.get({
    path: { message_id: messageId, file_key: key },
    params: { type: 'image' },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of resource.getReadableStream()) chunks.push(chunk);
  expect(Buffer.concat(chunks)).toEqual(bytes);
});

test('people are found by mobile and email inside the data range', async () => {
  const { sandbox, sdk } = await bed();
  const find = async () =>
    (
      await sdk.contact.user.batchGetId({
        params: { user_id_type: 'open_id' },
        data: { mobiles: ['13800000001', '13900000000'], emails: ['qian@example.com'] },
      })
    ).data?.user_list;
  expect(await find()).toEqual([
    { user_id: 'ou_zhao', mobile: '13800000001' },
    { mobile: '13900000000' },
    { user_id: 'ou_qian', email: 'qian@example.com' },
  ]);
  sandbox.person('ou_qian').inContactRange = false;
  expect((await find())?.[2]).toEqual({ email: 'qian@example.com' });
  const user = await sdk.contact.v3.user.get({ path: { user_id: 'ou_zhao' }, params: { user_id_type: 'open_id' } });
  expect(user.data?.user).toMatchObject({ name: '赵一帆', mobile: '+8613800000001' });
  expect(await codeOf(sdk.contact.v3.user.get({ path: { user_id: 'ou_qian' } }))).toBe(41050);
});

test('a uuid sends one message within an hour', async () => {
  const clock = handClock();
  const { sandbox, sdk } = await bed({ now: clock.now });
  const first = await sdk.im.message.create(to('ou_zhao', { text: 'a' }, 'u1'));
  const again = await sdk.im.message.create(to('ou_zhao', { text: 'b' }, 'u1'));
  expect(again.data?.message_id).toBe(first.data?.message_id);
  expect(sandbox.messages('ou_zhao')).toHaveLength(1);
  clock.at += 3_600_000;
  await sdk.im.message.create(to('ou_zhao', { text: 'a' }, 'u1'));
  expect(sandbox.messages('ou_zhao')).toHaveLength(2);
});

test('of two simultaneous sends with one uuid, one is answered that the message is being sent', async () => {
  const { sandbox, sdk } = await bed();
  await sdk.im.message.create(to('ou_zhao', { text: 'warm' }));
  sandbox.faults.api.delayMs = 20;
  const codes = await Promise.all([1, 2].map(() => codeOf(sdk.im.message.create(to('ou_zhao', { text: 'a' }, 'u2')))));
  expect(codes.sort()).toEqual([0, 230049]);
  expect(sandbox.messages('ou_zhao')).toHaveLength(2);
});

test('the token stays the same until 30 minutes are left, and both are valid then', async () => {
  const clock = handClock();
  const { sandbox } = await bed({ now: clock.now });
  const token = async () =>
    (
      await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ app_id: 'cli_0123456789abcdef', app_secret: 'secret-of-the-sandbox' }),
      })
    ).json() as Promise<{ tenant_access_token: string; expire: number }>;
  const info = async (bearer?: string) =>
    fetch(`${sandbox.url}/open-apis/bot/v3/info`, bearer ? { headers: { Authorization: `Bearer ${bearer}` } } : {});
  const first = await token();
  expect(first.expire).toBe(7200);
  clock.at += 80 * 60_000;
  expect((await token()).tenant_access_token).toBe(first.tenant_access_token);
  clock.at += 20 * 60_000;
  const second = await token();
  expect(second.tenant_access_token).not.toBe(first.tenant_access_token);
  expect((await info(first.tenant_access_token)).status).toBe(200);
  clock.at += 20 * 60_000;
  const expired = await info(first.tenant_access_token);
  const logId = expired.headers.get('x-tt-logid');
  expect(logId).toMatch(/^\S{8,}$/);
  expect(await expired.json()).toMatchObject({ code: 99991663, error: { log_id: logId } });
  expect(await (await info()).json()).toMatchObject({ code: 99991661 });
  expect(await (await info('x-1')).json()).toMatchObject({ code: 99991671 });
});

test('a wrong secret gets no token', async () => {
  const { sandbox } = await bed();
  const wrong = sdkClient(sandbox.url, 'wrong');
  await expect(wrong.im.message.create(to('ou_zhao', { text: 'a' }))).rejects.toThrow();
  expect(sandbox.messages('ou_zhao')).toEqual([]);
});

test('the limits per receiver, per card and per API answer as documented', async () => {
  let mono = 0;
  const { sdk } = await bed({ monotonic: () => mono, limits: { perSecond: 12, perMinute: 20 } });
  const say = () => codeOf(sdk.im.message.create(to('ou_zhao', { text: 'x' })));
  const codes: number[] = [];
  for (let i = 0; i < 6; i++) codes.push(await say());
  expect(codes).toEqual([0, 0, 0, 0, 0, 230020]);
  mono += 1000;
  expect(await say()).toBe(0);
  const other = () => sdk.im.message.create(to('ou_qian', { text: 'x' }));
  for (let i = 0; i < 11; i++) await codeOf(other());
  const refused = await other().catch((error) => error.response);
  expect(refused.status).toBe(429);
  expect(refused.data.code).toBe(99991400);
  expect(refused.headers).toMatchObject({ 'x-ogw-ratelimit-limit': '12', 'x-ogw-ratelimit-reset': '1' });
  mono += 1000;
  expect([await say(), await say(), await say()]).toEqual([0, 0, 99991400]);
});

test('states of people and chats refuse with their codes', async () => {
  const { sandbox, sdk } = await bed({ limits: false });
  const say = (openId = 'ou_zhao') => codeOf(sdk.im.message.create(to(openId, { text: 'x' })));
  const person = sandbox.person('ou_zhao');
  person.available = false;
  expect(await say()).toBe(230013);
  Object.assign(person, { available: true, resigned: true });
  expect(await say()).toBe(230013);
  Object.assign(person, { resigned: false, blocked: true });
  expect(await say()).toBe(230053);
  expect(await say('ou_nobody')).toBe(99992361);
  expect(await say('nobody')).toBe(99992351);
  const group = await sandbox.makesGroup('结对群', ['ou_zhao', 'ou_qian']);
  const sayGroup = () =>
    codeOf(
      sdk.im.message.create({
        params: { receive_id_type: 'chat_id' },
        data: { receive_id: group, msg_type: 'text', content: '{"text":"x"}' },
      }),
    );
  expect(await sayGroup()).toBe(0);
  sandbox.chat(group).botIn = false;
  expect(await sayGroup()).toBe(230002);
  sandbox.chat(group).dissolved = true;
  expect(await sayGroup()).toBe(232009);
});

test('faults occur as often as configured', async () => {
  const { sandbox, sdk } = await bed({ limits: false });
  const say = (uuid?: string) => codeOf(sdk.im.message.create(to('ou_zhao', { text: 'x' }, uuid)));
  expect(await say()).toBe(0);
  Object.assign(sandbox.faults.api, { rate429: 1 });
  expect([await say(), await say()]).toEqual([99991400, 0]);
  Object.assign(sandbox.faults.api, { status500: 2 });
  expect([await say(), await say(), await say()]).toEqual([2200, 2200, 0]);
  Object.assign(sandbox.faults.api, { expireToken: true });
  expect(await say()).toBe(99991663);
  const fresh = sdkClient(sandbox.url);
  const before = sandbox.messages('ou_zhao').length;
  Object.assign(sandbox.faults.api, { storeThenHangup: 1 });
  await expect(fresh.im.message.create(to('ou_zhao', { text: 'y' }, 'h1'))).rejects.toThrow(
    /socket hang up|ECONNRESET/,
  );
  expect(sandbox.messages('ou_zhao')).toHaveLength(before + 1);
  expect((await fresh.im.message.create(to('ou_zhao', { text: 'y' }, 'h1'))).code).toBe(0);
  expect(sandbox.messages('ou_zhao')).toHaveLength(before + 1);
});

test('the monthly quota counts messages, not contact, and ends with the month', async () => {
  const clock = handClock(Temporal.Instant.from('2026-11-30T10:00:00Z').epochMilliseconds);
  const { sdk } = await bed({ now: clock.now, monthlyQuota: 1 });
  const say = () => codeOf(sdk.im.message.create(to('ou_zhao', { text: 'x' })));
  expect([await say(), await say()]).toEqual([0, 99991403]);
  expect(await codeOf(sdk.contact.v3.user.get({ path: { user_id: 'ou_zhao' } }))).toBe(0);
  clock.at += 86_400_000 / 2;
  const later = sdkClient((await bed({ now: clock.now })).sandbox.url);
  expect(await codeOf(later.im.message.create(to('ou_zhao', { text: 'x' })))).toBe(0);
});

test('a missing scope is named', async () => {
  const { sdk } = await bed({ app: { scopes: ['im:message:readonly'] } });
  expect(await codeOf(sdk.im.message.create(to('ou_zhao', { text: 'x' })))).toBe(99991672);
});

test('batch send reaches everybody, and its errors use HTTP 200', async () => {
  const scopes = ['im:message:send_as_bot', 'im:message:send_multi_users'];
  const { sandbox, sdk } = await bed({ people: PEOPLE, newId: counter(), app: { scopes } });
  const batch = (data: object) => sdk.request({ method: 'POST', url: '/open-apis/message/v4/batch_send/', data });
  const sent = await batch({ msg_type: 'text', open_ids: ['ou_zhao', 'ou_x'], content: { text: '通知' } });
  expect(sent).toMatchObject({ code: 0, data: { invalid_open_ids: ['ou_x'] } });
  expect(sent.data.message_id).toMatch(/^bm-/);
  expect(sandbox.messages('ou_zhao')).toHaveLength(1);
  expect((await batch({ msg_type: 'interactive', open_ids: ['ou_zhao'], card: { schema: '2.0', x: 1 } })).code).toBe(
    230099,
  );
  const id = sandbox.messages('ou_zhao')[0]?.messageId ?? '';
  expect(await codeOf(sdk.im.message.patch({ path: { message_id: id }, data: { content: '{}' } }))).toBe(230001);
});

test('only the bot’s own messages, and only to people of the chat, become urgent', async () => {
  const { sandbox, sdk } = await bed();
  const { data } = await sdk.im.message.create(to('ou_zhao', { text: 'x' }));
  const urgent = (ids: string[]) =>
    sdk.im.message.urgentApp({
      path: { message_id: data?.message_id ?? '' },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: ids },
    });
  expect((await urgent(['ou_zhao', 'ou_qian'])).data?.invalid_user_id_list).toEqual(['ou_qian']);
  expect(sandbox.messages('ou_zhao')[0]?.urgent).toEqual(['ou_zhao']);
  expect(await codeOf(urgent(['ou_qian']))).toBe(230001);
});

test('an unknown path is 404, not a polite success', async () => {
  const { sandbox } = await bed();
  expect((await fetch(`${sandbox.url}/open-apis/im/v1/nothing`)).status).toBe(404);
});

test('a card with an image that the bot has not uploaded is refused', async () => {
  const { sandbox, sdk } = await bed({ retryDelays: [] });
  const { messageId = '' } = await sandbox.sendsImage('ou_zhao', Buffer.from('89504e47', 'hex'));
  const foreign = String(sandbox.message(messageId)?.content.image_key);
  const uploaded = await sdk.im.image.create({
    data: { image_type: 'message', image: Buffer.from('89504e47', 'hex') },
  });
  const send = (img_key: string) =>
    codeOf(sdk.im.message.create(to('ou_zhao', card({ tag: 'img', img_key }), undefined, 'interactive')));
  expect([await send(uploaded?.image_key ?? ''), await send(foreign), await send('img_x')]).toEqual([
    0, 230099, 230099,
  ]);
});

test('any input is answered with a code, never a crash', async () => {
  const { sandbox, sdk } = await bed({ limits: false });
  const types = fc.constantFrom('text', 'interactive', 'post', 'image', 'file', 'x', '');
  await fc.assert(
    fc.asyncProperty(types, fc.oneof(fc.json(), fc.string()), fc.jsonValue(), async (msg_type, content, card) => {
      const answers = [
        codeOf(
          sdk.im.message.create({
            params: { receive_id_type: 'open_id' },
            data: { receive_id: 'ou_zhao', msg_type, content },
          }),
        ),
        codeOf(
          sdk.request({
            method: 'POST',
            url: '/open-apis/message/v4/batch_send',
            data: { msg_type, open_ids: ['ou_zhao'], card, content: card },
          }),
        ),
        codeOf(
          sdk.request({ method: 'POST', url: '/open-apis/interactive/v1/card/update', data: { token: 'c-', card } }),
        ),
      ];
      for (const code of await Promise.all(answers)) expect(code).toEqual(expect.any(Number));
    }),
    { numRuns: 60 },
  );
  expect(sandbox.calls.every((call) => call.status === 200 || call.status === 400)).toBe(true);
});

test('an emoji is put under a message once; unknown types, deleted messages and chats without the bot are refused', async () => {
  const { sandbox, sdk } = await bed({ retryDelays: [] });
  const messageId = (await sandbox.says('ou_zhao', '谢谢')).messageId ?? '';
  const react = (message_id: string, emoji_type: string) =>
    codeOf(sdk.im.messageReaction.create({ path: { message_id }, data: { reaction_type: { emoji_type } } }));
  expect([
    await react(messageId, 'THANKS'),
    await react(messageId, 'THANKS'),
    await react(messageId, 'thanks'),
  ]).toEqual([0, 0, 231001]);
  expect(sandbox.message(messageId)?.reactions?.map((one) => one.emoji)).toEqual(['THANKS']);
  await sandbox.recalls('ou_zhao', messageId);
  expect([await react(messageId, 'OK'), await react('om_none', 'OK')]).toEqual([231003, 231003]);
  const group = await sandbox.makesGroup('群', ['ou_zhao']);
  const inGroup = (await sandbox.says('ou_zhao', '好', { chat: group })).messageId ?? '';
  sandbox.chat(group).botIn = false;
  expect(await react(inGroup, 'OK')).toBe(231002);
});
