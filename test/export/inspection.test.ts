import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { writeInspection } from '../../src/export/inspection.ts';
import { sampleOf } from '../../src/plan/sample.ts';
import { summaryDays } from '../../src/plan/summary.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
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

it('shows the sample with its evidence, and the schools by name without one person’s figures', async () => {
  const w = await world();
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-inspection-'));
  const { ctx } = w.core;
  const programme = await ctx.programmeOf(ctx.db, (await listProgrammes(ctx.db))[0]!.id);
  const draw = async (seed: string) => {
    const file = join(dir, `${seed}.xlsx`);
    const days = summaryDays(programme, 'term', '2026-11-20')!;
    const order = { realm: { kind: 'programme' } as const, days, today: '2026-11-20', n: 3, seed };
    expect(await writeInspection(ctx.db, programme, file, order, textsOf('zh-CN'))).toBe(3);
    return readXlsx(readFileSync(file));
  };
  const one = await draw('甲');
  expect(one).toEqual(await draw('甲'));
  expect(one[0]!.data).toHaveLength(4);
  const table = one[1]!.data;
  expect(table.slice(1).map((row) => row[0])).toEqual(['云县民族中学', '晓街乡万佑九年一贯制学校']);
  expect(JSON.stringify(table)).not.toContain('陈志远');
  expect(JSON.stringify(one)).not.toMatch(/小雨|小杰|小岩/);
  rmSync(dir, { recursive: true });
  await w.close();
});
