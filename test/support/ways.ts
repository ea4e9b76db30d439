import { backends } from './store.ts';

/** Backend and connection: stories that depend on both run over every pair. */
export const ways = backends.flatMap((backend) =>
  (['webhook', 'socket'] as const).map((connection) => [backend, connection] as const),
);
