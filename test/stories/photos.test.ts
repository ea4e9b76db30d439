import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const png = (n: number) =>
  new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, n, 1, 2, 3]);

describe.each(backends)('photos belong to records (%s)', (backend) => {
  let w: World;
  let me: string;
  const dir = () => join(w.core.ctx.config.dataDir, 'evidence');
  const files = () =>
    existsSync(dir()) ? readdirSync(dir(), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()) : [];
  const sends = async (bytes: Uint8Array, opts?: Parameters<World['sandbox']['sendsImage']>[2]) => {
    const before = w.inbox('陈志远').length;
    await w.sandbox.sendsImage(me, bytes, opts);
    await w.quiet();
    await w.advance({ seconds: 3 });
    return w.inbox('陈志远').slice(before);
  };
  const rows = () => w.core.ctx.db.selectFrom('evidence').selectAll().orderBy('id').execute();
  beforeAll(async () => {
    w = await world({ backend });
    me = w.openId('陈志远');
    // After the day's reminders.
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());

  it('drops a photo that no report follows within half an hour, and says what to do', async () => {
    expect(await sends(png(0))).toEqual([]);
    expect(files()).toHaveLength(1);
    const before = w.inbox('陈志远').length;
    await w.advance({ minutes: 31 });
    expect(w.inbox('陈志远').slice(before).map(words).join()).toContain('等了 30 分钟没有等到对应的记录');
    expect((await rows()).map((r) => r.state)).toEqual(['deleted']);
    expect(files()).toEqual([]);
  });

  it('adds a photo to the card of the last record within half an hour, without another message', async () => {
    const [card] = await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.advance({ minutes: 29 });
    expect(await sends(png(1))).toEqual([]);
    expect(words(w.sandbox.message(card!.messageId))).toContain('佐证：1 份');
    await w.says('陈志远', '今天听了两节课');
    const [first] = w.inbox('陈志远').filter((m) => words(m).includes('佐证：1 份'));
    expect(await sends(png(2), { parentId: first!.messageId })).toEqual([]);
    expect(words(w.sandbox.message(card!.messageId))).toContain('佐证：2 份');
    expect(files()).toHaveLength(2);
    for (const file of files()) expect(file.name).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps the same photo once', async () => {
    const card = w.inbox('陈志远').find((m) => words(m).includes('佐证：2 份'))!;
    expect(await sends(png(2), { parentId: card.messageId })).toEqual([]);
    expect(words(w.sandbox.message(card.messageId))).toContain('佐证：2 份');
    expect(files()).toHaveLength(2);
  });

  it('adds the pictures beside a sentence to the record that it made', async () => {
    const before = w.inbox('陈志远').length;
    await w.sandbox.sendsRaw(me, 'post', {
      title: '',
      content: [[{ tag: 'text', text: '今天和小雨谈话了' }], [{ tag: 'img', image_key: await upload(png(7)) }]],
    });
    await w.quiet();
    await w.advance({ seconds: 2 });
    await w.advance({ seconds: 2 });
    const answers = w.inbox('陈志远').slice(before);
    expect(answers).toHaveLength(1);
    expect(words(answers[0])).toContain('谈话');
    expect(words(answers[0])).toContain('佐证：1 份');
  });

  it('refuses files that are not pictures or too large, and keeps neither', async () => {
    const kept = files().length;
    const [no] = await sends(new TextEncoder().encode('<html>this is no picture at all</html>'));
    expect(words(no)).toContain('只收照片、PDF、Word、Excel');
    expect(words(no)).not.toContain('没有改动');
    const [large] = await sends(new Uint8Array(10 * 1024 * 1024 + 1).fill(1));
    expect(words(large)).toContain('10 MB');
    expect(files()).toHaveLength(kept);
    // The third is the photo that came twice.
    expect((await rows()).filter((r) => r.state === 'refused')).toHaveLength(3);
  });

  it('refuses everybody else, and shows and deletes them for their author', async () => {
    const [list] = await w.says('陈志远', '我的记录');
    expect(words(list)).toContain('佐证：2 份');
    const record = w
      .inbox('陈志远')
      .find((m) => words(m).includes('佐证：2 份') && JSON.stringify(m.card).includes('"withdraw"'))!;
    const [, id] = /"withdraw","activity":"([^"]+)"/.exec(JSON.stringify(record.card))!;
    await w.sandbox.clicks(me, list!.messageId, { value: { action: 'my_record', activity: id } });
    const sent = w.inbox('陈志远').length;
    const shown = await w.sandbox.clicks(me, list!.messageId, { text: '看佐证' });
    expect(shown.toast?.type).toBe('success');
    await w.quiet();
    const images = w.inbox('陈志远').slice(sent);
    expect(images.map((m) => m.msgType)).toEqual(['image', 'image']);
    const value = JSON.stringify(w.sandbox.message(list!.messageId)!.card).match(
      /\{"action":"delete_photo"[^}]*\}/,
    )![0];
    const foreign = await w.sandbox.push(
      {
        operator: { open_id: w.openId('李晓梅') },
        token: 'c-1',
        action: { tag: 'button', value: JSON.parse(value) },
        host: 'im_message',
        context: { open_message_id: list!.messageId, open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    expect(foreign.attempts[0]!.body).toContain('不是您的');
    const kept = files().length;
    await w.sandbox.clicks(me, list!.messageId, { value: JSON.parse(value) });
    await w.quiet();
    expect(files()).toHaveLength(kept - 1);
    await w.advance({ seconds: 3 });
    expect(w.inbox('陈志远').filter((m) => words(m).includes('佐证：2 份'))).toEqual([]);
    expect(JSON.stringify(w.sandbox.message(list!.messageId)!.card)).not.toContain(value);
  });

  /** The key of a picture already sent; any message may carry it again. */
  async function upload(bytes: Uint8Array): Promise<unknown> {
    const other = w.openId('李晓梅');
    await w.sandbox.sendsImage(other, bytes);
    await w.quiet();
    return w.sandbox.messages(other).findLast((m) => m.msgType === 'image')!.content.image_key;
  }
});
