import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestOf } from '../../src/store/ledger.ts';
import { memberOf } from '../../src/store/members.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { ways } from '../support/ways.ts';
import { type World, world } from '../support/world.ts';

/** 民族中学 and 万佑 are a pair; 三台 is far away and has its own 李静. */
const PROGRAMME = {
  name: '结对',
  terms: [{ name: '第一学期', start: '2026-09-01', end: '2027-01-20' }],
  schools: [
    { name: '云县民族中学', short: ['民族中学'], kind: 'middle' },
    { name: '万佑学校', short: ['万佑'], kind: 'middle' },
    { name: '三台中学', short: ['三台'], kind: 'middle' },
  ],
  people: [
    { name: '陈志远', school: '云县民族中学', roles: ['teacher'] },
    { name: '李静', school: '云县民族中学', roles: ['teacher'] },
    { name: '赵敏', school: '万佑学校', roles: ['teacher'] },
    { name: '李静', school: '三台中学', roles: ['teacher'] },
    { name: '何勇', school: '三台中学', roles: ['teacher'] },
  ],
  pairings: [{ supporter: '云县民族中学', recipient: '万佑学校', kinds: ['teaching'], from: '2026-09-01' }],
};

const SHAPES = [
  '李静',
  '教务处-李静',
  '李静（语文组）',
  '李静(民族中学)',
  '李静老师',
  'Jing Li',
  '李静 Jing',
  '静静',
  '李 静',
  '🌸静待花开🌸',
  '听课达人',
];

describe.each(ways)('the person a mention means (%s, %s)', (backend, connection) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, connection, programme: PROGRAMME });
    await w.sandbox.changes(await openIdOf('李静', '三台中学'), { name: 'Jing' });
  });
  afterAll(() => w.close());

  const programme = async () => w.core.ctx.programmeOf(w.core.ctx.db, (await listProgrammes(w.core.ctx.db))[0]!.id);
  const idOf = async (name: string, school: string) => {
    const { people, schools } = await programme();
    return people.find((p) => p.name === name && p.schoolId === schools.find((s) => s.name === school)?.id)!.id;
  };
  const openIdOf = async (name: string, school: string) =>
    (await memberOf(w.core.ctx.db, (await programme()).id, await idOf(name, school)))!.openId;
  const last = async () =>
    (await latestOf(w.core.ctx.db, (await programme()).id, await idOf('陈志远', '云县民族中学'), 1))[0]!;

  it.each(SHAPES.map((shown, i) => [shown, i] as const))('is the person of the open_id: @%s', async (shown, i) => {
    const openId = await openIdOf('李静', '云县民族中学');
    await w.sandbox.changes(openId, { name: shown });
    const day = `2026-11-${String(i + 2).padStart(2, '0')}`;
    await w.says('陈志远', `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日和@${shown} 一起到万佑上了一节语文课`);
    const me = await idOf('陈志远', '云县民族中学');
    const participantIds = [await idOf('李静', '云县民族中学')];
    expect(await last()).toMatchObject({ date: day, byId: me, participantIds, subject: '语文' });
    expect((await last()).topic).toBeUndefined();
  });

  it('is right even if the sender’s school has a namesake, and outside any pairing', async () => {
    await w.says('陈志远', '11月16日和@Jing 一起到万佑上了两节数学课');
    expect((await last()).participantIds).toEqual([await idOf('李静', '三台中学')]);
    await w.sandbox.changes(w.openId('何勇'), { name: '三台-勇哥' });
    await w.says('陈志远', '11月17日和@三台-勇哥 一起到万佑上了两节英语课');
    expect((await last()).participantIds).toEqual([await idOf('何勇', '三台中学')]);
  });

  it('counts as a mention of the bot even if it is only in a rich text', async () => {
    const group = await w.sandbox.makesGroup('结对群', [w.openId('陈志远'), w.openId('赵敏')]);
    await w.sandbox.changes(w.openId('赵敏'), { name: 'Min Zhao' });
    const at = { tag: 'at', user_id: w.openId('赵敏'), user_name: 'Min Zhao' };
    const content = [[{ tag: 'text', text: ' 11月18日和' }, at, { tag: 'text', text: '一起到万佑上了两节物理课' }]];
    for (const unlistedMentions of [true, false]) {
      const post = { title: '', content };
      await w.sandbox.sendsRaw(w.openId('陈志远'), 'post', post, { chat: group, unlistedMentions });
      await w.quiet();
      const answers = w.sandbox.messages(group).filter((m) => m.from === 'bot');
      expect(answers).toHaveLength(unlistedMentions ? 1 : 2);
      expect(await last()).toMatchObject({ date: '2026-11-18', participantIds: [await idOf('赵敏', '万佑学校')] });
    }
  });

  it('says nothing in a group if only a colleague is mentioned', async () => {
    const group = await w.sandbox.makesGroup('结对群', [w.openId('陈志远'), w.openId('赵敏')]);
    await w.sandbox.says(w.openId('陈志远'), '@Min Zhao 今天到万佑上了一节语文课', { chat: group, mentionBot: false });
    await w.quiet();
    expect(w.sandbox.messages(group).filter((m) => m.from === 'bot')).toEqual([]);
  });
});
