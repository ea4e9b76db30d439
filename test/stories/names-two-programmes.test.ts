import { strFromU8, unzipSync } from 'fflate';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actions } from '../../src/bot/actions.ts';
import { type World, world } from '../support/world.ts';

/**
 * 城关小学 is in both programmes with its mentor 陈志远, its coordinator 周敏 and its head 冯校长; 局联 coordinates both. Checks every name
 * that a reader sees, in cards, files, groups and logs, against their rights. All people are invented.
 */
const terms = [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }];
const shared = [
  { name: '陈志远', school: '城关小学', open_id: 'ou_chen' },
  { name: '周敏', school: '城关小学', open_id: 'ou_zhou', roles: ['coordinator'] },
  { name: '冯校长', school: '城关小学', open_id: 'ou_feng', roles: ['principal'] },
  { name: '局联', open_id: 'ou_ju', roles: ['bureau_coordinator'] },
  { name: '局长', open_id: 'ou_zhang', roles: ['bureau_leader'] },
];
const talks = (id: string, subject: string) => ({
  ...{ id, title: id, activity: 'talk', subject, measure: 'times', count: 4, period: 'term' },
});
const of = (name: string, other: string, mentor: string, coordinator: string, pupils: [string, string, string]) => ({
  name,
  terms,
  schools: [{ name: '城关小学' }, { name: other }],
  people: [
    ...shared,
    { name: `${mentor}`, school: other },
    { name: coordinator, school: other, roles: ['coordinator'] },
    { name: `${mentor}友`, school: '城关小学' },
  ],
  pairings: [{ supporter: '城关小学', recipient: other }],
  care: [
    { mentor: '城关小学/陈志远', pupil: { name: pupils[0], grade: '三年级' } },
    { mentor: `${other}/${mentor}`, pupil: { name: pupils[1], grade: '四年级' } },
    { mentor: `城关小学/${mentor}友`, pupil: { name: pupils[2], school: other } },
  ],
  plans: [{ id: 'own', title: '方案', requirements: [talks('谈心', 'care'), talks('共育', 'school')] }],
});
const programmes = [
  of('东区结对', '万佑小学', '李晓梅', '赵联', ['林小满', '高晓楠', '丁小禾']),
  of('西区结对', '石桥小学', '王海平', '孙联', ['何小雨', '唐小棠', '秦小竹']),
];
/** The mentor, and the coordinator of the pupil's school, in its programme. */
const MAY: Record<string, string[]> = {
  林小满: ['陈志远', '周敏'],
  高晓楠: ['李晓梅', '赵联'],
  丁小禾: ['李晓梅友', '赵联'],
  何小雨: ['陈志远', '周敏'],
  唐小棠: ['王海平', '孙联'],
  秦小竹: ['王海平友', '孙联'],
};
const PUPILS = Object.keys(MAY);
const EVERYBODY = [...new Set(programmes.flatMap((p) => p.people.map((x) => x.name)))];
/** A person who names a pupil reads that name again only if they may know it. */
const SAID = [
  ...['我的任务', '我的记录', '为什么 谈心', '为什么 共育', '逾期', '周报', '名册 学生', '待确认', '求助', '新学年'],
  ...['学校名单', '师徒名单', '谁还没写心得体会', '督导 万佑小学', '写一份总结'],
  ...['导出台账', '模板', '督导 20', '建档', '建档 陈志远', '建档 李晓梅', '建档 城关小学→万佑小学'],
];

/** Independent of the engine: the embedded one is enough. */
describe('across two programmes, only people who may know a pupil see the name', () => {
  let w: World;
  let group: string;
  const answers = new Map<string, string>();
  const logged: string[] = [];
  const forge = async (name: string, value: object) => {
    const context = { open_message_id: w.inbox(name).at(-1)?.messageId ?? 'om_x', open_chat_id: 'oc_x' };
    const event = { operator: { open_id: w.openId(name) }, token: 'c-1', action: { tag: 'button', value } };
    const pushed = await w.sandbox.push(
      { ...event, host: 'im_message', context },
      { eventType: 'card.action.trigger' },
    );
    answers.set(name, `${answers.get(name) ?? ''}${pushed.attempts.map((a) => a.body).join()}`);
  };
  /** The full text of a file, including packed parts and their names. */
  const unpacked = (bytes: Uint8Array): string => {
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return strFromU8(bytes);
    return Object.entries(unzipSync(bytes))
      .map(([name, part]) => `${name}\n${unpacked(part)}`)
      .join('\n');
  };

  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    w = await world({ programme: programmes, overrides: { log } });
    group = await w.sandbox.makesGroup(
      '结对群',
      EVERYBODY.map((name) => w.openId(name)),
    );
    for (const text of ['昨天和林小满谈心', '昨天和何小雨谈心，聊到林小满', '求助 林小满和何小雨家里没人'])
      await w.says('陈志远', text);
    await w.says('李晓梅', '昨天和高晓楠谈心');
    await w.says('王海平', '昨天和唐小棠谈心');
    await w.says('李晓梅友', '昨天和丁小禾谈心');
    await w.says('王海平友', '昨天和秦小竹谈心');
  });
  afterAll(() => w.close());

  test('whatever anybody writes, in private and in a group', { timeout: 300_000 }, async () => {
    const ofEach = EVERYBODY.map(async (name) => {
      const ownPupils = PUPILS.filter((pupil) => MAY[pupil]!.includes(name));
      for (const text of [...SAID, ...ownPupils.map((pupil) => `建档 ${pupil}`)])
        await w.sandbox.says(w.openId(name), text);
      const sentences = [
        '我的任务',
        '我的记录',
        '为什么 谈心',
        ...ownPupils.map((pupil) => `今天和${pupil}谈心`),
        '撤回',
      ];
      for (const text of sentences) await w.sandbox.says(w.openId(name), text, { chat: group });
    });
    await Promise.all(ofEach);
    await w.quiet();
    await w.advance({ days: 3 });
  });

  test('whatever anybody presses, with ids and posts of others', { timeout: 300_000 }, async () => {
    const { db } = w.core.ctx;
    const all = async (table: 'obligation' | 'draft' | 'programme' | 'help_request') => {
      const rows = await db
        .selectFrom(table as 'draft')
        .select('id')
        .execute();
      return rows.map((r) => r.id);
    };
    const records = await db.selectFrom('activity').select(['id', 'version', 'programme_id']).execute();
    const [duties, drafts, ids, help] = [
      await all('obligation'),
      await all('draft'),
      await all('programme'),
      await all('help_request'),
    ];
    const notices = (await db.selectFrom('notice').select('id').where('kind', '=', 'morning').execute()).map(
      (r) => r.id,
    );
    expect(Object.keys(actions)).toContain('move_record');
    for (const name of EVERYBODY)
      for (const at of ids) {
        for (const obligation of duties) await forge(name, { action: 'why', obligation, in: at });
        for (const notice of notices) await forge(name, { action: 'back_to_notice', notice, in: at });
        for (const draft of drafts) await forge(name, { action: 'edit_draft', draft, in: at });
        for (const h of help) await forge(name, { action: 'take_help', help: h, in: at });
        for (const { id: activity, version: v, programme_id } of records)
          for (const action of [
            'my_record',
            'cancel_edit',
            'edit',
            'confirm',
            'not_held',
            'move_record',
            'show_photos',
          ])
            await forge(name, { action, activity, v, to: ids.find((id) => id !== programme_id), in: at });
      }
    await w.quiet();
  });

  test('no card, answer, file, file name, group or log shows a name to anybody else', async () => {
    const leaks: string[] = [];
    let files = 0;
    for (const name of EVERYBODY) {
      const seen: string[] = [JSON.stringify(w.inbox(name)), answers.get(name) ?? ''];
      for (const { msgType, content } of w.inbox(name)) {
        if (msgType !== 'file') continue;
        const upload = await fetch(`${w.sandbox.url}/_sandbox/upload/${content.file_key}`);
        seen.push(unpacked(new Uint8Array(await upload.arrayBuffer())));
        for (const pupil of PUPILS) if (String(content.file_name).includes(pupil)) leaks.push(`file name: ${pupil}`);
        files++;
      }
      const text = seen.join('\n');
      for (const pupil of PUPILS)
        if (text.includes(pupil) && !MAY[pupil]!.includes(name)) leaks.push(`${name}: ${pupil}`);
    }
    expect(leaks).toEqual([]);
    expect(files).toBeGreaterThan(10);
    const ofBot = JSON.stringify(w.sandbox.messages(group).filter((m) => m.from === 'bot'));
    for (const pupil of PUPILS) {
      expect(ofBot).not.toContain(pupil);
      expect(logged.join('\n')).not.toContain(pupil);
      for (const name of MAY[pupil]!) expect(JSON.stringify(w.inbox(name)), `${name} ${pupil}`).toContain(pupil);
    }
  });
});
