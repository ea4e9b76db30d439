import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { secondOpinion } from '../../src/second-opinion.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** A stand-in model that logs its input and has an answer for each format. */
interface Asked {
  headers: IncomingHttpHeaders;
  format: string;
  text: string;
}
const asked: Asked[] = [];
let answers: (ask: Asked) => { status?: number; body: string };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const { response_format, messages } = JSON.parse(body);
  const ask = { headers: request.headers, format: response_format.type, text: messages.at(-1).content as string };
  asked.push(ask);
  const { status = 200, body: content } = answers(ask);
  response.writeHead(status, { 'content-type': 'application/json' }).end(content);
});

const completion = (content: unknown) =>
  JSON.stringify({
    choices: [{ message: { content: typeof content === 'string' ? content : JSON.stringify(content) } }],
  });
const readings = (...list: object[]) => ({ body: completion({ readings: list }) });
const LESSON = '昨天在万佑陪着九年级的孩子们过了一遍电路';

describe.each(backends)('a second opinion (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
    w = await world({ backend, env: { READER_MODEL_URL: url, READER_MODEL: 'small', READER_MODEL_KEY: 'secret' } });
    await w.advance({ seconds: 1 });
  });
  beforeEach(() => {
    asked.length = 0;
    answers = () => readings();
  });
  afterAll(async () => {
    await w.close();
    await new Promise((resolve) => server.close(resolve));
  });
  /** A message and its first answer; a second later the model is asked. */
  const says = async (...said: Parameters<World['says']>) => {
    const cards = await w.says(...said);
    await w.advance({ seconds: 2 });
    return cards;
  };
  const records = async () =>
    (await w.core.ctx.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute()).length;
  const drafts = () => w.core.ctx.db.selectFrom('draft').selectAll().where('state', '=', 'open').execute();

  it('fills a card that waits for a tap, without recording anything', async () => {
    answers = () => readings({ kind: 'demo_lesson', status: 'done', quote: '过了一遍电路' });
    const before = await records();
    const [card] = await says('陈志远', LESSON);
    expect(words(card)).toMatch(/没有看懂|是这样吗/);
    expect(asked.map(({ format }) => format)).toEqual(['json_schema']);
    expect(asked[0]!.headers.authorization).toBe('Bearer secret');
    await w.advance({ seconds: 5 });
    const filled = w.inbox('陈志远').findLast((message) => words(message).includes('是这样吗'));
    expect(words(filled)).toContain('11月19日');
    expect(await records()).toBe(before);
    await w.clicks('陈志远', '记录');
    expect(await records()).toBe(before + 1);
  });

  it('sends no name of a person, a pupil or a school, and no long number', async () => {
    await says('陈志远', '今天碰到小杰妈妈，电话13900001111，周丽华老师也在万佑，还碰到了小岩、李晓梅和赵大山老师');
    const [ask] = asked;
    expect(ask?.text).toContain('〔学生1〕');
    for (const name of ['小杰', '小岩', '周丽华', '李晓梅', '赵大山', '万佑', '陈志远', '13900001111'])
      expect(ask?.text).not.toContain(name);
    for (const { headers } of asked) expect(JSON.stringify(headers)).not.toContain('陈志远');
  });

  it('is not asked about sure readings, about questions, or in a group', async () => {
    await says('陈志远', '昨天到万佑上了一节七年级语文');
    await says('陈志远', '我的任务');
    const chatId = await w.sandbox.makesGroup('结对群', [w.openId('陈志远')]);
    await says('陈志远', LESSON, { chat: chatId });
    expect(asked).toEqual([]);
  });

  it('an endpoint without schemas is asked for plain JSON', async () => {
    answers = ({ format }) => (format === 'json_schema' ? { status: 400, body: '{}' } : readings());
    await says('李晓梅', LESSON);
    expect(asked.map(({ format }) => format)).toEqual(['json_schema', 'json_object']);
  });

  it.each<[string, () => { status?: number; body: string }]>([
    ['refuses', () => ({ status: 401, body: 'no' })],
    ['fails', () => ({ status: 503, body: 'later' })],
    ['talks', () => ({ body: completion('好的，这是送教。') })],
    ['answers with no choices', () => ({ body: '{"choices":[]}' })],
    ['answers with half of it', () => ({ body: '{"choices":[{"mess' })],
    ['knows another kind', () => readings({ kind: 'party', status: 'done', quote: '过了一遍电路' })],
    ['quotes what was not said', () => readings({ kind: 'demo_lesson', status: 'done', quote: '上了三节数学课' })],
    ['hears a plan', () => readings({ kind: 'demo_lesson', status: 'planned', quote: '过了一遍电路' })],
    ['goes on for ever', () => ({ body: completion({ readings: [] }) + ' '.repeat(100_000) })],
  ])('one that %s changes nothing', async (_name, answer) => {
    answers = answer;
    const [before, open] = [await records(), (await drafts()).length];
    await says('赵思敏', LESSON);
    expect(asked.length).toBeGreaterThan(0);
    expect([await records(), (await drafts()).length]).toEqual([before, open]);
  });

  it('an endpoint that does not answer in time changes nothing', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await secondOpinion({ url, model: 'small' }, 30)(LESSON)).toEqual([]);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    expect(await secondOpinion({ url, model: 'small' })(LESSON)).toEqual([]);
  });

  it('keeps nothing of the message afterwards', async () => {
    const chores = await w.core.ctx.db
      .selectFrom('chore')
      .select('body')
      .where('kind', '=', 'second_opinion')
      .execute();
    expect(new Set(chores.map(({ body }) => body))).toEqual(new Set(['{}']));
  });
});
