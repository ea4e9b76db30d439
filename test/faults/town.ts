import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { SandboxMessage } from '../../src/sandbox/tenant.ts';
import type { Delivery } from '../../src/sandbox/traffic.ts';
import { demoFileWithIds } from '../support/demo-file.ts';
import { SECRETS, settingsFor } from '../support/settings.ts';

/** What a test of real processes starts from: a Feishu, the demo's people with their ids, and a directory. */
export interface Town {
  dir: string;
  /** The demo programme's file. */
  file: string;
  sandbox: Sandbox;
  teachers: { openId: string; name: string }[];
  env: Record<string, string>;
  /** The n-th report; each on another day, since the bot asks about two on one day at one place. */
  report(n: number): Promise<Delivery>;
  /** The bot's answers to reports. */
  answers(): SandboxMessage[];
  close(): Promise<void>;
}

export async function town(appId: string, options: Partial<SandboxOptions> = {}): Promise<Town> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const demo = demoFileWithIds(dir);
  const teachers = demo.people.filter((p) => ['陈志远', '李晓梅', '赵思敏'].includes(p.name));
  const sandbox = await startSandbox({
    appId,
    ...SECRETS,
    now: Date.now,
    newId: randomUUID,
    people: demo.people,
    limits: false,
    retryDelays: Array.from({ length: 200 }, () => 500),
    ...options,
  });
  return {
    dir,
    file: demo.file,
    sandbox,
    teachers,
    env: {
      ...settingsFor(appId, sandbox, dir),
      LOG_LEVEL: 'fatal',
    },
    report(n) {
      const day = Temporal.PlainDate.from('2026-09-01').add({ days: n });
      return sandbox.says(teachers[n % teachers.length]!.openId, `${day.month}月${day.day}日到万佑上了一节语文`);
    },
    answers: () => teachers.flatMap((p) => sandbox.messages(p.openId).filter((m) => m.from !== p.openId && m.parentId)),
    async close() {
      await sandbox.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
