// Express, the official SDK and Kysely on MySQL, as in its examples: stores what a person wrote, counts it and answers.
import * as lark from '@larksuiteoapi/node-sdk';
import express from 'express';
import { Kysely, MysqlDialect, sql } from 'kysely';
import { createPool } from 'mysql2';

const { DATABASE_URL, LARK_DOMAIN, LARK_APP_ID, LARK_APP_SECRET, LARK_ENCRYPT_KEY, LARK_VERIFICATION_TOKEN } =
  process.env;
const db = new Kysely({ dialect: new MysqlDialect({ pool: createPool({ uri: DATABASE_URL }) }) });
await sql`create table if not exists report (message varchar(100) primary key, who varchar(100), text text)`.execute(
  db,
);
const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
const client = new lark.Client({
  appId: LARK_APP_ID,
  appSecret: LARK_APP_SECRET,
  domain: LARK_DOMAIN,
  logger,
});

async function answer({ sender, message }) {
  const who = sender.sender_id.open_id;
  const { text } = JSON.parse(message.content);
  const count = await db.transaction().execute(async (trx) => {
    await trx.insertInto('report').values({ message: message.message_id, who, text }).execute();
    const { n } = await trx
      .selectFrom('report')
      .select((eb) => eb.fn.countAll().as('n'))
      .where('who', '=', who)
      .executeTakeFirst();
    return n;
  });
  const content = JSON.stringify({ text: `已记录：${text}（第 ${count} 次）` });
  await client.im.v1.message.reply({ path: { message_id: message.message_id }, data: { msg_type: 'text', content } });
}

const dispatcher = new lark.EventDispatcher({
  encryptKey: LARK_ENCRYPT_KEY,
  verificationToken: LARK_VERIFICATION_TOKEN,
  logger,
}).register({ 'im.message.receive_v1': answer });
const app = express();
app.use(express.json());
app.use('/webhook', lark.adaptExpress(dispatcher));
const server = app.listen(0, '127.0.0.1', () => {
  process.send({ url: `http://127.0.0.1:${server.address().port}` });
});
