import { originOf } from './caller.ts';
import { type Check, type Finding, fine, type Patient, verdict, wrong } from './finding.ts';
import { LarkRefused } from './refusal.ts';
import { callbacks, events, settings } from './subscriptions.ts';

/** Scopes the bot cannot do without; where there are several, any one of them serves. */
export const SCOPES: string[][] = [
  ['im:message:send_as_bot', 'im:message'],
  ['im:message.p2p_msg:readonly'],
  ['im:message.group_at_msg:readonly', 'im:message.group_msg'],
  ['im:message:readonly', 'im:message'],
  ['im:message.reactions:write_only', 'im:message'],
  ['im:resource', 'im:resource:upload'],
  ['contact:user.id:readonly'],
  ['contact:contact.base:readonly'],
  ['contact:user.base:readonly'],
];

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
