import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { runCommand } from '../../src/cli/index.ts';
import { insertEvidence } from '../../src/store/evidence.ts';
import { RETENTION_DAYS } from '../../src/store/retention.ts';
import { primaryKeys } from '../../src/store/schema.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

/** The demo's file without the rows that name these. */
const demoWithout = (...pupils: string[]) => {
  const demo = parse(readFileSync('db/demo/programme.yaml', 'utf8'));
  const stays = (row: { pupil?: unknown; pupils?: unknown }) =>
    !pupils.some((name) => JSON.stringify([row.pupil, row.pupils]).includes(`"${name}"`));
  return { ...demo, care: demo.care.filter(stays), activities: demo.activities.filter(stays) };
};

const dir = mkdtempSync(join(tmpdir(), 'jiedui-forget-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe.each(backends)('erasure and the log (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
  });
  afterAll(() => w.close());
  const db = () => w.core.ctx.db;
  async function operator(...argv: string[]) {
    const output = { out: '', err: '' };
    const io = {
      out: (text: string) => {
        output.out += text;
      },
      err: (text: string) => {
        output.err += text;
      },
      cwd: dir,
    };
    return { code: await runCommand(argv, io, w.core.ctx.config, w.core), ...output };
  }
  /** The tables that contain a word. */
  const holders = async (word: string) => {
    const found: string[] = [];
    for (const table of Object.keys(primaryKeys) as (keyof typeof primaryKeys)[])
      if (JSON.stringify(await db().selectFrom(table).selectAll().execute()).includes(word)) found.push(table);
    return found;
  };
  /** Stores a photo of an activity as if it had been fetched; returns its name on disk. */
  async function photoOf(activityId: string, letter: string) {
    const { id: programmeId } = await db().selectFrom('programme').select('id').executeTakeFirstOrThrow();
    const file = letter.repeat(32);
    await w.core.ctx.vault.keep(file, Uint8Array.from([1]));
    const one = { id: `e${letter}`, programmeId, activityId, personId: 'x', file, messageId: 'm', sentAt: 1 };
    await transact(db(), (trx) => insertEvidence(trx, one));
    return file;
  }
  const latest = async () =>
    (await db().selectFrom('activity').select('id').where('cause', 'is not', null).orderBy('id').execute()).at(-1)!.id;
  const counts = async () => ({
    done: await db().selectFrom('obligation').select(['id', 'done', 'met_on']).orderBy('id').execute(),
    activities: await db().selectFrom('activity').select(['id', 'date', 'kind']).orderBy('id').execute(),
  });

  it('forgets a pupil: name and photos disappear everywhere, every count stays', async () => {
    await w.says('周丽华', '昨天和小岩谈话了，小岩说想家');
    const file = await photoOf(await latest(), 'c');
    const before = await counts();
    expect(await holders('小岩')).toContain('roster');
    const dry = await operator('forget', '--pupil', '小岩');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toContain('nothing was removed yet');
    expect(await holders('小岩')).toContain('roster');
    expect(await operator('forget', '--pupil', '小岩', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await holders('小岩')).toEqual([]);
    expect(await counts()).toEqual(before);
    expect(await w.core.ctx.vault.read(file)).toBeUndefined();
    // Others keep theirs, and the mentor stays active.
    expect(await holders('小雨')).toContain('roster');
    expect(JSON.stringify(await w.says('周丽华', '我的任务'))).not.toContain('小岩');
    expect((await operator('forget', '--pupil', '小岩')).code).toBe(2);
    // An old file at the school does not bring the pupil back, and the stored marker holds no name.
    const kept = join(dir, `${backend}-kept.yaml`);
    const demo = parse(readFileSync('db/demo/programme.yaml', 'utf8'));
    writeFileSync(kept, stringify(demo));
    const again = await operator('import', kept);
    expect(again.code).not.toBe(0);
    expect(again.err).toContain('forget');
    expect(again.err).toMatch(/care\[\d+\]/);
    expect(again.err).not.toContain('小岩');
    expect(await holders('小岩')).toEqual([]);
    writeFileSync(kept, stringify(demoWithout('小岩')));
    expect(await operator('import', kept, '--dry')).toMatchObject({ code: 0, err: '' });
  });

  it('removes the photos of a pupil regardless of who reported the visit; a guardian can get an archive first', async () => {
    await w.says('李晓梅', '昨天家访了小雨');
    const visit = await latest();
    const file = await photoOf(visit, 'd');
    const zip = `${backend}.zip`;
    expect(await operator('export', 'archive', '--pupil', '小雨', '--pupils', '--out', zip)).toMatchObject({ code: 0 });
    const [page] = Object.values(unzipSync(readFileSync(join(dir, zip))));
    expect(strFromU8(unzipSync(page!)['word/document.xml']!)).toMatch(/家访[\s\S]*李晓梅[\s\S]*小雨/);
    expect(await operator('forget', '--pupil', '小雨', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await w.core.ctx.vault.read(file)).toBeUndefined();
  });

  it('takes nothing from people whose name is the same or contains the erased one', async () => {
    const rosterOf = async (name: string) =>
      (await db().selectFrom('roster').select(['kind', 'name', 'body', 'imported']).orderBy('id').execute()).filter(
        (r) => r.name.includes(name) || r.body.includes(name),
      );
    const dutiesOf = async (name: string) =>
      (await db().selectFrom('obligation').select('body').orderBy('id').execute()).filter((o) =>
        o.body.includes(`"${name}`),
      );
    const home = '云县民族中学';
    const away = '晓街乡万佑九年一贯制学校';
    const file = (withLiXiao: boolean) => {
      const demo = demoWithout('小岩', '小雨');
      const at = (school: string, name: string) => ({ name, school, roles: ['teacher'] });
      demo.people.push(at(away, '李晓'), ...(withLiXiao ? [at(home, '李晓')] : []));
      demo.mentorships.push({ mentor: '李晓梅', mentee: `${away}/李晓`, from: '2026-09-01' });
      demo.waivers = [{ person: '李晓梅', from: '2026-11-01', to: '2026-11-10', reason: '代李晓的课' }];
      const path = join(dir, `${backend}-${withLiXiao}.yaml`);
      writeFileSync(path, stringify(demo));
      return path;
    };
    // An import that takes more than a second shows its progress.
    expect(await operator('import', file(true))).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^(?:duties \d+ of \d+\n)*$/u),
    });
    await w.advance({ minutes: 1 });
    const others = async () => ({
      roster: (await rosterOf('李晓梅')).length,
      duties: await dutiesOf('李晓梅'),
      names: (await rosterOf('李晓')).map((r) => r.name).filter((key) => key.includes('李晓')),
    });
    const before = await others();
    expect(await operator('forget', '--person', `${home}/李晓`, '--yes')).toMatchObject({ code: 0, err: '' });
    const after = await others();
    expect(after.roster).toBe(before.roster);
    expect(after.duties).toEqual(before.duties);
    // One row less: the person's own.
    expect(after.names).toHaveLength(before.names.length - 1);
    const reasons = JSON.stringify(await rosterOf('reason'));
    expect(reasons).toMatch(/代已删除.{6}的课/);
    // The next import still recognises everybody.
    const again = await operator('import', file(false));
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).not.toMatch(/^new/m);
    await w.advance({ minutes: 1 });
  });

  it('forgets a person, who is then a stranger to the bot', async () => {
    await w.says('李晓梅', '昨天到万佑听了两节课');
    const before = await counts();
    expect(await operator('forget', '--person', '李晓梅', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await holders('李晓梅')).toEqual([]);
    expect(await counts()).toEqual(before);
    expect(await db().selectFrom('member').selectAll().where('open_id', '=', w.openId('李晓梅')).execute()).toEqual([]);
    expect(await holders(w.openId('李晓梅'))).toEqual([]);
  });

  it('gives the audit its facts: pupils by id, who looked and what was erased, in a workbook without pupils’ names', async () => {
    await w.says('杨一帆', '名册 学生');
    for (const sentence of ['豁免 陈志远 家访 11-01至11-30 原因 住院', '请假 陈志远 11-23至11-27 住院']) {
      await w.says('赵思敏', sentence);
      await w.clicks('赵思敏', '确认');
    }
    const made = await operator('export', 'compliance', '--out', `${backend}.xlsx`);
    expect(made).toMatchObject({ code: 0, err: '' });
    const sheets = await readXlsx(readFileSync(join(dir, `${backend}.xlsx`)));
    expect(sheets.map((s) => s.sheet)).toEqual(['在册学生', '访问与操作', '保存期限']);
    const text = JSON.stringify(sheets.map((s) => s.data));
    expect(text).not.toMatch(/小雨|小杰|小岩/);
    expect(text).toContain('杨一帆');
    expect(text).toContain('forget');
    // Arrangements are logged by id; the reason stays in the roster.
    const arranged = sheets[1]!.data.filter((row) => ['waive', 'leave'].includes(String(row[2])));
    expect(arranged.map((row) => [row[1], row[2]])).toEqual([
      ['赵思敏', 'waive'],
      ['赵思敏', 'leave'],
    ]);
    expect(JSON.stringify(arranged)).not.toMatch(/陈志远|住院/);
    expect(sheets[0]!.data.slice(1).some((row) => Number(row[4]) > 0)).toBe(true);
  });

  it('keeps each kind for its time, and no longer', async () => {
    const draftsAndTexts = async () => ({
      texts: (await db().selectFrom('notice').select('body').execute()).filter((n) => n.body.includes('"schema"'))
        .length,
      audit: (await db().selectFrom('audit').select('id').execute()).length,
    });
    const before = await draftsAndTexts();
    expect(before.texts).toBeGreaterThan(0);
    expect(before.audit).toBeGreaterThan(0);
    const exports = join(w.core.ctx.config.dataDir, 'exports');
    mkdirSync(join(exports, 'left-by-a-killed-process'), { recursive: true });
    for (const [name, age] of Object.entries({
      'old.xlsx': RETENTION_DAYS.exports + 1,
      'new.xlsx': -RETENTION_DAYS.notice,
    })) {
      writeFileSync(join(exports, name), '');
      const at = w.now() / 1000 - age * 86_400;
      utimesSync(join(exports, name), at, at);
    }
    await w.advance({ days: RETENTION_DAYS.notice + 2 });
    expect(readdirSync(exports)).toEqual(['new.xlsx']);
    const old = await db()
      .selectFrom('notice')
      .select('body')
      .where('due_at', '<', w.now() - RETENTION_DAYS.notice * 86_400_000)
      .execute();
    expect(old.filter((n) => n.body.includes('"schema"'))).toEqual([]);
    expect((await draftsAndTexts()).audit).toBe(before.audit);
  });
});
