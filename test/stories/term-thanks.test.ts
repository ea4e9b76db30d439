import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('the end of a term (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, at: '2027-01-21T16:00' });
    await w.says('陈志远', '昨天家访了小雨');
    await w.advance({ hours: 18 });
  });
  afterAll(() => w.close());
  const thanks = (name: string) => w.inbox(name).filter((m) => JSON.stringify(m.card).includes('"certificate"'));

  it('thanks people for what they have done, with figures, on its last school day', () => {
    const [card, ...more] = thanks('陈志远');
    expect(more).toEqual([]);
    expect(words(card)).toMatch(/谢谢您，这学期做了 \d+ 次/);
    expect(words(card)).toMatch(/第一次 \S+ \S+ \*\*\S+\*\*\n最近一次 1月20日 周三 \*\*家访\*\*/);
    expect(thanks('刘洪涛')).toEqual([]);
  });

  it('offers a certificate that names the records behind its figures, and no pupil', async () => {
    const n = Number(/这学期做了 (\d+) 次/.exec(words(thanks('陈志远')[0]))![1]);
    const { toast } = await w.clicks('陈志远', '要一份证明');
    expect(toast?.type).toBe('success');
    const files = () => w.inbox('陈志远').filter((m) => m.msgType === 'file');
    await expect.poll(() => files().length, { timeout: 20_000 }).toBe(1);
    const bytes = new Uint8Array(
      await (await fetch(`${w.sandbox.url}/_sandbox/upload/${files()[0]!.content.file_key}`)).arrayBuffer(),
    );
    const text = strFromU8(unzipSync(bytes)['word/document.xml']!)
      .replaceAll(/<\/w:p>/g, '\n')
      .replaceAll(/<[^>]+>/g, '');
    expect(text).toMatch(new RegExp(`兹证明 云县民族中学 陈志远：\\n在2026-2027学年第一学期参加结对帮扶活动 ${n} 次`));
    expect(text).toContain(`\n${n}\n2027-01-20\n家访\n`);
    expect(text).not.toContain(`\n${n + 1}\n`);
    expect(text).not.toMatch(/小雨|小杰/);
  });
});
