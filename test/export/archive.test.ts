import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { type ArchiveOf, writeArchive } from '../../src/export/archive.ts';
import { saveAttendance } from '../../src/store/check-ins.ts';
import { insertEvidence } from '../../src/store/evidence.ts';
import { listProgrammes, type StoredProgramme } from '../../src/store/programmes.ts';
import { transact } from '../../src/store/transaction.ts';
import { docxText } from '../support/docx.ts';
import { type World, world } from '../support/world.ts';

const t = textsOf('zh-CN');
const dir = mkdtempSync(join(tmpdir(), 'jiedui-archive-'));
afterAll(() => rmSync(dir, { recursive: true }));
let files = 0;

describe('an archive', () => {
  let w: World;
  let programme: StoredProgramme;
  beforeAll(async () => {
    w = await world();
    await w.says('陈志远', '昨天家访了小雨');
    await w.says('陈志远', '前天到万佑上了一节七年级语文');
    await w.says('陈志远', '11月16日到11月18日在万佑支教');
    const { ctx } = w.core;
    programme = await ctx.programmeOf(ctx.db, (await listProgrammes(ctx.db))[0]!.id);
  });
  afterAll(() => w.close());

  async function open(of: ArchiveOf, mayName: boolean) {
    const file = join(dir, `${files++}.zip`);
    const { db, vault } = w.core.ctx;
    const order = { of, today: '2026-11-20', timezone: 'Asia/Shanghai', mayName: () => mayName };
    const activities = await writeArchive(db, vault, programme, file, order, t);
    const parts = unzipSync(readFileSync(file));
    return { activities, parts, names: Object.keys(parts) };
  }
  const words = (parts: Record<string, Uint8Array>) =>
    Object.entries(parts)
      .map(([name, bytes]) => (name.endsWith('.docx') ? docxText(bytes) : strFromU8(bytes)))
      .join('\n');

  it('of a pairing: one document per term with the gaps at its top, every figure with its records, no pupil', async () => {
    const { activities, parts, names } = await open({ kind: 'pairing', id: programme.pairings[0]!.id }, false);
    expect(activities).toBeGreaterThan(3);
    expect(names.filter((n) => n.endsWith('.docx'))).toEqual(['2026-2027学年第一学期 帮扶档案.docx']);
    const text = docxText(parts[names[0]!]!);
    expect(text).toMatch(/待补（请补写）\n2026-09-28 考试：没有佐证[\s\S]*协议[\s\S]*2026-08-28 签订[\s\S]*完成情况/);
    // What is asked, how much of it is done, and by which of the activities below.
    const [, records] = /到受援学校送教（研讨课、示范课）\n[^\n]+\n1\/2次\n[^\n]+\n(\d+)\n/.exec(text)!;
    const row = new RegExp(
      `\n${records}\n2026-11-18\n送教上课\n陈志远\n晓街乡万佑九年一贯制学校\n七年级语文\n1次、1节\n`,
    );
    expect(text).toMatch(row);
    expect(text.match(/请补写/g)).toHaveLength(3);
    expect(words(parts)).not.toMatch(/小雨|小杰|小岩/);
  });

  it('of a pupil: only that one, named inside if that is allowed, never in a file name', async () => {
    const pupil = programme.pupils.find((p) => p.name === '小雨')!;
    const open1 = await open({ kind: 'pupil', id: pupil.id }, true);
    expect(words(open1.parts)).toContain('小雨');
    expect(words(open1.parts)).not.toMatch(/小杰|小岩/);
    expect(open1.names.join()).not.toContain('小雨');
    const closed = await open({ kind: 'pupil', id: pupil.id }, false);
    expect(words(closed.parts)).not.toContain('小雨');
  });

  it('of a person: photos as they were sent, and a certificate with the days of service and leave', async () => {
    const { ctx } = w.core;
    const chen = programme.people.find((p) => p.name === '陈志远')!;
    const stay = (
      await ctx.db.selectFrom('activity').select(['id', 'kind']).where('kind', '=', 'secondment').execute()
    )[0]!;
    const photo = Uint8Array.from([0xff, 0xd8, 0xff, 1, 2, 3]);
    const name = 'ab'.repeat(16);
    await ctx.vault.keep(name, photo);
    await transact(ctx.db, async (trx) => {
      const one = { id: 'e1', programmeId: programme.id, activityId: stay.id, personId: chen.id };
      await insertEvidence(trx, { ...one, file: name, messageId: 'om_1', sentAt: 1 });
      await trx.updateTable('evidence').set({ state: 'kept', type: 'jpg' }).where('id', '=', 'e1').execute();
      for (const [day, answer] of [
        ['2026-11-16', 'present'],
        ['2026-11-17', 'leave'],
        ['2026-11-18', 'present'],
      ] as const)
        await saveAttendance(trx, programme.id, { personId: chen.id, day, answer, saidAt: 1, late: false });
    });
    const { parts, names } = await open({ kind: 'person', id: chen.id }, true);
    const shown = names.find((n) => /^佐证\/\d+ \S+ 支教\/1\.jpg$/.test(n))!;
    expect([...parts[shown]!]).toEqual([...photo]);
    const certificate = names.find((n) => n.startsWith('支教证明'))!;
    const text = docxText(parts[certificate]!);
    // Reported as a range of three school days, one of them answered with leave.
    expect(text).toContain('2026-11-16 至 2026-11-18 在 晓街乡万佑九年一贯制学校 支教。');
    expect(text).toContain('在岗 2 天，请假 1 天');
    expect(text).toContain('本人逐日签到 2 天');
    expect(text).toMatch(/2026-11\n2天\n16、18\n17\n/);
    expect(text).toContain('晓街乡万佑九年一贯制学校');
  });

  it('holds no photo of pupils who may not be named, nor of 全部', async () => {
    const { ctx } = w.core;
    await w.says('陈志远', '昨天对我帮扶的两名学生进行了学习方法指导');
    await w.says('陈志远', '前天家访了小雨');
    const rows = await ctx.db.selectFrom('activity').select(['id', 'body']).where('cause', 'is not', null).execute();
    const of = (sign: RegExp) => rows.find((r) => sign.test(r.body))!.id;
    await transact(ctx.db, async (trx) => {
      for (const [i, activityId] of [of(/"allAssigned":true/), of(/"home_visit"/)].entries()) {
        const file = `${i}e`.repeat(16);
        await ctx.vault.keep(file, Uint8Array.from([0xff, 0xd8, i]));
        const one = { id: `p${i}`, programmeId: programme.id, activityId, personId: 'x', messageId: 'om', sentAt: 1 };
        await insertEvidence(trx, { ...one, file });
        await trx.updateTable('evidence').set({ state: 'kept', type: 'jpg' }).where('id', '=', `p${i}`).execute();
      }
    });
    const photosIn = async (of: ArchiveOf, mayName: boolean) =>
      (await open(of, mayName)).names.filter((n) => n.endsWith('.jpg') && !n.includes('支教')).length;
    const chen = { kind: 'person', id: programme.people.find((p) => p.name === '陈志远')!.id } as const;
    const pairing = { kind: 'pairing', id: programme.pairings[0]!.id } as const;
    expect(await photosIn(chen, true)).toBe(2);
    expect(await photosIn(chen, false)).toBe(0);
    expect(await photosIn(pairing, false)).toBe(0);
    // The visit was to this pupil alone, the guidance to others too.
    expect(await photosIn({ kind: 'pupil', id: programme.pupils.find((p) => p.name === '小雨')!.id }, true)).toBe(1);
  });

  it('is sent in the chat to people who may have it', async () => {
    const files = (who: string) => w.inbox(who).filter((m) => m.msgType === 'file').length;
    await w.says('陈志远', '建档 小雨');
    await w.says('赵思敏', '建档 民中→万佑');
    expect(files('陈志远')).toBe(1);
    expect(files('赵思敏')).toBe(1);
    expect(JSON.stringify(await w.says('王建业', '建档 小雨'))).not.toContain('正在生成');
    const log = await w.core.ctx.db
      .selectFrom('audit')
      .select(['act', 'target'])
      .where('act', '=', 'archive')
      .execute();
    expect(log).toHaveLength(2);
  });
});
