import { backends } from './store.ts';

/** Backend and way in: the stories where both matter run over every pair. */
export const ways = backends.flatMap((backend) =>
  (['webhook', 'socket'] as const).map((connection) => [backend, connection] as const),
);
