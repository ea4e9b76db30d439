import { join } from 'node:path';

/** The secrets that the sandbox and the program share. */
export const SECRETS = { appSecret: 's', encryptKey: 'k', verificationToken: 'v' };

/** Settings of a process that has its data in `dir` and this sandbox as its Feishu. */
export const settingsFor = (appId: string, sandbox: { url: string }, dir: string): Record<string, string> => ({
  DATA_DIR: join(dir, 'data'),
  HOST: '127.0.0.1',
  LARK_DOMAIN: sandbox.url,
  LARK_APP_ID: appId,
  LARK_APP_SECRET: SECRETS.appSecret,
  LARK_ENCRYPT_KEY: SECRETS.encryptKey,
  LARK_VERIFICATION_TOKEN: SECRETS.verificationToken,
});
