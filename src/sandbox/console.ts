/** The developer console: what an app has applied for, and what is in effect since a version was published and approved. */
import { type Answer, type Call, fail } from './method.ts';
import type { SandboxState } from './state.ts';

/** The settings in the console. They take effect when a version with them is approved. */
export interface AppSettings {
  bot: boolean;
  scopes: string[];
  events: string[];
  callbacks: string[];
  /** How events and callbacks arrive; `undefined`: not chosen yet. */
  way: 'webhook' | 'websocket' | undefined;
  /** Every person of the tenant, or none. */
  contactRange: 'all' | 'none';
}

export interface AppConsole {
  draft: AppSettings;
  /** The settings in effect; undefined before the first approval. */
  online: AppSettings | undefined;
  /** A version waits for the administrator's approval. */
  pending: boolean;
}

/** The scopes that docs/setup.md asks for and that an app set up by it has. A test compares the two. */
export const SETUP_SCOPES = [
  'im:message:send_as_bot',
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message:readonly',
  'im:message.reactions:write_only',
  'im:message.urgent',
  'im:resource',
  'im:chat.members:bot_access',
  'contact:user.id:readonly',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'contact:user.phone:readonly',
  'contact:user.email:readonly',
  'contact:user.employee:readonly',
  'application:application:self_manage',
];
/** The scopes that docs/setup.md asks for only if a feature needs them. */
export const OPTIONAL_SCOPES = ['bitable:app', 'calendar:calendar', 'wiki:node:read'];
export const SETUP_EVENTS = [
  'im.message.receive_v1',
  'im.message.recalled_v1',
  'im.message.message_read_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'application.bot.menu_v6',
  'contact.user.deleted_v3',
  'contact.user.updated_v3',
];

/** An event is delivered only with one of these scopes, even if it is subscribed. */
const EVENT_SCOPES: Record<string, string[]> = {
  p2p: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
  group: ['im:message.group_at_msg:readonly', 'im:message.group_at_msg', 'im:message.group_msg'],
  'im.chat.member.bot.added_v1': ['im:chat', 'im:chat:readonly', 'im:chat.members:bot_access'],
  'contact.user.deleted_v3': ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'],
  'contact.user.updated_v3': ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'],
};

export const emptyApp = (): AppSettings => ({
  bot: false,
  scopes: [],
  events: [],
  callbacks: [],
  way: undefined,
  contactRange: 'none',
});

const readyApp = (connection: 'webhook' | 'socket'): AppSettings => ({
  bot: true,
  scopes: [...SETUP_SCOPES, ...OPTIONAL_SCOPES],
  events: SETUP_EVENTS,
  callbacks: ['card.action.trigger'],
  way: connection === 'socket' ? 'websocket' : 'webhook',
  contactRange: 'all',
});

/** An app after the ten steps, or just created; `over` is what differs. */
export function createConsole(
  start: 'approved' | 'created',
  connection: 'webhook' | 'socket',
  over: Partial<AppSettings> = {},
): AppConsole {
  if (start === 'created') return { draft: { ...emptyApp(), ...over }, online: undefined, pending: false };
  const app = { ...readyApp(connection), ...over };
  return { draft: { ...app }, online: app, pending: false };
}

/** 申请线上发布, and the administrator's approval. */
export function publish(app: AppConsole): void {
  app.pending = true;
}
export function approve(app: AppConsole): void {
  if (!app.pending) return;
  app.online = structuredClone(app.draft);
  app.pending = false;
}

/** Why an event of this type is not sent, or undefined. */
export function unsent(
  { app, connection }: SandboxState,
  eventType: string,
  chatKind?: 'p2p' | 'group',
): string | undefined {
  const { online } = app;
  if (!online) return 'no version is approved yet';
  const list = eventType === 'card.action.trigger' ? online.callbacks : online.events;
  if (!list.includes(eventType)) return `${eventType} is not subscribed`;
  if (online.way !== (connection === 'socket' ? 'websocket' : 'webhook')) return 'another way of subscription is set';
  const needed = EVENT_SCOPES[chatKind ?? eventType];
  if (needed && !needed.some((scope) => online.scopes.includes(scope))) return `needs ${needed[0]}`;
  return undefined;
}

export const granted = ({ app }: SandboxState, scopes: string[]): boolean =>
  app.online !== undefined && scopes.some((scope) => app.online!.scopes.includes(scope));

/** GET /application/v6/scopes: needs an installed app but no scope. */
export function listScopes({ app }: SandboxState): Answer {
  if (!app.online) return fail(212100, 'app not install');
  const scopeNames = [...new Set([...app.draft.scopes, ...app.online.scopes])];
  const scopes = scopeNames.map((scope_name) => ({
    scope_name,
    grant_status: app.online!.scopes.includes(scope_name) ? 1 : 2,
  }));
  return { code: 0, data: { scopes } };
}

/** GET /application/v6/applications/me */
export function ownApp(state: SandboxState, call: Call): Answer {
  if (!['me', state.options.appId].includes(call.params.id ?? '')) return fail(210504, 'no such app in tenant');
  if (!call.query.lang) return fail(99992402, 'field validation failed: lang');
  const { online, pending } = state.app;
  const way = online?.way;
  const url = way === 'webhook' ? state.webhookUrl : undefined;
  return {
    code: 0,
    data: {
      app: {
        app_id: state.options.appId,
        status: online ? 1 : 2,
        online_version_id: online ? 'oav_sandbox_online' : '',
        unaudit_version_id: pending ? 'oav_sandbox_pending' : '',
        app_name: '结对',
        event: { subscription_type: way, request_url: url, subscribed_events: online?.events ?? [] },
        callback: { callback_type: way, request_url: url, subscribed_callbacks: online?.callbacks ?? [] },
        encryption: { encryption_key: state.options.encryptKey, verification_token: state.options.verificationToken },
      },
    },
  };
}

/** GET /contact/v3/scopes: single users need a further scope, so a range of single users reads as empty. */
export function contactScopes(state: SandboxState): Answer {
  const some = state.app.online?.contactRange === 'all' && [...state.people.values()].some((p) => p.inContactRange);
  const users = granted(state, ['contact:user.employee_id:readonly']) ? { user_ids: [...state.people.keys()] } : {};
  return {
    code: 0,
    data: { department_ids: some ? ['od-sandbox'] : [], group_ids: [], ...(some ? users : {}), has_more: false },
  };
}

/** GET /im/v1/messages: the messages of a chat, oldest first unless requested otherwise. */
export function listMessages(state: SandboxState, call: Call, asData: (id: string) => unknown): Answer {
  const { container_id_type: type, container_id: id = '', start_time: from = '0', page_size: size = '20' } = call.query;
  const chat = state.chats.get(id);
  if (type !== 'chat' || !chat)
    return fail(230001, 'Your request contains an invalid request parameter, ext=container_id.');
  if (!chat.botIn) return fail(230002, 'The bot can not be outside the group.');
  if (chat.kind === 'group' && !granted(state, ['im:message.group_msg']))
    return fail(230027, 'Lack of necessary permissions, ext=need scope: im:message.group_msg');
  const all = [...state.messages.values()].filter((m) => m.chatId === id && m.createTime >= Number(from) * 1000);
  const items = all.slice(0, Math.min(50, Number(size))).map((m) => asData(m.messageId));
  return { code: 0, data: { items, has_more: all.length > items.length } };
}
