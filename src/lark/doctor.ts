import { originOf } from './caller.ts';
import {
  type Check,
  type DoctorFinding,
  fine,
  grantedScopes,
  type Patient,
  unknown,
  verdict,
  wrong,
} from './finding.ts';
import { bases, calendar } from './optional.ts';
import { LarkRefused } from './refusal.ts';
import { callbacks, events, keys, settings, version } from './subscriptions.ts';

/** The scopes that docs/setup.md asks for, each with the scopes that would serve as well. */
export const SCOPES: [scope: string, ...instead: string[]][] = [
  ['im:message:send_as_bot', 'im:message'],
  ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
  ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', 'im:message.group_msg'],
  ['im:message:readonly', 'im:message', 'im:message.history:readonly'],
  ['im:message.reactions:write_only', 'im:message'],
  ['im:message.urgent'],
  ['im:resource', 'im:resource:upload'],
  ['im:chat.members:bot_access', 'im:chat', 'im:chat:readonly'],
  ['contact:user.id:readonly'],
  ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'],
  ['contact:user.base:readonly', 'contact:contact:readonly_as_app'],
  ['contact:user.phone:readonly'],
  ['contact:user.email:readonly'],
  ['contact:user.employee:readonly'],
  ['application:application:self_manage', 'admin:app.info:readonly'],
];

/** Examines a real app from outside without sending anything. Without a token, that is the only finding. */
export async function examine(patient: Patient): Promise<Check[]> {
  const app = `${originOf(patient.domain)}/app/${patient.appId}`;
  const bot = await patient.client.botInfo().catch((error: unknown) => error);
  if (bot instanceof LarkRefused && bot.method === 'token')
    return [{ check: 'token', ok: false, advice: bot.advice || bot.message, page: `${app}/baseinfo` }];
  const consoleSettings = await settings(patient);
  const visible = await people(patient);
  return [
    { check: 'token', ...fine, page: `${app}/baseinfo` },
    { check: 'version', ...version(consoleSettings, bot), page: `${app}/version` },
    { check: 'bot', ...botFinding(bot), page: `${app}/bot` },
    { check: 'scopes', ...(await ask(() => scopes(patient))), page: `${app}/auth` },
    { check: 'keys', ...keys(consoleSettings), page: `${app}/event` },
    { check: 'events', ...events(consoleSettings, patient), page: `${app}/event` },
    { check: 'callbacks', ...callbacks(consoleSettings, patient), page: `${app}/event` },
    { check: 'contact_range', ...(await ask(() => contactRange(patient, visible))), page: `${app}/auth` },
    { check: 'people', ...visible, page: `${app}/auth` },
    { check: 'availability', ...availability(patient), page: `${app}/version` },
    { check: 'waiting', ...waiting(patient), page: `${app}/auth` },
    ...(patient.mirrors.length + patient.lists.length > 0
      ? [{ check: 'mirror' as const, ...(await ask(() => bases(patient))), page: `${app}/auth` }]
      : []),
    ...(patient.calendar
      ? [{ check: 'calendar' as const, ...(await ask(() => calendar(patient))), page: `${app}/auth` }]
      : []),
    { check: 'second_client', ...(await ask(() => secondClient(patient))), page: `${app}/event` },
  ];
}

// A refusal that is due to the app itself is a finding; any other refusal leaves the check unknown.
async function ask(check: () => Promise<DoctorFinding>): Promise<DoctorFinding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof LarkRefused) return refusedFinding(error);
    throw error;
  }
}

const refusedFinding = ({ retry, advice, message }: LarkRefused): DoctorFinding =>
  retry === 'app' ? wrong(advice) : unknown(`无法查询：${advice || message}`);

function botFinding(bot: unknown): DoctorFinding {
  if (bot instanceof LarkRefused) return refusedFinding(bot);
  if (bot instanceof Error) throw bot;
  const { active, openId } = bot as { active: boolean; openId: string };
  return active && openId ? fine : wrong('机器人能力未启用或应用未发布，请在「添加应用能力」启用机器人并发布版本。');
}

async function scopes({ client }: Patient): Promise<DoctorFinding> {
  const granted = await grantedScopes(client);
  const missing = SCOPES.filter((any) => !any.some((scope) => granted.has(scope))).map(([scope]) => scope);
  return missing.length === 0 ? fine : wrong(`请开通权限、发布版本并等管理员审批：${missing.join('、')}`);
}

async function contactRange({ client }: Patient, people: DoctorFinding): Promise<DoctorFinding> {
  type Answer = { data?: { department_ids?: string[]; user_ids?: string[]; group_ids?: string[] } };
  const { data } = await client.get<Answer>('contactRange', '/open-apis/contact/v3/scopes?user_id_type=open_id');
  const some = [data?.department_ids, data?.user_ids, data?.group_ids].some((ids) => (ids?.length ?? 0) > 0);
  if (some || people.ok === true) return fine;
  const empty = '通讯录权限范围为空，请在「权限管理」设置范围，包含所有参与的学校，并发布版本。';
  // Listing single users in the range needs a scope that nothing else needs.
  return data?.user_ids
    ? wrong(empty)
    : unknown(`没有看到任何部门或用户组。若范围里只有单个成员，平台不显示；否则：${empty}`);
}

async function people({ client, people: all }: Patient): Promise<DoctorFinding> {
  if (all.length === 0) return unknown('还没有绑定的人，无从核对。');
  const hidden: string[] = [];
  const foreign: string[] = [];
  for (const person of all.slice(0, 20)) {
    try {
      await client.getUser(person.openId);
    } catch (error) {
      if (!(error instanceof LarkRefused)) throw error;
      if (error.code === 41050 || error.code === 41012) hidden.push(person.name);
      else if (error.code === 99992361 || error.code === 99992351) foreign.push(person.name);
      else return refusedFinding(error);
    }
  }
  return verdict([
    hidden.length > 0 ? `不在通讯录权限范围内：${hidden.join('、')}。` : '',
    foreign.length > 0 ? `标识属于另一个应用，请用 rebind 重新绑定：${foreign.join('、')}。` : '',
  ]);
}

function availability({ reached, unreachable }: Patient): DoctorFinding {
  if (unreachable.length === 0) return reached > 0 ? fine : unknown('名册里还没有人给机器人发过消息，无从核对。');
  const names = unreachable.slice(0, 20).join('、');
  return wrong(
    `机器人联系不上 ${unreachable.length} 人：${names}。请在「版本管理与发布」扩大可用范围，或确认其是否离职。`,
  );
}

function waiting({ waiting: all }: Patient): DoctorFinding {
  return verdict(all.map(({ count, why }) => `${count} 条消息在等应用修好（${why}），修好后自动发出。`));
}

/**
 * Each event goes to one connection at random, so a second program with the same credentials silently swallows some.
 * The platform does not list connections; messages that people sent but that never arrived here reveal it.
 */
async function secondClient({ client, chats, since, arrived }: Patient): Promise<DoctorFinding> {
  type Item = { message_id: string; sender?: { sender_type?: string } };
  if (chats.length === 0) return unknown('24 小时内没有私聊，无从核对。');
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
    const arrivedIds = await arrived(sent);
    lost += sent.filter((id) => !arrivedIds.has(id)).length;
  }
  if (lost === 0) return fine;
  return wrong(
    `有 ${lost} 条消息没有送到这里：多半有另一个程序用同一应用建立了长连接，请停掉它（如开发机），或为其另建应用。`,
  );
}
