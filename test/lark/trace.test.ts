import { expect, it } from 'vitest';
import { withheld, withheldPath } from '../../src/lark/trace.ts';

it('keeps the shape and withholds secrets, names, words and ids, which still match each other', () => {
  const event = {
    what: 'event' as const,
    header: { event_id: '5e3702a84e847582be8db7fb73283c02', event_type: 'im.message.receive_v1', token: 'v-token' },
    event: {
      sender: { sender_id: { open_id: 'ou_a1b2c3d4e5f60718', user_id: null }, sender_type: 'user' },
      message: {
        message_id: 'om_x100b4c0ffee0',
        create_time: '1752346850599',
        message_type: 'text',
        content: JSON.stringify({ text: '@_user_1 今天家访了小雨' }),
        mentions: [{ key: '@_user_1', id: { open_id: 'ou_a1b2c3d4e5f60718' }, name: '陈志远', mentioned_type: 'user' }],
      },
    },
  };
  const seen = withheld(event) as typeof event;
  const text = JSON.stringify(seen);
  for (const secret of ['陈志远', '小雨', 'v-token', 'ou_a1b2c3d4e5f60718', 'om_x100b4c0ffee0'])
    expect(text).not.toContain(secret);
  expect(seen.event.sender.sender_id.open_id).toBe(seen.event.message.mentions[0]!.id.open_id);
  expect(seen.event.message).toMatchObject({ message_type: 'text', create_time: '1752346850599' });
  expect(JSON.parse(seen.event.message.content)).toEqual({ text: '@_user_1‹8›' });
  expect(seen.event.message.mentions[0]).toMatchObject({ key: '@_user_1', name: '‹3›', mentioned_type: 'user' });
});

it('withholds the content of a call, and shows what Feishu says about it', () => {
  const call = {
    what: 'call',
    body: { app_secret: 's3cret', receive_id: 'ou_a1b2c3d4e5f60718', msg_type: 'interactive', content: '{"a":"小雨"}' },
    answer: { code: 230099, msg: 'Failed to create card content', tenant_access_token: 't-abcdef123456' },
  };
  const text = JSON.stringify(withheld(call));
  for (const secret of ['s3cret', 'a1b2c3d4e5f60718', '小雨', 't-abcdef']) expect(text).not.toContain(secret);
  expect(text).toContain('Failed to create card content');
  expect(withheldPath('/open-apis/im/v1/messages/om_x100b4c0ffee0/reply')).toMatch(/messages\/om_[0-9a-f]{8}\/reply$/);
});
