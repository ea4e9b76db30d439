import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const SQL = `'); drop table activity; -- " or 1=1 # \\' ; delete from notice`;

describe.each(backends)('text that attacks the store, the card or the log (%s)', (backend) => {
  let w: World;
  const lines: string[] = [];
  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    w = await world({ backend, overrides: { log } });
  });
  afterAll(() => w.close());

  it('stores SQL as plain text, wherever it is written', async () => {
    await w.says('陈志远', `昨天到万佑上了一节七年级语文，课题《${SQL}》`);
    await w.says('李晓梅', SQL);
    const found = await w.sandbox.push(
      {
        sender: { sender_id: { open_id: SQL }, sender_type: 'user' },
        message: {
          message_id: SQL,
          chat_id: SQL,
          chat_type: 'p2p',
          message_type: 'text',
          content: JSON.stringify({ text: SQL }),
        },
      },
      { untilFirst: true },
    );
    expect(found.attempts[0]!.status).toBe(200);
    const made = await w.core.ctx.db.selectFrom('activity').select('body').where('cause', 'is not', null).execute();
    expect(made).toHaveLength(1);
    expect(await w.core.ctx.db.selectFrom('notice').select('id').execute()).not.toEqual([]);
  });

  it('accepts it as plain text in forms, menus, profiles and file names, and writes no file under such a name', async () => {
    const [card] = await w.says('陈志远', '上周三到万佑上了一节七年级语文');
    await w.sandbox.clicks(w.openId('陈志远'), card!.messageId, { text: '修改' });
    const saved = await w.sandbox.clicks(w.openId('陈志远'), card!.messageId, { text: '保存' }, { topic: SQL });
    expect(saved.toast?.type).toBe('success');
    expect((await w.sandbox.clicksMenu(w.openId('陈志远'), `' or 1=1; --`)).ok).toBe(true);
    expect((await w.sandbox.changes(w.openId('访客'), { name: SQL, mobile: SQL, email: SQL })).ok).toBe(true);
    expect((await w.sandbox.says(w.openId('访客'), SQL)).ok).toBe(true);
    for (const fileName of ['../../../outside.xlsx', '/outside.xlsx', `${SQL}.xlsx`])
      expect((await w.sandbox.sendsFile(w.openId('王建业'), Buffer.from('PK'), { fileName })).ok).toBe(true);
    await w.quiet();
    const { db, config } = w.core.ctx;
    const rows = await db.selectFrom('activity').select('body').where('cause', 'is not', null).execute();
    expect(rows.filter((row) => row.body.includes('drop table activity'))).toHaveLength(2);
    const near = [...readdirSync(config.dataDir, { recursive: true }), ...readdirSync(join(config.dataDir, '..'))];
    expect(near.filter((name) => String(name).includes('outside'))).toEqual([]);
  });

  it('shows mentions and links in a report as text', async () => {
    await w.says('赵思敏', '昨天到万佑听了一节课，课题《<at id=all></at>[点我](https://evil.example)》');
    const card = JSON.stringify(w.inbox('赵思敏').at(-1)?.card);
    expect(words(w.inbox('赵思敏').at(-1))).toContain('已记录');
    expect(card).not.toContain('<at id=all>');
    expect(card).not.toContain('](https://evil.example)');
  });

  it('writes neither secrets nor names nor messages to the log', async () => {
    w.sandbox.faults.badSignature = true;
    await w.sandbox.says(w.openId('陈志远'), '今天到万佑上了一节课', { untilFirst: true });
    w.sandbox.faults.badSignature = false;
    const log = lines.join('');
    expect(log).toContain('push refused');
    for (const secret of ['world-secret', 'world-key', 'world-token', '陈志远', '七年级', 'drop table', 'Bearer'])
      expect(log).not.toContain(secret);
  });

  it('sends headers that stop browsers from sniffing types, framing pages and running foreign scripts', async () => {
    const { headers } = await fetch(`${w.app.url}/healthz`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
