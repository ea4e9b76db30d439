import type { PGlite } from '@electric-sql/pglite';
import { preparing } from '../store/prepared.ts';

/**
 * The one PGlite session in the shape of a node-postgres pool, as far as BullMQ's PostgreSQL backend asks for one.
 * Every "client" is the same session: all that BullMQ sends, its migrations apart, is single statements and LISTEN.
 */
export function poolOf(pglite: PGlite) {
  const prepared = preparing(pglite);
  // As in node-postgres, a text without parameters may hold several statements; the migrations do.
  const query = async (text: string, params?: readonly unknown[]) =>
    (params ? await prepared.query(text, [...params]) : (await pglite.exec(text)).at(-1)) as never;

  const client = () => {
    const stops = new Map<unknown, () => void>();
    const self = {
      query,
      on(event: string, listener: (message: never) => void) {
        const hear = (channel: string, payload: string) => listener({ channel, payload } as never);
        if (event === 'notification') stops.set(listener, pglite.onNotification(hear));
        return self;
      },
      removeListener(_event: string, listener: unknown) {
        stops.get(listener)?.();
        stops.delete(listener);
        return self;
      },
      removeAllListeners() {
        for (const stop of stops.values()) stop();
        stops.clear();
        return self;
      },
      release: () => void self.removeAllListeners(),
    };
    return self;
  };

  const pool = {
    query,
    connect: async () => client(),
    end: async () => undefined,
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return pool;
}
