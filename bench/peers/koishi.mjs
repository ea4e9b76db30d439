// Koishi with its Lark adapter: stores what a person wrote, counts it and answers. Without `DATABASE_URL`: SQLite with its driver's defaults.
import { createRequire } from 'node:module';

// As Koishi's own command line loads it.
const load = (name) => {
  const loaded = createRequire(import.meta.url)(name);
  return loaded.default ?? loaded;
};
const { Context, Logger, h } = load('koishi');
Logger.levels.base = 0;

const { PORT, LARK_DOMAIN, LARK_APP_ID, LARK_APP_SECRET, LARK_ENCRYPT_KEY, LARK_VERIFICATION_TOKEN } = process.env;
const app = new Context();
app.plugin(createRequire(import.meta.url)('@koishijs/plugin-http').HTTP);
app.plugin(load('@koishijs/plugin-server'), { host: '127.0.0.1', port: Number(PORT) });
if (process.env.DATABASE_URL) {
  const { hostname, port, username, password, pathname } = new URL(process.env.DATABASE_URL);
  const to = { host: hostname, port: Number(port || 3306), user: username, password, database: pathname.slice(1) };
  const MySQL = load('@minatojs/driver-mysql');
  // The newest driver for this version of Koishi lacks index support, which Koishi calls.
  Object.assign(MySQL.prototype, { getIndexes: async () => ({}), createIndex: async () => {} });
  app.plugin(MySQL, to);
} else app.plugin(load('@minatojs/driver-sqlite'), { path: `${process.env.DATA_DIR}/koishi.db` });
app.plugin(load('@satorijs/adapter-lark'), {
  platform: 'feishu',
  protocol: 'http',
  path: '/webhook',
  endpoint: `${LARK_DOMAIN}/open-apis`,
  appId: LARK_APP_ID,
  appSecret: LARK_APP_SECRET,
  encryptKey: LARK_ENCRYPT_KEY,
  verificationToken: LARK_VERIFICATION_TOKEN,
  verifyToken: true,
  verifySignature: true,
});
app.model.extend('report', { id: 'unsigned', who: 'string', message: 'string', text: 'text' }, { autoInc: true });
app.middleware(async (session) => {
  const { userId: who, messageId: message, content: text } = session;
  await app.database.create('report', { who, message, text });
  const n = await app.database.eval('report', (row) => ({ $count: row.id }), { who }).catch(() => 0);
  await session.send([h('quote', { id: message }), `已记录：${text}（第 ${n} 次）`]);
});
await app.start();
// Its webhook opens once the bot has signed in.
while (app.bots[0]?.status !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
process.send({ url: `http://127.0.0.1:${PORT}` });
