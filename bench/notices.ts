/**
 * Reminders: sending at Feishu's limits as the sandbox enforces them, and planning the digests of many teachers.
 * In full: 3,000 at the real limits (three minutes), 20,000 with the limits scaled in time, 100,000 teachers, each once; `--quick`: less,
 * and the planning three times. On MariaDB and Redis if they answer, otherwise embedded.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { SANDBOX_APP_ID } from '../src/app/core.ts';
import { type App, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { jobs } from '../src/jobs/index.ts';
import { feishuLimits, type PaceLimits } from '../src/lark/pace.ts';
import { startSandbox } from '../src/sandbox/server.ts';
import { importProgramme } from '../src/store/import.ts';
import { noticeRow } from '../src/store/notice-row.ts';
import { listProgrammes } from '../src/store/programmes.ts';
import { inChunks, insertMissing, transact } from '../src/store/transaction.ts';
import { mysqlUrl, redisUrl } from '../test/support/services.ts';
import { heldBeyond } from './support/memory.ts';
import { median, printResult, type Row, ratio, rounded, timed } from './support/print.ts';
import { type Backend, scratchStore, servicesMissing } from './support/scratch.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** How many teachers to plan for; 0 skips the planning. */
    teachers: { type: 'string' },
    /** `NOTICESxTIMES`: this many notices at this multiple of the limits. */
    send: { type: 'string', multiple: true },
  },
});
const sizes = (values.send ?? (values.quick ? ['300x5'] : ['3000x1', '20000x5'])).map((text) => {
  const [notices, times] = text.split('x').map(Number);
  return { notices: notices!, times: times! };
});
const teachers = Number(values.teachers ?? (values.quick ? 500 : 100_000));
const SECRETS = { appSecret: 'bench', encryptKey: 'bench', verificationToken: 'bench' };
const scaled = (times: number): PaceLimits => ({
  perSecond: feishuLimits.perSecond * times,
  perMinute: feishuLimits.perMinute * times,
  perChatPerSecond: feishuLimits.perChatPerSecond * times,
});
const MORNING = Temporal.PlainDateTime.from('2026-09-01T09:07').toZonedDateTime('Asia/Shanghai').epochMilliseconds;
/** After this long without another notice, the rest are considered lost. */
const SILENCE_MS = 30_000;
const backend: Backend = mysqlUrl && redisUrl ? 'services' : 'embedded';
if (backend === 'embedded') servicesMissing('Reminders through MariaDB and Redis');

async function withApp<T>(
  options: { people: string[]; limits: PaceLimits; now: () => number; role: 'worker' | 'web' },
  work: (app: App, sandbox: Awaited<ReturnType<typeof startSandbox>>) => Promise<T>,
): Promise<T> {
  const { limits, now } = options;
  const store = await scratchStore(backend);
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
    ...(store.url ? { DATABASE_URL: store.url, REDIS_URL: redisUrl } : {}),
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const app = await createApp(
    { ...read.config, role: options.role },
    {
      now,
      log: pino({ level: 'error' }),
      store,
      sandbox: { url: sandbox.url, ...SECRETS },
      queuePrefix: `{jiedui-bench-${randomBytes(6).toString('hex')}}`,
      paceLimits: limits,
    },
  );
  try {
    return await work(app, sandbox);
  } finally {
    await app.queue.empty();
    await app.stop();
    await sandbox.close();
  }
}

/** Sends the notices and reports the rate from the first to the last, next to the rate that the limits sustain. */
async function send({ notices, times }: (typeof sizes)[number]): Promise<Row> {
  const limits = scaled(times);
  const people = Array.from({ length: notices }, (_, i) => `ou_bench${i}`);
  // In the quiet hours of a real night nothing would go out before the morning.
  const begun = Date.now();
  const now = () => MORNING + Date.now() - begun;
  return withApp({ people, limits, now, role: 'worker' }, async ({ ctx }, sandbox) => {
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
      await transact(ctx.db, (trx) =>
        insertMissing(
          trx,
          'notice',
          part.map((row) => noticeRow(row)),
        ),
      );
      await ctx.deliver(part.map(({ id }) => ({ id, line: 'notices', attempt: 0 })));
    }
    const accepted: number[] = [];
    let refusals = 0;
    let seen = 0;
    for (let progress = performance.now(), before = 0; accepted.length < notices; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (accepted.length > before) [before, progress] = [accepted.length, performance.now()];
      else if (performance.now() - progress > SILENCE_MS) throw new Error(`only ${before} of ${notices} arrived`);
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
    // One alone has no rate.
    const rate = notices > 1 ? (notices - 1) / seconds : undefined;
    return {
      sent: notices,
      limits: `×${times}`,
      seconds: rounded(seconds, 1),
      'a second': rate && rounded(rate, 2),
      permitted: rounded(permitted, 2),
      '÷ permitted': rate && rounded(rate / permitted, 3),
      refused: refusals,
      'not exactly once': people.filter((openId) => sandbox.messages(openId).length !== 1).length,
    };
  });
}

/** The result of planning one morning. */
interface Planned {
  ms: number;
  /** The queue's part of it. */
  queueMs: number;
  /** The same jobs added to the bare queue. */
  rawMs: number;
  beforeMb: number;
  moreMb: number;
  cards: number;
}

/** Plans the digests of a county's teachers for one morning, then adds the same jobs to the bare queue. */
async function plan(): Promise<Planned> {
  const at = MORNING;
  const schools = Math.max(2, Math.round(teachers / 50));
  return withApp({ people: [], limits: feishuLimits, now: () => at, role: 'web' }, async ({ ctx, queue }) => {
    await fill(ctx, schools);
    const [one] = await listProgrammes(ctx.db);
    await ctx.programmeOf(ctx.db, one!.id);
    const hints: Parameters<typeof ctx.deliver>[0] = [];
    let queueMs = 0;
    const deliver: typeof ctx.deliver = async (page) => {
      queueMs += await timed(() => ctx.deliver(page));
      hints.push(...page);
    };
    const {
      result: ms,
      beforeMb,
      moreMb,
    } = await heldBeyond(() => timed(() => jobs.morning!.run({ ...ctx, deliver }, at)));
    const bull = queue.bullQueues().find((q) => q.name === 'chores')!;
    const rawMs = await timed(async () => {
      for (const part of inChunks(hints))
        await bull.addBulk(part.map(({ id }) => ({ name: 'send', data: { id }, opts: { jobId: `raw-${id}` } })));
    });
    return { ms, queueMs, rawMs, beforeMb, moreMb, cards: hints.length };
  });
}

/** Medians of several mornings, each in its own store. */
async function planning(rounds: number): Promise<void> {
  const runs: Planned[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await plan());
  const of = (key: keyof Planned) => median(runs.map((run) => run[key]));
  const row = {
    teachers,
    cards: of('cards'),
    seconds: rounded(of('ms') / 1_000, 2),
    'of which the queue': rounded(of('queueMs') / 1_000, 2),
    'bare addBulk': rounded(of('rawMs') / 1_000, 2),
    '÷ bare': ratio(of('ms'), of('rawMs')),
    'MB before': runs[0]!.beforeMb,
    'MB more': Math.max(...runs.map((run) => run.moreMb)),
  };
  printResult('notices.plan', [row], { backend, rounds });
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
  const at = { now: ctx.now(), today: '2026-09-01', newId: ctx.newId };
  const ms = await timed(() => transact(ctx.db, (trx) => importProgramme(trx, input as never, at)));
  console.log(`imported ${teachers} teachers in ${rounded(ms / 1_000, 1)} s`);
}

if (teachers > 0) await planning(values.quick ? 3 : 1);
const rows: Row[] = [];
for (const size of sizes) rows.push(await send(size));
printResult('notices.send', rows, { backend });
