/** What an app has subscribed to, as the platform tells it. */
import { type Finding, type Patient, verdict } from './finding.ts';
import { LarkRefused } from './refusal.ts';

/** What the bot listens to. */
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
  event?: { subscription_type?: string; request_url?: string; subscribed_events?: string[] };
  callback?: { callback_type?: string; request_url?: string; subscribed_callbacks?: string[] };
}

export async function settings({ client }: Patient): Promise<Settings | LarkRefused> {
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

export function events(own: Settings | LarkRefused, patient: Patient): Finding {
  if (own instanceof LarkRefused || !own.event) return { ok: 'unknown', advice: UNTOLD };
  const { subscription_type: way, request_url: url, subscribed_events: subscribed = [] } = own.event;
  const missing = EVENTS.filter((event) => !subscribed.includes(event));
  const problems = [
    wayProblem('事件', way, url, patient),
    missing.length > 0 ? `请订阅事件：${missing.join('、')}` : '',
  ];
  return verdict(problems);
}

export function callbacks(own: Settings | LarkRefused, patient: Patient): Finding {
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
