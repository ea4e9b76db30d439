import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { stringify } from 'yaml';
import { runCommand } from '../../src/cli/index.ts';
import { unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** 张三 has left with a pupil still in care, 乙校 has no contact to remind; nothing is late before July. All people are invented. */
const programme = {
  name: '缺什么',
  terms: [
    { name: '上学期', start: '2026-09-01', end: '2027-01-22' },
    { name: '下学期', start: '2027-02-22', end: '2027-07-09' },
  ],
  schools: [{ name: '甲校' }, { name: '乙校' }, { name: '丙校' }],
  people: [
    { name: '局联', roles: ['bureau_coordinator'] },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '丁联', school: '丙校', roles: ['coordinator'] },
    { name: '张三', school: '甲校', to: '2026-11-10' },
  ],
  pairings: [
    { supporter: '甲校', recipient: '乙校' },
    { supporter: '丙校', recipient: '乙校' },
  ],
  care: [{ mentor: '张三', pupil: { name: '小云朵', school: '甲校' } }],
  plans: [
    {
      id: 'own',
      title: '自定',
      requirements: [
        {
          id: 'x',
          title: '总结',
          activity: 'document',
          subject: 'school',
          measure: 'documents',
          count: 1,
          period: 'school_year',
        },
      ],
    },
  ],
};
const LEFT = '后不在岗，名下还有 1 名帮扶学生';
const SILENT = '乙校没有联络员，学校的任务无人提醒';

describe.each(backends)('gaps in the lists (%s)', (backend) => {
  let w: World;
  let dir: string;
  beforeAll(async () => {
    w = await world({ backend, at: '2026-11-27T12:00', programme, overrides: unhurried });
    dir = mkdtempSync(join(tmpdir(), 'jiedui-lists-'));
  });
  afterAll(async () => {
    await w.close();
    rmSync(dir, { recursive: true });
  });
  const jiedui = async (...args: string[]) => {
    const lines: string[] = [];
    const io = { out: (s: string) => void lines.push(s), err: (s: string) => void lines.push(s), cwd: dir };
    await runCommand(args, io, w.core.ctx.config, w.core);
    return lines.join('');
  };

  it('are reported by import and by doctor, with what to do', async () => {
    writeFileSync(join(dir, 'p.yaml'), stringify(programme));
    for (const output of [await jiedui('import', 'p.yaml', '--dry'), await jiedui('doctor')]) {
      expect(output).toContain(`${LEFT}；请为这些学生换一名帮扶教师`);
      expect(output).toContain(`${SILENT}；请给一名教师加上 coordinator`);
    }
    expect(await jiedui('doctor')).not.toContain('小云朵');
  });

  it('are shown on the preview of a workbook as they would be after the import', async () => {
    const people = [
      ['姓名', '学校', '角色'],
      ['乙联', '乙校', '联络员'],
    ];
    const sheets = { 项目: [['名称'], ['缺什么']], 人员: people };
    const bytes = await writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))).toBuffer();
    await w.sandbox.sendsFile(w.openId('局联'), bytes, { fileName: '名册.xlsx' });
    await expect.poll(() => words(w.inbox('局联').at(-1))).toContain('导入预览');
    const card = words(w.inbox('局联').at(-1));
    expect(card).toContain('名单还缺 1 处');
    expect(card).toContain(LEFT);
    expect(card).not.toContain(SILENT);
    await w.clicks('局联', '取消');
  });

  it('are sent on the first Monday of a month to people who can fill them, otherwise only with other news', async () => {
    const digests = (name: string) => w.inbox(name).filter((m) => words(m).startsWith('名单还缺'));
    for (let day = 0; day < 9; day++) await w.advance({ days: 1 });
    for (const name of ['李联', '丁联', '局联']) expect(digests(name)).toEqual([]);
    await w.advance({ days: 1 });
    await w.quiet();
    expect(digests('李联')).toHaveLength(1);
    const digest = words(digests('李联')[0]);
    expect(digest).not.toContain('落后');
    expect(digest).toContain(LEFT);
    expect(digest).not.toContain(SILENT);
    expect(digest).not.toContain('小云朵');
    expect(words(digests('局联')[0])).toContain(SILENT);
    expect(digests('丁联')).toEqual([]);
    for (let day = 0; day < 8; day++) await w.advance({ days: 1 });
    for (const name of ['李联', '局联']) expect(digests(name)).toHaveLength(1);
  });
});
