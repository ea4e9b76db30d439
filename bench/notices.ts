/**
 * Reminders: sending at Feishu's limits as the sandbox enforces them, and planning the digests of many teachers.
 * In full: 3,000 at the real limits (three minutes), 20,000 with the limits scaled in time, 100,000 teachers. `--quick`: less.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { pino } from 'pino';
import { SANDBOX_APP_ID } from '../src/app/overrides.ts';
import { type App, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { jobs } from '../src/jobs/index.ts';
import { feishuLimits, type PaceLimits } from '../src/jobs/pace.ts';
import { startSandbox } from '../src/sandbox/server.ts';
import { openEmbedded, openMysql, type Store } from '../src/store/db.ts';
import { importProgramme } from '../src/store/import.ts';
import { migrate } from '../src/store/migrate.ts';
import { noticeRow } from '../src/store/notice-row.ts';
import { listProgrammes } from '../src/store/programmes.ts';
import { inChunks, insertMissing, transact } from '../src/store/transaction.ts';
import { mysqlUrl, redisUrl } from '../test/support/services.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** How many teachers to plan for; 0: leave it out. */
    teachers: { type: 'string' },
    /** `NOTICESxTIMES`: so many at so many times the limits. */
    send: { type: 'string', multiple: true },
  },
});
const sizes = (values.send ?? (values.quick ? ['300x1', '1500x5'] : ['3000x1', '20000x5'])).map((text) => {
  const [notices, times] = text.split('x').map(Number);
  return { notices: notices!, times: times! };
});
const teachers = Number(values.teachers ?? (values.quick ? 5_000 : 100_000));
const SECRETS = { appSecret: 'bench', encryptKey: 'bench', verificationToken: 'bench' };
const scaled = (times: number): PaceLimits => ({
  perSecond: feishuLimits.perSecond * times,
  perMinute: feishuLimits.perMinute * times,
  perChatPerSecond: feishuLimits.perChatPerSecond * times,
});
const backend = mysqlUrl && redisUrl ? 'MariaDB and Redis' : 'embedded';

/** A database of its own, and what drops it again. */
async function ownStore(): Promise<{ store: Store; url?: string; drop(): Promise<void> }> {
  if (!mysqlUrl || !redisUrl) {
    const store = await openEmbedded(undefined);
    await migrate(store.db);
    return { store, drop: async () => {} };
  }
  const name = `jiedui_test_${randomBytes(6).toString('hex')}`;
  const onServer = async (statement: ReturnType<typeof sql>) => {
    const server = openMysql(`${mysqlUrl}/information_schema`);
    await statement.execute(server.db);
    await server.close();
  };
  await onServer(sql`create database ${sql.id(name)}`);
  const url = `${mysqlUrl}/${name}`;
  const store = openMysql(url);
  await migrate(store.db);
  return { store, url, drop: () => onServer(sql`drop database ${sql.id(name)}`) };
}

async function withApp(
  options: { people: string[]; limits: PaceLimits; now: () => number; role: 'worker' | 'web' },
  work: (app: App, sandbox: Awaited<ReturnType<typeof startSandbox>>) => Promise<void>,
): Promise<void> {
  const { limits, now } = options;
  const own = await ownStore();
  const sandbox = await startSandbox({
    appId: SANDBOX_APP_ID,
    ...SECRETS,
    now,
    newId: randomUUID,
    people: options.people.map((openId) => ({ openId, name: openId })),
    limits: { perSecond: limits.perSecond, perMinute: limits.perMinute, perReceiver: limits.perChatPerSecond },
  });
  const read = readConfig({
    PORT: '0',
    LARK_MONTHLY_QUOTA: '0',
    ...(own.url ? { DATABASE_URL: own.url, REDIS_URL: redisUrl } : {}),
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const app = await createApp(
    { ...read.config, role: options.role },
    {
      now,
      log: pino({ level: 'error' }),
      store: own.store,
      sandbox: { url: sandbox.url, ...SECRETS },
      queuePrefix: `{jiedui-bench-${randomBytes(6).toString('hex')}}`,
      paceLimits: limits,
    },
  );
  try {
    await work(app, sandbox);
  } finally {
    await Promise.all(app.queue.bullQueues().map((queue) => queue.obliterate({ force: true })));
    await app.stop();
    await sandbox.close();
    await own.drop();
  }
}

/** Sends so many and reports the rate from the first to the last, beside what the limits permit for ever. */
async function send({ notices, times }: (typeof sizes)[number]): Promise<void> {
  const limits = scaled(times);
  const people = Array.from({ length: notices }, (_, i) => `ou_bench${i}`);
  await withApp({ people, limits, now: Date.now, role: 'worker' }, async ({ ctx }, sandbox) => {
    const card = { schema: '2.0', header: { title: { tag: 'plain_text', content: '提醒' } }, body: { elements: [] } };
    const rows = people.map((openId) => ({
      id: ctx.newId(),
      identity: `bench|${openId}`,
      kind: 'morning',
      line: 'notices' as const,
      recipient: openId,
      dueAt: ctx.now(),
      outgoing: { op: 'send' as const, openId, card, text: '提醒' },
    }));
    for (const part of inChunks(rows)) {
      await transact(ctx.db, (trx) => insertMissing(trx, 'notice', part.map(noticeRow)));
      await ctx.enqueue(part.map(({ id }) => ({ id, line: 'notices', attempt: 0 })));
    }
    const accepted: number[] = [];
    let refusals = 0;
    let seen = 0;
    while (accepted.length < notices) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      for (; seen < sandbox.calls.length; seen++) {
        const call = sandbox.calls[seen]!;
        if (!call.path.endsWith('/im/v1/messages')) continue;
        if (call.status === 0) break;
        if (call.code === 0) accepted.push(call.at);
        else refusals += 1;
      }
    }
    const seconds = (accepted.at(-1)! - accepted[0]!) / 1_000;
    const permitted = limits.perMinute / 60;
    const rate = (notices - 1) / seconds;
    const doubled = people.filter((openId) => sandbox.messages(openId).length !== 1).length;
    console.log(
      JSON.stringify({
        bench: 'notices.send',
        backend,
        notices,
        limits: `×${times}`,
        seconds: Math.round(seconds * 10) / 10,
        perSecond: Math.round(rate * 100) / 100,
        permitted: Math.round(permitted * 100) / 100,
        share: `${Math.round((rate / permitted) * 1_000) / 10} %`,
        refusals,
        notExactlyOnce: doubled,
      }),
    );
  });
}

/** Plans the digests of a county's teachers for one morning; then puts the same jobs into the bare queue. */
async function plan(): Promise<void> {
  const at = Temporal.PlainDateTime.from('2026-09-01T09:07').toZonedDateTime('Asia/Shanghai').epochMilliseconds;
  const schools = Math.max(2, Math.round(teachers / 50));
  await withApp({ people: [], limits: feishuLimits, now: () => at, role: 'web' }, async ({ ctx, queue }) => {
    await fill(ctx, schools);
    const [one] = await listProgrammes(ctx.db);
    await ctx.programmeOf(ctx.db, one!.id);
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    const hints: Parameters<typeof ctx.enqueue>[0] = [];
    let queueing = 0;
    const enqueue: typeof ctx.enqueue = async (page) => {
      const begun = performance.now();
      await ctx.enqueue(page);
      queueing += performance.now() - begun;
      hints.push(...page);
    };
    const begun = performance.now();
    const said = await jobs.morning!.run({ ...ctx, enqueue }, at);
    const planned = performance.now() - begun;
    clearInterval(watch);
    const bull = queue.bullQueues().find((q) => q.name === 'chores')!;
    const rawBegun = performance.now();
    for (const part of inChunks(hints))
      await bull.addBulk(part.map(({ id }) => ({ name: 'send', data: { id }, opts: { jobId: `raw-${id}` } })));
    const raw = performance.now() - rawBegun;
    const seconds = (ms: number) => Math.round(ms / 100) / 10;
    const mb = (bytes: number) => Math.round(bytes / 2 ** 20);
    console.log(
      JSON.stringify({
        bench: 'notices.plan',
        backend,
        teachers,
        said,
        seconds: seconds(planned),
        ofWhichQueueSeconds: seconds(queueing),
        rawAddBulkSeconds: seconds(raw),
        rosterAndProgramMb: mb(before),
        addedWhilePlanningMb: mb(peak - before),
      }),
    );
  });
}

async function fill(ctx: App['ctx'], schools: number): Promise<void> {
  const ids = Array.from({ length: schools }, (_, i) => `s${i}`);
  const people = Array.from({ length: teachers }, (_, i) => ({
    id: `t${i}`,
    name: `教师${i}`,
    schoolId: `s${i % schools}`,
    roles: ['teacher' as const],
    openId: `ou_bench${i}`,
  }));
  const requirement = {
    id: 'lesson',
    title: '送教上课',
    activity: 'demo_lesson' as const,
    subject: 'teacher' as const,
    side: 'both' as const,
    role: ['teacher' as const],
    measure: 'lessons' as const,
    count: 2,
    period: 'term' as const,
    pace: 'even' as const,
    evidence: 'none' as const,
    assumed: false,
  };
  const input = {
    name: '全省',
    terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
    districts: [],
    schools: ids.map((id) => ({ id, name: `学校${id}`, short: [] })),
    people,
    pairings: ids.slice(0, schools / 2).map((id, i) => ({
      id: `p${i}`,
      supporterId: id,
      recipientId: ids[schools / 2 + i] ?? ids[0]!,
      kinds: [],
      team: [],
    })),
    mentorships: [],
    pupils: [],
    cares: [],
    plans: [{ plan: { id: 'lessons', title: '送教', requirements: [requirement], provisions: [] }, options: {} }],
    waivers: [],
    activities: [],
  };
  const begun = performance.now();
  await transact(ctx.db, (trx) =>
    importProgramme(trx, input as never, { now: ctx.now(), today: '2026-09-01', newId: ctx.newId }),
  );
  console.log(`imported ${teachers} teachers in ${Math.round((performance.now() - begun) / 1_000)} s`);
}

if (teachers > 0) await plan();
for (const size of sizes) await send(size);
