import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { EAST, twoProgrammes, WEST } from '../support/two-programmes.ts';
import { type World, words, world } from '../support/world.ts';

const png = (n: number) =>
  new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, n, 1, 2, 3]);

describe.each(backends)('somebody in two programmes (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme: twoProgrammes });
  });
  afterAll(() => w.close());

  const programmes = async () => {
    const rows = await w.core.ctx.db.selectFrom('programme').select(['id', 'name']).execute();
    return new Map(rows.map((r) => [r.id, r.name]));
  };
  /** The ledger of each programme: kinds, in the order they were reported. */
  const ledger = async () => {
    const names = await programmes();
    const rows = await w.core.ctx.db
      .selectFrom('activity')
      .select(['programme_id', 'kind', 'status', 'date'])
      .orderBy('recorded_at')
      .orderBy('id')
      .execute();
    const stands = rows.filter((r) => r.status !== 'withdrawn');
    const of = (name: string) => stands.filter((r) => names.get(r.programme_id) === name).map((r) => r.kind);
    return { east: of(EAST), west: of(WEST) };
  };
  const says = async (name: string, text: string) => (await w.says(name, text)).map(words).join('\n———\n');

  test('lists show both programmes', async () => {
    const tasks = await says('陈志远', '我的任务');
    for (const text of [EAST, WEST, '送教', '送课下乡', '林小满', '何小雨']) expect(tasks).toContain(text);
    const late = await w.says('周敏', '进度');
    expect(late).toHaveLength(2);
    expect(late.map(words).join('\n')).toContain(WEST);
    const why = await says('陈志远', '为什么 讲座');
    expect(why).toContain('西区方案');
  });

  test('a report goes to the programme whose school, pupil or duty it names', async () => {
    expect(await says('陈志远', '昨天到石桥上了一节语文')).toContain(WEST);
    expect(await ledger()).toEqual({ east: [], west: ['demo_lesson'] });
    expect(await says('陈志远', '昨天到万佑上了一节语文')).toContain(EAST);
    expect(await says('陈志远', '今天和何小雨谈心')).toContain(WEST);
    expect(await says('陈志远', '昨天给全校老师做了一场讲座')).toContain(WEST);
    expect(await ledger()).toEqual({ east: ['demo_lesson'], west: ['demo_lesson', 'talk', 'lecture'] });
  });

  test('if two fit: the one with an open duty, and it can be moved', async () => {
    const card = await says('陈志远', '今天上了一节示范课');
    expect(card).toContain(EAST);
    expect((await ledger()).east).toEqual(['demo_lesson', 'demo_lesson']);
    const moved = await w.clicks('陈志远', '改到另一项目');
    expect(JSON.stringify(moved)).toContain(WEST);
    expect(await ledger()).toEqual({
      east: ['demo_lesson'],
      west: ['demo_lesson', 'talk', 'lecture', 'demo_lesson'],
    });
  });

  test('if nothing decides: asked the first time, later the one last used; a second press changes nothing', async () => {
    expect(await says('周敏', '今天上了一节示范课')).toContain('记到哪个项目');
    const before = await ledger();
    const card = w.inbox('周敏').at(-1)!;
    await w.clicks('周敏', WEST);
    const recorded = { east: before.east, west: [...before.west, 'demo_lesson'] };
    expect(await ledger()).toEqual(recorded);
    const again = await w.sandbox.clicks(w.openId('周敏'), card.messageId, { text: '撤回' });
    await w.quiet();
    expect(JSON.stringify(again)).toContain('已撤回');
    await w.clicks('周敏', '恢复');
    expect(await ledger()).toEqual(recorded);
    expect(await says('周敏', '昨天上了一节示范课')).toContain(EAST);
    expect(await says('周敏', '前天又上了一节示范课')).toContain(EAST);
  });

  test('a message about both is recorded in both', async () => {
    const before = await ledger();
    const cards = await says('陈志远', '周一到万佑听了一节课，周二和何小雨谈心');
    expect(cards).toContain(EAST);
    expect(cards).toContain(WEST);
    expect(await ledger()).toEqual({ east: [...before.east, 'observe'], west: [...before.west, 'talk'] });
  });

  test('撤回 applies to the last record, with a quote to the quoted one', async () => {
    const [east] = await w.says('陈志远', '周三到万佑听了一节课');
    await w.advance({ minutes: 1 });
    await w.says('陈志远', '周三和何小雨谈心');
    const before = await ledger();
    expect(await says('陈志远', '撤回')).toContain(WEST);
    expect((await ledger()).west).toEqual(before.west.slice(0, -1));
    await w.says('陈志远', '撤回', { parentId: east!.messageId });
    expect((await ledger()).east).toEqual(before.east.slice(0, -1));
    await w.advance({ minutes: 1 });
    const start = await ledger();
    await w.says('陈志远', '周三到万佑听了一节课，周三和何小雨谈心');
    await w.advance({ minutes: 1 });
    await w.says('陈志远', '撤回');
    expect(await ledger()).toEqual(start);
  });

  test('a photo sent before its report is found, whichever programme the report is for', async () => {
    await w.advance({ hours: 1 });
    const names = await programmes();
    const photos = async () => {
      const rows = await w.core.ctx.db
        .selectFrom('evidence')
        .select(['programme_id', 'activity_id', 'state'])
        .execute();
      return rows.map((r) => [names.get(r.programme_id), r.activity_id !== null, r.state]);
    };
    for (const [text, name] of [
      ['周四到万佑听了一节课', EAST],
      ['周四和何小雨谈心', WEST],
    ] as const) {
      await w.sandbox.sendsImage(w.openId('陈志远'), png(name === EAST ? 1 : 2));
      await w.quiet();
      expect(await says('陈志远', text)).toContain(name);
      expect((await photos()).at(-1)).toEqual([name, true, 'kept']);
      await w.advance({ hours: 1 });
    }
  });
});

/** 周敏 and 陈志远 have reported nothing: on this Monday both are late in both programmes. */
describe.each(backends)('reminders of somebody in two programmes (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme: twoProgrammes, at: '2026-11-30T08:50' });
    await w.advance({ minutes: 30 });
  });
  afterAll(() => w.close());
  const titled = (name: string, title: string) => w.inbox(name).filter((m) => words(m).split('\n')[0]!.includes(title));
  const section = (text: string, from: string, to?: string) =>
    text.slice(text.indexOf(`**${from}**`), to ? text.indexOf(`**${to}**`) : undefined);

  test('one card in the morning, and a digest for each programme that the person coordinates', () => {
    const [morning, ...more] = titled('陈志远', '件事');
    expect(more).toEqual([]);
    const text = words(morning);
    expect(section(text, EAST, WEST)).toContain('送教');
    expect(section(text, EAST, WEST)).not.toContain('何小雨');
    expect(section(text, WEST)).toContain('何小雨');
    const digests = titled('周敏', '人落后').map(words);
    expect(digests).toHaveLength(2);
    // Each names its programme.
    expect(digests.map((d) => d.includes('东区结对')).sort()).toEqual([false, true]);
    expect(digests.map((d) => d.includes('西区结对')).sort()).toEqual([false, true]);
    expect(digests.filter((d) => d.includes('谈话'))).toHaveLength(1);
    expect(titled('周敏', '件事')).toHaveLength(1);
  });

  test('every button carries its programme: a report, a day, a snooze', async () => {
    const { east, west } = await ids();
    const [morning] = titled('陈志远', '件事');
    const presses = [...JSON.stringify(morning!.card).matchAll(/"value":(\{[^}]*\})/g)].map((m) => JSON.parse(m[1]!));
    const snoozes = presses.filter((p) => p.action === 'snooze' && p.days === 3);
    expect(snoozes.map((p) => p.in.split('/')[0])).toEqual([east, west]);
    const { messageId } = morning!;
    const result = await w.sandbox.clicks(w.openId('陈志远'), messageId, { value: snoozes[1] } as never);
    expect(JSON.stringify(result)).toContain('之前不再提醒');
    expect(await snoozedIn()).toEqual([west]);
  });

  test('催办 of two programmes is one card', async () => {
    for (const digest of titled('周敏', '人落后')) {
      await w.sandbox.clicks(w.openId('周敏'), digest.messageId, { text: '催办' });
      await w.quiet();
      await w.advance({ seconds: 2 });
    }
    const nudges = titled('陈志远', '请您留意');
    expect(nudges).toHaveLength(1);
    const text = words(w.sandbox.message(nudges[0]!.messageId));
    expect(text).toContain(EAST);
    expect(section(text, WEST)).toContain('何小雨');
  });

  async function ids() {
    const rows = await w.core.ctx.db.selectFrom('programme').select(['id', 'name']).execute();
    const of = (name: string) => rows.find((r) => r.name === name)!.id;
    return { east: of(EAST), west: of(WEST) };
  }
  async function snoozedIn() {
    const rows = await w.core.ctx.db.selectFrom('member').selectAll().where('open_id', '=', 'ou_chen').execute();
    return rows.filter((r) => r.settings.includes('snoozedUntil')).map((r) => r.programme_id);
  }
});
