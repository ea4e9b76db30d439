import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { docxText } from '../support/docx.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';
import { CASTS } from './plans/casts.ts';

/** The text of all documents in the newest file sent. */
async function archived(w: World, name: string): Promise<string> {
  const { file_key: key } = w.inbox(name).findLast((m) => m.msgType === 'file')!.content as { file_key: string };
  const upload = await fetch(`${w.sandbox.url}/_sandbox/upload/${key}`);
  const parts = unzipSync(new Uint8Array(await upload.arrayBuffer()));
  return Object.entries(parts)
    .map(([file, bytes]) => (file.endsWith('.docx') ? docxText(bytes) : ''))
    .join('\n');
}

const WORLD = { programme: parse(CASTS['yunxian-minzu']!) };

describe.each(backends)('an inspection (%s)', (backend) => {
  test('goes from the bureau’s message to resolved findings, and into the archive', async () => {
    const w = await world({ ...WORLD, backend });
    await w.says('周文', '昨天到万佑学校上了一节七年级语文示范课');
    const [opened] = await w.says('区联', '督导 万佑学校');
    expect(words(opened)).toMatch(/万佑学校 · 11月20日/);
    expect(words(opened)).toContain('记录 1 条');
    expect(words(opened)).toContain('随机抽查 1 条记录');

    // In words, with a date; it goes only to the school's coordinator.
    const [found] = await w.says('区联', '问题：听课评课只有一次，没有记录，12月1日前整改');
    expect(words(found)).toContain('待整改');
    const notice = w.inbox('丁兰').at(-1);
    expect(words(notice)).toContain('听课评课只有一次');
    expect(words(notice)).toContain('12月1日');
    expect(w.inbox('周文').map(words).join()).not.toContain('听课评课只有一次');

    // The answer comes back, and only then can the finding be resolved.
    const [answered] = await w.says('丁兰', '整改：已补做一次听课评课并补齐记录');
    expect(words(answered)).toContain('已答复');
    expect(words(w.inbox('区联').at(-1))).toContain('已补做一次听课评课');
    await w.clicks('区联', '结束并归档');
    expect(words(w.inbox('区联').at(-1))).toContain('已答复');
    await w.clicks('区联', '第 1 条已整改');

    // And by form.
    await w.clicks('区联', '记下这条', { text: '档案没有分卷', due: '2026-12-05' });
    expect(words(w.inbox('丁兰').at(-1))).toContain('档案没有分卷');
    await w.clicks('丁兰', '答复', { answer: '已分卷归档' });
    await w.clicks('区联', '第 2 条已整改');
    await w.clicks('区联', '记下这条', { text: '制度没有上墙', due: '2026-12-05' });
    await w.clicks('区联', '记下这条', { text: '名单没有更新', due: '2026-12-05' });
    expect(words((await w.says('丁兰', '第4条整改好了'))[0])).toMatch(/名单没有更新[\s\S]*第4条整改好了/);
    await w.clicks('区联', '第 4 条已整改');
    await w.says('丁兰', '已整改到位了');
    await w.clicks('区联', '第 3 条已整改');

    // The circular names no person.
    await w.clicks('区联', '印发通报');
    const circular = w.inbox('丁兰').at(-1);
    expect(words(circular)).toContain('督导通报');
    expect(words(circular)).not.toMatch(/周文|丁兰/);
    await expect.poll(() => w.inbox('区联').filter((m) => m.msgType === 'file').length, { timeout: 20_000 }).toBe(1);

    await w.clicks('区联', '结束并归档');
    expect(words(w.inbox('区联').findLast((m) => words(m).includes('督导')))).toContain('已归档');

    // The term's report and the archive contain all of it.
    expect(words((await w.says('区联', '学期报告'))[0])).toContain('督导 1 次，问题 4 条，已整改 4 条');
    await w.says('区联', '档案 万佑学校');
    await expect.poll(() => w.inbox('区联').filter((m) => m.msgType === 'file').length, { timeout: 20_000 }).toBe(2);
    const archive = await archived(w, '区联');
    for (const text of ['听课评课只有一次', '已补做一次听课评课并补齐记录', '档案没有分卷', '已分卷归档'])
      expect(archive).toContain(text);
    await w.close();
  });

  test('is opened by a sentence, once a day, and listed with what is not resolved', async () => {
    const w = await world({ ...WORLD, backend });
    for (const text of [
      '过程督查 万佑学校',
      '督查万佑学校',
      '到万佑抽查一下联合月考的记录',
      '检查一下万佑学校的帮扶工作',
    ])
      expect(words((await w.says('区联', text))[0]), text).toMatch(/^督导\n\*\*万佑学校/);
    expect(words((await w.says('区联', '督导情况'))[0])).toMatch(/督导 · 共 1 条[\s\S]*万佑学校/);
    await w.says('区联', '问题：听课记录不全，12月1日前整改');
    expect(words((await w.says('丁兰', '哪些问题还没整改'))[0])).toMatch(/万佑学校.*待整改 1/);
    // A report that mentions an inspection opens none; without the right to inspect, nothing is opened.
    expect(words((await w.says('区联', '今天督查了民族中学'))[0])).not.toMatch(/^督导\n/);
    expect(words((await w.says('周文', '督查东区'))[0])).not.toMatch(/^督导\n/);
    expect(words((await w.says('区联', '万佑学校工作不力，予以通报批评'))[0])).toMatch(/^督导\n\*\*万佑学校/);
    expect(words((await w.says('区联', '民族中学工作不力，予以通报批评'))[0])).toContain('发「督导 学校名」');
    await w.close();
  });

  test('sends a reminder shortly before the deadline and once after it, until answered', async () => {
    const w = await world({ ...WORLD, backend });
    const due = (name: string) => w.inbox(name).filter((m) => words(m).includes('督导问题'));
    await w.says('区联', '督导 万佑学校');
    await w.says('区联', '问题：听课记录缺三次，12月1日前整改');
    await w.says('区联', '问题：档案没有分卷，12月10日前整改');
    for (let day = 0; day < 7; day++) await w.advance({ days: 1 });
    expect(due('丁兰')).toEqual([]);
    // Saturday 28 November is three days ahead; Monday is the first working day after it.
    for (let day = 0; day < 3; day++) await w.advance({ days: 1 });
    const [soon] = due('丁兰');
    expect(due('丁兰')).toHaveLength(1);
    expect(words(soon)).toContain('督导问题 1 条待整改');
    expect(words(soon)).toContain('听课记录缺三次');
    expect(words(soon)).not.toContain('档案没有分卷');
    await w.clicks('丁兰', '答复');
    expect(words(w.inbox('丁兰').at(-1))).toContain('整改情况');
    for (let day = 0; day < 3; day++) await w.advance({ days: 1 });
    expect(due('丁兰')).toHaveLength(2);
    expect(words(due('丁兰').at(-1))).toContain('应于 12月1日');

    await w.says('丁兰', '整改：已补做三次并附记录');
    await w.advance({ minutes: 1 });
    // Both cards are redrawn.
    expect(
      w
        .inbox('丁兰')
        .map(words)
        .filter((text) => text.includes('~~听课记录缺三次')),
    ).toHaveLength(2);
    for (let day = 0; day < 20; day++) await w.advance({ days: 1 });
    const later = w
      .inbox('丁兰')
      .slice(w.inbox('丁兰').indexOf(soon!))
      .map(words)
      .filter((text) => text.includes('督导问题'));
    expect(later.filter((text) => text.includes('档案没有分卷'))).toHaveLength(2);
    expect(w.inbox('周文').map(words).join()).not.toContain('督导问题');
    await w.close();
  });

  test('a finding goes to the person it names, if they belong to the school', async () => {
    const w = await world({ backend });
    await w.says('刘洪涛', '督导 万佑');
    const [found] = await w.says('刘洪涛', '问题：教案没有签字，由周丽华负责，12月5日前整改');
    expect(words(found)).toContain('由 周丽华 在');
    expect(words(w.inbox('周丽华').at(-1))).toContain('教案没有签字');
    expect(w.inbox('杨一帆').map(words).join()).not.toContain('教案没有签字');
    const [strange] = await w.says('刘洪涛', '问题：没有听课记录，责任人：李晓梅');
    expect(words(strange)).toContain('没有改动');
    await w.close();
  });

  test('is refused without the right, and the sample as a file still works', async () => {
    const w = await world({ ...WORLD, backend });
    const [refused] = await w.says('丁兰', '督导 民族中学');
    expect(words(refused)).not.toContain('随机抽查');
    const [file] = await w.says('区联', '督导 30 种子2026');
    expect(words(file)).toContain('稍');
    const [nothing] = await w.says('区联', '问题：没有开始');
    expect(words(nothing)).toContain('没有进行中的督导');
    // A circular reports an inspection's findings.
    const [none] = await w.says('区联', '通报批评万佑学校，帮扶工作实施不力');
    expect(words(none)).toContain('发「督导 学校名」');
    await w.says('区联', '督导 万佑学校');
    await w.says('区联', '问题：帮扶工作实施不力');
    expect(words((await w.says('区联', '通报批评万佑学校'))[0])).toContain('印发通报');
    await w.close();
  });
});
