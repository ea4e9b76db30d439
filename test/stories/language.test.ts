import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

const HAN = /\p{Script=Han}/u;

describe('cards in English', () => {
  let w: World;
  const first = async (text: string) => words((await w.says('陈志远', text))[0]);
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());

  it('come from one word on', async () => {
    expect(await first('English')).toContain('English from now on');
    expect(await first('help')).toContain('What I can do');
    expect(await first('report')).not.toMatch(HAN);
    expect(await first('my tasks')).toContain('My tasks');
    expect(await first('昨天到万佑上了一节七年级语文')).toContain('Recorded');
    const kept = await w.core.ctx.db.selectFrom('member').select('settings').where('open_id', '=', w.openId('陈志远'));
    expect(JSON.parse((await kept.executeTakeFirstOrThrow()).settings)).toMatchObject({ locale: 'en-US' });
  });

  it('hold for clicks and refusals too', async () => {
    const result = await w.clicks('陈志远', 'Withdraw');
    expect(JSON.stringify(result.card)).toContain('Withdrawn');
    const refused = await w.sandbox.push(
      {
        operator: { open_id: w.openId('陈志远') },
        token: 'c-1',
        action: { tag: 'button', value: { action: 'no_such_action' } },
        host: 'im_message',
        context: { open_message_id: 'om_x', open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    // Feishu's client shows the line of its own language.
    const { toast } = JSON.parse(refused.attempts[0]!.body!);
    expect(toast.i18n.en_us).toContain('out of date');
    expect(toast.i18n.zh_cn).toContain('旧');
  });

  it('end with one word', async () => {
    expect(await first('中文')).toContain('以后用中文');
    expect(await first('我的任务')).toContain('我的任务');
  });

  it('greet a stranger in the language they write', async () => {
    expect(words((await w.says('访客', 'Hello, who are you?'))[0])).toContain('You are not in the roster yet');
  });
});
