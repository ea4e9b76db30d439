import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt } from '../../src/lark/decrypt.ts';
import { admit, sign } from '../../src/lark/verify.ts';
import { config, eventBody, now, sealed, signedHeaders } from './push.ts';

const challenge = { type: 'url_verification', challenge: 'c-1', token: config.verificationToken };
const plain = (body: unknown) => Buffer.from(JSON.stringify(body));
const push = (rawBody: Buffer, headers: Record<string, string | string[] | undefined> = signedHeaders(rawBody)) =>
  admit({ rawBody, headers, now, config });

describe('decrypt', () => {
  it('opens the official vector', () => {
    expect(decrypt('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'test key')).toBe('hello world');
  });
});

describe('sign', () => {
  it('is the lower-case SHA-256 of timestamp, nonce, key and raw bytes', () => {
    const raw = Buffer.from('{"encrypt":"名"}');
    const expected = createHash('sha256')
      .update(Buffer.concat([Buffer.from('1700nkey'), raw]))
      .digest('hex');
    expect(sign('1700', 'n', 'key', raw)).toBe(expected);
    expect(sign('1', '2', '3', Buffer.from('4'))).toBe(
      '03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4',
    );
  });
});

describe('admit', () => {
  const raw = sealed(eventBody('im.message.receive_v1', { a: 1 }));

  it('admits a correctly signed, encrypted event, without its token', () => {
    const admission = push(raw);
    expect(admission).toMatchObject({ ok: true, envelope: { header: { event_id: 'e1' }, event: { a: 1 } } });
    expect(JSON.stringify(admission)).not.toContain(config.verificationToken);
  });

  it('answers an encrypted url_verification with the right token, with or without a matching signature', () => {
    const body = sealed(challenge);
    expect(push(body, {})).toEqual({ ok: true, challenge: 'c-1' });
    expect(push(body)).toEqual({ ok: true, challenge: 'c-1' });
    expect(push(body, signedHeaders(raw))).toMatchObject({ ok: false, status: 401 });
    expect(push(body, { 'x-lark-request-nonce': '1' })).toMatchObject({ ok: false, status: 401 });
    expect(push(sealed({ ...challenge, token: 'other' }), {})).toMatchObject({ ok: false, status: 403 });
  });

  it.each([
    ['a plain event', plain(eventBody('im.message.receive_v1', {}))],
    ['a plain url_verification', plain(challenge)],
    ['an empty body', Buffer.alloc(0)],
    ['no JSON', Buffer.from('encrypt')],
    ['a number to decrypt', plain({ encrypt: 7 })],
    ['null', plain(null)],
  ])('refuses %s as 400', (_name, body) => {
    expect(push(body)).toMatchObject({ ok: false, status: 400 });
    expect(push(body, {})).toMatchObject({ ok: false, status: 400 });
  });

  it.each(['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'])('refuses without %s', (name) => {
    expect(push(raw, { ...signedHeaders(raw), [name]: undefined })).toMatchObject({ ok: false, status: 401 });
  });

  it('refuses an event without any signature header', () => {
    expect(push(raw, {})).toMatchObject({ ok: false, status: 401 });
  });

  it('refuses the unkeyed hash, another key, a repeated header and one changed byte', () => {
    expect(push(raw, signedHeaders(raw, now, ''))).toMatchObject({ status: 401 });
    expect(push(raw, signedHeaders(raw, now, 'other'))).toMatchObject({ status: 401 });
    const headers = signedHeaders(raw);
    expect(push(raw, { ...headers, 'x-lark-signature': [headers['x-lark-signature']!] })).toMatchObject({
      status: 401,
    });
    expect(push(Buffer.concat([raw, Buffer.from(' ')]), headers)).toMatchObject({ status: 401 });
  });

  it('counts insignificant white space as part of the signed bytes', () => {
    const spaced = Buffer.from(raw.toString().replace('{', '{ '));
    expect(push(spaced)).toMatchObject({ ok: true });
  });

  it('requires the timestamp inside the window, in both directions, ends included', () => {
    const window = config.timestampWindowSeconds * 1000;
    expect(push(raw, signedHeaders(raw, now - window))).toMatchObject({ ok: true });
    expect(push(raw, signedHeaders(raw, now + window))).toMatchObject({ ok: true });
    expect(push(raw, signedHeaders(raw, now - window - 1000))).toMatchObject({ status: 401 });
    expect(push(raw, signedHeaders(raw, now + window + 1000))).toMatchObject({ status: 401 });
    expect(push(raw, signedHeaders(raw, Number.NaN))).toMatchObject({ status: 401 });
  });

  it.each([
    ['token', { token: 'other' }, 403],
    ['token type', { token: 5 }, 400],
    ['app', { app_id: 'cli_other' }, 403],
    ['event type', { event_type: undefined }, 400],
  ])('refuses a wrong %s', (_name, header, status) => {
    expect(push(sealed(eventBody('x', {}, header)))).toMatchObject({ ok: false, status });
  });

  it.each(['event_id', 'create_time', 'token', 'app_id', 'tenant_key'])(
    'lets an event in whose header has no %s',
    (name) => {
      const body = eventBody('x', { a: 1 }, { [name]: undefined });
      const [once, again] = [push(sealed(body)), push(sealed(body))];
      expect(once).toMatchObject({ ok: true, envelope: { event: { a: 1 } } });
      expect(once).toEqual(again);
      expect(once.ok && once.envelope?.header.event_id).toMatch(/^(e1|of-[0-9a-f]{40})$/);
    },
  );

  it('admits an event of the first version as an unknown type', () => {
    const old = {
      ts: '1',
      uuid: 'u1',
      token: config.verificationToken,
      type: 'event_callback',
      event: { type: 'message' },
    };
    expect(push(sealed(old))).toMatchObject({ ok: true, envelope: { header: { event_id: 'u1' } } });
    expect(push(sealed({ ...old, token: 'other' }))).toMatchObject({ ok: false, status: 403 });
  });

  it('refuses events encrypted with another key, and everything if no key is configured', () => {
    expect(push(sealed(eventBody('x', {}), 'other'))).toMatchObject({ ok: false, status: 400 });
    const bare = { ...config, encryptKey: '' };
    const body = sealed(eventBody('x', {}), '');
    const headers = signedHeaders(body, now, '');
    expect(admit({ rawBody: body, headers, now, config: bare })).toMatchObject({ ok: false, status: 403 });
  });

  it('never throws and never admits garbage', () => {
    const header = fc.option(fc.oneof(fc.string(), fc.array(fc.string())), { nil: undefined });
    const bytes = fc.oneof(
      fc.uint8Array().map((b) => Buffer.from(b)),
      fc.jsonValue().map((v) => plain(v)),
      fc.string().map((s) => plain({ encrypt: s })),
      fc.base64String().map((s) => plain({ encrypt: s })),
    );
    fc.assert(
      fc.property(bytes, header, header, header, (rawBody, timestamp, nonce, signature) => {
        const headers = {
          'x-lark-request-timestamp': timestamp,
          'x-lark-request-nonce': nonce,
          'x-lark-signature': signature,
        };
        const admission = push(rawBody, headers);
        expect(admission.ok).toBe(false);
        expect(push(rawBody)).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on signed bodies of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const body = sealed(value);
        expect(push(body)).toMatchObject({ ok: false });
      }),
      { numRuns: 200 },
    );
  });
});
