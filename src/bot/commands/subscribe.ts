import { notice } from '../../cards/index.ts';
import type { Command } from '../outcome.ts';
import { permittedRealm } from '../permit.ts';

/** 订阅周报, 退订周报: whether the summary comes on Friday afternoons without asking. */
export const subscribe: Command<{ weekly: boolean }> = {
  name: 'subscribe',
  match: (text) => {
    if (/^订阅周报[。!！]?$|^subscribe$/i.test(text)) return { weekly: true };
    return /^(取消订阅|退订)周报[。!！]?$|^no weekly$|^unsubscribe$/i.test(text) ? { weekly: false } : undefined;
  },
  run: async (_trx, facts, { weekly }) => {
    permittedRealm(facts, 'counts');
    const { t } = facts;
    const text = weekly ? t.weekly.subscribed : t.weekly.unsubscribed;
    return {
      settings: { weekly: weekly || undefined },
      say: () => notice({ title: t.weekly.spans.week, text }, t),
    };
  },
};
