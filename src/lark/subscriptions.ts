/** The events and callbacks that an app has subscribed to, as the platform reports them. */
import { type DoctorFinding, type Patient, unknown, verdict, wrong } from './finding.ts';
import { LarkRefused } from './refusal.ts';

/** The events that the bot listens to. */
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

interface Settings {
  online_version_id?: string;
  unaudit_version_id?: string;
  event?: { subscription_type?: string; request_url?: string; subscribed_events?: string[] };
  callback?: { callback_type?: string; request_url?: string; subscribed_callbacks?: string[] };
  /** Whether the keys match the settings; undefined if the platform shows none. */
  sameKey?: boolean;
  sameToken?: boolean;
}
interface Keys {
  encryption?: { encryption_key?: string; verification_token?: string };
}

export async function settings({ client, encryptKey, verificationToken }: Patient): Promise<Settings | LarkRefused> {
  try {
    const path = '/open-apis/application/v6/applications/me?lang=zh_cn';
    const app = (await client.get<{ data?: { app?: Settings & Keys } }>('settings', path)).data?.app ?? {};
    const { online_version_id, unaudit_version_id, event, callback } = app;
    const { encryption_key: key, verification_token: token } = app.encryption ?? {};
    // The keys are compared here and go no further.
    const sameKey = key === undefined ? undefined : key === encryptKey;
    const sameToken = token === undefined ? undefined : token === verificationToken;
    return { online_version_id, unaudit_version_id, event, callback, sameKey, sameToken };
  } catch (error) {
    if (error instanceof LarkRefused) return error;
    throw error;
  }
}

const NOT_SHOWN = '平台未返回此项设置（开通 application:application:self_manage 后可自动检查），请在页面上核对。';

/** Published and approved by the tenant's administrator, which may take days. */
export function version(consoleSettings: Settings | LarkRefused, bot: unknown): DoctorFinding {
  const never = bot instanceof LarkRefused && bot.retry === 'app';
  if (consoleSettings instanceof LarkRefused || consoleSettings.online_version_id === undefined)
    return never ? wrong('还没有生效的版本：请发布版本，并等企业管理员审批（可能要几天）。') : unknown(NOT_SHOWN);
  const pending = consoleSettings.unaudit_version_id ? '有一个版本正等企业管理员审批，之前的设置尚未生效。' : '';
  const none =
    consoleSettings.online_version_id === '' ? '还没有生效的版本：请发布版本，并等企业管理员审批（可能要几天）。' : '';
  return verdict([pending || none]);
}

export function keys(consoleSettings: Settings | LarkRefused): DoctorFinding {
  if (
    consoleSettings instanceof LarkRefused ||
    (consoleSettings.sameKey === undefined && consoleSettings.sameToken === undefined)
  )
    return unknown(NOT_SHOWN);
  return verdict([
    consoleSettings.sameKey === false ? 'LARK_ENCRYPT_KEY 与「加密策略」里的 Encrypt Key 不一致。' : '',
    consoleSettings.sameToken === false ? 'LARK_VERIFICATION_TOKEN 与「加密策略」里的 Verification Token 不一致。' : '',
  ]);
}

export function events(consoleSettings: Settings | LarkRefused, patient: Patient): DoctorFinding {
  if (consoleSettings instanceof LarkRefused || !consoleSettings.event) return unknown(NOT_SHOWN);
  const { subscription_type: way, request_url: url, subscribed_events: subscribed = [] } = consoleSettings.event;
  const missing = EVENTS.filter((event) => !subscribed.includes(event));
  const problems = [
    wayProblem('事件', way, url, patient),
    missing.length > 0 ? `请订阅事件：${missing.join('、')}` : '',
  ];
  return verdict(problems);
}

export function callbacks(consoleSettings: Settings | LarkRefused, patient: Patient): DoctorFinding {
  if (consoleSettings instanceof LarkRefused || !consoleSettings.callback) return unknown(NOT_SHOWN);
  const { callback_type: way, request_url: url, subscribed_callbacks: subscribed = [] } = consoleSettings.callback;
  const missing = subscribed.includes('card.action.trigger') ? '' : '请订阅回调：card.action.trigger（卡片回传交互）';
  return verdict([wayProblem('回调', way, url, patient), missing]);
}

function wayProblem(what: string, way: string | undefined, url: string | undefined, { connection }: Patient): string {
  const wanted = connection === 'socket' ? 'websocket' : 'webhook';
  const name = connection === 'socket' ? '长连接' : '将事件发送至开发者服务器';
  if (way && way !== wanted) return `${what}的订阅方式应为「${name}」，与 LARK_CONNECTION 一致。`;
  if (connection === 'webhook' && !url) return `请填写${what}的请求地址，以 /webhook 结尾。`;
  return '';
}
