import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergeEnv, readConfig, variableNames } from '../src/config.ts';

const app = {
  LARK_APP_ID: 'cli_0123456789abcdef',
  LARK_APP_SECRET: 's',
  LARK_ENCRYPT_KEY: 'k',
  LARK_VERIFICATION_TOKEN: 't',
};

const configOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join('; '));
  return read.config;
};
const problemsOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  return 'problems' in read ? read.problems.map((line) => line.split(':')[0]) : [];
};

test('an empty environment gives the sandbox on the embedded store', () => {
  expect(configOf({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    lark: undefined,
    larkDomain: 'https://open.feishu.cn',
    larkConnection: 'webhook',
    readerModel: undefined,
    proxies: {},
    larkTimestampWindow: 28_800,
    larkMonthlyQuota: 10_000,
    databaseUrl: undefined,
    redisUrl: undefined,
    dataDir: './data',
    timezone: 'Asia/Shanghai',
    role: 'all',
    logLevel: 'info',
    adminToken: undefined,
  });
  expect(Object.isFrozen(configOf(app)) && Object.isFrozen(configOf(app).lark)).toBe(true);
});

test('a real app listens everywhere and may be split into roles on services', () => {
  const services = { DATABASE_URL: 'mysql://u:p@db/jiedui', REDIS_URL: 'redis-cluster://a:1,b:2' };
  const config = configOf({ ...app, ...services, ROLE: 'worker', LARK_DOMAIN: 'lark', LARK_TIMESTAMP_WINDOW: '60' });
  expect(config).toMatchObject({
    host: '0.0.0.0',
    role: 'worker',
    larkDomain: 'https://open.larksuite.com',
    larkTimestampWindow: 60,
    larkMonthlyQuota: 10_000,
  });
  expect(configOf({ ...app, LARK_DOMAIN: 'http://127.0.0.1:4000/' }).larkDomain).toBe('http://127.0.0.1:4000');
});

test('a model is asked only if its address and name are set', () => {
  const model = { READER_MODEL_URL: 'http://127.0.0.1:11434/v1/', READER_MODEL: 'qwen' };
  expect(configOf(model).readerModel).toEqual({ url: 'http://127.0.0.1:11434/v1', model: 'qwen' });
  expect(configOf({ ...model, READER_MODEL_KEY: 'k' }).readerModel).toMatchObject({ key: 'k' });
  expect(problemsOf({ READER_MODEL_KEY: 'k' })).toEqual(['READER_MODEL_URL']);
  expect(problemsOf({ READER_MODEL_URL: 'here' })).toContain('READER_MODEL_URL');
  expect(problemsOf({ READER_MODEL: 'qwen' })).toEqual(['READER_MODEL_URL']);
});

test.each([
  [{ PORT: 'abc' }, ['PORT']],
  [{ PORT: '65536' }, ['PORT']],
  [{ PORT: '-1' }, ['PORT']],
  [{ PORT: '80.5' }, ['PORT']],
  [{ HOST: '0.0.0.0' }, ['HOST']],
  [{ ROLE: 'web' }, ['ROLE']],
  [{ ...app, ROLE: 'worker' }, ['ROLE']],
  [{ ROLE: 'boss' }, ['ROLE']],
  [{ LARK_APP_ID: 'cli_1' }, ['LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN']],
  [{ LARK_APP_SECRET: 's' }, ['LARK_APP_ID']],
  [{ ...app, LARK_APP_ID: 'app' }, ['LARK_APP_ID']],
  [{ LARK_DOMAIN: 'weixin' }, ['LARK_DOMAIN']],
  [{ LARK_TIMESTAMP_WINDOW: '0' }, ['LARK_TIMESTAMP_WINDOW']],
  [{ LARK_CONNECTION: 'smoke' }, ['LARK_CONNECTION']],
  [{ DATABASE_URL: 'mysql://db/jiedui' }, ['REDIS_URL']],
  [{ REDIS_URL: 'redis://r' }, ['DATABASE_URL']],
  [{ DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://r' }, ['DATABASE_URL']],
  [{ DATABASE_URL: 'mysql://db', REDIS_URL: 'http://r' }, ['DATABASE_URL', 'REDIS_URL']],
  [{ JIEDUI_TIMEZONE: 'Mars/Olympus' }, ['JIEDUI_TIMEZONE']],
  [{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
])('%o is refused by name', (env, names) => {
  expect(problemsOf(env as Record<string, string>)).toEqual(names);
});

test('all problems are listed together', () => {
  const env = { PORT: 'x', ROLE: 'y', HOST: '0.0.0.0', DATABASE_URL: 'mysql://db/j', LOG_LEVEL: 'z' };
  expect(problemsOf(env).sort()).toEqual(['HOST', 'LOG_LEVEL', 'PORT', 'REDIS_URL', 'ROLE']);
});

test('no problem ever repeats a value', () => {
  const value = fc.uuid();
  fc.assert(
    fc.property(
      fc.record(Object.fromEntries(variableNames.map((name) => [name, value])), { requiredKeys: [] }),
      (env) => {
        const read = readConfig(env as Record<string, string>);
        const text = 'problems' in read ? read.problems.join('\n') : '';
        return Object.values(env).every((secret) => !text.includes(secret as string));
      },
    ),
  );
});

test('the environment overrules .env, and an empty variable counts as absent', () => {
  const env = mergeEnv('PORT=1\nHOST=localhost # here\nROLE=web', { PORT: '2', HOST: '' });
  expect(env).toMatchObject({ PORT: '2', HOST: 'localhost', ROLE: 'web' });
  expect(configOf({ PORT: '', DATA_DIR: '  ' })).toMatchObject({ port: 3000, dataDir: './data' });
});

test('.env.example names every setting, with the defaults that hold', () => {
  const example = parseEnv(readFileSync('.env.example', 'utf8')) as Record<string, string>;
  expect(Object.keys(example).sort()).toEqual([...variableNames].sort());
  expect(configOf(example)).toEqual(configOf({}));
});

test('compose.yaml sets only known settings, with accepted values', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
    services: Record<string, { environment?: Record<string, string> }>;
  };
  const ownServices = Object.entries(services).filter(([name]) => /^(web|worker)-/.test(name));
  expect(ownServices).toHaveLength(4);
  for (const [name, { environment = {} }] of ownServices) {
    expect(Object.keys(environment).filter((key) => !variableNames.includes(key as never))).toEqual([]);
    const filled = Object.entries(environment).map(([key, text]) => [
      key,
      text.replace(/\$\{\w+:-(.*)\}/, '$1').replace(/\$\{.*?\}/, 'cli_1'),
    ]);
    expect(configOf(Object.fromEntries(filled)).role).toBe(name.split('-')[0]);
  }
});
