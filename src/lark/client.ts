import { baseCalls } from './base-calls.ts';
import { calendarCalls } from './calendar-calls.ts';
import { createCaller, type LarkClientOptions } from './caller.ts';
import { contactCalls } from './contact-calls.ts';
import { messageCalls } from './message-calls.ts';

export type LarkClient = ReturnType<typeof createLarkClient>;

/**
 * Feishu's Open API as plain functions over the official SDK. Every function throws only LarkRefused; an expired token is
 * renewed and the call repeated once. The caller (jobs/) keeps the pace.
 */
export function createLarkClient(options: LarkClientOptions) {
  const caller = createCaller(options);
  const { call, request } = caller;
  return {
    ...messageCalls(caller, options.timeoutMs),
    ...contactCalls(caller),
    ...baseCalls(caller),
    ...calendarCalls(caller),

    /** The bot itself; `openId` is what its mentions in groups carry. */
    async botInfo(): Promise<{ openId: string; name: string; active: boolean }> {
      type Info = { bot?: { open_id?: string; app_name?: string; activate_status?: number } };
      const { bot } = await call('botInfo', (token) => request<Info>(token, 'GET', '/open-apis/bot/v3/info'));
      // 0 new, 1 stopped, 2 running, 3 to be installed, 4 to be activated.
      return { openId: bot?.open_id ?? '', name: bot?.app_name ?? '', active: bot?.activate_status === 2 };
    },

    /** Any other call, for checks of the app (doctor.ts). `path` starts with /open-apis and must already be encoded. */
    get<T>(method: string, path: string): Promise<T> {
      return call(method, (token) => request<T>(token, 'GET', path));
    },
  };
}
