import { describe, expect, it } from 'vitest';
import { examine, SCOPES } from '../../src/lark/doctor.ts';
import type { Check, Patient } from '../../src/lark/finding.ts';
import { LarkRefused, retryOf } from '../../src/lark/refusal.ts';
import { EVENTS } from '../../src/lark/subscriptions.ts';

const refused = (method: string, code: number) => new LarkRefused({ method, code, status: 400, ...retryOf(code, 400) });
const healthy: Record<string, unknown> = {
  scopes: { data: { scopes: SCOPES.map(([scope]) => ({ scope_name: scope, grant_status: 1 })) } },
  settings: {
    data: {
      app: {
        event: { subscription_type: 'websocket', subscribed_events: EVENTS },
        callback: { callback_type: 'websocket', subscribed_callbacks: ['card.action.trigger'] },
        encryption: { encryption_key: 'never-shown', verification_token: 'nor-this' },
        online_version_id: 'oav_1',
        unaudit_version_id: '',
      },
    },
  },
  contactRange: { data: { department_ids: ['0'] } },
  history: { data: { items: [{ message_id: 'om_1', sender: { sender_type: 'user' } }] } },
};

/** A patient whose platform gives these answers; an Error is thrown. */
function patient(answers: Record<string, unknown> = {}, over: Partial<Patient> = {}): Patient {
  const give = async <T>(name: string): Promise<T> => {
    const answer = { ...healthy, ...answers }[name];
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  const bot = answers.bot ?? { openId: 'ou_bot', name: '结对', active: true };
  return {
    client: {
      botInfo: () => (bot instanceof Error ? Promise.reject(bot) : Promise.resolve(bot as never)),
      baseToken: async (place) => give(place),
      get: give,
      getUser: async (openId) => {
        const answer = answers[openId];
        if (answer instanceof Error) throw answer;
        return { openId, emails: [], resigned: false };
      },
    },
    appId: 'cli_0123456789abcdef',
    domain: 'feishu',
    encryptKey: 'never-shown',
    verificationToken: 'nor-this',
    waiting: [],
    reached: 1,
    connection: 'socket',
    people: [{ name: '周晚晴', openId: 'ou_1' }],
    unreachable: [],
    mirrors: [],
    lists: [],
    calendar: false,
    chats: ['oc_1'],
    since: 1_795_000_000_000,
    arrived: async (ids) => new Set(ids),
    ...over,
  };
}
const NOBODY = { people: [] };
const bad = (checks: Check[]) => checks.filter((c) => c.ok !== true);

describe('examine', () => {
  it('finds nothing wrong with a healthy app and names the pages', async () => {
    const checks = await examine(patient());
    expect(bad(checks)).toEqual([]);
    expect(checks).toHaveLength(12);
    for (const { page } of checks) expect(page).toMatch(/^https:\/\/open\.feishu\.cn\/app\/cli_0123456789abcdef\/\w+$/);
    expect(JSON.stringify(checks)).not.toContain('never-shown');
  });

  it('stops at a wrong secret', async () => {
    const checks = await examine(patient({ bot: refused('token', 10015) }));
    expect(checks).toMatchObject([{ check: 'token', ok: false, advice: expect.stringContaining('LARK_APP_SECRET') }]);
  });

  it.each<[string, Record<string, unknown>, Partial<Patient>, Partial<Check>, string]>([
    ['a stopped bot', { bot: { openId: 'ou_b', name: '', active: false } }, {}, { check: 'bot', ok: false }, '机器人'],
    ['no bot ability', { bot: refused('botInfo', 230006) }, {}, { check: 'bot', ok: false }, '机器人能力'],
    ['missing scopes', { scopes: { data: {} } }, {}, { check: 'scopes', ok: false }, 'im:message:send_as_bot'],
    ['untold scopes', { scopes: refused('scopes', 9499) }, {}, { check: 'scopes', ok: 'unknown' }, '无法查询'],
    [
      'an app that is not installed',
      { scopes: refused('scopes', 212100) },
      {},
      { check: 'scopes', ok: false },
      '安装到企业',
    ],
    [
      'an empty range',
      { contactRange: { data: { user_ids: [] } } },
      NOBODY,
      { check: 'contact_range', ok: false },
      '范围为空',
    ],
    [
      'a range that shows nothing',
      { contactRange: { data: {} } },
      NOBODY,
      { check: 'contact_range', ok: 'unknown' },
      '单个成员',
    ],
    ['another key', {}, { encryptKey: 'other' }, { check: 'keys', ok: false }, 'LARK_ENCRYPT_KEY'],
    ['messages that wait', {}, { waiting: [{ count: 2, why: '99991672' }] }, { check: 'waiting', ok: false }, '2 条'],
    ['a hidden person', { ou_1: refused('getUser', 41050) }, {}, { check: 'people', ok: false }, '周晚晴'],
    ['an id of another app', { ou_1: refused('getUser', 99992361) }, {}, { check: 'people', ok: false }, 'rebind'],
    ['an unreachable person', {}, { unreachable: ['何一舟'] }, { check: 'availability', ok: false }, '何一舟'],
    [
      'a second client',
      {},
      { arrived: async () => new Set<string>() },
      { check: 'second_client', ok: false },
      '1 条消息没有送到',
    ],
    [
      'history that is not shown',
      { history: refused('history', 230110) },
      {},
      { check: 'second_client', ok: 'unknown' },
      '无法查询',
    ],
  ])('reports %s', async (_name, answers, over, expected, advice) => {
    const found = bad(await examine(patient(answers, over))).filter((c) => over !== NOBODY || c.check !== 'people');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ...expected, advice: expect.stringContaining(advice) });
  });

  const all = SCOPES.map(([scope]) => ({ scope_name: scope, grant_status: 1 }));
  const withScopes = (...more: string[]) => ({
    scopes: { data: { scopes: [...all, ...more.map((scope_name) => ({ scope_name, grant_status: 1 }))] } },
  });
  const narrow = [
    ...['calendar:calendar:read', 'calendar:calendar.event:create'],
    ...['calendar:calendar.event:update', 'calendar:calendar.event:delete'],
  ];
  it.each<[string, Record<string, unknown>, Partial<Patient>, string | RegExp]>([
    ['a mirror to be made without its scope', {}, { mirrors: [undefined] }, 'bitable:app'],
    ['lists in a Base without its scope', {}, { lists: ['TOKEN'] }, 'bitable:app'],
    ['a Base of a wiki without the wiki’s', withScopes('bitable:app'), { mirrors: ['wiki:N'] }, 'wiki:node:read'],
    [
      'a page of a wiki that the app may not see',
      { ...withScopes('bitable:app', 'wiki:wiki:readonly'), 'wiki:N': refused('wikiNode', 131006) },
      { lists: ['wiki:N'] },
      '添加文档应用',
    ],
    [
      'a Base that the app may not see',
      { ...withScopes('bitable:app'), TOKEN: 'TOKEN', listTables: refused('listTables', 91403) },
      { mirrors: ['TOKEN'] },
      '添加文档应用',
    ],
    ['the calendar without its scope', {}, { calendar: true }, 'calendar:calendar'],
  ])('reports, if the feature is on, %s', async (_what, answers, over, advice) => {
    const found = bad(await examine(patient(answers, over)));
    expect(found).toMatchObject([{ ok: false, advice: expect.stringContaining(advice as string) }]);
  });

  it('accepts the scopes of the features that are on, wide or narrow', async () => {
    const on = { mirrors: [undefined], lists: ['TOKEN'], calendar: true };
    const wide = { ...withScopes('bitable:app', 'calendar:calendar'), TOKEN: 'TOKEN' };
    const checks = await examine(patient(wide, on));
    expect(bad(checks)).toEqual([]);
    expect(checks.map((c) => c.check)).toEqual(expect.arrayContaining(['mirror', 'calendar']));
    expect(bad(await examine(patient(withScopes(...narrow), { calendar: true })))).toEqual([]);
  });

  it('reports a way of subscription that differs from the configured one', async () => {
    const found = bad(await examine(patient({}, { connection: 'webhook' })));
    expect(found.map((c) => c.check)).toEqual(['events', 'callbacks']);
    expect(found[0]?.advice).toContain('LARK_CONNECTION');
  });

  it('reports missing addresses, events and the card callback', async () => {
    const settings = { data: { app: { event: { subscription_type: 'webhook' }, callback: {} } } };
    const found = bad(await examine(patient({ settings }, { connection: 'webhook' }))).filter((c) => c.ok === false);
    expect(found[0]?.advice).toMatch(/\/webhook.*im\.message\.receive_v1/);
    expect(found[1]?.advice).toContain('card.action.trigger');
    const settingsUnknown = bad(await examine(patient({ settings: refused('settings', 99991672) })));
    expect(settingsUnknown.map((c) => [c.check, c.ok])).toEqual(
      ['version', 'keys', 'events', 'callbacks'].map((c) => [c, 'unknown']),
    );
  });
});
