import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { runCommand } from '../../src/cli/index.ts';
import { recordsMade } from '../support/recorded.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** 甲校 helps 乙校; all people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '张三', school: '甲校', mobile: '13900000003' },
    { name: '钱七', school: '乙校', mobile: '13900000007' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  plans: [{ use: 'yunxian-minzu' }],
};
const PEOPLE: SheetData = [
  ['姓名', '学校', '角色', '手机'],
  ['李联', '甲校', '联络员', ''],
  ['张三丰', '甲校', '教师', '139 0000 0003'],
];

describe.each(backends)('somebody who has changed their name (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
    await w.says('张三', '昨天到乙校上了一节七年级语文');
  });
  afterAll(() => w.close());
  const jiedui = async (...args: string[]) => {
    const out: string[] = [];
    const io = { out: (s: string) => void out.push(s), err: (s: string) => void out.push(s), cwd: '.' };
    await runCommand(args, io, w.core.ctx.config, w.core);
    return out.join('');
  };

  test('stays one person: the preview says so before anything changes, and the records stay', async () => {
    const bytes = await writeXlsxFile([{ sheet: '人员', data: PEOPLE }]).toBuffer();
    await w.sandbox.sendsFile(w.openId('李联'), bytes, { fileName: '名册.xlsx' });
    await expect
      .poll(async () => {
        await w.advance({ seconds: 5 });
        return words(w.inbox('李联').at(-1));
      })
      .toContain('甲校/张三 改名为 甲校/张三丰：账号相同，按同一人继续');
    await w.clicks('李联', '确认导入');
    await w.advance({ seconds: 5 });
    expect(words((await w.says('张三', '我的记录'))[0])).toContain('送教上课');
    expect(words((await w.says('李联', '名册'))[0])).toContain('张三丰');
    expect(await recordsMade(w)).toHaveLength(1);
  });

  test('rebind --person gives a person another account; the old one is a stranger from then on', async () => {
    const stranger = w.openId('访客');
    expect(await jiedui('rebind', '--person', '张三丰', '--to', stranger)).toContain(`is now ${stranger}`);
    expect(words((await w.says('访客', '我的记录'))[0])).toContain('送教上课');
    expect(words((await w.says('张三', '我的记录')).at(-1))).not.toContain('送教上课');
    expect(await jiedui('rebind', '--person', '张三丰')).toContain('is bound');
    expect(words((await w.says('访客', '我的记录')).at(-1))).not.toContain('送教上课');
  });
});
