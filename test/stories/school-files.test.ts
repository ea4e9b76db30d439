/** Six files as schools keep them, sent to the bot and given to the command: each is imported after one round. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/index.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';
import { value } from '../workbook/schools.ts';
import { blanks, careList, ledger, oldVisits, register, type SchoolFile, staff } from '../workbook/six-files.ts';

/** For each file: the button that takes it, and how many records or arrangements it brings. */
const FILES: { file: SchoolFile; button: string; brings: Record<string, number> }[] = [
  { file: ledger, button: '确认导入', brings: { demo_lesson: 5 } },
  { file: register, button: '导入可用的 1 行', brings: { home_visit: 4 } },
  { file: oldVisits, button: '确认导入', brings: { home_visit: 4 } },
  { file: staff, button: '确认导入', brings: { people: 2 } },
  { file: careList, button: '确认导入', brings: { cares: 4 } },
  { file: blanks, button: '确认导入', brings: { cares: 4 } },
];

describe.each(backends)('files of a school (%s)', (backend) => {
  let w: World;
  let dir: string;
  beforeAll(async () => {
    w = await world({ backend, programme: value });
    dir = mkdtempSync(join(tmpdir(), 'jiedui-files-'));
  });
  afterAll(async () => {
    await w.close();
    rmSync(dir, { recursive: true });
  });

  test.each(FILES)('$file.name by the command', async ({ file, brings }) => {
    writeFileSync(join(dir, file.name), await file.bytes());
    const out: string[] = [];
    const io = { out: (s: string) => void out.push(s), err: () => undefined, cwd: dir };
    const args = ['import', file.name, '--dry', '--school', '一中'];
    expect(await runCommand(args, io, w.core.ctx.config, w.core)).toBe(0);
    const output = out.join('');
    const list = Object.keys(brings)[0]!;
    const lines = output.split('\n').filter((line) => /^(?:new|changed|same|known) /.test(line));
    const of = lines.filter((line) =>
      new RegExp(`^\\w+ +${['people', 'cares'].includes(list) ? list : 'activities'} `).test(line),
    );
    expect([file.name, of.length]).toEqual([file.name, brings[list]]);
  });

  test.each(FILES)('$file.name by the chat', async ({ file, button }) => {
    await w.sandbox.sendsFile(w.openId('何文静'), await file.bytes(), { fileName: file.name });
    await settled();
    const shown = w.inbox('何文静').findLast((m) => JSON.stringify(m.card ?? '').includes(button));
    expect(words(w.inbox('何文静').at(-1)) && shown).toBeDefined();
    await w.sandbox.clicks(w.openId('何文静'), shown!.messageId, { text: button });
    await settled();
    expect(w.inbox('何文静').some((m) => words(m).includes('已导入'))).toBe(true);
  });

  /** Until no chore and no notice waits. */
  const settled = async () => {
    for (let i = 0; i < 1_000; i++) {
      await w.quiet();
      const planned = w.core.ctx.db.selectFrom('chore').select('id').where('state', '=', 'planned');
      const [open] = await planned.where('due_at', '<', w.now() + 60_000).execute();
      if (!open) return w.quiet();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('a chore does not end');
  };
});
