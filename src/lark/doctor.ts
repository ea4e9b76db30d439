import { type LarkClient, originOf } from './client.ts';
import { LarkRefused } from './refusal.ts';

/** One finding about the app as the platform knows it. `unknown`: the platform would not tell; the page shows it. */
export interface Check {
  check:
    | 'token'
    | 'bot'
    | 'scopes'
    | 'events'
    | 'callbacks'
    | 'contact_range'
    | 'people'
    | 'availability'
    | 'second_client';
  ok: boolean | 'unknown';
  /** What to do, in Chinese; empty when all is well. */
  advice: string;
  /** Where to do it. */
  page: string;
}

export interface Patient {
  client: Pick<LarkClient, 'botInfo' | 'get' | 'getUser'>;
  appId: string;
  domain: string;
  connection: 'webhook' | 'socket';
  /** Some bound people: can the app still see them? The first 20 are asked for. */
  people: { name: string; openId: string }[];
  /** Names the bot was refused for when it last wrote to them. */
  unreachable: string[];
  /** Private chats with messages in the last hours, to look for events that never came here. The first 5 are read. */
  chats: string[];
  /** From this moment on (epoch ms). */
  since: number;
  /** Which of these message ids have arrived here. */
  arrived: (messageIds: string[]) => Promise<Set<string>>;
}

/** Scopes the bot cannot do without; where there are several, any one of them serves. */
export const SCOPES: string[][] = [
  ['im:message:send_as_bot', 'im:message'],
  ['im:message.p2p_msg:readonly'],
  ['im:message.group_at_msg:readonly', 'im:message.group_msg'],
  ['im:message:readonly', 'im:message'],
  ['im:resource', 'im:resource:upload'],
  ['contact:user.id:readonly'],
  ['contact:contact.base:readonly'],
  ['contact:user.base:readonly'],
];
export const EVENTS = [
  'im.message.receive_v1',
  'im.message.recalled_v1',
  'im.message.message_read_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'im.chat.member.bot.added_v1',
  'application.bot.menu_v6',
  'contact.user.deleted_v3',
  'contact.user.updated_v3',
];

type Finding = Pick<Check, 'ok' | 'advice'>;
const fine: Finding = { ok: true, advice: '' };
const wrong = (advice: string): Finding => ({ ok: false, advice });

/** Looks at a real app from outside, sending nothing. Without a token there is only that one finding. */
export async function examine(patient: Patient): Promise<Check[]> {
  const app = `${originOf(patient.domain)}/app/${patient.appId}`;
  const bot = await patient.client.botInfo().catch((error: unknown) => error);
  if (bot instanceof LarkRefused && bot.method === 'token')
    return [{ check: 'token', ok: false, advice: bot.advice || bot.message, page: `${app}/baseinfo` }];
  const own = await settings(patient);
  return [
    { check: 'token', ...fine, page: `${app}/baseinfo` },
    { check: 'bot', ...botFinding(bot), page: `${app}/bot` },
    { check: 'scopes', ...(await ask(() => scopes(patient))), page: `${app}/auth` },
    { check: 'events', ...events(own, patient), page: `${app}/event` },
    { check: 'callbacks', ...callbacks(own, patient), page: `${app}/event` },
    { check: 'contact_range', ...(await ask(() => contactRange(patient))), page: `${app}/auth` },
    { check: 'people', ...(await people(patient)), page: `${app}/auth` },
    { check: 'availability', ...availability(patient), page: `${app}/version` },
    { check: 'second_client', ...(await ask(() => secondClient(patient))), page: `${app}/event` },
  ];
}

// A check the platform refuses is no failure of what it checks.
async function ask(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof LarkRefused) return { ok: 'unknown', advice: `无法查询：${error.advice || error.message}` };
    throw error;
  }
}

function botFinding(bot: unknown): Finding {
  if (bot instanceof LarkRefused) return wrong(bot.advice || bot.message);
  if (bot instanceof Error) throw bot;
  const { active, openId } = bot as { active: boolean; openId: string };
  return active && openId ? fine : wrong('机器人能力未启用或应用未发布，请在「添加应用能力」启用机器人并发布版本。');
}

async function scopes({ client }: Patient): Promise<Finding> {
  type Answer = { data?: { scopes?: { scope_name: string; grant_status: number }[] } };
  const answer = await client.get<Answer>('scopes', '/open-apis/application/v6/scopes');
  const granted = new Set(answer.data?.scopes?.filter((s) => s.grant_status === 1).map((s) => s.scope_name));
  const missing = SCOPES.filter((any) => !any.some((scope) => granted.has(scope))).map((any) => any[0]);
  return missing.length === 0 ? fine : wrong(`请开通权限并发布版本：${missing.join('、')}`);
}

interface Settings {
  event?: { subscription_type?: string; request_url?: string; subscribed_events?: string[] };
  callback?: { callback_type?: string; request_url?: string; subscribed_callbacks?: string[] };
}

async function settings({ client }: Patient): Promise<Settings | LarkRefused> {
  try {
    const path = '/open-apis/application/v6/applications/me?lang=zh_cn';
    const { event, callback } = (await client.get<{ data?: { app?: Settings } }>('settings', path)).data?.app ?? {};
    // Nothing else is kept: the answer also carries the encrypt key.
    return { event, callback };
  } catch (error) {
    if (error instanceof LarkRefused) return error;
    throw error;
  }
}

const UNTOLD = '平台未返回此项设置（开通 application:application:self_manage 后可自动检查），请在页面上核对。';

function events(own: Settings | LarkRefused, patient: Patient): Finding {
  if (own instanceof LarkRefused || !own.event) return { ok: 'unknown', advice: UNTOLD };
  const { subscription_type: way, request_url: url, subscribed_events: subscribed = [] } = own.event;
  const missing = EVENTS.filter((event) => !subscribed.includes(event));
  const problems = [
    wayProblem('事件', way, url, patient),
    missing.length > 0 ? `请订阅事件：${missing.join('、')}` : '',
  ];
  return verdict(problems);
}

function callbacks(own: Settings | LarkRefused, patient: Patient): Finding {
  if (own instanceof LarkRefused || !own.callback) return { ok: 'unknown', advice: UNTOLD };
  const { callback_type: way, request_url: url, subscribed_callbacks: subscribed = [] } = own.callback;
  const missing = subscribed.includes('card.action.trigger') ? '' : '请订阅回调：card.action.trigger';
  return verdict([wayProblem('回调', way, url, patient), missing]);
}

function wayProblem(what: string, way: string | undefined, url: string | undefined, { connection }: Patient): string {
  const wanted = connection === 'socket' ? 'websocket' : 'webhook';
  const name = connection === 'socket' ? '长连接' : '将事件发送至开发者服务器';
  if (way && way !== wanted) return `${what}的订阅方式应为「${name}」，与 LARK_CONNECTION 一致。`;
  if (connection === 'webhook' && !url) return `请填写${what}的请求地址，以 /webhook 结尾。`;
  return '';
}

function verdict(problems: string[]): Finding {
  const found = problems.filter((problem) => problem !== '');
  return found.length === 0 ? fine : wrong(found.join(' '));
}

async function contactRange({ client }: Patient): Promise<Finding> {
  type Answer = { data?: { department_ids?: string[]; user_ids?: string[]; group_ids?: string[] } };
  const { data } = await client.get<Answer>('contactRange', '/open-apis/contact/v3/scopes?user_id_type=open_id');
  const some = [data?.department_ids, data?.user_ids, data?.group_ids].some((ids) => (ids?.length ?? 0) > 0);
  return some ? fine : wrong('通讯录权限范围为空，请在「权限管理」设置范围，包含所有参与的学校，并发布版本。');
}

async function people({ client, people: all }: Patient): Promise<Finding> {
  const hidden: string[] = [];
  const foreign: string[] = [];
  for (const person of all.slice(0, 20)) {
    try {
      await client.getUser(person.openId);
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      if (error.code === 41050 || error.code === 41012) hidden.push(person.name);
      else if (error.code === 99992361 || error.code === 99992351) foreign.push(person.name);
      else return { ok: 'unknown', advice: `无法查询：${error.advice || error.message}` };
    }
  }
  return verdict([
    hidden.length > 0 ? `不在通讯录权限范围内：${hidden.join('、')}。` : '',
    foreign.length > 0 ? `标识属于另一个应用，请用 rebind 重新绑定：${foreign.join('、')}。` : '',
  ]);
}

function availability({ unreachable }: Patient): Finding {
  if (unreachable.length === 0) return fine;
  const names = unreachable.slice(0, 20).join('、');
  return wrong(
    `机器人联系不上 ${unreachable.length} 人：${names}。请在「版本管理与发布」扩大可用范围，或确认其是否离职。`,
  );
}

/**
 * Each event goes to one connection at random, so a second program with the same credentials silently swallows some.
 * The platform does not list connections; messages that people sent and that never arrived here give it away.
 */
async function secondClient({ client, chats, since, arrived }: Patient): Promise<Finding> {
  type Item = { message_id: string; sender?: { sender_type?: string } };
  let lost = 0;
  for (const chat of chats.slice(0, 5)) {
    const query = new URLSearchParams({
      container_id_type: 'chat',
      container_id: chat,
      start_time: String(Math.floor(since / 1000)),
      page_size: '50',
    });
    const answer = await client.get<{ data?: { items?: Item[] } }>('history', `/open-apis/im/v1/messages?${query}`);
    const sent = (answer.data?.items ?? []).filter((m) => m.sender?.sender_type === 'user').map((m) => m.message_id);
    const here = await arrived(sent);
    lost += sent.filter((id) => !here.has(id)).length;
  }
  if (lost === 0) return fine;
  return wrong(
    `有 ${lost} 条消息没有送到这里：多半有另一个程序用同一应用建立了长连接，请停掉它（如开发机），或为其另建应用。`,
  );
}
