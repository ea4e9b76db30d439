import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/** The program's log: lines of JSON that name no pupil and repeat no message, whatever failed. */
export function createLog(level: Config['logLevel'], to?: DestinationStream): Logger {
  const options = { level, serializers: { err: withoutValues } };
  return to ? pino(options, to) : pino(options);
}

/**
 * An error without what it was about: drivers put the statement with its values into the error, and the value that was
 * refused into its message.
 */
function withoutValues(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, errcode } = error as { code?: unknown; errcode?: number };
  const ofDatabase = 'sqlState' in error || 'errcode' in error;
  const frames = error.stack?.slice(error.stack.indexOf('\n    at ')).trim();
  return { type: error.name, code, errcode, ...(ofDatabase ? {} : { message: error.message }), stack: frames };
}
