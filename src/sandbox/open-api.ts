import { BASE_METHODS } from './base-methods.ts';
import { batchSend } from './batch.ts';
import { CALENDAR_METHODS } from './calendar.ts';
import { delayedUpdate } from './card-update.ts';
import { contactScopes, granted, listMessages, listScopes, ownApp } from './console.ts';
import { imageType } from './events.ts';
import { edit, get, patch, remove, urgent } from './messages.ts';
import { type Answer, type Call, fail, type Method } from './method.ts';
import { multipart } from './multipart.ts';
import { abroad, botOpenId } from './people.ts';
import { addReaction } from './reactions.ts';
import { asData, create, replyToMessage } from './send.ts';
import { makeId, type SandboxState } from './state.ts';
import type { PersonState } from './tenant.ts';
import { tenantToken } from './token.ts';

const MAX_IMAGE = 10 * 1024 * 1024;
const MAX_FILE = 30 * 1024 * 1024;
const SEND = ['im:message', 'im:message:send_as_bot'];
const READ = ['im:message', 'im:message:readonly', 'im:message.history:readonly'];
const UPLOAD = ['im:resource', 'im:resource:upload'];

/** The Open API methods that the product may call, by their documented paths; anything else is 404, as in Feishu. */
export const METHODS: Method[] = [
  {
    http: 'POST',
    route: '/open-apis/auth/v3/tenant_access_token/internal',
    open: true,
    free: true,
    run: (state, call) => tenantToken(state, call.body),
  },
  { http: 'POST', route: '/open-apis/im/v1/messages', scopes: SEND, pausesItself: true, run: create },
  { http: 'POST', route: '/open-apis/im/v1/messages/:id/reply', scopes: SEND, pausesItself: true, run: replyToMessage },
  { http: 'PATCH', route: '/open-apis/im/v1/messages/:id', scopes: [...SEND, 'im:message:update'], run: patch },
  { http: 'PUT', route: '/open-apis/im/v1/messages/:id', scopes: [...SEND, 'im:message:update'], run: edit },
  { http: 'DELETE', route: '/open-apis/im/v1/messages/:id', scopes: [...SEND, 'im:message:recall'], run: remove },
  { http: 'GET', route: '/open-apis/im/v1/messages/:id', scopes: READ, run: get },
  { http: 'PATCH', route: '/open-apis/im/v1/messages/:id/urgent_app', scopes: ['im:message.urgent'], run: urgent },
  {
    http: 'POST',
    route: '/open-apis/im/v1/messages/:id/reactions',
    scopes: ['im:message', 'im:message.reactions:write_only'],
    run: addReaction,
  },
  { http: 'GET', route: '/open-apis/im/v1/messages/:id/resources/:key', scopes: READ, run: resource },
  { http: 'POST', route: '/open-apis/im/v1/images', scopes: UPLOAD, run: uploadImage },
  { http: 'POST', route: '/open-apis/im/v1/files', scopes: UPLOAD, run: uploadFile },
  { http: 'GET', route: '/open-apis/im/v1/images/:key', scopes: ['im:resource'], run: ownImage },
  {
    http: 'GET',
    route: '/open-apis/im/v1/chats/:id',
    scopes: ['im:chat', 'im:chat:readonly', 'im:chat.members:bot_access'],
    run: chat,
  },
  { http: 'POST', route: '/open-apis/message/v4/batch_send', scopes: ['im:message:send_multi_users'], run: batchSend },
  { http: 'POST', route: '/open-apis/interactive/v1/card/update', run: delayedUpdate },
  {
    http: 'POST',
    route: '/open-apis/contact/v3/users/batch_get_id',
    scopes: ['contact:user.id:readonly'],
    free: true,
    run: batchGetId,
  },
  {
    http: 'GET',
    route: '/open-apis/contact/v3/users/:id',
    scopes: ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'],
    free: true,
    run: user,
  },
  { http: 'GET', route: '/open-apis/bot/v3/info', free: true, run: botInfo },
  {
    http: 'GET',
    route: '/open-apis/im/v1/messages',
    scopes: READ,
    run: (state, call) => listMessages(state, call, (id) => asData(state, state.messages.get(id)!)),
  },
  { http: 'GET', route: '/open-apis/application/v6/scopes', free: true, run: listScopes },
  {
    http: 'GET',
    route: '/open-apis/application/v6/applications/:id',
    scopes: ['application:application:self_manage', 'admin:app.info:readonly'],
    free: true,
    run: ownApp,
  },
  {
    http: 'GET',
    route: '/open-apis/contact/v3/scopes',
    scopes: ['contact:contact.base:readonly', 'contact:contact:readonly_as_app'],
    free: true,
    run: contactScopes,
  },
  ...BASE_METHODS,
  ...CALENDAR_METHODS,
];

function uploadImage(state: SandboxState, call: Call): Answer {
  const parts = multipart(call.raw, call.contentType);
  const image = parts.find((part) => part.name === 'image');
  const type = parts.find((part) => part.name === 'image_type')?.bytes.toString('utf8');
  if (!image || (type !== 'message' && type !== 'avatar')) return fail(234001, 'Invalid request param.');
  if (image.bytes.length === 0) return fail(234010, 'File’s size can’t be 0.');
  if (image.bytes.length > MAX_IMAGE) return fail(234006, 'The file size exceed the max value.');
  const mime = imageType(image.bytes);
  if (!mime.startsWith('image/')) return fail(234011, 'Can’t recognize the image format.');
  const key = makeId(state, 'img_v3_');
  state.uploads.set(key, { bytes: image.bytes, kind: 'image', name: 'image', type: mime, by: 'bot' });
  return { code: 0, data: { image_key: key } };
}

function uploadFile(state: SandboxState, call: Call): Answer {
  const parts = multipart(call.raw, call.contentType);
  const value = (name: string) => parts.find((part) => part.name === name)?.bytes.toString('utf8');
  const file = parts.find((part) => part.name === 'file');
  const name = value('file_name');
  if (!file || !name || !['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'].includes(value('file_type') ?? ''))
    return fail(234001, 'Invalid request param.');
  if (file.bytes.length === 0) return fail(234010, 'File’s size can’t be 0.');
  if (file.bytes.length > MAX_FILE) return fail(234006, 'The file size exceed the max value.');
  const key = makeId(state, 'file_v3_');
  state.uploads.set(key, { bytes: file.bytes, kind: 'file', name, type: 'application/octet-stream', by: 'bot' });
  return { code: 0, data: { file_key: key } };
}

/** A file that a person sent, fetched with its message; not for the bot's own uploads. */
function resource(state: SandboxState, call: Call): Answer {
  const message = state.messages.get(call.params.id ?? '');
  const key = call.params.key ?? '';
  const upload = state.uploads.get(key);
  if (!message) return fail(234001, 'Invalid request param.');
  // A rich text may carry its pictures at any depth.
  if (!upload || !JSON.stringify(message.content).includes(JSON.stringify(key)))
    return fail(234003, 'File not in msg.');
  const type = call.query.type;
  if (type !== 'image' && type !== 'file') return fail(234001, 'Invalid request param.');
  return { code: 0, bytes: { type: upload.type, content: upload.bytes } };
}

function ownImage(state: SandboxState, call: Call): Answer {
  const upload = state.uploads.get(call.params.key ?? '');
  if (upload?.kind !== 'image') return fail(234001, 'Invalid request param.');
  return upload.by === 'bot'
    ? { code: 0, bytes: { type: upload.type, content: upload.bytes } }
    : fail(234008, 'The app is not the resource sender.');
}

function chat(state: SandboxState, call: Call): Answer {
  const found = state.chats.get(call.params.id ?? '');
  if (!found) return fail(230001, 'Your request contains an invalid request parameter, ext=invalid chat_id.');
  if (found.dissolved) return fail(232009, 'Your request specifies a chat which has already been dissolved.');
  return {
    code: 0,
    data: { name: found.name, chat_mode: found.kind, user_count: String(found.members.length), external: false },
  };
}

/** Finds only people inside the app's contact data range, and returns no tenant-wide user ids. */
function batchGetId(state: SandboxState, call: Call): Answer {
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const [mobiles, emails] = [list(call.body.mobiles), list(call.body.emails)];
  if (mobiles.length > 50 || emails.length > 50) return fail(40001, 'param error: at most 50');
  const key = { open_id: 'openId', union_id: 'unionId' }[String(call.query.user_id_type ?? 'open_id')];
  const found = (test: (person: PersonState) => boolean) => {
    const person = [...state.people.values()].find(
      (p) =>
        state.app.online?.contactRange === 'all' &&
        p.inContactRange &&
        test(p) &&
        (!p.resigned || call.body.include_resigned === true),
    );
    return person && key ? { user_id: person[key as 'openId'] } : {};
  };
  const plain = (mobile: string | undefined) => mobile?.replace(/^\+86/, '');
  const data = {
    user_list: [
      ...mobiles.map((mobile) => ({ ...found((p) => plain(p.mobile) === plain(mobile)), mobile })),
      ...emails.map((email) => ({ ...found((p) => p.email === email), email })),
    ],
  };
  return { code: 0, data };
}

/** A field appears only with its scope. */
function user(state: SandboxState, call: Call): Answer {
  const may = (scope: string) => granted(state, [scope]);
  const id = call.params.id ?? '';
  const person = [...state.people.values()].find(
    (p) => (call.query.user_id_type === 'union_id' ? p.unionId : p.openId) === id,
  );
  if (!person) return fail(41012, 'user id invalid error');
  if (!person.inContactRange || state.app.online?.contactRange !== 'all') return fail(41050, 'no user authority error');
  return {
    code: 0,
    data: {
      user: {
        open_id: person.openId,
        union_id: person.unionId,
        ...(may('contact:user.base:readonly') ? { name: person.name, en_name: '' } : {}),
        ...(may('contact:user.phone:readonly') && person.mobile ? { mobile: abroad(person.mobile) } : {}),
        ...(may('contact:user.email:readonly') && person.email ? { email: person.email } : {}),
        ...(may('contact:user.employee:readonly')
          ? {
              status: {
                is_frozen: false,
                is_resigned: person.resigned,
                is_activated: true,
                is_exited: false,
                is_unjoin: false,
              },
            }
          : {}),
      },
    },
  };
}

function botInfo(state: SandboxState): Answer {
  if (!state.app.online?.bot) return fail(11205, 'app do not have bot');
  return {
    code: 0,
    body: {
      code: 0,
      msg: 'ok',
      bot: { activate_status: 2, app_name: '结对', avatar_url: '', ip_white_list: [], open_id: botOpenId(state) },
    },
  };
}
