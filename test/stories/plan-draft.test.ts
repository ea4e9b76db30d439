import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../drafting/documents/district.txt'), 'utf8');
/** Invented: 甲校 helps 乙校 under a bureau. */
const programme = {
  name: '清河区结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '局联', roles: ['bureau_coordinator'] },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '张三', school: '甲校' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
};

describe.each(backends)('a plan from its document, in the chat (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());
  const sends = async (name: string, bytes: Uint8Array, fileName: string) => {
    await w.sandbox.sendsFile(w.openId(name), bytes, { fileName });
    await w.quiet();
    return words(w.inbox(name).at(-1));
  };
  const plans = async () => {
    const { settings } = await w.core.ctx.db.selectFrom('programme').select('settings').executeTakeFirstOrThrow();
    return (JSON.parse(settings) as { plans: { plan: { id: string; requirements: { id: string }[] } }[] }).plans;
  };

  test('the bureau sends the document, ticks, adopts, and sees the consequences', async () => {
    const children = TEXT.split('\n').map((text) => new Paragraph(text));
    const bytes = await Packer.toBuffer(new Document({ sections: [{ children }] }));
    const received = await sends('局联', bytes, '清河区方案.docx');
    expect(received).toContain('找到 13 条');
    expect(received).toContain('每两周 集体备课 1次');
    expect(await plans()).toEqual([]);
    const but = (kept: number[]) =>
      Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`demand_${i}`, `${kept.includes(i)}`]));
    const none = await w.clicks('局联', '采用', but([]));
    expect(JSON.stringify(none)).toContain('一条也没有勾选');
    const answer = await w.clicks('局联', '采用', but([1, 4, 7]));
    expect(JSON.stringify(answer)).toMatch(/采用 3 条，由局联确认/);
    expect(JSON.stringify(answer)).toMatch(/演练：到上学期结束.*共发 \d+ 条提醒/);
    await w.quiet();
    const [use, ...more] = await plans();
    expect([use!.plan.requirements.map((r) => r.id), more]).toEqual([
      ['meeting.month', 'joint_prep.fortnight', 'home_visit.term3'],
      [],
    ]);
    const log = await w.core.ctx.db.selectFrom('audit').select(['act', 'actor']).execute();
    expect(log.some((row) => row.act === 'import')).toBe(true);
  });

  test('pasted text works too; the sender may discard it', async () => {
    const answer = words((await w.says('局联', TEXT)).at(-1)!);
    expect(answer).toContain('方案草稿');
    await w.clicks('局联', '不用');
    expect((await plans()).length).toBe(1);
  });

  test('a person who may not arrange the programme cannot adopt a plan', async () => {
    expect(await sends('李联', Buffer.from(TEXT), '方案.txt')).not.toContain('方案草稿');
    expect(await sends('张三', Buffer.from(TEXT), '方案.txt')).not.toContain('方案草稿');
    expect(words((await w.says('李联', TEXT)).at(-1)!)).not.toContain('方案草稿');
  });

  test('a document without a demand is answered with one sentence', async () => {
    expect(await sends('局联', Buffer.from('高举旗帜，再创辉煌。'), '讲话.txt')).toContain('没有找到');
  });
});
