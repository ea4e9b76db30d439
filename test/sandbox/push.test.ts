import { AESCipher, EventDispatcher } from '@larksuiteoapi/node-sdk';
import { afterEach, expect, test } from 'vitest';
import { encrypt, pushSignature } from '../../src/sandbox/wire.ts';
import { APP, button, card, handClock, type Seen, sdkClient, startBed, startProduct } from './bed.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
async function bed(
  answer: Parameters<typeof startProduct>[0] = () => [200, '{}'],
  more: Parameters<typeof startBed>[0] = {},
) {
  const product = await startProduct(answer);
  const clock = handClock();
  const sandbox = await startBed({ webhookUrl: product.url, now: clock.now, ...more });
  closers.push(product.close, sandbox.close);
  return { product, sandbox, clock };
}
async function withCard(elements: object[], answer?: Parameters<typeof startProduct>[0], more = {}) {
  const world = await bed(answer, more);
  const sdk = sdkClient(world.sandbox.url);
  const sent = await sdk.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: 'ou_zhao', msg_type: 'interactive', content: JSON.stringify(card(...elements)) },
  });
  return { ...world, sdk, id: sent.data?.message_id ?? '' };
}

test('the published vector: we encrypt exactly as Feishu does', () => {
  const published = Buffer.from('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'base64');
  expect(encrypt('hello world', 'test key', published.subarray(0, 16))).toBe(published.toString('base64'));
  const iv = Buffer.alloc(16, 7);
  expect(new AESCipher('another key').decrypt(encrypt('结对', 'another key', iv))).toBe('结对');
});

test('the signature is the plain hash of timestamp, nonce, key and raw body', () => {
  expect(pushSignature('1', '2', '3', '4')).toBe('03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4');
});

test('a message arrives as Feishu sends it, and the SDK’s dispatcher accepts it', async () => {
  const { product, sandbox } = await bed();
  const delivery = await sandbox.says('ou_zhao', '昨天到万佑上了一节七年级语文');
  expect(delivery).toMatchObject({ ok: true, attempts: [{ status: 200 }] });
  const [{ headers, raw, event }] = product.seen as [Seen];
  expect(headers).toMatchObject({
    'content-type': 'application/json;charset=utf-8',
    'user-agent': 'Go-http-client/1.1',
    'x-lark-request-timestamp': expect.stringMatching(/^\d{10}$/),
    'x-lark-request-nonce': expect.stringMatching(/^\d+$/),
    'x-lark-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(raw).toMatch(/^\{"encrypt":"[^"]+"\}$/);
  expect(event).toMatchObject({
    schema: '2.0',
    header: { event_type: 'im.message.receive_v1', token: APP.verificationToken, app_id: APP.appId },
    event: { message: { message_type: 'text', chat_type: 'p2p', content: '{"text":"昨天到万佑上了一节七年级语文"}' } },
  });
  const seen: string[] = [];
  const sdk = new EventDispatcher({ encryptKey: APP.encryptKey }).register({
    'im.message.receive_v1': (data) => void seen.push(data.message.message_id),
  });
  await sdk.invoke(Object.assign(Object.create({ headers }), JSON.parse(raw)));
  expect(seen).toEqual([delivery.messageId]);
});

test('a refused event goes through the retry ladder under one event id and gives up after four retries', async () => {
  const { product, sandbox } = await bed(() => [500, '']);
  const deliveryDone = sandbox.says('ou_zhao', 'x');
  for (let i = 0; i < 4; i++) expect(await sandbox.retryNow()).toBe(1);
  const delivery = await deliveryDone;
  expect(delivery).toMatchObject({ ok: false, gaveUp: true });
  expect(product.seen.map((one) => one.event.header.event_id)).toEqual(Array(5).fill(delivery.eventId));
  expect(await sandbox.retryNow()).toBe(0);
});

test('a product that recovers gets the event', async () => {
  const { sandbox } = await bed((_, nth) => [nth < 3 ? 503 : 200, '']);
  const deliveryDone = sandbox.says('ou_zhao', 'x');
  await sandbox.retryNow();
  await sandbox.retryNow();
  expect((await deliveryDone).attempts.map((attempt) => attempt.status)).toEqual([503, 503, 200]);
});

test('a push fails on silence, a closed port and a missing address', async () => {
  const { sandbox } = await bed(() => undefined, { retryDelays: [], answerTimeoutMs: 30 });
  expect((await sandbox.says('ou_zhao', 'x')).attempts).toMatchObject([{ error: 'no answer in time' }]);
  sandbox.setWebhookUrl('http://127.0.0.1:1/webhook');
  expect((await sandbox.says('ou_zhao', 'x')).attempts[0]?.error).toMatch(/ECONNREFUSED/);
});

test('the knobs misbehave as configured', async () => {
  const { product, sandbox, clock } = await bed(() => [200, ''], { retryDelays: [] });
  sandbox.faults.twice = 1;
  await sandbox.says('ou_zhao', 'a');
  expect(product.seen).toHaveLength(2);
  expect(product.seen[1]?.event).toEqual(product.seen[0]?.event);
  sandbox.faults.twiceNewEventId = 1;
  await sandbox.says('ou_zhao', 'b');
  const [, , one, two] = product.seen;
  expect(two?.event.event).toEqual(one?.event.event);
  expect(two?.event.header.event_id).not.toBe(one?.event.header.event_id);
  sandbox.faults.badSignature = 1;
  await sandbox.says('ou_zhao', 'c');
  const bad = product.seen[4] as Seen;
  const { 'x-lark-request-timestamp': ts, 'x-lark-request-nonce': nonce, 'x-lark-signature': signature } = bad.headers;
  expect(signature).not.toBe(pushSignature(String(ts), String(nonce), APP.encryptKey, bad.raw));
  sandbox.faults.staleTimestamp = 1;
  await sandbox.says('ou_zhao', 'd');
  expect(Number(product.seen[5]?.headers['x-lark-request-timestamp'])).toBe(Math.floor(clock.at / 1000) - 86_400);
  sandbox.faults.lateMs = 3_600_000;
  const late = await sandbox.says('ou_zhao', 'e');
  expect(sandbox.message(late.messageId ?? '')?.createTime).toBe(clock.at - 3_600_000);
});

test('groups: the bot receives messages that mention it, with the mention in the text', async () => {
  const { product, sandbox } = await bed();
  const group = await sandbox.makesGroup('结对群', ['ou_zhao', 'ou_qian'], { announce: true });
  expect(product.seen[0]?.event.header.event_type).toBe('im.chat.member.bot.added_v1');
  const unmentioned = await sandbox.says('ou_zhao', '周报', { chat: group, mentionBot: false });
  expect(unmentioned.skipped).toBe('in a group the bot receives only messages that mention it');
  await sandbox.says('ou_zhao', '周报', { chat: group });
  expect(product.seen).toHaveLength(2);
  expect(product.seen[1]?.event.event.message).toMatchObject({
    chat_id: group,
    chat_type: 'group',
    content: '{"text":"@_user_1 周报"}',
    mentions: [{ key: '@_user_1', mentioned_type: 'bot' }],
  });
});

test('recalls, opened chats, menus, read marks, departures and profile changes send their events', async () => {
  const { product, sandbox, clock } = await bed();
  const { messageId = '' } = await sandbox.says('ou_zhao', 'x');
  await sandbox.recalls('ou_zhao', messageId);
  await sandbox.opensChat('ou_zhao');
  await sandbox.clicksMenu('ou_zhao', 'mine');
  await sandbox.leaves('ou_zhao');
  await sandbox.changes('ou_qian', { mobile: '13800000009' });
  const bodies = product.seen.slice(1).map((one) => one.event);
  expect(bodies.map((body) => body.header.event_type)).toEqual([
    'im.message.recalled_v1',
    'im.chat.access_event.bot_p2p_chat_entered_v1',
    'application.bot.menu_v6',
    'contact.user.deleted_v3',
    'contact.user.updated_v3',
  ]);
  expect(bodies[0]?.event).toMatchObject({ message_id: messageId, recall_type: 'message_owner' });
  expect(bodies[2]?.event).toMatchObject({ event_key: 'mine', timestamp: Math.floor(clock.at / 1000) });
  expect(bodies[4]?.event).toMatchObject({ old_object: { mobile: '' }, object: { mobile: '+8613800000009' } });
});

test('a click returns toast and card, and creates a token for a delayed update', async () => {
  const answer = JSON.stringify({
    toast: { type: 'success', content: '已撤回' },
    card: { type: 'raw', data: card({ tag: 'markdown', content: '已撤回' }) },
  });
  const { product, sandbox, id, sdk } = await withCard([button('撤回', { a: 'undo', v: 1 })], () => [200, answer]);
  const result = await sandbox.clicks('ou_zhao', id, { text: '撤回' });
  expect(result).toMatchObject({ status: 200, toast: { type: 'success', content: '已撤回' } });
  expect(sandbox.message(id)).toMatchObject({ updatedCount: 1, card: card({ tag: 'markdown', content: '已撤回' }) });
  const event = product.seen[0]?.event;
  expect(event?.header).toMatchObject({
    event_type: 'card.action.trigger',
    create_time: expect.stringMatching(/^\d{16}$/),
  });
  expect(event?.event).toMatchObject({
    operator: { open_id: 'ou_zhao' },
    token: expect.stringMatching(/^c-[0-9a-f]{40}$/),
    action: { tag: 'button', value: { a: 'undo', v: 1 }, timezone: 'Asia/Shanghai' },
    context: { open_message_id: id, open_chat_id: sandbox.person('ou_zhao').chatId },
  });
  const update = () =>
    sdk
      .request({
        method: 'POST',
        url: '/open-apis/interactive/v1/card/update',
        data: { token: event?.event.token, card: card({ tag: 'hr' }) },
      })
      .then(
        (body) => body.code,
        (error) => error.response.data.code,
      );
  expect([await update(), await update(), await update()]).toEqual([0, 0, 300040]);
});

test('a form holds the prefilled and the typed values; the client insists on required fields', async () => {
  const form = {
    tag: 'form',
    name: 'f',
    elements: [
      { tag: 'input', name: 'n', default_value: '3' },
      { tag: 'date_picker', name: 'd', initial_date: '2026-10-09' },
      {
        tag: 'select_static',
        name: 's',
        required: true,
        options: [{ text: { tag: 'plain_text', content: '甲' }, value: 'a' }],
      },
      { tag: 'multi_select_static', name: 'm', options: [{ text: { tag: 'plain_text', content: '乙' }, value: 'b' }] },
      button('保存', { a: 'save' }, { name: 'ok', form_action_type: 'submit' }),
    ],
  };
  const { product, sandbox, id } = await withCard([form]);
  expect(await sandbox.clicks('ou_zhao', id, { name: 'ok' })).toEqual({ ms: 0, missing: ['s'] });
  expect(product.seen).toHaveLength(0);
  await sandbox.clicks('ou_zhao', id, { name: 'ok' }, { s: 'a', m: ['b'], d: '2026-10-10' });
  expect(product.seen[0]?.event.event.action).toMatchObject({
    tag: 'button',
    name: 'ok',
    value: { a: 'save' },
    form_value: { n: '3', d: '2026-10-10 +0800', s: 'a', m: ['b'] },
  });
});

test.each([
  ['500', [500, '{}'], 200671],
  ['an empty body', [200, ''], 200672],
  ['no JSON', [200, '<html>'], 200672],
  ['a list', [200, '[]'], 200672],
  ['an unknown key', [200, '{"tost":{}}'], 200672],
  ['a bad toast', [200, '{"toast":{"type":"great","content":"x"}}'], 200672],
  ['a card as a string', [200, '{"card":{"type":"raw","data":"{}"}}'], 200672],
  ['a 1.0 card', [200, '{"card":{"type":"raw","data":{"elements":[]}}}'], 200830],
  [
    'a wrong card',
    [200, '{"card":{"type":"raw","data":{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}}}'],
    200673,
  ],
] as const)('a click answered with %s shows an error and keeps the card', async (_, [status, body], code) => {
  const { sandbox, id, product } = await withCard([button('好', { a: 'x' })], () => [status, body]);
  const result = await sandbox.clicks('ou_zhao', id, { value: { a: 'x' } });
  expect(result.clientError?.code).toBe(code);
  expect(sandbox.message(id)?.updatedCount).toBe(0);
  expect(product.seen).toHaveLength(1);
});

test('a click without an answer is not repeated, and the card is locked until then', async () => {
  let patched: unknown;
  const world = await withCard([button('好', { a: 'x' })], undefined, { answerTimeoutMs: 80 });
  const { sandbox, id, sdk, product } = world;
  product.close();
  const silent = await startProduct(() => {
    patched = sdk.im.message
      .patch({ path: { message_id: id }, data: { content: '{}' } })
      .catch((error) => error.response.data);
    return undefined;
  });
  closers.push(silent.close);
  sandbox.setWebhookUrl(silent.url);
  expect((await sandbox.clicks('ou_zhao', id, { text: '好' })).clientError?.code).toBe(200341);
  expect(await patched).toMatchObject({ code: 230099, msg: expect.stringContaining('card action is lock') });
  expect(silent.seen).toHaveLength(1);
  expect((await sdk.im.message.patch({ path: { message_id: id }, data: { content: '{}' } })).code).toBe(0);
});

test('a card is dead after 15 days, and a wrong label gets the list of elements', async () => {
  const { sandbox, id, clock } = await withCard([button('好', { a: 'x' })]);
  await expect(sandbox.clicks('ou_zhao', id, { text: '坏' })).rejects.toThrow(/「好」/);
  clock.at += 15 * 86_400_000;
  const { clientError } = await sandbox.clicks('ou_zhao', id, { text: '好' });
  expect(clientError).toEqual({ code: 0, msg: expect.stringContaining('the card has expired') });
});

test('saving the address sends the challenge, encrypted and unsigned', async () => {
  const { product, sandbox } = await bed(({ event }) => [
    200,
    JSON.stringify({ challenge: (event as unknown as { challenge: string }).challenge }),
  ]);
  expect((await sandbox.verifiesUrl()).verified).toBe(true);
  expect(product.seen[0]?.event).toMatchObject({ type: 'url_verification', token: APP.verificationToken });
  expect(product.seen[0]?.headers['x-lark-signature']).toBeUndefined();
  const rude = await bed(() => [200, '{"challenge":"x"}']);
  expect((await rude.sandbox.verifiesUrl()).verified).toBe(false);
});

test('bytes are sent exactly as given', async () => {
  const { product, sandbox } = await bed(() => [401, 'no']);
  const raw = JSON.stringify({ encrypt: encrypt('{"header":{}}', APP.encryptKey, Buffer.alloc(16)) });
  expect(await sandbox.pushBytes(raw, { 'X-Lark-Signature': 'wrong' })).toMatchObject({ status: 401, body: 'no' });
  expect(product.seen[0]).toMatchObject({ raw, headers: { 'x-lark-signature': 'wrong' } });
});

test('a held event arrives after later messages', async () => {
  const { product, sandbox } = await bed();
  sandbox.faults.hold = 1;
  const held = sandbox.says('ou_zhao', '先说');
  await sandbox.says('ou_zhao', '后说');
  expect(product.seen).toHaveLength(1);
  await sandbox.retryNow();
  expect((await held).ok).toBe(true);
  const texts = product.seen.map((one) => (one.event.event.message as { content: string }).content);
  expect(texts).toEqual(['{"text":"后说"}', '{"text":"先说"}']);
});

test('retries are signed again, or with the first timestamp if configured', async () => {
  const { product, sandbox, clock } = await bed((_, nth) => [nth % 2 ? 500 : 200, '']);
  const stamps = async () => {
    const deliveryDone = sandbox.says('ou_zhao', 'x');
    await sandbox.settle();
    clock.at += 3_600_000;
    await sandbox.retryNow();
    await deliveryDone;
    return product.seen.slice(-2).map((one) => Number(one.headers['x-lark-request-timestamp']));
  };
  const [first = 0, again] = await stamps();
  expect(again).toBe(first + 3600);
  sandbox.faults.oldTimestampOnRetry = true;
  const [old, same] = await stamps();
  expect(same).toBe(old);
});
