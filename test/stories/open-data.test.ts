import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ALLOWANCE } from '../../src/api/router.ts';
import { runCommand } from '../../src/cli/index.ts';
import { readPresets } from '../../src/files.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { readAudit } from '../../src/store/audit.ts';
import { importProgramme } from '../../src/store/import.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

/** All people are invented. 小禾 is a pupil, and 禾 what her mentor calls her. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [{ mentor: '张三', pupil: '林小禾' }],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
  activities: [
    { kind: 'talk', date: '2026-11-10', by: '张三', pupils: ['林小禾'], topic: '和小禾谈学习' },
    { kind: 'demo_lesson', date: '2026-11-12', by: '张三', place: '乙校', topic: '=1+1, "分数"' },
  ],
};
const other = { ...programme, name: '另一项目', care: [], activities: [] };

type Body = { data: Record<string, unknown>[]; next: string | null };
type Document = {
  paths: Record<string, { get: { parameters: { name: string; required: boolean }[] } }>;
  components: { schemas: Record<string, { properties: Record<string, object> }> };
};

describe.each(backends)('the open data (%s)', (backend) => {
  let w: World;
  let programmeId: string;
  beforeAll(async () => {
    w = await world({ backend, programme });
    programmeId = (await listProgrammes(w.core.ctx.db))[0]!.id;
  });
  afterAll(() => w.close());

  const jiedui = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (s: string) => void out.push(s), err: (s: string) => void err.push(s), cwd: '.' };
    const code = await runCommand(args, io, w.core.ctx.config, w.core);
    return { code, out: out.join(''), err: err.join('') };
  };
  const get = (path: string, token?: string, headers: Record<string, string> = {}) =>
    fetch(`${w.app.url}/api/v1/${path}`, {
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...headers },
    });
  const read = async (path: string, token: string) => {
    const answer = await get(path, token);
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as Body;
  };
  const create = async (name: string, scope: string, ...more: string[]) =>
    (await jiedui('token', 'create', '--name', name, '--scope', scope, ...more)).out.trim();

  test('do not exist without a token', async () => {
    expect((await get('openapi.json')).status).toBe(404);
    expect((await get('programmes', 'jiedui_guessed')).status).toBe(404);
  });

  test('are described by a document that other tools can read', async () => {
    const token = await create('说明', 'programmes');
    const document = (await (await get('openapi.json', token)).json()) as object;
    expect(await new Validator().validate(document as never)).toEqual({ valid: true });
  });

  test('are answered as their document says, page by page, and name no pupil by any scope', async () => {
    const token = await create('教育局数据平台', 'programmes,obligations,activities,summary,names');
    const document = (await (await get('openapi.json')).json()) as Document;
    const bodies: string[] = [];
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      const name = path.split('/').at(-1)!;
      const asked = operation.parameters.some((p) => p.required) ? `${name}?programme=${programmeId}` : name;
      const schema = z.fromJSONSchema(document.components.schemas[name] as never);
      const rows: object[] = [];
      const paged = operation.parameters.some((p) => p.name === 'limit');
      for (let after: string | null = ''; after !== null; ) {
        const body: Body = await read(paged ? `${asked}&limit=3&after=${after}` : asked, token);
        rows.push(...body.data);
        after = body.next;
      }
      expect(rows.length, name).toBeGreaterThan(0);
      for (const row of rows) expect(schema.safeParse(row).error?.issues, name).toBeUndefined();
      expect(schema.safeParse({ ...rows[0], more: 1 }).success, name).toBe(false);
      expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
      bodies.push(JSON.stringify(rows), await (await get(`${asked}${paged ? '&' : '?'}format=csv`, token)).text());
    }
    expect(bodies.join()).not.toMatch(/小禾/);
    expect(bodies.join()).toMatch(/和○○谈学习/);
    expect(bodies.join()).toMatch(/张三/);
  });

  test('contain no staff names and no free text without the scope for them', async () => {
    const token = await create('大屏', 'obligations,activities');
    const all = [
      await read(`obligations?programme=${programmeId}`, token),
      await read(`activities?programme=${programmeId}`, token),
    ];
    expect(JSON.stringify(all)).not.toMatch(/张三|李联|分数|谈学习/);
    expect(all[1]!.data).toHaveLength(2);
    expect((await get('summary', token)).status).toBe(403);
  });

  test('come as a table that a spreadsheet reads without running formulas', async () => {
    const token = await create('表格', 'activities,names', '--days', '10');
    const answer = await get(`activities?programme=${programmeId}&kind=demo_lesson`, token, { Accept: 'text/csv' });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = Buffer.from(await answer.arrayBuffer())
      .toString('utf8')
      .split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFid,programme_id,/);
    expect(lines[1]).toContain(`,"'=1+1, ""分数""",`);
    expect(lines).toHaveLength(3);
    await w.move({ days: 11 });
    expect((await get(`activities?programme=${programmeId}`, token)).status).toBe(401);
  });

  test('say what is wrong with a request', async () => {
    const token = await create('出错', 'obligations', '--programme', '某县结对');
    for (const [query, problem] of [
      ['', /programme is missing/],
      [`?programme=${programmeId}&from=yesterday`, /from: expected a date/],
      [`?programme=${programmeId}&state=late`, /state: expected one of waived, /],
      [`?programme=${programmeId}&limit=5000`, /limit: expected 1 to 1000/],
      [`?programme=${programmeId}&school=x`, /unknown parameter school/],
    ] as const) {
      const answer = await get(`obligations${query}`, token);
      expect([answer.status, ((await answer.json()) as { error: { message: string } }).error.message]).toEqual([
        400,
        expect.stringMatching(problem),
      ]);
    }
    expect((await get('obligations?programme=nobody', token)).status).toBe(404);
    expect((await jiedui('token', 'create', '--name', 'x', '--scope', 'pupils')).code).toBe(2);
  });

  test('of one programme are all that a token for it opens', async () => {
    const parsed = parseProgramme(other, 'test', readPresets());
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const at = { now: w.now(), today: '2026-11-20', newId: w.core.ctx.newId };
    await transact(w.core.ctx.db, (trx) => importProgramme(trx, parsed.programme, at));
    const token = await create('一个项目', 'programmes,obligations', '--programme', '另一项目');
    const { data } = await read('programmes', token);
    expect(data.map((p) => p.name)).toEqual(['另一项目']);
    expect((await get(`obligations?programme=${programmeId}`, token)).status).toBe(404);
  });

  test('are not sent again if nothing has changed, and each answer is in the log', async () => {
    const token = await create('核对', 'obligations');
    const path = `obligations?programme=${programmeId}&limit=7`;
    const first = await get(path, token);
    expect(first.headers.get('link')).toMatch(/^<\/api\/v1\/obligations\?.*after=.+>; rel="next"$/);
    const again = await get(path, token, { 'If-None-Match': first.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const logged: string[] = [];
    for await (const page of readAudit(w.core.ctx.db, programmeId, { from: 0, to: w.now() + 1 }))
      for (const { act, target, actor, detail } of page)
        if (act === 'api' || act === 'token_created') logged.push(`${actor.split(':')[0]} ${act} ${target} ${detail}`);
    expect(logged.filter((line) => line === 'token api list:obligations 7 rows')).toHaveLength(1);
    // Both have the same timestamp, so either may come first.
    expect(logged.slice(-2).toSorted()[0]).toMatch(/^administrator token_created token:.* obligations$/);
  });

  test('are limited in rate for each reader', async () => {
    const token = await create('太勤', 'programmes');
    const { burst, everyMs } = ALLOWANCE;
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: 2 * burst }, () => get('programmes', token)));
    const earned = Math.ceil((performance.now() - begun) / everyMs);
    const given = answers.filter((a) => a.status === 200).length;
    expect(given).toBeGreaterThanOrEqual(burst);
    expect(given).toBeLessThanOrEqual(burst + earned);
    const refused = answers.find((a) => a.status !== 200)!;
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await get('programmes', token)).status).toBe(200);
  });

  test('are closed to a revoked token', async () => {
    const token = await create('收回', 'programmes');
    expect((await get('programmes', token)).status).toBe(200);
    expect((await jiedui('token', 'create', '--name', '收回', '--scope', 'programmes')).err).toMatch(/revoke it first/);
    expect((await jiedui('token', 'revoke', '收回')).out).toBe('revoked\n');
    expect((await get('programmes', token)).status).toBe(401);
    const listed = (await jiedui('token', 'list')).out;
    expect(listed).toMatch(/^收回\trevoked\tprogrammes\tevery programme\tuntil 2027-\d\d-\d\d\tused 2026-\d\d-\d\d$/m);
    expect(listed).not.toContain(token);
    const rows = await w.core.ctx.db.selectFrom('api_token').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token.slice(7));
  });
});
