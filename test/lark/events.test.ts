import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent, toMillis } from '../../src/lark/events.ts';
import { eventBody, now } from './push.ts';

const bot = 'ou_bot';
const parse = (type: string, event: Record<string, unknown>, header = {}) =>
  parseEvent(eventBody(type, event, header) as never, bot);

const message = (over: Record<string, unknown> = {}, sender: Record<string, unknown> = {}) => ({
  sender: { sender_id: { open_id: 'ou_1', union_id: 'on_1', user_id: null }, sender_type: 'user', ...sender },
  message: {
    message_id: 'om_1',
    create_time: '1752346850599',
    chat_id: 'oc_1',
    chat_type: 'p2p',
    message_type: 'text',
    content: '{"text":"昨天去听课"}',
    ...over,
  },
});
const mention = (key: string, openId: string, name: string, type?: string) => ({
  key,
  id: { open_id: openId, union_id: 'on_x', user_id: null },
  name,
  mentioned_type: type,
});

describe('message', () => {
  it('reads a private text with the time it was written', () => {
    expect(parse('im.message.receive_v1', message())).toEqual({
      type: 'message',
      eventId: 'e1',
      createTime: now,
      tenantKey: 'tk',
      messageId: 'om_1',
      parentId: undefined,
      rootId: undefined,
      chatId: 'oc_1',
      chatType: 'p2p',
      sender: { openId: 'ou_1', bot: false },
      sentAt: 1752346850599,
      content: { kind: 'text', text: '昨天去听课' },
      mentions: [],
      mentionsBot: false,
    });
  });

  it('removes our mention, keeps people as marks, and distinguishes @_user_1 from @_user_10', () => {
    const event = message({
      chat_type: 'group',
      content: JSON.stringify({ text: '@_user_1 今天和@_user_10 听课 @_all' }),
      mentions: [mention('@_user_1', bot, '结对'), mention('@_user_10', 'ou_2', '李雨')],
    });
    expect(parse('im.message.receive_v1', event)).toMatchObject({
      mentionsBot: true,
      content: { kind: 'text', text: '今天和@_user_10 听课' },
      mentions: [{}, { key: '@_user_10', openId: 'ou_2', name: '李雨', bot: false }],
    });
  });

  it('finds mentions that appear only in a rich text', () => {
    const content = [
      [
        { tag: 'at', user_id: bot, user_name: '结对' },
        { tag: 'text', text: ' 和' },
        { tag: 'at', user_id: 'ou_2', user_name: '教务处-李静' },
        { tag: 'at', user_id: 'all', user_name: '所有人' },
        { tag: 'text', text: null },
        { tag: 'whiteboard', id: 1 },
      ],
    ];
    for (const body of [{ title: null, content }, { zh_cn: { content } }])
      expect(
        parse('im.message.receive_v1', message({ message_type: 'post', content: JSON.stringify(body) })),
      ).toMatchObject({
        mentionsBot: true,
        content: { kind: 'post', text: '和@_ou_2' },
        mentions: [{ bot: true }, { key: '@_ou_2', openId: 'ou_2', name: '教务处-李静', bot: false }],
      });
  });

  it('ignores a mention of another bot, but accepts any bot while its own id is unknown', () => {
    const event = message({ mentions: [mention('@_user_1', 'ou_other', '别的', 'bot')] });
    expect(parse('im.message.receive_v1', event)).toMatchObject({ mentionsBot: false });
    expect(parseEvent(eventBody('im.message.receive_v1', event) as never)).toMatchObject({ mentionsBot: true });
  });

  it('marks a bot as sender', () => {
    expect(parse('im.message.receive_v1', message({}, { sender_type: 'bot' }))).toMatchObject({
      sender: { bot: true },
    });
  });

  it.each([
    ['image', { image_key: 'img_1' }, { kind: 'image', imageKey: 'img_1' }],
    ['file', { file_key: 'f', file_name: '教案.docx' }, { kind: 'file', fileKey: 'f', fileName: '教案.docx' }],
    ['audio', { file_key: 'f', duration: 1000 }, { kind: 'audio', fileKey: 'f' }],
    ['media', { file_key: 'f', file_name: 'a.mp4', image_key: 'i' }, { kind: 'media', fileKey: 'f' }],
    ['sticker', { file_key: 'f' }, { kind: 'sticker' }],
    ['merge_forward', { content: 'Merged' }, { kind: 'other', messageType: 'merge_forward' }],
    ['text', { text: null }, { kind: 'text', text: '' }],
    [
      'post',
      {
        title: '周报',
        content: [
          [
            { tag: 'at', user_id: '@_user_1' },
            { tag: 'text', text: '上了一节课' },
          ],
          [{ tag: 'img', image_key: 'img_2' }],
        ],
      },
      { kind: 'post', text: '周报\n上了一节课', imageKeys: ['img_2'] },
    ],
  ])('reads %s', (type, content, expected) => {
    const event = message({ message_type: type, content: JSON.stringify(content) });
    expect(parse('im.message.receive_v1', event)).toMatchObject({ content: expected });
  });

  it('survives a content that is not JSON', () => {
    expect(parse('im.message.receive_v1', message({ content: '{' }))).toMatchObject({ content: { kind: 'other' } });
  });
});

describe('card action', () => {
  it('reads the form as typed, dates without their offset', () => {
    const event = {
      operator: { open_id: 'ou_1', user_id: 'u' },
      token: 'c-1',
      host: 'im_message',
      action: {
        tag: 'button',
        name: 'submit',
        value: { action: 'save_edit', activity: 'a1', v: 3 },
        timezone: 'Asia/Shanghai',
        form_value: { day: '2026-11-19 +0800', at: '05:05 +0800', lessons: '2', who: ['ou_1', 'ou_2'], ok: true },
      },
      context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
    };
    expect(parse('card.action.trigger', event, { create_time: '1603977298000000' })).toEqual({
      type: 'card_action',
      eventId: 'e1',
      createTime: 1603977298000,
      tenantKey: 'tk',
      openId: 'ou_1',
      messageId: 'om_1',
      chatId: 'oc_1',
      updateToken: 'c-1',
      value: { action: 'save_edit', activity: 'a1', v: 3 },
      form: { day: '2026-11-19', at: '05:05', lessons: '2', who: ['ou_1', 'ou_2'], ok: true },
      option: undefined,
    });
  });

  it('reads a stand-alone picker and drops a value that is not an object', () => {
    const event = {
      operator: { open_id: 'ou_1' },
      token: 'c-1',
      action: { tag: 'date_picker', value: 'text', option: '2026-11-20 +0800' },
      context: { open_message_id: 'om_1' },
    };
    expect(parse('card.action.trigger', event)).toMatchObject({ value: {}, form: {}, option: '2026-11-20' });
  });
});

describe('other events', () => {
  const id = { open_id: 'ou_1', union_id: 'on_1' };
  it.each([
    [
      'im.message.recalled_v1',
      { message_id: 'om_1', chat_id: 'oc_1', recall_time: '1752346850599', recall_type: 'message_owner' },
      { type: 'recalled', messageId: 'om_1', recalledAt: 1752346850599, by: 'message_owner' },
    ],
    [
      'im.message.message_read_v1',
      { reader: { reader_id: id, read_time: '1752346850599' }, message_id_list: ['om_1'] },
      { type: 'read', openId: 'ou_1', messageIds: ['om_1'], readAt: 1752346850599 },
    ],
    [
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      { chat_id: 'oc_1', operator_id: id },
      { type: 'p2p_entered', openId: 'ou_1', chatId: 'oc_1' },
    ],
    [
      'application.bot.menu_v6',
      { operator: { operator_id: id }, event_key: 'my_tasks', timestamp: 1752346850 },
      { type: 'menu', openId: 'ou_1', eventKey: 'my_tasks' },
    ],
    [
      'im.chat.member.bot.added_v1',
      { chat_id: 'oc_1', operator_id: id, external: false },
      { type: 'bot_added', chatId: 'oc_1', external: false },
    ],
    ['contact.user.deleted_v3', { object: { open_id: 'ou_1' } }, { type: 'user_deleted', openId: 'ou_1' }],
    [
      'contact.user.updated_v3',
      { object: { open_id: 'ou_1', name: '王芳', status: { is_resigned: true } }, old_object: {} },
      { type: 'user_updated', openId: 'ou_1', name: '王芳', resigned: true },
    ],
    ['drive.file.edit_v1', { any: 1 }, { type: 'ignored', eventType: 'drive.file.edit_v1' }],
    ['constructor', {}, { type: 'ignored' }],
    ['im.message.recalled_v1', {}, { type: 'malformed', eventType: 'im.message.recalled_v1' }],
  ])('reads %s', (type, event, expected) => {
    expect(parse(type, event)).toMatchObject(expected);
  });

  it('never throws, whatever the event holds', () => {
    const types = [
      'im.message.receive_v1',
      'card.action.trigger',
      'im.message.message_read_v1',
      'application.bot.menu_v6',
    ];
    const event = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.record({ message: fc.jsonValue() }));
    fc.assert(
      fc.property(fc.constantFrom(...types), event, (type, body) => {
        expect(parse(type, body).type).toBe('malformed');
      }),
    );
  });
});

it('reads seconds, milliseconds and microseconds', () => {
  expect([toMillis('1603977298'), toMillis('1603977298123'), toMillis('1603977298123456')]).toEqual([
    1603977298000, 1603977298123, 1603977298123,
  ]);
  expect([toMillis(1603977298), toMillis('x'), toMillis(undefined)]).toEqual([1603977298000, 0, 0]);
});
