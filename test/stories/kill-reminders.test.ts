import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Sandbox } from '../../src/sandbox/types.ts';
import { lessonsProgramme } from '../support/lessons.ts';
import { cli, server } from '../support/process.ts';

const APP = 'cli_00000000000000cc';
const TEACHERS = Array.from({ length: 12 }, (_, i) => ({
  name: `陆${'甲乙丙丁戊己庚辛壬癸子丑'[i]}`,
  openId: `ou_kill${i}`,
}));
/** A real process has the real clock. Where it is noon now, nobody sleeps; and the calendar below calls today a school day. */
const zoned = Temporal.Now.zonedDateTimeISO('UTC');
const NOON = `Etc/GMT${zoned.hour >= 12 ? '+' : '-'}${Math.abs(zoned.hour - 12)}`;
const today = Temporal.Now.plainDateISO(NOON);

describe('the process is killed while reminders are under way', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  let sandbox: Sandbox;
  let env: Record<string, string>;
  beforeAll(async () => {
    sandbox = await startSandbox({
      appId: APP,
      appSecret: 's',
      encryptKey: 'k',
      verificationToken: 'v',
      now: Date.now,
      newId: randomUUID,
      people: TEACHERS,
      limits: false,
    });
    env = {
      DATA_DIR: join(dir, 'data'),
      JIEDUI_TIMEZONE: NOON,
      LARK_DOMAIN: sandbox.url,
      LARK_APP_ID: APP,
      LARK_APP_SECRET: 's',
      LARK_ENCRYPT_KEY: 'k',
      LARK_VERIFICATION_TOKEN: 'v',
      HOST: '127.0.0.1',
    };
    const programme = lessonsProgramme(TEACHERS.map((t) => t.name));
    const from = today.subtract({ days: 20 }).toString();
    const file = join(dir, 'programme.yaml');
    writeFileSync(
      file,
      stringify({
        ...programme,
        terms: [{ name: '本学期', start: from, end: today.add({ days: 5 }).toString() }],
        holidays: [{ start: today.toString(), end: today.toString(), school: true }],
        people: programme.people.map((p) => ({ ...p, open_id: TEACHERS.find((t) => t.name === p.name)?.openId })),
        pairings: [{ supporter: '甲校', recipient: '乙校', kinds: ['teaching'], from }],
      }),
    );
    expect(await cli(['import', file], env)).toMatchObject({ code: 0, err: '' });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const received = () => TEACHERS.map((t) => sandbox.messages(t.openId).length);
  const sends = () => sandbox.calls.filter((c) => c.method === 'POST' && c.path.endsWith('/im/v1/messages'));

  it('loses none and doubles none, wherever between claim, send and mark it was', { timeout: 120_000 }, async () => {
    // Each call takes a while, so that the kill finds some claimed, some under way and some stored but not yet marked.
    Object.assign(sandbox.faults.api, { match: 'POST /open-apis/im/v1/messages$', delayMs: 300 });
    const planned = await cli(['run', 'morning'], env);
    expect(planned).toMatchObject({ code: 0, out: 'morning: 12 cards planned\n' });
    for (const moment of [1, 8]) {
      const running = await server(env);
      await expect.poll(() => sends().length, { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(moment);
      await running.kill('SIGKILL');
    }
    sandbox.faults.api.delayMs = 0;
    const last = await server(env);
    await expect.poll(() => Math.min(...received()), { timeout: 60_000 }).toBe(1);
    await expect
      .poll(
        async () => JSON.parse((await cli(['notices', '--json'], env)).out).map((n: { state: string }) => n.state),
        {
          timeout: 60_000,
          interval: 1_000,
        },
      )
      .toEqual(TEACHERS.map(() => 'sent'));
    await last.kill('SIGTERM');
    expect(received()).toEqual(TEACHERS.map(() => 1));
    // Something was sent twice, or the kill proved nothing; Feishu took it once.
    expect(sends().length).toBeGreaterThan(TEACHERS.length);
  });
});
