import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../src/bot/actions.ts';
import { Malformed, receive } from '../../src/bot/intake/receive.ts';
import type { Envelope } from '../../src/lark/verify.ts';
import { type World, world } from '../support/world.ts';
import { soak } from './soak.ts';

const RUNS = soak ? 5_000 : 120;

/** Text as people and attackers write it. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    "'; drop table activity; --",
    '" or 1=1 #',
    '<at id=all></at> [x](https://evil.example)',
    '=HYPERLINK("https://evil.example")',
    '../../../etc/passwd',
    '__proto__',
    'constructor',
    '\u0000\u202e\ufeff',
    '二零二六年十三月四十日',
    '9'.repeat(400),
  ),
);
const value = fc.oneof(
  nasty,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 4 }),
);
const record = fc.dictionary(
  fc.oneof(
    fc.constantFrom('activity', 'draft', 'v', 'id', 'kind', 'of', 'person', 'page', 'obligation', 'claim', 'request'),
    nasty,
  ),
  value,
  { maxKeys: 6 },
);

describe('events of the right shape with arbitrary content', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
  });
  afterAll(() => w.close());

  let serial = 0;
  const take = async (event_type: string, event: Record<string, unknown>) => {
    const header = {
      event_id: `fuzz-${++serial}`,
      event_type,
      create_time: String(w.now()),
      app_id: 'a',
      tenant_key: 't',
    };
    try {
      return await receive(w.core.ctx, { header, event } as Envelope, 'ou_bot');
    } catch (error) {
      if (error instanceof Malformed) return undefined;
      throw error;
    }
  };
  const ledger = () => w.core.ctx.db.selectFrom('activity_change').select(['activity_id', 'version']).execute();

  it('never writes a record for a callback that no card could send, and always answers', async () => {
    const before = await ledger();
    const callback = fc.record({
      operator: fc.constantFrom('陈志远', '李晓梅', '赵思敏').map((name) => ({ open_id: w.openId(name) })),
      token: fc.constant('c-token'),
      action: fc.record(
        {
          tag: fc.constantFrom('button', 'form', 'select_static', 'input'),
          value: fc
            .tuple(
              fc.oneof(
                { weight: 9, arbitrary: fc.constantFrom(...Object.keys(actions)) },
                { weight: 1, arbitrary: nasty },
              ),
              record,
            )
            .map(([action, rest]) => ({ ...rest, action })),
          form_value: record,
          option: nasty,
        },
        { requiredKeys: ['tag', 'value'] },
      ),
      context: fc.record({ open_message_id: nasty, open_chat_id: nasty }),
    });
    await fc.assert(
      fc.asyncProperty(callback, async (event) => {
        await take('card.action.trigger', event as Record<string, unknown>);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(await ledger()).toEqual(before);
  });

  it('never fails for a message with any content', async () => {
    const content = fc.oneof(
      nasty.map((text) => ['text', JSON.stringify({ text })] as const),
      fc.tuple(
        fc.constantFrom('text', 'post', 'image', 'file', 'audio', 'sticker', 'merge_forward', 'unheard_of'),
        nasty,
      ),
      fc.tuple(fc.constantFrom('text', 'post', 'image'), fc.json({ maxDepth: 5 })),
    );
    const message = fc.record({
      content,
      chat: fc.constantFrom('p2p', 'group'),
      id: fc.uuid(),
      who: fc.constantFrom('赵思敏', '李晓梅'),
    });
    await fc.assert(
      fc.asyncProperty(message, async ({ content: [message_type, text], chat, id, who }) => {
        await take('im.message.receive_v1', {
          sender: { sender_id: { open_id: w.openId(who) }, sender_type: 'user' },
          message: {
            message_id: `om_${id}`,
            chat_id: 'oc_f',
            chat_type: chat,
            message_type,
            content: text,
            create_time: String(w.now()),
          },
        });
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('never fails for another event with any content', async () => {
    const kind = fc.constantFrom(
      'im.message.recalled_v1',
      'im.message.message_read_v1',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'application.bot.menu_v6',
      'im.chat.member.bot.added_v1',
      'contact.user.deleted_v3',
      'contact.user.updated_v3',
      'toString',
    );
    await fc.assert(
      fc.asyncProperty(kind, record, async (type, event) => {
        await take(type, event);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
