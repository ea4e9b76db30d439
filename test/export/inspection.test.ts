import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { writeInspection } from '../../src/export/inspection.ts';
import { sampleOf } from '../../src/plan/sample.ts';
import { summaryDays } from '../../src/plan/summary.ts';
import { insertEvidence } from '../../src/store/evidence.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { transact } from '../../src/store/transaction.ts';
import { world } from '../support/world.ts';

it('draws the same sample from the same seed, in any order, and each record at most once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 400 }), fc.nat(60), fc.string(), (ids, n, seed) => {
      const drawn = sampleOf(ids, n, seed);
      expect(sampleOf(ids.toReversed(), n, seed)).toEqual(drawn);
      expect(new Set(drawn).size).toBe(Math.min(n, ids.length));
      expect(ids).toEqual(expect.arrayContaining(drawn));
    }),
    { numRuns: 50 },
  );
  const ids = Array.from({ length: 100 }, (_, i) => `a${i}`);
  expect(sampleOf(ids, 10, '甲')).not.toEqual(sampleOf(ids, 10, '乙'));
});

it('shows the sample with its evidence, and the schools by name without any person’s figures', async () => {
  const w = await world();
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-inspection-'));
  const { ctx } = w.core;
  const programme = await ctx.programmeOf(ctx.db, (await listProgrammes(ctx.db))[0]!.id);
  const taken = async (seed: string, n: number) => {
    const file = join(dir, `${seed}.zip`);
    const days = summaryDays(programme, 'term', '2026-11-20')!;
    const realm = { kind: 'programme' } as const;
    const order = { realm, days, today: '2026-11-20', n, seed, mayName: () => false };
    expect(await writeInspection(ctx.db, ctx.vault, programme, file, order, textsOf('zh-CN'))).toBe(n);
    return unzipSync(readFileSync(file));
  };
  const draw = async (seed: string) => readXlsx(Buffer.from((await taken(seed, 3))['督导抽查.xlsx']!));
  const one = await draw('甲');
  expect(one).toEqual(await draw('甲'));
  expect(one[0]!.data).toHaveLength(4);
  const table = one[1]!.data;
  // A duty that both schools owe together has its own row, so that the rows add up.
  expect(table.slice(1).map((row) => row[0])).toEqual([
    '云县民族中学',
    '云县民族中学→晓街乡万佑九年一贯制学校',
    '晓街乡万佑九年一贯制学校',
  ]);
  expect(JSON.stringify(table)).not.toContain('陈志远');
  expect(JSON.stringify(one)).not.toMatch(/小雨|小杰|小岩/);

  await w.says('陈志远', '昨天对我帮扶的两名学生进行了学习方法指导');
  // Every drawn activity: photos are filed under the table's numbers, except those of pupils' own activities.
  const rows = await ctx.db.selectFrom('activity').select(['id', 'body']).orderBy('date').execute();
  await transact(ctx.db, async (trx) => {
    for (const [i, sign] of ['"observe"', '"talk"', '"allAssigned":true'].entries()) {
      const file = `${i}`.repeat(32);
      await ctx.vault.keep(file, Uint8Array.from([0xff, 0xd8, i]));
      const activityId = rows.findLast((r) => r.body.includes(sign))!.id;
      const one = { id: `e${i}`, programmeId: programme.id, activityId, personId: 'x', messageId: 'om', sentAt: 1 };
      await insertEvidence(trx, { ...one, file });
    }
    await trx.updateTable('evidence').set({ state: 'kept', type: 'jpg' }).execute();
  });
  const all = await taken('丙', rows.length);
  const photos = Object.keys(all).filter((name) => name.endsWith('.jpg'));
  expect(photos).toEqual([expect.stringMatching(/^佐证\/\d+ 2026-10-20 听课评课\/1\.jpg$/)]);
  const number = Number(/\/(\d+) /.exec(photos[0]!)![1]);
  const [sample] = await readXlsx(Buffer.from(all['督导抽查.xlsx']!));
  expect(sample!.data[number]).toEqual(expect.arrayContaining([number, '听课评课']));
  rmSync(dir, { recursive: true });
  await w.close();
});
