import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEvent } from '../../src/lark/events.ts';
import { readEnvelope } from '../../src/lark/verify.ts';
import { ways } from '../support/ways.ts';
import { type World, words, world } from '../support/world.ts';

interface Line {
  name?: string;
  expect?: object;
  what?: 'call' | 'event';
  header?: Record<string, unknown>;
  event: Record<string, unknown>;
}

/** The user of the recorded events; replaced by a person whom the program knows. */
const WHO = 'ou_a1b2c3d4e5f60718';
const HERE = 'test/recorded';
const lines = readdirSync(HERE)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) =>
    readFileSync(join(HERE, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i): [string, Line] => {
        const read = JSON.parse(line) as Line;
        return [`${file}:${i + 1} ${read.name ?? ''}`, read];
      }),
  )
  .filter(([, line]) => line.what !== 'call');

it('contains at least the published shapes', () => {
  expect(lines.length).toBeGreaterThanOrEqual(22);
});

it.each(lines)('%s is read', (_name, { name: _, expect: expected = {}, what: _what, ...body }) => {
  const read = readEnvelope(body);
  expect(read).toBeDefined();
  const event = parseEvent(read!.envelope, 'ou_bot');
  expect(event.type).not.toBe('malformed');
  expect(event).toMatchObject(expected);
});

describe.each(ways)('pushed to the program (%s, %s)', (backend, connection) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, connection });
  });
  afterAll(() => w.close());

  it.each(lines)('%s is accepted', async (_name, { name: _, expect: _expected, what: _what, header, ...rest }) => {
    // The recorded app and tenant are not the ones of this test.
    const ownHeader = header && { ...header, token: undefined, app_id: undefined };
    const { token: _token, ...event } = rest as Line & { token?: string };
    const body = ownHeader
      ? { header: ownHeader, ...event }
      : { ...event, event: { ...event.event, app_id: undefined } };
    const pushed = JSON.parse(JSON.stringify(body).replaceAll(WHO, w.openId('陈志远'))) as Record<string, unknown>;
    const before = w.inbox('陈志远').length;
    const delivery = await w.sandbox.push(pushed, { untilFirst: true });
    expect(delivery.attempts[0]).toMatchObject({ status: 200 });
    await w.quiet();
    const answers = w.inbox('陈志远').slice(before).map(words).join();
    const type = (event.event.message as { message_type?: string } | undefined)?.message_type ?? '';
    if (!['audio', 'media', 'file', 'merge_forward'].includes(type)) expect(answers).not.toContain('语音');
  });
});
