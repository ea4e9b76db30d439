import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { writeArchive } from '../../src/export/archive.ts';
import { forget } from '../../src/store/forget.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const DOC = 'https://abc.feishu.cn/docx/Ab12Cd34';
const padded = (head: string) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(64)]);
const pdf = (n: number) => padded(`%PDF-1.7 ${n}`);
const docx = padded('PK\x03\x04\x14\0[Content_Types].xml word/document.xml');
const xlsx = padded('PK\x03\x04\x14\0[Content_Types].xml xl/workbook.xml');
const png = (n: number) => padded(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${n}`);

describe.each(backends)('evidence is kept with its record (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    // After the day's reminders.
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());

  const rows = () => w.core.ctx.db.selectFrom('evidence').selectAll().orderBy('id').execute();
  /** The answers to something sent, and the emoji under it. */
  const sends = async (name: string, act: () => Promise<{ messageId?: string }>) => {
    const before = w.inbox(name).length;
    const { messageId = '' } = await act();
    await w.quiet();
    await w.advance({ seconds: 3 });
    await w.advance({ seconds: 3 });
    const answers = w.inbox(name).slice(before);
    return { answers, emoji: w.sandbox.message(messageId)?.reactions?.map((r) => r.emoji) ?? [] };
  };
  const file = (name: string, bytes: Uint8Array, fileName: string, parentId?: string) =>
    sends(name, () => w.sandbox.sendsFile(w.openId(name), bytes, { fileName, parentId }));
  const image = (name: string, bytes: Uint8Array, parentId?: string) =>
    sends(name, () => w.sandbox.sendsImage(w.openId(name), bytes, { parentId }));

  it('a photo sent before its report waits for it, and an emoji shows that it was kept', async () => {
    expect(await image('陈志远', png(1))).toEqual({ answers: [], emoji: ['DONE'] });
    const [card] = await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    expect(words(card)).toContain('佐证：1 份');
    await w.advance({ minutes: 31 });
    expect((await rows()).map((r) => r.state)).toEqual(['kept']);
  });

  it('evidence sent while a question is open belongs to the report that the answer completes', async () => {
    await w.says('陈志远', '今天听了两节课');
    await w.move({ seconds: 5 });
    const [asked] = await w.says('陈志远', '这周去万佑上了一节语文课');
    expect(words(asked)).not.toContain('已记录');
    expect(await image('陈志远', png(2))).toEqual({ answers: [], emoji: ['DONE'] });
    const [card] = await w.says('陈志远', '今天');
    expect(words(card)).toContain('已记录');
    expect(words(card)).toContain('佐证：1 份');
  });

  it('goes to the previous record if the question stays open', async () => {
    const [card] = await w.says('周丽华', '今天听了两节课');
    await w.move({ seconds: 5 });
    await w.says('周丽华', '这周去万佑上了一节语文课');
    expect(await image('周丽华', png(4))).toEqual({ answers: [], emoji: ['DONE'] });
    expect(words(w.sandbox.message(card!.messageId))).not.toContain('佐证：1 份');
    await w.advance({ minutes: 31 });
    await w.advance({ seconds: 3 });
    expect(words(w.sandbox.message(card!.messageId))).toContain('佐证：1 份');
  });

  it('evidence that is still being fetched is counted on the card of the report that follows', async () => {
    Object.assign(w.sandbox.faults.api, { match: 'resources', status500: 1 });
    await w.sandbox.sendsImage(w.openId('李晓梅'), png(3));
    const before = w.inbox('李晓梅').length;
    await w.says('李晓梅', '今天听了一节课');
    for (let i = 0; i < 4; i++) await w.advance({ seconds: 4 });
    expect(w.inbox('李晓梅').slice(before).map(words).join()).toContain('佐证：1 份');
  });

  it('a file is recognised by its bytes, and kept like a photo', async () => {
    const [card] = await w.says('陈志远', '昨天家访了小雨');
    const shown = () => words(w.sandbox.message(card!.messageId));
    expect(await file('陈志远', pdf(1), '../../小雨.exe')).toEqual({ answers: [], emoji: ['DONE'] });
    expect(shown()).toContain('佐证：1 份');
    expect((await file('陈志远', docx, '家访记录.docx', card!.messageId)).emoji).toEqual(['DONE']);
    expect((await file('陈志远', xlsx, '台账.xlsx')).emoji).toEqual(['DONE']);
    expect(shown()).toContain('佐证：3 份');
    expect((await rows()).slice(-3).map((r) => r.type)).toEqual(['pdf', 'docx', 'xlsx']);
    const no = await file('陈志远', padded('MZ program'), '总结.docx');
    expect(no.emoji).toEqual([]);
    expect(words(no.answers[0])).toContain('PDF、Word、Excel');
  });

  it('a link to a document is kept with the record, alone or beside words', async () => {
    const says = (text: string) => sends('陈志远', () => w.sandbox.says(w.openId('陈志远'), text));
    expect(await says(`${DOC}?from=from_copylink`)).toEqual({ answers: [], emoji: ['DONE'] });
    const { answers, emoji } = await says(`昨天到万佑听了一节数学课，听课记录 ${DOC}2`);
    expect(emoji).toEqual(['DONE']);
    expect(answers).toHaveLength(1);
    expect(words(answers[0])).toContain('佐证：1 份');
    expect((await rows()).slice(-2).map((r) => r.link)).toEqual([DOC, `${DOC}2`]);
  });

  it('evidence that cannot be fetched is answered with what to do, without mentioning the record', async () => {
    await w.says('陈志远', '今天听了两节课');
    w.sandbox.faults.api.match = 'resources';
    w.sandbox.faults.api.refuse = { code: 234009, times: 1 };
    const { answers, emoji } = await image('陈志远', png(9));
    w.sandbox.faults.api.match = undefined;
    expect(emoji).toEqual([]);
    expect(words(answers[0])).toContain('已有的记录不受影响');
    expect(JSON.stringify(answers)).not.toContain('没有改动');
  });

  it('a colleague’s record gets no evidence from others', async () => {
    const colleagueCard = w.inbox('李晓梅').find((m) => words(m).includes('佐证：1 份'))!;
    const { answers, emoji } = await image('赵思敏', png(11), colleagueCard.messageId);
    expect(emoji).toEqual([]);
    expect(words(answers[0])).toContain('不是您的');
  });

  it('a coordinator’s workbook is imported, but as a reply to a record it is evidence', async () => {
    const { answers } = await file('赵思敏', xlsx, '总结.xlsx');
    // The template comes with the card, before or after it.
    expect(answers.map(words).join()).toContain('请回复那条记录，把文件再发一次');
    const [card] = await w.says('赵思敏', '昨天到万佑听了一节课');
    const again = await file('赵思敏', xlsx, '总结.xlsx', card!.messageId);
    expect(again).toEqual({ answers: [], emoji: ['DONE'] });
    expect(words(w.sandbox.message(card!.messageId))).toContain('佐证：1 份');
  });

  it('is shown to its author, can be deleted by them, and is in the archive', async () => {
    const { ctx } = w.core;
    const visit = (await rows()).find((r) => r.type === 'docx')!.activity_id!;
    const [list] = await w.says('陈志远', '我的记录');
    const id = new RegExp(`\\{"action":"my_record","activity":"${visit}"[^}]*\\}`);
    const value = JSON.parse(id.exec(JSON.stringify(list!.card))![0]);
    await w.sandbox.clicks(w.openId('陈志远'), list!.messageId, { value });
    expect(JSON.stringify(w.sandbox.message(list!.messageId)!.card)).toContain('Word');
    const before = w.inbox('陈志远').length;
    await w.sandbox.clicks(w.openId('陈志远'), list!.messageId, { text: '看佐证' });
    await w.quiet();
    const back = w.inbox('陈志远').slice(before);
    expect(back.map((m) => m.msgType)).toEqual(['file', 'file', 'file', 'text']);
    expect(words(back[3])).toBe(DOC);
    const programme = await ctx.programmeOf(ctx.db, (await listProgrammes(ctx.db))[0]!.id);
    const chen = programme.people.find((p) => p.name === '陈志远')!;
    const zip = join(ctx.config.dataDir, 'a.zip');
    const of = { kind: 'person', id: chen.id } as const;
    const order = { of, today: '2026-11-20', timezone: 'Asia/Shanghai', mayName: () => true };
    await writeArchive(ctx.db, ctx.vault, programme, zip, order, textsOf('zh-CN'));
    const parts = unzipSync(readFileSync(zip));
    const inside = Object.keys(parts).filter((n) => /^佐证\/\d+ \S+ 家访\//.test(n));
    expect(inside.map((n) => n.split('/').at(-1))).toEqual(['1.pdf', '2.docx', '3.xlsx', '4.url']);
    expect(strFromU8(parts[inside[3]!]!)).toContain(`URL=${DOC}`);
    const deleting = /\{"action":"delete_photo"[^}]*\}/.exec(JSON.stringify(w.sandbox.message(list!.messageId)!.card));
    await w.sandbox.clicks(w.openId('陈志远'), list!.messageId, { value: JSON.parse(deleting![0]) });
    await w.quiet();
    const deleted = (await rows()).find((r) => r.type === 'pdf' && r.state === 'deleted')!;
    expect(await ctx.vault.read(deleted.file)).toBeUndefined();
  });

  it('is erased with its author, links included', async () => {
    const { ctx } = w.core;
    const programme = await ctx.programmeOf(ctx.db, (await listProgrammes(ctx.db))[0]!.id);
    const { id } = programme.people.find((p) => p.name === '陈志远')!;
    const at = { now: ctx.now(), newId: ctx.newId, dry: false };
    await transact(ctx.db, (trx) => forget(trx, programme, { kind: 'person', id }, at));
    const remaining = (await rows()).filter((r) => r.person_id === id);
    expect(remaining.filter((r) => r.state === 'kept' || r.link !== null)).toEqual([]);
  });
});
