import { pino } from 'pino';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { scratchStore } from './support/scratch.ts';

const store = await scratchStore('services');
const read = readConfig({
  PORT: '0',
  LARK_MONTHLY_QUOTA: '0',
  DATABASE_URL: store.url!,
  REDIS_URL: 'redis://127.0.0.1:6379',
  DATA_DIR: '/tmp/w17b/data2',
} as never);
if ('problems' in read) throw new Error(read.problems.join());
setTimeout(() => {
  console.log(process.getActiveResourcesInfo());
}, 4000);
const t = performance.now();
const db = new Proxy(store, {});
const app = await createApp(
  { ...read.config, role: process.argv[2] as never },
  {
    log: pino({ level: 'debug' }),
    store: db,
    queuePrefix: '{zzdbg}',
    sandbox: { url: 'http://127.0.0.1:41790', appSecret: 'x', encryptKey: 'x', verificationToken: 'x' },
  },
);
console.log('up', performance.now() - t);
await app.queue.empty();
await app.stop();
process.exit(0);
