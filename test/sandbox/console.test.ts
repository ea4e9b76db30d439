import { afterEach, expect, test } from 'vitest';
import { approve, OPTIONAL_SCOPES, publish, SETUP_EVENTS, SETUP_SCOPES } from '../../src/sandbox/console.ts';
import { sdkClient, startBed } from './bed.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
async function bed(...args: Parameters<typeof startBed>) {
  const sandbox = await startBed(...args);
  closers.push(sandbox.close);
  return { sandbox, sdk: sdkClient(sandbox.url) };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    (answer) => (answer as { code?: number }).code ?? 0,
    (error) => error.response?.data?.code,
  );

test('settings have no effect before a version is approved', async () => {
  const { sandbox, sdk } = await bed({ begin: 'created', retryDelays: [] });
  const get = (url: string) => codeOf(sdk.request({ method: 'GET', url }));
  const calls = () =>
    Promise.all(
      ['/open-apis/bot/v3/info', '/open-apis/application/v6/scopes', '/open-apis/contact/v3/scopes'].map(get),
    );
  expect(await calls()).toEqual([11205, 212100, 99991672]);
  expect(await sandbox.says('ou_zhao', '你好')).toMatchObject({ skipped: 'no version is approved yet' });
  const { draft } = sandbox.app;
  Object.assign(draft, { bot: true, scopes: SETUP_SCOPES, events: ['im.message.receive_v1'], contactRange: 'all' });
  publish(sandbox.app);
  expect(await calls()).toEqual([11205, 212100, 99991672]);
  approve(sandbox.app);
  expect(await calls()).toEqual([0, 0, 0]);
  expect((await sandbox.says('ou_zhao', '你好')).skipped).toContain('another way');
  Object.assign(draft, { way: 'webhook', scopes: SETUP_SCOPES.filter((scope) => !scope.includes('p2p')) });
  publish(sandbox.app);
  approve(sandbox.app);
  expect((await sandbox.says('ou_zhao', '你好')).skipped).toBe('needs im:message.p2p_msg:readonly');
  expect((await sandbox.leaves('ou_zhao')).skipped).toBe('contact.user.deleted_v3 is not subscribed');
});

test('doctor’s questions have answers', async () => {
  const { sandbox, sdk } = await bed({ retryDelays: [] });
  const get = async (url: string) => ((await sdk.request({ method: 'GET', url })) as { data: never }).data as never;
  const { scopes } = (await get('/open-apis/application/v6/scopes')) as { scopes: { scope_name: string }[] };
  expect(scopes.map((scope) => scope.scope_name)).toEqual([...SETUP_SCOPES, ...OPTIONAL_SCOPES]);
  const { app } = (await get('/open-apis/application/v6/applications/me?lang=zh_cn')) as {
    app: { event: { subscribed_events: string[] }; unaudit_version_id: string };
  };
  expect(app.event.subscribed_events).toEqual(SETUP_EVENTS);
  expect(app.unaudit_version_id).toBe('');
  await sandbox.says('ou_zhao', '你好');
  const chat = sandbox.person('ou_zhao').chatId;
  const list = (await get(
    `/open-apis/im/v1/messages?container_id_type=chat&container_id=${chat}&start_time=0&page_size=50`,
  )) as { items: { sender: { sender_type: string } }[] };
  expect(list.items.map((item) => item.sender.sender_type)).toEqual(['user']);
});

test('headers are sparse by a seed, the same in each run', async () => {
  const headers = async () => {
    const { sandbox } = await bed({ sparseSeed: 7, retryDelays: [] });
    const bodies = await Promise.all([1, 2, 3, 4, 5, 6].map(() => sandbox.says('ou_zhao', '你好')));
    return bodies.map(({ body }: { body: Record<string, unknown> }) => Object.keys(body.header as object).join());
  };
  const once = await headers();
  expect(await headers()).toEqual(once);
  expect(new Set(once).size).toBeGreaterThan(2);
  expect(once.every((keys) => keys.includes('event_id') && keys.includes('event_type'))).toBe(true);
});
