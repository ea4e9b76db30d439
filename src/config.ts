import { parseEnv } from 'node:util';
import { z } from 'zod';

/** Every setting, read once at the door. Frozen; nothing else in the program reads the environment. */
export type Config = Readonly<{
  port: number;
  /** Address to listen on. The sandbox has no passwords and listens on the loopback only. */
  host: string;
  /** The real app, or undefined: then the sandbox plays Feishu. */
  lark: Readonly<LarkSettings> | undefined;
  /** Base address of the Open API, without a trailing slash. In sandbox mode the caller replaces it with the sandbox's own. */
  larkDomain: string;
  larkConnection: 'webhook' | 'socket';
  /** A model that is asked about unsure messages; undefined: none. */
  readerModel: Readonly<Endpoint> | undefined;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY for calls to Feishu. */
  proxies: Readonly<Record<string, string>>;
  /** How old, in seconds, a signed push may be. */
  larkTimestampWindow: number;
  /** API calls that the tenant may make in a month; 0: no limit. */
  larkMonthlyQuota: number;
  /** `mysql://…`, or undefined: embedded in `dataDir`. */
  databaseUrl: string | undefined;
  /** `redis://…`, or undefined: the embedded queue. */
  redisUrl: string | undefined;
  /** Directory for the embedded store, evidence and exports. As written; relative to the working directory. */
  dataDir: string;
  timezone: string;
  role: 'all' | 'web' | 'worker';
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Opens /metrics and /admin/queues; undefined: they answer 404. */
  adminToken: string | undefined;
}>;

/** An endpoint that is compatible with OpenAI's API: `url` up to /v1, without a trailing slash. */
export type Endpoint = { url: string; model: string; key?: string };
export type LarkSettings = { appId: string; appSecret: string; encryptKey: string; verificationToken: string };

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((n) => n >= min && n <= max);

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.includes(text.split('://')[0]!) && URL.canParse(text.split(',')[0]!));

const timezone = z.string().refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
});

/** Each variable: how it is read, its default, and the message for a wrong value. */
const variables = {
  PORT: { read: integer(0, 65_535), standard: '3000', wants: 'a port number from 0 to 65535' },
  HOST: { read: z.string(), standard: undefined, wants: 'an address to listen on' },
  LARK_APP_ID: {
    read: z.string().regex(/^cli_\w+$/),
    standard: undefined,
    wants: 'an app id that starts with cli_',
  },
  LARK_APP_SECRET: { read: z.string(), standard: undefined, wants: 'the app secret' },
  LARK_ENCRYPT_KEY: { read: z.string(), standard: undefined, wants: 'the encrypt key' },
  LARK_VERIFICATION_TOKEN: { read: z.string(), standard: undefined, wants: 'the verification token' },
  LARK_DOMAIN: {
    read: z.union([z.enum(['feishu', 'lark']), url('http', 'https')]),
    standard: 'feishu',
    wants: 'feishu, lark or an http(s) address',
  },
  LARK_TIMESTAMP_WINDOW: { read: integer(1, 604_800), standard: '28800', wants: 'whole seconds, 1 to 604800' },
  LARK_CONNECTION: { read: z.enum(['webhook', 'socket']), standard: 'webhook', wants: 'webhook or socket' },
  LARK_MONTHLY_QUOTA: {
    read: integer(0, 999_999_999),
    standard: '10000',
    wants: 'API calls a month that the tenant may make, 0 for no limit',
  },
  READER_MODEL_URL: {
    read: url('http', 'https'),
    standard: undefined,
    wants: 'the http(s) address of an OpenAI-compatible endpoint, up to /v1',
  },
  READER_MODEL: { read: z.string(), standard: undefined, wants: 'the name of a model' },
  READER_MODEL_KEY: { read: z.string(), standard: undefined, wants: 'the key of that endpoint' },
  DATABASE_URL: {
    read: url('mysql').refine((text) => (URL.parse(text)?.pathname.length ?? 0) > 1),
    standard: undefined,
    wants: 'mysql://user:password@host:port/database',
  },
  REDIS_URL: {
    read: url('redis', 'rediss', 'redis-cluster'),
    standard: undefined,
    wants: 'redis://host:port, rediss://… or redis-cluster://host:port,host:port',
  },
  DATA_DIR: { read: z.string(), standard: './data', wants: 'a directory' },
  JIEDUI_TIMEZONE: { read: timezone, standard: 'Asia/Shanghai', wants: 'a time zone name such as Asia/Shanghai' },
  ROLE: { read: z.enum(['all', 'web', 'worker']), standard: 'all', wants: 'all, web or worker' },
  LOG_LEVEL: {
    read: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    standard: 'info',
    wants: 'fatal, error, warn, info, debug, trace or silent',
  },
  ADMIN_TOKEN: { read: z.string(), standard: undefined, wants: 'a token' },
} as const;

type Variables = typeof variables;
type Values = {
  [K in keyof Variables]:
    | z.output<Variables[K]['read']>
    | (Variables[K]['standard'] extends string ? never : undefined);
};

/** The names of all settings; `.env.example` lists the same. */
export const variableNames = Object.keys(variables) as (keyof Variables)[];

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
const larkSecrets = ['LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN'] as const;
const larkDomains: Record<string, string> = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' };

/** Settings that are valid one by one and contradict each other. `given`: the names that were set, valid or not. */
function contradictions(given: Set<string>, v: Values): string[] {
  const problems: string[] = [];
  const needs = (name: keyof Variables, because: keyof Variables) => {
    if (given.has(because) && !given.has(name)) problems.push(`${name}: needed, because ${because} is set`);
  };
  for (const name of larkSecrets) {
    needs(name, 'LARK_APP_ID');
    needs('LARK_APP_ID', name);
  }
  needs('READER_MODEL', 'READER_MODEL_URL');
  needs('READER_MODEL_URL', 'READER_MODEL');
  needs('READER_MODEL_URL', 'READER_MODEL_KEY');
  needs('REDIS_URL', 'DATABASE_URL');
  needs('DATABASE_URL', 'REDIS_URL');
  const oneProcess = v.ROLE === 'web' || v.ROLE === 'worker';
  if (!given.has('LARK_APP_ID')) {
    const why = 'without LARK_APP_ID the sandbox runs';
    if (v.HOST && !loopback.has(v.HOST)) problems.push(`HOST: ${why}, on 127.0.0.1, localhost or ::1 only`);
    if (oneProcess) problems.push(`ROLE: ${why}, in one process; use all`);
  } else if (oneProcess && !given.has('DATABASE_URL')) {
    problems.push('ROLE: the embedded store serves one process; use all, or set DATABASE_URL and REDIS_URL');
  }
  return [...new Set(problems)];
}

/**
 * The program's environment: the text of an `.env` file, overridden by the real environment. A variable that is empty in the environment
 * counts as absent there.
 */
export function mergeEnv(dotEnv: string, env: Record<string, string | undefined>): Record<string, string | undefined> {
  return { ...parseEnv(dotEnv), ...Object.fromEntries(Object.entries(env).filter(([, value]) => value)) };
}

const proxiesOf = (env: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value && /^(https?|no)_proxy$/i.test(name) ? [[name, value] as const] : [],
    ),
  );

/**
 * Reads the environment. An empty variable counts as absent.
 * Returns the frozen settings, or every problem at once, each `NAME: what is wanted`; a value is never repeated.
 */
export function readConfig(env: Record<string, string | undefined>): { config: Config } | { problems: string[] } {
  const problems: string[] = [];
  const given = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const name of variableNames) {
    const { read, standard, wants } = variables[name];
    const written = env[name]?.trim();
    if (written) given.add(name);
    const text = written || standard;
    if (text === undefined) continue;
    const { success, data } = read.safeParse(text);
    if (success) values[name] = data;
    else problems.push(`${name}: expected ${wants}`);
  }
  const v = values as Values;
  problems.push(...contradictions(given, v));
  if (problems.length > 0) return { problems };

  const lark = v.LARK_APP_ID && {
    appId: v.LARK_APP_ID,
    appSecret: v.LARK_APP_SECRET!,
    encryptKey: v.LARK_ENCRYPT_KEY!,
    verificationToken: v.LARK_VERIFICATION_TOKEN!,
  };
  const readerModel = v.READER_MODEL_URL && {
    url: v.READER_MODEL_URL.replace(/\/+$/, ''),
    model: v.READER_MODEL!,
    ...(v.READER_MODEL_KEY && { key: v.READER_MODEL_KEY }),
  };
  return {
    config: Object.freeze({
      port: v.PORT,
      host: v.HOST ?? (lark ? '0.0.0.0' : '127.0.0.1'),
      lark: lark ? Object.freeze(lark) : undefined,
      larkDomain: larkDomains[v.LARK_DOMAIN] ?? v.LARK_DOMAIN.replace(/\/+$/, ''),
      larkConnection: v.LARK_CONNECTION,
      readerModel: readerModel ? Object.freeze(readerModel) : undefined,
      proxies: proxiesOf(env),
      larkTimestampWindow: v.LARK_TIMESTAMP_WINDOW,
      larkMonthlyQuota: v.LARK_MONTHLY_QUOTA,
      databaseUrl: v.DATABASE_URL,
      redisUrl: v.REDIS_URL,
      dataDir: v.DATA_DIR,
      timezone: v.JIEDUI_TIMEZONE,
      role: v.ROLE,
      logLevel: v.LOG_LEVEL,
      adminToken: v.ADMIN_TOKEN,
    }),
  };
}
