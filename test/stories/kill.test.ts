import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { demoFileWithIds } from '../support/demo-file.ts';
import { filledStore } from '../support/filled.ts';
import { cli, server } from '../support/process.ts';
import { SECRETS, settingsFor } from '../support/settings.ts';
import { words } from '../support/world.ts';

const APP = 'cli_00000000000000aa';

describe('the process is killed between commit and send', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const demo = demoFileWithIds(dir);
  let sandbox: Sandbox;
  let env: Record<string, string>;
  beforeAll(async () => {
    sandbox = await startSandbox({ appId: APP, ...SECRETS, now: Date.now, newId: randomUUID, people: demo.people });
    env = settingsFor(APP, sandbox, dir);
    await filledStore(env, demo.file);
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('sends the answer exactly once after the restart', async () => {
    const teacher = demo.people.find((p) => p.name === '陈志远')!.openId;
    sandbox.faults.api.match = 'POST /open-apis/im';
    sandbox.faults.api.status500 = true;
    const first = await server(env);
    sandbox.setWebhookUrl(`${first.url}/webhook`);
    const delivery = await sandbox.says(teacher, '昨天到万佑上了一节七年级语文');
    expect(delivery.ok).toBe(true);
    await expect
      .poll(() => sandbox.calls.filter((c) => c.status === 500).length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    await first.kill('SIGKILL');
    sandbox.faults.api.status500 = false;
    const second = await server(env);
    await expect.poll(() => sandbox.messages(teacher).length, { timeout: 15_000 }).toBe(2);
    expect(words(sandbox.messages(teacher)[1])).toContain('1/2次');
    const owed = await cli(['owed', '--json', '--person', '陈志远'], env);
    expect(owed.err).toBe('');
    const rows = JSON.parse(owed.out) as { requirement: string; done: number }[];
    expect(rows.find((r) => r.requirement === 'demo.term2')?.done).toBe(1);
    const third = await server(env).catch((error: Error) => error.message);
    expect(third).toContain('already running');
    await second.kill('SIGTERM');
    expect(sandbox.messages(teacher)).toHaveLength(2);
  });
});
