import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runCommand } from '../../src/cli/index.ts';
import { world } from '../support/world.ts';

const programme = {
  name: '东县结对',
  terms: [{ name: '第一学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '东县第一小学', short: ['一小'] }],
  people: [
    { name: '王安', school: '一小', roles: ['teacher'], open_id: 'ou_wang' },
    { name: '李宁', school: '一小', roles: ['coordinator'], open_id: 'ou_li' },
  ],
  care: [{ mentor: '王安', pupil: { name: '小禾' } }],
  plans: [
    {
      id: 'own',
      title: '本校方案',
      requirements: [
        { id: 't', title: '谈话', activity: 'talk', subject: 'teacher', measure: 'times', count: 4, period: 'term' },
      ],
    },
  ],
};

test('a ledger does not add again what was reported in chat; one report matches one row', async () => {
  const w = await world({ programme, at: '2026-11-20T15:00' });
  const cwd = mkdtempSync(join(tmpdir(), 'jiedui-contract-'));
  try {
    await w.says('王安', '今天和小禾谈话了');
    const run = async (...argv: string[]) => {
      let out = '';
      const take = (text: string) => {
        out += text;
      };
      expect(await runCommand(argv, { out: take, err: take, cwd }, w.core.ctx.config, w.core), out).toBe(0);
      return out;
    };
    const talk = { kind: 'talk', date: '2026-11-20', by: '王安', pupils: ['小禾'] };
    writeFileSync(join(cwd, 'ledger.yaml'), stringify({ name: programme.name, activities: [talk, talk] }));
    expect(await run('import', 'ledger.yaml')).toMatch(/: 1 new, 0 changed, 0 same, 1 known/);
    expect(await run('import', 'ledger.yaml')).toMatch(/: 0 new, 0 changed, 1 same, 1 known/);
    expect((JSON.parse(await run('owed', '--json')) as { done: number }[]).map((o) => o.done)).toEqual([2]);
  } finally {
    await w.close();
    rmSync(cwd, { recursive: true, force: true });
  }
});
