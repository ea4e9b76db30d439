import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { realNow } from '../app/clock.ts';
import { openCore, SANDBOX_APP_ID } from '../app/core.ts';
import { type App, createApp } from '../app.ts';
import { codeFrom } from '../bot/people/first-code.ts';
import { type Config, readConfig } from '../config.ts';
import type { ControlIo } from '../control.ts';
import { approve, publish, SETUP_EVENTS, SETUP_SCOPES } from '../sandbox/console.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { firstCode } from '../store/administrators.ts';
import { membersOf } from '../store/members.ts';
import { transact } from '../store/transaction.ts';
import { runCommand } from './index.ts';

const ADMIN = { openId: 'ou_first_day_admin', name: '管理员' };
const TEACHER = { openId: 'ou_first_day_teacher', name: '陈志远', mobile: '13800000001' };
const PROGRAMME = `name: 第一天（演示）
terms: [{ name: 本学期, start: 2026-09-01, end: 2027-07-10 }]
schools:
  - { name: 云县民族中学, short: [民族中学], kind: middle }
  - { name: 万佑学校, short: [万佑], kind: middle }
people:
  - { name: 陈志远, school: 云县民族中学, roles: [teacher], mobile: "13800000001" }
pairings: [{ supporter: 云县民族中学, recipient: 万佑学校, kinds: [teaching], from: 2026-09-01 }]
`;

interface Stage {
  io: ControlIo;
  config: Config;
  dir: string;
  sandbox: Sandbox;
  /** What doctor reported last. */
  said: string[];
  /** The program, after step 4 has started it. */
  app?: App;
}

/** One of the ten steps of docs/setup.md, as done in the console or at the keyboard. */
interface Step {
  name: string;
  run(stage: Stage): Promise<void> | void;
}

const STEPS: Step[] = [
  { name: '0. nothing is set', run: () => {} },
  {
    name: '1. create the app, add the capability bot',
    run: ({ sandbox }) => void Object.assign(sandbox.app.draft, { bot: true }),
  },
  {
    name: '2. permissions and contact range',
    run: ({ sandbox }) => void Object.assign(sandbox.app.draft, { scopes: SETUP_SCOPES, contactRange: 'all' }),
  },
  { name: '3. encrypt key, token, .env', run: () => {} },
  { name: '4. npm start', run: startProgram },
  {
    name: '5. events, over the long connection',
    run: ({ sandbox }) => {
      if (sandbox.connections() === 0) throw new Error('the console saves this only while the program is connected');
      Object.assign(sandbox.app.draft, { way: 'websocket', events: SETUP_EVENTS });
    },
  },
  {
    name: '6. callbacks',
    run: ({ sandbox }) => void Object.assign(sandbox.app.draft, { callbacks: ['card.action.trigger'] }),
  },
  { name: '7. publish a version', run: ({ sandbox }) => publish(sandbox.app) },
  { name: '7. the administrator approves, perhaps days later', run: ({ sandbox }) => approve(sandbox.app) },
  { name: '8. the code makes the first administrator', run: sendCode },
  { name: '9. import the programme', run: importProgramme },
  { name: '10. write to the bot', run: writeReport },
];

/**
 * Plays the ten steps of docs/setup.md against an empty sandbox, with `doctor` after each to show what is missing and on which page.
 * Uses only memory and a temporary directory, which is removed.
 */
export async function playFirstDay(io: ControlIo): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-first-day-'));
  const [appSecret, encryptKey, verificationToken] = [secret(), secret(), secret()];
  const sandbox = await startSandbox({
    ...{ appId: SANDBOX_APP_ID, appSecret, encryptKey, verificationToken },
    ...{ now: realNow, newId: randomUUID, people: [ADMIN, TEACHER] },
    begin: 'created',
    connection: 'socket',
  });
  const read = readConfig({
    ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dir, LARK_CONNECTION: 'socket', LARK_DOMAIN: sandbox.url },
    ...{ LARK_APP_ID: SANDBOX_APP_ID, LARK_APP_SECRET: appSecret },
    ...{ LARK_ENCRYPT_KEY: encryptKey, LARK_VERIFICATION_TOKEN: verificationToken },
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const stage: Stage = { io, config: read.config, dir, sandbox, said: [] };
  try {
    for (const step of STEPS) {
      io.out(`\n── ${step.name}\n`);
      await step.run(stage);
      await examined(stage);
    }
    io.out(`\nThe ten steps are done. On a real tenant: docs/setup.md, and docs/first-day.md for what to watch.\n`);
    return 0;
  } finally {
    await stage.app?.stop();
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What `doctor` reports now and did not before; until the program runs it opens the store itself, as the command does. */
async function examined(stage: Stage): Promise<void> {
  const { io, config, app, said } = stage;
  const core = app ?? (await openCore(config, { log: silent }));
  let out = '';
  await runCommand(
    ['doctor'],
    {
      ...io,
      out: (text) => {
        out += text;
      },
    },
    config,
    core,
  );
  if (core !== app) await core.close();
  stage.said = out.split(/\n(?=\S)/).map((line) => line.trimEnd());
  const fresh = stage.said.filter((line) => !said.includes(line));
  io.out(fresh.length > 0 ? `${fresh.join('\n')}\n` : '   doctor: as before\n');
}

async function startProgram(stage: Stage): Promise<void> {
  stage.app = await createApp(stage.config, { log: silent });
  await until(() => stage.app!.connected(), 'the long connection');
}

async function sendCode({ app, sandbox, io }: Stage): Promise<void> {
  const code = await transact(app!.ctx.db, (trx) => firstCode(trx, codeFrom(randomBytes(12))));
  await says(sandbox, ADMIN.openId, code!, io);
}

async function importProgramme({ app, config, dir, io }: Stage): Promise<void> {
  const file = join(dir, 'programme.yaml');
  writeFileSync(file, PROGRAMME);
  await runCommand(['import', file], io, config, app!);
  // The bot looks people up by mobile in the background.
  const found = async () => (await membersOf(app!.ctx.db, TEACHER.openId)).length > 0;
  await until(found, 'the people to be found');
}

async function writeReport({ sandbox, io }: Stage): Promise<void> {
  await says(sandbox, TEACHER.openId, '帮助', io);
  await says(sandbox, TEACHER.openId, '昨天到万佑上了一节七年级语文', io);
}

async function says(sandbox: Sandbox, openId: string, text: string, io: ControlIo): Promise<void> {
  const answers = () => sandbox.messages(openId).filter((m) => m.from === 'bot').length;
  const before = answers();
  io.out(`   ${sandbox.person(openId).name}: ${text}\n`);
  const { skipped } = await sandbox.says(openId, text);
  if (skipped) throw new Error(`not delivered: ${skipped}`);
  await until(() => answers() > before, `an answer to ${text}`);
  const { card, content } = sandbox.messages(openId).findLast((m) => m.from === 'bot')!;
  const header = card?.header as { title?: { content?: string } } | undefined;
  io.out(`   bot: ${header?.title?.content ?? content.text}\n`);
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no sign of ${what}`);
}

const secret = () => randomBytes(16).toString('hex');
const silent = pino({ level: 'silent' });
